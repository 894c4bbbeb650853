"""Lots for the seats of a table, as the library draws them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from samenhang import table


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
