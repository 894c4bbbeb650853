"""Ties: who knows whom, how directly, and which entries are one and the same party."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from samenhang.network.distances import Graph
from samenhang.shape import Ints


@dataclass(frozen=True, eq=False, init=False)
class Ties:
    """The ties between ``n`` parties that are valid at one moment; undirected.

    ``source`` and ``target``: whole numbers 0..n-1, shape (E,). ``length``: 1 = confirmed by both ends or by an event,
    2 = reported by one end only, or weak; one number, or one per tie. A tie given twice takes the shortest length and a
    tie of a party with itself is dropped. ``same``: pairs of entries that a human confirmed to be one party; they are
    contracted (length 0), and their ties are shared. Ties that are no longer valid are simply left out by the caller.

    Raises ``ValueError`` naming the first row that does not fit.

    >>> Ties(3, [0, 1], [1, 2], length=[1, 2]).graph.n
    3
    """

    n: int
    source: Ints
    target: Ints
    length: Ints
    same: tuple[tuple[int, int], ...]

    def __init__(
        self,
        n: int,
        source: ArrayLike,
        target: ArrayLike,
        length: ArrayLike = 1,
        same: Iterable[tuple[int, int]] = (),
    ) -> None:
        sources, targets = whole(source, "source"), whole(target, "target")
        if sources.shape != targets.shape:
            raise ValueError(f"ties: {len(sources)} sources but {len(targets)} targets")
        lengths = whole(np.broadcast_to(np.asarray(length), sources.shape), "length")
        pairs = tuple((int(a), int(b)) for a, b in same)
        within(sources, n, "ties", "source")
        within(targets, n, "ties", "target")
        within(np.array(pairs, dtype=np.int64).reshape(-1), n, "same", "party")
        odd = np.flatnonzero((lengths != 1) & (lengths != 2))
        if len(odd):
            raise ValueError(
                f"ties, row {odd[0]}: length {lengths[odd[0]]} is not 1 (confirmed) or 2 (one side, or weak)"
            )
        for name, value in (("n", n), ("source", sources), ("target", targets), ("length", lengths), ("same", pairs)):
            object.__setattr__(self, name, value)

    @cached_property
    def entry(self) -> Ints:
        """(n,) the contracted party of each entry: 0..m-1, numbered by the lowest entry of each group of doubles."""
        pairs = np.array(self.same, dtype=np.int64).reshape(-1, 2)
        links = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(self.n, self.n))
        group = connected_components(links, directed=False)[1] if self.n else np.zeros(0, dtype=np.int64)
        _, first, place = np.unique(group, return_index=True, return_inverse=True)
        rank = np.empty(len(first), dtype=np.int64)
        rank[np.argsort(first)] = np.arange(len(first))
        entries: Ints = rank[place].astype(np.int64)
        return entries

    @cached_property
    def lowest(self) -> Ints:
        """(m,) the lowest entry of each contracted party: the one that is named when a party has doubles."""
        return np.unique(self.entry, return_index=True)[1].astype(np.int64)

    @cached_property
    def graph(self) -> Graph:
        """The contracted, undirected graph that distances are measured in."""
        return Graph.of(len(self.lowest), self.entry[self.source], self.entry[self.target], self.length)

    def adding(self, source: ArrayLike, target: ArrayLike, length: ArrayLike = 1) -> "Ties":
        """These ties and some more, as new ties.

        >>> len(Ties(3, [0], [1]).adding([1], [2]).source)
        2
        """
        more = Ties(self.n, source, target, length)
        return Ties(
            self.n,
            np.concatenate([self.source, more.source]),
            np.concatenate([self.target, more.target]),
            np.concatenate([self.length, more.length]),
            self.same,
        )


def whole(values: ArrayLike, name: str) -> Ints:
    """A one-dimensional array of whole numbers, or a ``ValueError`` that names the first row that is none."""
    given = np.atleast_1d(np.asarray(values))
    if given.ndim != 1:
        raise ValueError(f"{name}: expected one number per row, got shape {given.shape}")
    if given.size == 0:
        return np.zeros(0, dtype=np.int64)
    if given.dtype.kind not in "iu":
        if given.dtype.kind != "f":
            raise ValueError(f"{name}: expected whole numbers, got {given.dtype}")
        odd = np.flatnonzero(given != np.floor(given))
        if len(odd):
            raise ValueError(f"{name}, row {odd[0]}: {given[odd[0]]} is not a whole number")
    return given.astype(np.int64)


def within(values: Ints, n: int, table: str, name: str) -> None:
    """Refuse the first number that is no party: parties are 0..n-1."""
    odd = np.flatnonzero((values < 0) | (values >= n))
    if len(odd):
        raise ValueError(
            f"{table}, row {odd[0]}: {name} {values[odd[0]]} is not a party (there are {n}, numbered from 0)"
        )
