"""Issues against the drawers in which the system world keeps things."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DrawersRow:
    """How many passages of one issue lie under each theme; `loose`: how many come from a document without one."""

    key: str
    name: str
    counts: tuple[int, ...]
    loose: int
    total: int  # a passage under two themes counts once

    @property
    def drawers(self) -> int:
        """Over how many themes it is scattered."""
        return sum(1 for count in self.counts if count)


@dataclass(frozen=True, slots=True)
class Drawers:
    """Issues against themes: in which drawers of the system world each is scattered. `themes`: (key, name) per column."""

    themes: tuple[tuple[str, str], ...]
    rows: tuple[DrawersRow, ...]

    @property
    def has_loose(self) -> bool:
        return any(row.loose for row in self.rows)

    @property
    def is_wide(self) -> bool:
        """Whether there are more columns than stand beside each other."""
        return len(self.themes) > 7
