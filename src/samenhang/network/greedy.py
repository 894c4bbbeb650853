"""The two solvers of a plan: greedy on the exact gain, and lazy greedy on one new tie per path."""

import heapq
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array

from samenhang.network.bridges import Bridges
from samenhang.network.distances import Graph
from samenhang.network.gain import gains
from samenhang.network.limits import Limits, among
from samenhang.network.moves import Kind
from samenhang.network.phi import PHI24
from samenhang.network.reach import Reach
from samenhang.shape import Bools, Floats, Ints

Joins = dict[tuple[int, Hashable], Ints]
"""The demands that a party would become a target of by joining a unit."""


@dataclass(frozen=True)
class Step:
    """A chosen move in contracted parties; ``score`` = expected fall per unit of cost when it was chosen."""

    kind: Kind
    a: int
    b: int
    through: int
    length: int
    score: float
    unit: Hashable = None


@dataclass(eq=False)
class Spent:
    """What the moves chosen so far took of the budget, and how many new ties each party got."""

    limits: Limits
    used: Ints = field(init=False)
    total: float = 0.0
    large: float = 0.0

    def __post_init__(self) -> None:
        self.used = np.zeros(self.limits.m, dtype=np.int64)

    def may_meet(self) -> Bools:
        """(m,) who agreed to be introduced and is under the cap."""
        return self.limits.allowed & (self.used < self.limits.cap)

    def affords(self, cost: Floats, small: Bools) -> Bools:
        """Which moves fit the budget: those without a small party only in the part that is not reserved."""
        rest = (1 - self.limits.reserve) * self.limits.budget - self.large
        room: Bools = (cost <= self.limits.budget - self.total + 1e-9) & (small | (cost <= rest + 1e-9))
        return room

    def take(self, step: Step) -> None:
        key = np.array([step.a * self.limits.m + step.b])
        cost = self.limits.cost.of_one(step.a) if step.kind == "joining" else float(self.limits.cost.of(key)[0])
        self.total += cost
        if not any(self.limits.small[party] for party in (step.a, step.b) if party >= 0):
            self.large += cost
        carrying = {"introduction": (step.a, step.b), "bridge": (step.through,), "joining": ()}[step.kind]
        for party in carrying:
            self.used[party] += 1


class Pairs:
    """The possible introductions with their gain now; the pairs that may never be proposed are left out at the start."""

    def __init__(self, total: csr_array, limits: Limits, graph: Graph) -> None:
        self.limits = limits
        a, b, _ = graph.pairs()
        self.known = np.union1d(a * limits.m + b, limits.closed)
        self.replace(total)

    def replace(self, total: csr_array) -> None:
        self.total = total
        a = np.repeat(np.arange(self.limits.m), np.diff(total.indptr))
        b = total.indices.astype(np.int64)
        good = np.flatnonzero(total.data > 0)
        self.a, self.b, self.gain = a[good], b[good], total.data[good]
        self.key = self.a * self.limits.m + self.b

    def scores(self, pairs: Ints) -> Floats:
        keys = self.key[pairs]
        found: Floats = self.gain[pairs] * self.limits.chance.of(keys) / self.limits.cost.of(keys)
        return found

    def open_to(self, spent: Spent) -> Ints:
        """The pairs that may be introduced now: both willing and under the cap, affordable, not closed, no tie yet."""
        willing = spent.may_meet()
        rows = np.flatnonzero(willing[self.a] & willing[self.b])
        small = spent.limits.small
        fits = spent.affords(self.limits.cost.of(self.key[rows]), small[self.a[rows]] | small[self.b[rows]])
        return rows[fits]

    def best(self, spent: Spent) -> Step | None:
        """The open pair with the highest score; the lowest key among equals."""
        rows = self.open_to(spent)
        scores = self.scores(rows)
        while len(rows):
            top = scores.max()
            equal = scores == top
            free = rows[equal][~among(self.key[rows[equal]], self.known)]
            if len(free) and top > 0:
                row = free[np.argmin(self.key[free])]
                return Step("introduction", int(self.a[row]), int(self.b[row]), -1, 1, float(top))
            rows, scores = rows[~equal], scores[~equal]
        return None


