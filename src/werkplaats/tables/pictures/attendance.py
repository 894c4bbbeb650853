"""Who was affected, invited, there, spoke and decided: a dot for each party. The number stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from werkplaats.tables.records.after import PresenceLine, StageCount

STEP, DOT, IN_A_ROW = 16, 6, 5


@dataclass(frozen=True, slots=True)
class Drawn:
    """One kind of party with the dots of its five stages."""

    line: PresenceLine
    cells: tuple[tuple[StageCount, SafeString], ...]


def presence(rows: Sequence[PresenceLine]) -> tuple[Drawn, ...]:
    """The dots of every kind and stage, as wide as the fullest of them."""
    return tuple(Drawn(line, tuple((one, dots(one.count or 0)) for one in line.counts)) for line in rows)


def dots(count: int) -> SafeString:
    """So many dots, five in a row.

    >>> dots(6).count("<circle")
    6
    """
    if not count:
        return mark_safe("")
    height = STEP * -(-count // IN_A_ROW)
    drawn = "".join(
        f'<circle cx="{STEP * (n % IN_A_ROW) + STEP / 2:g}" cy="{STEP * (n // IN_A_ROW) + STEP / 2:g}" r="{DOT}"/>'
        for n in range(count)
    )
    return mark_safe(  # noqa: S308 - numbers of ours
        f'<svg class="samen-there" width="{STEP * IN_A_ROW}" height="{height}" viewBox="0 0 {STEP * IN_A_ROW} {height}"'
        f' aria-hidden="true" focusable="false">{drawn}</svg>'
    )
