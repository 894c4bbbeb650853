"""What loading a folder tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One thing that is wrong: in which file, on which line (0: the file as a whole), in which column, and why."""

    file: str
    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder brought: rows per table, documents that are new, and documents and passages that could not be loaded."""

    workshop_key: str
    rows: Mapping[str, int] = field(default_factory=dict)
    new_documents: tuple[str, ...] = ()
    known_documents: tuple[str, ...] = ()
    refused: tuple[FaultLine, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What went into a folder: rows per table, and how many documents."""

    rows: Mapping[str, int]
    documents: int
