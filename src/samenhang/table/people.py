"""People: who may be invited, what is known of them, and which entries are one and the same person."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from samenhang.shape import Ints


@dataclass(frozen=True, eq=False, init=False)
class People:
    """Those among whom lots are drawn.

    ``traits``: per trait one value for each of the n entries, None = not known (a person of whom it is not known fills no
    quota of that trait). ``same``: pairs of entries that a human confirmed to be one person under two names: that person
    has one chance and one seat, and what one entry does not tell of a trait the other does.

    Raises ``ValueError`` for traits of unequal length, an entry that does not exist, or two entries of one person that
    tell a trait differently.

    >>> people = People({"kind": ["tenant", "owner", None]}, same=[(0, 2)])
    >>> people.n, people.person.tolist(), people.values("kind")
    (3, [0, 1, 0], ('tenant', 'owner'))
    """

    traits: Mapping[str, tuple[Hashable, ...]]
    same: tuple[tuple[int, int], ...]
    n: int

    def __init__(
        self, traits: Mapping[str, Sequence[Hashable]], same: Iterable[tuple[int, int]] = (), n: int | None = None
    ) -> None:
        known = {name: tuple(None if _is_nan(value) else value for value in column) for name, column in traits.items()}
        lengths = {name: len(column) for name, column in known.items()}
        count = next(iter(lengths.values()), 0) if n is None else n
        for name, length in lengths.items():
            if length != count:
                raise ValueError(f"people: trait {name!r} has {length} values for {count} entries")
        pairs = tuple((int(a), int(b)) for a, b in same)
        for pair in pairs:
            if not all(0 <= entry < count for entry in pair):
                raise ValueError(f"people: entries {pair} are said to be one person; entries go from 0 to {count - 1}")
        for name, value in (("traits", known), ("same", pairs), ("n", count)):
            object.__setattr__(self, name, value)
        for name in known:
            self.values(name)

    @cached_property
    def person(self) -> Ints:
        """(n,) the person behind each entry, called by its lowest entry."""
        if not self.n:
            return np.zeros(0, dtype=np.int64)
        pairs = np.array(self.same, dtype=np.int64).reshape(-1, 2)
        links = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(self.n, self.n))
        group = connected_components(links, directed=False)[1]
        _, first, place = np.unique(group, return_index=True, return_inverse=True)
        found: Ints = first[place].astype(np.int64)
        return found

    @cached_property
    def persons(self) -> Ints:
        """(p,) every person once, by its lowest entry, ascending."""
        return np.unique(self.person).astype(np.int64)

    def values(self, trait: str) -> tuple[Hashable, ...]:
        """(p,) the value of each person, in the order of ``persons``; None = not known."""
        told: dict[int, tuple[int, Hashable]] = {}
        for entry, value in enumerate(self.traits[trait]):
            if value is None:
                continue
            other, earlier = told.setdefault(int(self.person[entry]), (entry, value))
            if earlier != value:
                raise ValueError(
                    f"people: entries {other} and {entry} are one person, but tell {trait!r} differently: "
                    f"{earlier!r} and {value!r}"
                )
        return tuple(told[one][1] if one in told else None for one in self.persons.tolist())


def _is_nan(value: Hashable) -> bool:
    return isinstance(value, float) and np.isnan(value)
