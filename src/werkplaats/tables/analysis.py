"""Who was affected, invited, present, who spoke and decided; and lots: what the library says of the parties of a table."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

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
    stages: list[dict[Hashable, Hashable]] = [{**one} for one in (affected, invited, present, spoke, decided)]
    found = table.presence(*stages)
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


@dataclass(frozen=True, slots=True)
class Drawn:
    """`chances`: of each in the pool; `drawn`: their numbers in it. `eased`: what would give way where no table can be.

    Of each of `eased`: trait, value, from and to as asked, from and to as it could be.
    """

    chances: tuple[float, ...]
    drawn: tuple[int, ...]
    eased: tuple[tuple[str, str, int, int, int, int], ...]
    bound: float | None


def draw(pool: Mapping[str, Sequence[str]], *, quotas: Mapping[str, Any], seats: int, seed: int) -> Drawn:
    """Lots over a pool (per trait one value for each) within quotas (trait, value: least, most). One seed, one outcome."""
    rng = np.random.default_rng(seed)
    people = table.People({trait: [value or None for value in values] for trait, values in pool.items()})
    asked = {trait: {value: (low, high) for value, (low, high) in some.items()} for trait, some in quotas.items()}
    found = table.lots(people, asked, seats, rng=rng)
    eased = tuple((one.trait, str(one.value), one.low, one.high, one.new_low, one.new_high) for one in found.relaxation)
    drawn = () if eased else tuple(int(one) for one in table.draw(found, rng=rng))
    return Drawn(tuple(float(chance) for chance in found.chance), drawn, eased, found.bound)
