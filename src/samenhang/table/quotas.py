"""Quotas: how many of each kind of people a table is to have, and everybody sorted by the quotas they fill."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np

from samenhang.shape import Floats, Ints
from samenhang.table.people import People

Quotas = Mapping[str, Mapping[Hashable, tuple[int, int]]]
"""Per trait and value the fewest and the most seats: ``{"kind": {"tenant": (2, 4)}}``. What is not named is free."""


@dataclass(frozen=True)
class Quota:
    """At a table sit from ``low`` to ``high`` people of whom ``trait`` is ``value``."""

    trait: str
    value: Hashable
    low: int
    high: int


@dataclass(frozen=True, eq=False)
class Pool:
    """Everybody who may be invited, as T kinds: people of one kind fill the same quotas, so lots need not tell them apart.

    ``kind``: (p,) of each person; ``number``: (T,) how many there are; ``fills``: (Q, T) 1 where a kind fills a quota, the
    first row 1 for all; ``low`` and ``high``: (Q,) how many seats, the first ``size`` both. Kinds and quotas stand in an order
    that hangs on traits and values alone.
    """

    size: int
    quotas: tuple[Quota, ...]
    kind: Ints
    number: Ints
    fills: Floats
    low: Floats
    high: Floats

    @classmethod
    def of(cls, people: People, quotas: Quotas, size: int) -> "Pool":
        """Raises ``ValueError`` for an invitation to nobody, more seats than people, or quotas that mean nothing."""
        persons = len(people.persons)
        if size < 1:
            raise ValueError(f"lots: a table of {size} seats is an invitation to nobody; give 1 seat or more")
        if persons < size:
            raise ValueError(f"lots: {size} seats, and {persons or 'no'} people to invite")
        asked = _asked(people, quotas)
        fills = np.zeros((len(asked), persons))
        values = {quota.trait: people.values(quota.trait) for quota in asked}
        for row, quota in enumerate(asked):
            fills[row] = [value == quota.value for value in values[quota.trait]]
        kinds, kind, number = np.unique(fills, axis=1, return_inverse=True, return_counts=True)
        return cls(
            size=size,
            quotas=asked,
            kind=kind.reshape(-1).astype(np.int64),
            number=number.astype(np.int64),
            fills=np.vstack([np.ones(kinds.shape[1]), kinds]),
            low=np.array([size, *(quota.low for quota in asked)], dtype=np.float64),
            high=np.array([size, *(quota.high for quota in asked)], dtype=np.float64),
        )


def _asked(people: People, quotas: Quotas) -> tuple[Quota, ...]:
    found = []
    for trait in sorted(quotas):
        if trait not in people.traits:
            raise ValueError(
                f"quotas: nothing is known of {trait!r}; known are: {', '.join(people.traits) or 'nothing'}"
            )
        for value in sorted(quotas[trait], key=lambda one: (type(one).__name__, str(one))):
            low, high = quotas[trait][value]
            if value is None or low != int(low) or high != int(high) or not 0 <= low <= high:
                raise ValueError(f"quotas: {trait} {value!r} from {low} to {high} seats is no quota")
            found.append(Quota(trait, value, int(low), int(high)))
    return tuple(found)
