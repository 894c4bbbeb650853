"""Imputing: networks as they may really be, with the ties put in that nobody named when asked."""

from dataclasses import dataclass

import numpy as np

from samenhang.network.distances import Graph, Neighbours
from samenhang.network.reports import Named, ends_asked
from samenhang.shape import Floats, Ints

LOOKED_AT = 500
"""How many ties, and how many pairs, are looked at to see how often two with a tie have an acquaintance in common."""

ROUNDS = 40
"""How often is drawn anew for places that are still open; in a network that is nearly full some stay open."""


@dataclass(frozen=True, eq=False)
class Unseen:
    """Where ties that nobody named may lie.

    A missing tie is taken to be like those on record: its ends in proportion to the ties a party has and one more (so
    that who has none on record can have one), and two that have an acquaintance in common as often as among ties on
    record. Drawn evenly over all pairs they would lead across the neighbourhood and bring everybody near.
    """

    graph: Graph
    named: Named
    everybody: Neighbours
    known: Ints
    one: Ints
    two: Ints
    near: float

    @classmethod
    def of(cls, graph: Graph, named: Named, rng: np.random.Generator) -> "Unseen":
        a, b, length = graph.pairs()
        keys = a * graph.n + b
        everybody = Neighbours.of(graph.n, a, b)
        once = np.isin(keys, named.vouched) & (length == 2)
        return cls(
            graph=graph,
            named=named,
            everybody=everybody,
            known=np.sort(keys),
            one=keys[length == 1],
            two=keys[(length == 2) & ~once],
            near=_near(everybody, a, b, rng),
        )

    @property
    def once(self) -> Ints:
        """The ties of length 2 that somebody named: those that the other end may have forgotten."""
        return np.setdiff1d(self.known, np.concatenate([self.one, self.two])).astype(np.int64)

    def missing(self, recall: float, rng: np.random.Generator, times: float) -> Ints:
        """(3,) a draw of how many ties are missing, by how many of their ends were asked and answered.

        Of two that answered a tie is named with chance 1 - (1 - r)^2, of one with r; of none nothing is named, and only
        for ``times`` above 1 as many are taken as the other two kinds suggest.
        """
        named, n = self.named, self.graph.n
        seen = np.array([0, named.half, named.twice + named.once])
        drawn = np.zeros(3)
        for ends, chance in ((1, recall), (2, 1 - (1 - recall) ** 2)):
            if seen[ends] and chance < 1:
                drawn[ends] = rng.negative_binomial(seen[ends], chance)
        asked = int(named.answered.sum())
        room = np.array([(n - asked) * (n - asked - 1) / 2, asked * (n - asked), asked * (asked - 1) / 2])
        drawn *= times
        if times > 1 and room[0] and room[1] and seen[1]:
            share = (seen[1:] + drawn[1:]) / room[1:]
            drawn[0] = rng.poisson(min(1.0, share[0] ** 2 / share[1]) * room[0])
        rest = np.maximum(np.rint(drawn) - self.named.besides, 0)
        free = room - np.bincount(ends_asked(named.answered, self.known // n, self.known % n), minlength=3)
        return np.minimum(rest, free).astype(np.int64)

    def place(self, counts: Ints, rng: np.random.Generator) -> Ints:
        """Pairs without a tie, as many of each kind (0, 1 or 2 ends asked) as ``counts``; fewer where there are no more."""
        n, taken = self.graph.n, self.known
        found = [np.zeros(0, dtype=np.int64)]
        open_places = counts.copy()
        for _ in range(ROUNDS if n > 1 else 0):
            if not open_places.any():
                break
            pairs = self._draw(2 * int(open_places.sum()) + 16, rng)
            fresh = pairs[np.sort(np.unique(pairs, return_index=True)[1])]
            fresh = fresh[~np.isin(fresh, taken)]
            kind = ends_asked(self.named.answered, fresh // n, fresh % n)
            for ends in range(3):
                mine = fresh[kind == ends][: open_places[ends]]
                open_places[ends] -= len(mine)
                found.append(mine)
            taken = np.concatenate([self.known, *found])
        return np.concatenate(found)

    def _draw(self, count: int, rng: np.random.Generator) -> Ints:
        """Pairs that may have a tie nobody named; some have one already, and some stand here twice."""
        n, degree = self.graph.n, np.diff(self.everybody.start)
        ends = _in_proportion(degree + 1, (2, count), rng)
        step = self._neighbour(self._neighbour(ends[0], rng), rng)
        local = (rng.random(count) < self.near) & (degree[ends[0]] > 0)
        a, b = ends[0], np.where(local, step, ends[1])
        pairs: Ints = (np.minimum(a, b) * n + np.maximum(a, b))[a != b]
        return pairs

    def _neighbour(self, party: Ints, rng: np.random.Generator) -> Ints:
        """An acquaintance of each party; itself for who has none."""
        degree = np.diff(self.everybody.start)[party]
        if not len(self.everybody.party):
            return party
        place = self.everybody.start[party] + (rng.random(len(party)) * degree).astype(np.int64)
        found: Ints = np.where(
            degree > 0, self.everybody.party[np.minimum(place, len(self.everybody.party) - 1)], party
        )
        return found


def _near(everybody: Neighbours, a: Ints, b: Ints, rng: np.random.Generator) -> float:
    """The share of drawn pairs that must be acquaintances of an acquaintance, for as many of them as on record."""
    if not len(a):
        return 0.0
    rows = rng.choice(len(a), min(LOOKED_AT, len(a)), replace=False)
    x, y = _in_proportion(np.diff(everybody.start) + 1, (2, LOOKED_AT), rng)
    apart = x != y
    real = _in_common(everybody, a[rows], b[rows])
    by_chance = _in_common(everybody, x[apart], y[apart])
    return max(0.0, (real - by_chance) / (1 - by_chance)) if by_chance < 1 else 0.0


def _in_common(everybody: Neighbours, a: Ints, b: Ints) -> float:
    met = [
        len(np.intersect1d(everybody.at(x), everybody.at(y), assume_unique=True)) > 0
        for x, y in zip(a.tolist(), b.tolist(), strict=True)
    ]
    return float(np.mean(met)) if met else 0.0


def _in_proportion(weight: Ints, shape: tuple[int, int], rng: np.random.Generator) -> Ints:
    upto: Floats = np.cumsum(weight, dtype=np.float64)
    found: Ints = np.searchsorted(upto, rng.random(shape) * upto[-1], side="right").astype(np.int64)
    return found
