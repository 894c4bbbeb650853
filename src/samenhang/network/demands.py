"""Demands: who ought to be able to reach whom, and why that weighs what it weighs."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from samenhang.network.ties import whole, within
from samenhang.shape import Floats, Ints

PARTS = ("people", "information", "networks", "themes")


class SelfDemand(ValueError):
    """A demand of a party on itself: nobody needs an introduction to themselves."""

    def __init__(self, row: int, party: int) -> None:
        super().__init__(f"demands, row {row}: party {party} is asked to reach itself")
        self.row = row
        self.party = party


@dataclass(frozen=True, eq=False, init=False)
class Demands:
    """A list of Q demands; each says that one source ought to reach at least one of a set of targets.

    ``source``: (Q,) parties. ``target``: (Q,) parties, or one tuple of parties per demand; an empty tuple means that
    nobody is on record who could be reached, which counts as not reached at all. ``weight``: own weight within the unit,
    0 or more; a demand of weight 0 is shown and counts for nothing, and a unit of which all weigh 0 is none. ``part``:
    one of people, information, networks, themes. ``unit``: what the part is counted in (a party, an issue, a pair of
    themes); demands of one unit share its weight; None = each demand is a unit of its own. ``weight``, ``part`` and
    ``unit`` are one for all, or one per demand. A demand of the part networks has at most one target, since its figure
    asks what happens when a party between the two falls away. ``key``: (Q,) by what a demand is known again at another
    moment, no two the same (text, numbers, or tuples of them); None = its part, unit, source and targets.

    Raises ``SelfDemand`` for a source among its own targets, ``ValueError`` naming the row for anything else.

    >>> Demands([0, 1], [(2, 3), ()], part="information", unit=["park", "park"]).target
    ((2, 3), ())
    """

    source: Ints
    target: tuple[tuple[int, ...], ...]
    weight: Floats
    part: tuple[str, ...]
    unit: tuple[Hashable, ...]
    key: tuple[Hashable, ...]

    def __init__(
        self,
        source: ArrayLike,
        target: ArrayLike | Sequence[Iterable[int]],
        weight: ArrayLike = 1.0,
        part: str | Sequence[str] = "people",
        unit: Hashable | Sequence[Hashable] = None,
        key: Sequence[Hashable] | None = None,
    ) -> None:
        sources = whole(source, "source")
        targets = tuple(_set_of(row) for row in _rows(target))
        count = len(sources)
        if len(targets) != count:
            raise ValueError(f"demands: {count} sources but {len(targets)} targets")
        weights = np.array(np.broadcast_to(np.asarray(weight, dtype=np.float64), (count,)))
        parts = (part,) * count if isinstance(part, str) else tuple(part)
        units = tuple(unit) if isinstance(unit, (list, tuple, np.ndarray)) else (unit,) * count
        if len(parts) != count or len(units) != count:
            raise ValueError(f"demands: {count} sources but {len(parts)} parts and {len(units)} units")
        _check(sources, targets, weights, parts)
        keys = _own_keys(parts, units, sources, targets, weights) if key is None else _checked_keys(tuple(key), count)
        units = keys if unit is None else units
        values = {"source": sources, "target": targets, "weight": weights, "part": parts, "unit": units, "key": keys}
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __len__(self) -> int:
        return len(self.source)

    def some(self, rows: Ints) -> "Demands":
        """These demands alone, in this order.

        >>> Demands([0, 1], [2, 2], key=["a", "b"]).some(np.array([1])).key
        ('b',)
        """
        targets, parts, units, keys = (
            tuple(column[row] for row in rows) for column in (self.target, self.part, self.unit, self.key)
        )
        return Demands(self.source[rows], targets, self.weight[rows], parts, units, keys)

    def reaching(self, target: Sequence[Iterable[int]]) -> "Demands":
        """The same demands with other targets."""
        return Demands(self.source, target, self.weight, self.part, self.unit, self.key)

    def flat(self) -> tuple[Ints, Ints]:
        """Each (demand, target) pair on a row of its own: two arrays of one length."""
        owner = np.repeat(np.arange(len(self)), [len(row) for row in self.target])
        parties = np.array([party for row in self.target for party in row], dtype=np.int64)
        return owner.astype(np.int64), parties

    def shares(self, shares: Mapping[str, float] | None = None) -> Floats:
        """(Q,) what each demand weighs in F; together 1 (all 0 when there is no demand).

        w = share of the part / (number of units in the part x sum of weights within the unit) x own weight, where a part
        without demands gives its share to the others. ``shares``: share per part, 0 or more; None = equal.

        >>> Demands([0, 1, 2], [3, 3, 3], unit=["a", "a", "b"]).shares().tolist()
        [0.25, 0.25, 0.5]
        """
        given = _checked(shares)
        within_unit: dict[tuple[str, Hashable], float] = {}
        for part, unit, weight in zip(self.part, self.unit, self.weight, strict=True):
            within_unit[part, unit] = within_unit.get((part, unit), 0.0) + float(weight)
        units = {part: sum(1 for (of, _), sum_ in within_unit.items() if of == part and sum_ > 0) for part in PARTS}
        whole_share = sum(given[part] for part in PARTS if units[part])
        return np.array(
            [
                given[part] / whole_share / units[part] * weight / within_unit[part, unit]
                if weight and given[part]
                else 0.0
                for part, unit, weight in zip(self.part, self.unit, self.weight, strict=True)
            ],
            dtype=np.float64,
        )

    def check_parties(self, n: int) -> None:
        """Refuse a demand whose source or target is none of the ``n`` parties."""
        within(self.source, n, "demands", "source")
        owner, party = self.flat()
        odd = np.flatnonzero((party < 0) | (party >= n))
        if len(odd):
            raise ValueError(f"demands, row {owner[odd[0]]}: target {party[odd[0]]} is not a party (there are {n})")


def _rows(target: ArrayLike | Sequence[Iterable[int]]) -> list[int | Iterable[int]]:
    if isinstance(target, np.ndarray):
        return list(whole(target, "target"))
    return (
        list(cast("Iterable[int | Iterable[int]]", target)) if isinstance(target, Iterable) else [cast("int", target)]
    )


def _set_of(row: int | Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted({int(party) for party in row})) if isinstance(row, Iterable) else (int(row),)


def _check(source: Ints, target: tuple[tuple[int, ...], ...], weight: Floats, part: tuple[str, ...]) -> None:
    for row, party in enumerate(source.tolist()):
        if party in target[row]:
            raise SelfDemand(row, party)
        if part[row] not in PARTS:
            raise ValueError(f"demands, row {row}: part {part[row]!r} is none of {', '.join(PARTS)}")
        if part[row] == "networks" and len(target[row]) > 1:
            raise ValueError(
                f"demands, row {row}: a demand of the part networks has one target, not {len(target[row])}"
            )
        if not (np.isfinite(weight[row]) and weight[row] >= 0):
            raise ValueError(f"demands, row {row}: weight {weight[row]} is not 0 or more")


def _own_keys(
    part: tuple[str, ...],
    unit: tuple[Hashable, ...],
    source: Ints,
    target: tuple[tuple[int, ...], ...],
    weight: Floats,
) -> tuple[Hashable, ...]:
    """What a demand is, for those that were given no key; the same one twice is counted on, the heaviest first."""
    plain = list(zip(part, unit, source.tolist(), target, strict=True))
    seen: dict[Hashable, int] = {}
    keys: list[Hashable] = [None] * len(plain)
    for row in np.argsort(-weight, kind="stable").tolist():
        again = seen[plain[row]] = seen.get(plain[row], 0) + 1
        keys[row] = plain[row] if again == 1 else (*plain[row], again)
    return tuple(keys)


def _checked_keys(key: tuple[Hashable, ...], count: int) -> tuple[Hashable, ...]:
    if len(key) != count:
        raise ValueError(f"demands: {count} sources but {len(key)} keys")
    first: dict[Hashable, int] = {}
    for row, each in enumerate(key):
        if first.setdefault(each, row) != row:
            raise ValueError(f"demands, row {row}: key {each!r} stands on row {first[each]} already")
    return key


def _checked(shares: Mapping[str, float] | None) -> dict[str, float]:
    if shares is None:
        return dict.fromkeys(PARTS, 1.0)
    for part, share in shares.items():
        if part not in PARTS:
            raise ValueError(f"shares: {part!r} is none of {', '.join(PARTS)}")
        if not (np.isfinite(share) and share >= 0):
            raise ValueError(f"shares: the share of {part} is {share}; it must be 0 or more")
    return {part: float(shares.get(part, 0.0)) for part in PARTS}
