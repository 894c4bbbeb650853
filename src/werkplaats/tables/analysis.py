"""Who was affected, invited, present, who spoke and decided; and lots: what the library says of the parties of a table."""

from collections.abc import Mapping
from dataclasses import dataclass

from samenhang import table

Parties = Mapping[str, str]
"""Of each party, by name, its kind."""


@dataclass(frozen=True, slots=True)
class Presence:
    """`rows`: per kind its name and five counts; the others are parties by name."""

    rows: tuple[tuple[str, tuple[int, int, int, int, int]], ...]
    not_invited: tuple[str, ...]
    stayed_away: tuple[str, ...]
    decided_absent: tuple[str, ...]
    not_asked: tuple[str, ...]


STAGES = ("affected", "invited", "present", "spoke", "decided")


def presence(*, affected: Parties, invited: Parties, present: Parties, spoke: Parties, decided: Parties) -> Presence:
    """Who is missing at a table, and who decides about whom."""
    found = table.presence(dict(affected), dict(invited), dict(present), dict(spoke), dict(decided))
    return Presence(
        rows=tuple(
            (str(row.kind), (row.affected, row.invited, row.present, row.spoke, row.decided)) for row in found.rows
        ),
        not_invited=_names(found.not_invited),
        stayed_away=_names(found.stayed_away),
        decided_absent=_names(found.decided_absent),
        not_asked=_names(found.not_asked),
    )


def _names(found: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(str(one) for one in found)
