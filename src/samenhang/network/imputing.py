"""Imputing: networks as they may really be, with the ties put in that nobody named when asked."""

from dataclasses import dataclass

import numpy as np

from samenhang.network.distances import Graph, Neighbours
from samenhang.network.limits import among
from samenhang.network.reports import Named, ends_asked
from samenhang.shape import Floats, Ints

LOOKED_AT = 500
"""How many ties, and how many pairs, are looked at to see how often two with a tie have an acquaintance in common."""

BATCH = 400
"""How many pairs are drawn at a time beyond twice those that are wanted: of some kinds there are few."""

ROUNDS = 12
"""How often is drawn anew for places that are still open; in a network that is nearly full some stay open."""


@dataclass(frozen=True, eq=False)
class Unseen:
    """Where ties that nobody named may lie.

    A missing tie is taken to be like those on record: it has an acquaintance in common as often, and its ends in
    proportion to ``pull``. Drawn evenly over all pairs such ties would lead across the neighbourhood and bring everybody
    near. ``pull``: (m,) ties on record plus alpha, the expected number of hidden ties when the number of ties varies
    between parties as a gamma does and each tie is found or not (alpha from mean and variance of what is on record).
    """

    graph: Graph
    named: Named
    everybody: Neighbours
    known: Ints
    one: Ints
    two: Ints
    pull: Floats
    near: float

    @classmethod
    def of(cls, graph: Graph, named: Named, rng: np.random.Generator) -> "Unseen":
        a, b, length = graph.pairs()
        keys = a * graph.n + b
        everybody = Neighbours.of(graph.n, a, b)
        once = np.isin(keys, named.vouched) & (length == 2)
        pull = _pull(np.diff(everybody.start))
        return cls(
            graph=graph,
            named=named,
            everybody=everybody,
            known=np.sort(keys),
            one=keys[length == 1],
            two=keys[(length == 2) & ~once],
            pull=pull,
            near=_near(everybody, a, b, pull, rng),
        )

    @property
    def once(self) -> Ints:
        """The ties of length 2 that somebody named: those that the other end may have forgotten."""
        return np.setdiff1d(self.known, np.concatenate([self.one, self.two])).astype(np.int64)

    def missing(self, recall: float, spread: float, rng: np.random.Generator) -> Ints:
        """(3,) a draw of how many ties are missing, by how many of their ends were asked and answered.

        A tie has its own chance to be named, with mean mu and standard deviation ``spread`` over ties. Reciprocity shows
        recall = mu + spread^2 / mu, since ties that are easy to name are named twice; two that answered leave out their
        tie with chance (1 - mu)^2 + spread^2, one that answered with 1 - mu. Between two that were not asked, nothing is
        named: none are taken when ``spread`` is 0, and as many as the other two kinds suggest otherwise.
        """
        named, n = self.named, self.graph.n
        spread = min(spread, recall / 2)
        mean = (recall + max(0.0, recall**2 - 4 * spread**2) ** 0.5) / 2
        seen = np.array([0, named.half, named.twice + named.once])
        drawn = np.zeros(3)
        for ends, chance in ((1, mean), (2, 1 - (1 - mean) ** 2 - spread**2)):
            if seen[ends] and chance < 1:
                drawn[ends] = rng.negative_binomial(seen[ends], chance)
        asked = int(named.answered.sum())
        room = np.array([(n - asked) * (n - asked - 1) / 2, asked * (n - asked), asked * (asked - 1) / 2])
        if spread and room[0] and seen[1]:
            share = (seen[1:] + drawn[1:]) / room[1:]
            drawn[0] = rng.poisson(min(1.0, share[0] ** 2 / share[1]) * room[0])
        free = room - np.bincount(ends_asked(named.answered, self.known // n, self.known % n), minlength=3)
        return np.clip(drawn - named.besides, 0, free).astype(np.int64)

    def place(self, counts: Ints, rng: np.random.Generator, first: Ints | None = None) -> Ints:
        """Pairs without a tie, as many of each kind (0, 1 or 2 ends asked) as ``counts``; fewer where there are no more.

        ``first``: pairs without a tie that are taken before any other, as far as they are wanted.
        """
        n = self.graph.n
        begun = np.zeros(0, dtype=np.int64) if first is None else first
        kind = ends_asked(self.named.answered, begun // n, begun % n)
        found = np.concatenate([begun[kind == ends][: counts[ends]] for ends in range(3)])
        counts = counts - np.bincount(ends_asked(self.named.answered, found // n, found % n), minlength=3)
        near = rng.binomial(counts, self.near)
        places = [(near, self._met), (counts - near, self._anywhere)]
        for turn in range(2 * ROUNDS if n > 1 else 0):
            if turn == ROUNDS:
                # There are no more that have an acquaintance in common: the rest may lie anywhere.
                places = [(near + places[1][0], self._anywhere)]
            for rest, draw in places:
                if rest.any():
                    a, b = draw(BATCH + 2 * int(rest.sum()), rng)
                    fresh = self._fresh((np.minimum(a, b) * n + np.maximum(a, b))[a != b], found)
                    kind = ends_asked(self.named.answered, fresh // n, fresh % n)
                    mine = np.concatenate([fresh[kind == ends][: rest[ends]] for ends in range(3)])
                    rest[:] = rest - np.bincount(ends_asked(self.named.answered, mine // n, mine % n), minlength=3)
                    found = np.concatenate([found, mine])
        return found

    def _fresh(self, pairs: Ints, found: Ints) -> Ints:
        """Those of the pairs that have no tie and were not found yet, once each, in the order in which they were drawn."""
        once = pairs[np.sort(np.unique(pairs, return_index=True)[1])]
        fresh: Ints = once[~(among(once, self.known) | among(once, np.sort(found)))]
        return fresh

    def _anywhere(self, count: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
        a, b = _in_proportion(self.pull, (2, count), rng)
        return a, b

    def _met(self, count: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
        """Two with an acquaintance in common; a party with itself where that is where the walk of two steps ended."""
        a = self._anywhere(count, rng)[0]
        return a, self._neighbour(self._neighbour(a, rng), rng)

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


def _pull(degree: Ints) -> Floats:
    if not degree.any():
        return np.ones(len(degree))
    mean, more = float(degree.mean()), float(degree.var() - degree.mean())
    # Hardly more variance than chance gives: alpha is large, and all parties alike.
    alpha = max(1.0, mean**2 / max(more, mean / 100))
    pull: Floats = degree.astype(np.float64) + alpha
    return pull


def _near(everybody: Neighbours, a: Ints, b: Ints, pull: Floats, rng: np.random.Generator) -> float:
    """The share of drawn pairs that must be acquaintances of an acquaintance, for as many of them as on record."""
    if not len(a):
        return 0.0
    rows = rng.choice(len(a), min(LOOKED_AT, len(a)), replace=False)
    x, y = _in_proportion(pull, (2, LOOKED_AT), rng)
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


def _in_proportion(weight: Floats, shape: tuple[int, int], rng: np.random.Generator) -> Ints:
    upto: Floats = np.cumsum(weight)
    found: Ints = np.searchsorted(upto, rng.random(shape) * upto[-1], side="right").astype(np.int64)
    return found