class Exact:
    """Greedy on the exact gain: after each pick the distances and gains it touched are computed anew.

    ``begun``: steps that are chosen already; the solver fills up what they leave of the budget.
    """

    def __init__(
        self, reach: Reach, total: csr_array, bridges: Bridges, limits: Limits, joins: Joins, begun: Sequence[Step] = ()
    ) -> None:
        self.reach, self.bridges, self.limits, self.joins = reach, bridges, limits, dict(joins)
        self.pairs = Pairs(total, limits, reach.graph)
        self.spent = Spent(limits)
        self.chosen: list[Step] = []
        for step in begun:
            self._choose(step)
            make(reach, step, self._touched(step))
        if begun:
            self.pairs.replace(gains(reach, np.arange(len(reach.distance)), 1))

    def steps(self) -> list[Step]:
        """All moves, the ones begun with first."""
        while (step := self._best(self.spent)) is not None:
            self._choose(step)
            demands = self._touched(step)
            before = gains(self.reach, demands, 1)
            make(self.reach, step, demands)
            self.pairs.replace(self.pairs.total - before + gains(self.reach, demands, 1))
        return self.chosen

    def _choose(self, step: Step) -> None:
        self.chosen.append(step)
        self.spent.take(step)
        if step.kind != "joining":
            self.pairs.known = np.union1d(self.pairs.known, [step.a * self.limits.m + step.b])

    def _touched(self, step: Step) -> Ints:
        if step.kind == "joining":
            return self.joins.pop((step.a, step.unit))
        return self.reach.touched_by(step.a, step.b, step.length)

    def _best(self, spent: Spent) -> Step | None:
        found = [step for step in (self.pairs.best(spent), self._best_joining(spent)) if step is not None]
        best = max(found, key=lambda step: step.score, default=None)
        bridge = self._best_bridge(spent, best.score if best else 0.0)
        return bridge or best

    def _best_joining(self, spent: Spent) -> Step | None:
        best: Step | None = None
        for (party, unit), demands in self.joins.items():
            cost, near = self.limits.cost.of_one(party), self.reach.near[demands, party]
            if not spent.affords(np.array([cost]), self.limits.small[[party]])[0]:
                continue
            now = self.reach.distance[demands]
            fall = self.reach.worth[demands] @ (PHI24[np.minimum(now, near)] - PHI24[now])
            score = float(fall) * self.limits.chance.of_one(party) / cost
            if score > (best.score if best else 0.0):
                best = Step("joining", party, -1, -1, 0, score, unit)
        return best

    def _best_bridge(self, spent: Spent, above: float) -> Step | None:
        """The best bridge, if it is better than the best move so far.

        A bridge never gains more than an introduction of the same two would, so only pairs are looked at whose
        introduction would be better than the best move so far but is not open.
        """
        rows = np.flatnonzero(self.pairs.scores(np.arange(len(self.pairs.key))) > above)
        rows = rows[among(self.pairs.key[rows], self.bridges.keys) & ~among(self.pairs.key[rows], self.pairs.known)]
        bound = self.pairs.scores(rows)
        order = np.lexsort((self.pairs.key[rows], -bound))
        best: Step | None = None
        now = self.reach.value()
        for row, limit in zip(rows[order], bound[order], strict=True):
            if limit <= above:
                break
            a, b, gain = int(self.pairs.a[row]), int(self.pairs.b[row]), float(self.pairs.gain[row])
            through = self.bridges.carrier(a, b, spent.may_meet(), spent.used)
            small = self.limits.small[[a]] | self.limits.small[[b]]
            if through < 0 or not spent.affords(self.limits.cost.of(self.pairs.key[[row]]), small)[0]:
                continue
            score = limit / gain * float((self.reach.value_with(a, b, 2) - now).sum())
            if score > above:
                best, above = Step("bridge", a, b, through, 2, score), score
        return best


def make(reach: Reach, step: Step, demands: Ints) -> None:
    """Do a step in the state; ``demands``: those it touches."""
    if step.kind == "joining":
        reach.enter(step.a, demands)
    else:
        reach.connect(step.a, step.b, step.length, demands)


def surrogate(reach: Reach, pairs: Pairs, limits: Limits) -> list[Step]:
    """Lazy greedy on the surrogate in which each path uses at most one new tie.

    Each demand counts for the best single new tie; that sum is monotone and submodular, so a gain seen before is an upper
    bound now, and only the top of the heap is looked at again. (Minoux 1978, "Accelerated greedy algorithms".)
    """
    spent = Spent(limits)
    chosen: list[Step] = []
    rows = pairs.open_to(spent)
    rows = rows[~among(pairs.key[rows], pairs.known)]
    bound = pairs.scores(rows)
    order = np.lexsort((pairs.key[rows], -bound))
    waiting = iter(zip((-bound[order]).tolist(), pairs.key[rows[order]].tolist(), strict=True))
    cheapest = limits.cost.of(pairs.key[rows]).min(initial=np.inf)
    rate = dict[int, float]()
    heap: list[tuple[float, int, int]] = []
    coming = next(waiting, None)
    best = reach.value()
    while (heap or coming) and spent.total + cheapest <= limits.budget + 1e-9:
        if coming and (not heap or coming[:2] < heap[0][:2]):
            heapq.heappush(heap, (*coming, -1))
            coming = next(waiting, None)
            continue
        score, key, seen = heapq.heappop(heap)
        a, b = divmod(key, limits.m)
        willing = spent.may_meet()
        small = limits.small[[a]] | limits.small[[b]]
        if not (willing[a] and willing[b]) or not spent.affords(limits.cost.of(np.array([key])), small)[0]:
            continue
        if seen == len(chosen):
            if score >= 0:
                break
            step = Step("introduction", a, b, -1, 1, -score)
            chosen.append(step)
            spent.take(step)
            best = np.maximum(best, reach.value_with(a, b, 1))
            continue
        if key not in rate:
            rate[key] = float(limits.chance.of(np.array([key]))[0] / limits.cost.of(np.array([key]))[0])
        fall = float(np.maximum(reach.value_with(a, b, 1) - best, 0).sum())
        heapq.heappush(heap, (-fall * rate[key], key, len(chosen)))
    return chosen
