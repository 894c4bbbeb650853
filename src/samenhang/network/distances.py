"""Shortest paths of at most four steps from many parties at once: a breadth-first search in the bits of 64-bit words.

Each column of bits is one search. The frontier at distance d is what ties of length 1 reach from the frontier at d-1
and ties of length 2 from the frontier at d-2, minus what was seen: F(d) = (N1(F(d-1)) or N2(F(d-2))) minus seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samenhang.network.phi import FAR, REACH
from samenhang.shape import Bytes, Ints, Words

Frontiers = list[Words]
"""Frontiers[d][v, c // 64] has bit c % 64 set when search c is at distance d from party v; d = 0..4."""


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Who is tied to whom, as compressed rows: the neighbours of v are ``party[start[v]:start[v + 1]]``, sorted."""

    start: Ints
    party: Ints

    @classmethod
    def of(cls, n: int, a: Ints, b: Ints) -> "Neighbours":
        rows, parties = np.concatenate([a, b]), np.concatenate([b, a])
        order = np.lexsort((parties, rows))
        return cls(np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=n))]).astype(np.int64), parties[order])

    def at(self, v: int) -> Ints:
        return self.party[self.start[v] : self.start[v + 1]]

    def spread(self, bits: Words, rows: Ints | None = None) -> Words:
        """The bits that reach each of ``rows`` (None = every party) from its neighbours."""
        if rows is None:
            degree, parties = np.diff(self.start), self.party
        else:
            degree = self.start[rows + 1] - self.start[rows]
            first = np.repeat(self.start[rows] - np.cumsum(degree) + degree, degree)
            parties = self.party[first + np.arange(degree.sum())]
        reached = np.zeros((len(degree), bits.shape[1]), dtype=np.uint64)
        some = np.flatnonzero(degree)
        if len(some):
            # The rows that bits come from are gathered first: one pass through memory, then one segmented "or".
            begin = (np.cumsum(degree) - degree)[some]
            reached[some] = np.bitwise_or.reduceat(bits[parties], begin, axis=0)
        return reached


@dataclass(frozen=True, eq=False)
class Graph:
    """Undirected ties between ``n`` parties, without doubles or self-ties; a pair has length 1 or 2, never both."""

    n: int
    one: Neighbours
    two: Neighbours

    @classmethod
    def of(cls, n: int, a: Ints, b: Ints, length: Ints) -> "Graph":
        low, high = np.minimum(a, b), np.maximum(a, b)
        real = low != high
        keys = low[real] * n + high[real]
        short = np.unique(keys[length[real] == 1])
        weak = np.setdiff1d(keys[length[real] == 2], short)
        return cls(n, Neighbours.of(n, short // n, short % n), Neighbours.of(n, weak // n, weak % n))

    def pairs(self) -> tuple[Ints, Ints, Ints]:
        """Each tie once: (a, b, length) with a < b."""
        found = []
        for length, side in ((1, self.one), (2, self.two)):
            a = np.repeat(np.arange(self.n), np.diff(side.start))
            once = a < side.party
            found.append((a[once], side.party[once], np.full(int(once.sum()), length)))
        a, b, lengths = (np.concatenate(column).astype(np.int64) for column in zip(*found, strict=True))
        return a, b, lengths

    def adding(self, a: int, b: int, length: int) -> "Graph":
        """The same ties and one more."""
        x, y, lengths = self.pairs()
        return Graph.of(self.n, np.append(x, a), np.append(y, b), np.append(lengths, length))

    def known_to(self, v: int) -> Ints:
        """Everybody who has a tie with ``v``, of either length."""
        return np.union1d(self.one.at(v), self.two.at(v)).astype(np.int64)


def search(
    graph: Graph, start: Sequence[Ints] | Ints, blocked: Ints | None = None, last: Ints | None = None
) -> Frontiers:
    """Search from many starts at once, up to four steps.

    ``start``: where each search begins: one party per search (C,), or one array of parties per search. ``blocked``: a
    party per search that it may not pass (-1 = none). ``last``: the only parties whose fourth frontier is wanted.
    """
    columns = len(start)
    begin = np.concatenate(start) if isinstance(start, list) else np.asarray(start, dtype=np.int64)
    owner = np.repeat(np.arange(columns), [len(s) for s in start]) if isinstance(start, list) else np.arange(columns)
    seen, first = (np.zeros((graph.n, (columns + 63) // 64), dtype=np.uint64) for _ in range(2))
    mark(first, begin.astype(np.int64), owner)
    if blocked is not None:
        shut = np.flatnonzero(blocked >= 0)
        mark(seen, blocked[shut], shut)
    frontiers = [first]
    seen |= first
    weak = len(graph.two.party) > 0
    for steps in range(1, REACH + 1):
        rows = last if steps == REACH else None
        reached = graph.one.spread(frontiers[steps - 1], rows)
        if weak and steps >= 2:
            reached |= graph.two.spread(frontiers[steps - 2], rows)
        if rows is not None:
            whole = np.zeros_like(seen)
            whole[rows] = reached & ~seen[rows]
            frontiers.append(whole)
        else:
            reached &= ~seen
            seen |= reached
            frontiers.append(reached)
    return frontiers


def mark(bits: Words, party: Ints, column: Ints) -> None:
    """Set the bit of each column at its party."""
    np.bitwise_or.at(bits, (party, column >> 6), np.uint64(1) << (column & 63).astype(np.uint64))


def read_off(frontiers: Frontiers, party: Ints, column: Ints) -> Bytes:
    """(k,) how far each search ``column`` is from ``party``; FAR when not within reach."""
    distance = np.full(len(party), FAR, dtype=np.uint8)
    shift = (column & 63).astype(np.uint64)
    for steps in range(len(frontiers) - 1, -1, -1):
        there = (frontiers[steps][party, column >> 6] >> shift) & np.uint64(1)
        distance[there.astype(bool)] = steps
    return distance


def levels(frontiers: Frontiers, columns: int) -> Bytes:
    """(columns, n) how far each search is from every party; FAR when not within reach."""
    n = frontiers[0].shape[0]
    distance = np.full((columns, n), FAR, dtype=np.uint8)
    for steps, bits in enumerate(frontiers):
        # Transposed before unpacking: then a search is one row of bytes, and the copy is made on the packed bits.
        packed = np.ascontiguousarray(bits.astype("<u8", copy=False).view(np.uint8).T)
        there = (packed[:, None, :] >> np.arange(8, dtype=np.uint8)[None, :, None]) & np.uint8(1)
        distance[there.reshape(-1, n)[:columns].view(bool)] = steps
    return distance
