"""Reach: how far every party is from both ends of every demand, kept up to date while moves are tried and made."""

from copy import copy

import numpy as np

from samenhang.network.distances import Graph, levels, search
from samenhang.network.phi import FAR, PHI24, REACH
from samenhang.network.routes import Asked, Hinges, distances, hinges
from samenhang.shape import Bools, Bytes, Floats, Ints


class Reach:
    """The state of a plan in the making; one per solver, changed only by ``connect`` and ``enter``.

    ``near[q, v]``: steps from the source of demand q to v. ``toward[q, v]``: from v to the nearest target of q.
    ``distance[q]``: from source to nearest target. ``hinge_*``: the same two for each (demand, hinge), where paths may
    not pass the hinge. ``worth[q]``: (Q,) what phi = 1 would be worth, in whole numbers small enough for exact sums.
    """

    def __init__(self, graph: Graph, asked: Asked, weight: Floats) -> None:
        self.graph = graph
        self.asked = asked
        # 2^44 steps of weight times 24 steps of phi stay below 2^53: float sums are exact, so no order of rows matters.
        self.scale = 2.0**44 / float(weight.sum())
        self.worth: Floats = np.rint(weight * self.scale)
        count = len(asked.source)
        self.near = levels(search(graph, asked.source), count)
        self.toward = levels(search(graph, list(asked.target)), count)
        self.distance = distances(graph, asked)
        self.hinges = hinges(graph, asked, self.distance)
        self.hinge_near, self.hinge_toward = self._around(self.hinges)

    @property
    def without(self) -> Bytes:
        """(Q,) the distance of each demand when its worst hinge falls away; the distance itself when it has none."""
        farthest = self.distance.copy()
        np.maximum.at(farthest, self.hinges.demand, self.hinges.distance)
        return farthest

    def value(self) -> Floats:
        """(Q,) what each demand counts now, in the units of ``worth`` times 24."""
        direct = PHI24[self.distance]
        shared: Floats = np.where(self.asked.robust, (direct + PHI24[self.without]) / 2, direct)
        return self.worth * shared

    def value_with(self, a: int, b: int, length: int) -> Floats:
        """(Q,) what each demand would count with one more tie, exactly (see ``gain``)."""
        found = np.minimum(self.distance, self._passing(self.near, self.toward, a, b, length))
        farthest = found.copy()
        if len(self.hinges.demand):
            past = np.minimum(self.hinges.distance, self._passing(self.hinge_near, self.hinge_toward, a, b, length))
            np.maximum.at(farthest, self.hinges.demand, past)
        # A new path that is not the tie itself hangs on a or b: without that party the old distance stands.
        farthest = np.maximum(farthest, np.where(self.joins(a, b), found, self.distance))
        direct = PHI24[found]
        return self.worth * np.where(self.asked.robust, (direct + PHI24[farthest]) / 2, direct)

    def joins(self, a: int, b: int) -> Bools:
        """(Q,) whether a and b are the two ends of a demand."""
        ends: Bools = (self.near[:, a] == 0) & (self.toward[:, b] == 0)
        others: Bools = (self.near[:, b] == 0) & (self.toward[:, a] == 0)
        return np.logical_or(ends, others)

    @staticmethod
    def _passing(near: Bytes, toward: Bytes, a: int, b: int, length: int) -> Bytes:
        past = np.minimum(near[:, a] + toward[:, b], near[:, b] + toward[:, a]) + np.uint8(length)
        reached: Bytes = np.minimum(past, FAR).astype(np.uint8)
        return reached

    def copy(self) -> "Reach":
        """The same state, to be changed apart from this one."""
        other = copy(self)
        for name in ("near", "toward", "distance"):
            setattr(other, name, getattr(self, name).copy())
        return other

    def connect(self, a: int, b: int, length: int, touched: Ints) -> None:
        """Make a tie; ``touched`` is what ``touched_by`` said about it beforehand."""
        self.graph = self.graph.adding(a, b, length)
        ends = levels(search(self.graph, np.array([a, b])), 2)
        for table in (self.near, self.toward):
            rows = np.flatnonzero(np.abs(table[:, a].astype(np.int8) - table[:, b].astype(np.int8)) > length)
            through = np.minimum(table[rows, a][:, None] + ends[0], table[rows, b][:, None] + ends[1])
            table[rows] = np.minimum(table[rows], through)
        self._measure(touched)

    def enter(self, party: int, demands: Ints) -> None:
        """Let a party be a target of these demands too."""
        ends = levels(search(self.graph, np.array([party])), 1)[0]
        targets = list(self.asked.target)
        for q in demands:
            targets[q] = np.union1d(targets[q], [party]).astype(np.int64)
        self.asked = Asked(self.asked.source, tuple(targets), self.asked.robust)
        self.toward[demands] = np.minimum(self.toward[demands], ends)
        self._measure(demands)

    def touched_by(self, a: int, b: int, length: int) -> Ints:
        """The demands whose distances or gains a new tie may change."""
        changes = np.zeros(len(self.distance), dtype=bool)
        for table in (self.near, self.toward):
            changes |= np.abs(table[:, a].astype(np.int8) - table[:, b].astype(np.int8)) > length
        # A tie may matter for the way round a hinge without bringing anybody nearer.
        round_it = self.asked.robust & (np.minimum(self.near[:, a], self.near[:, b]) < REACH)
        return np.flatnonzero(changes | round_it)

    def _measure(self, demands: Ints) -> None:
        these = self.asked.some(demands)
        self.distance[demands] = np.array(
            [self.near[q, targets].min(initial=FAR) for q, targets in zip(demands, these.target, strict=True)],
            dtype=np.uint8,
        )
        fresh = hinges(self.graph, these, self.distance[demands])
        found = Hinges(demands[fresh.demand], fresh.party, fresh.distance)
        near, toward = self._around(found)
        kept = ~np.isin(self.hinges.demand, demands)
        self.hinges = Hinges(
            np.concatenate([self.hinges.demand[kept], found.demand]),
            np.concatenate([self.hinges.party[kept], found.party]),
            np.concatenate([self.hinges.distance[kept], found.distance]),
        )
        self.hinge_near = np.concatenate([self.hinge_near[kept], near])
        self.hinge_toward = np.concatenate([self.hinge_toward[kept], toward])

    def _around(self, found: Hinges) -> tuple[Bytes, Bytes]:
        count = len(found.demand)
        if not count:
            return np.zeros((0, self.graph.n), dtype=np.uint8), np.zeros((0, self.graph.n), dtype=np.uint8)
        source = self.asked.source[found.demand]
        target = np.array([self.asked.target[q][0] for q in found.demand], dtype=np.int64)
        near = levels(search(self.graph, source, blocked=found.party), count)
        toward = levels(search(self.graph, target, blocked=found.party), count)
        return near, toward
