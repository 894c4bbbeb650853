"""A plan: which introductions, bridges and joinings would help most, within what people want and can carry."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from samenhang.network.bridges import Bridges
from samenhang.network.demands import Demands
from samenhang.network.gain import gains
from samenhang.network.greedy import Exact, Joins, Pairs, Step, make, surrogate
from samenhang.network.limits import Limits, PerPair, limits
from samenhang.network.limits import Pairs as PartyPairs
from samenhang.network.moves import NONE, Move, joined_by, to_join
from samenhang.network.phi import REACH, WHOLE
from samenhang.network.reach import Reach
from samenhang.network.routes import Asked
from samenhang.network.ties import Ties
from samenhang.shape import Bytes

SMALL = 400
"""Parties times moves up to which each move of a plan is tried once more against everything that could stand there."""


def plan(
    ties: Ties,
    demands: Demands,
    *,
    budget: float = 20,
    cap: ArrayLike = 2,
    cost: PerPair = None,
    allowed: ArrayLike | None = None,
    apart: PartyPairs = (),
    refused: PartyPairs = (),
    acceptance: PerPair = None,
    small: ArrayLike | None = None,
    reserve: float = 0.0,
    joinable: Iterable[tuple[int, Hashable]] = (),
    shares: Mapping[str, float] | None = None,
) -> tuple[Move, ...]:
    """Who should meet whom? A list of moves that takes the most off F, in the order of what each adds.

    ``budget``: the total cost; ``cost``: (n,) what each party's share of a move costs, added up, or a mapping of pairs
    (absent = 1); None = each move costs 1. ``cap``: the most new ties, one for all or one per
    party; a bridge is the load of who carries it.
    ``allowed``: (n,) who agreed to be introduced. ``apart`` and ``refused``: pairs never to propose. ``acceptance``: (n,)
    chance that a party says yes, multiplied, or a mapping of pairs (absent = 1); what counts is gain times chance.
    ``small``: (n,) which are small residents' parties, and ``reserve``: the share of the budget (0-1) that only moves
    with one of them may use. ``joinable``: (party, unit) pairs: who could take part in the issue that is that unit.
    ``shares``: as in ``fragmentation``.

    Two solvers run, greedy on the exact gain and lazy greedy on a surrogate; the better by the true fall of F is given.
    In a small neighbourhood each move of both is then tried against everything else that could stand in its place.
    There is no chance in it: the same answer each time, equal gains by the lowest numbers of the parties. A pair with any
    tie is not introduced. Raises ``ValueError`` for conditions that do not fit. A plan is a proposal to people, each of
    whom may say no; it is not a judgement of who matters.

    >>> ties = Ties(5, [0, 1, 2], [1, 2, 3])
    >>> [(m.a, m.b, m.shortened) for m in plan(ties, Demands([0, 4], [3, 3]), budget=1)]
    [(3, 4, ((1, -1, 1),))]
    """
    conditions = limits(
        ties, budget=budget, cap=cap, cost=cost, allowed=allowed, apart=apart, refused=refused,
        acceptance=acceptance, small=small, reserve=reserve, joinable=joinable,
    )  # fmt: skip
    weight = demands.shares(shares)
    asked = Asked.of(ties, demands)
    if not weight.any():
        return ()
    reach = Reach(ties.graph, asked, weight)
    rows = to_join(demands)
    joins = {(p, u): joined_by(ties, demands, int(ties.lowest[p]), rows.get(u, NONE)) for p, u in conditions.joinable}
    desk = _Desk(reach, gains(reach, np.arange(len(demands)), 1), Bridges.of(ties.graph), conditions, joins, ties)
    quick = surrogate(reach, Pairs(desk.total, conditions, ties.graph), conditions)
    return max((desk.polished(desk.filled_up()), desk.polished(quick)), key=_expected)


def _expected(moves: tuple[Move, ...]) -> float:
    # Rounded, so that of two equal plans the exact solver's (the first) is given whatever the last binary digit says.
    return round(sum(move.gain * move.chance for move in moves), 9)


@dataclass(frozen=True, eq=False)
class _Desk:
    """The situation as it is now, from which plans are begun, filled up, polished and told."""

    reach: Reach
    total: csr_array
    bridges: Bridges
    limits: Limits
    joins: Joins
    ties: Ties

    def filled_up(self, begun: Sequence[Step] = ()) -> list[Step]:
        return Exact(self.reach.copy(), self.total, self.bridges, self.limits, self.joins, begun).steps()

    def polished(self, steps: list[Step]) -> tuple[Move, ...]:
        """The plan told; in a small neighbourhood each move is left out in turn and what comes free is filled up.

        That goes on for as long as it helps.
        """
        told = self.tell(steps)
        improving = self.limits.m * len(steps) <= SMALL
        while improving:
            others = [self.filled_up(steps[:i] + steps[i + 1 :]) for i in range(len(steps))]
            best = max(others, key=lambda other: _expected(self.tell(other)), default=steps)
            improving = _expected(self.tell(best)) > _expected(told)
            if improving:
                steps, told = best, self.tell(best)
        return told

    def tell(self, steps: Sequence[Step]) -> tuple[Move, ...]:
        """Make the steps one by one and say what each does; a step that does nothing, even after all others, is left out.

        A step may do nothing until another one is made: it is tried once more at the end before it is given up.
        """
        order, tried = list(steps), set[Step]()
        while True:
            reach = self.reach.copy()
            told = [self._one(reach, step) for step in order]
            idle = [place for place, move in enumerate(told) if move.gain <= 0]
            if idle and idle[-1] == len(order) - 1:
                order.pop()
            elif again := [place for place in idle if order[place] not in tried]:
                tried.add(order[again[0]])
                order.append(order.pop(again[0]))
            else:
                return tuple(told)

    def _one(self, reach: Reach, step: Step) -> Move:
        joining = step.kind == "joining"
        touched = self.joins[step.a, step.unit] if joining else reach.touched_by(step.a, step.b, step.length)
        steps_before, value_before = reach.distance.copy(), reach.value()
        make(reach, step, touched)
        better = reach.value() - value_before
        shorter = np.flatnonzero(reach.distance < steps_before)
        eased = np.setdiff1d(np.flatnonzero(better > 0), shorter)
        names = self.ties.lowest
        key = np.array([step.a * self.limits.m + step.b])
        chance = self.limits.chance.of_one(step.a) if joining else float(self.limits.chance.of(key)[0])
        return Move(
            a=int(names[step.a]),
            b=-1 if joining else int(names[step.b]),
            through=int(names[step.through]) if step.through >= 0 else None,
            length=step.length,
            # Rounded to what the whole-numbered weights of the planner can say.
            gain=round(100 * float(better.sum()) / (WHOLE * reach.scale), 9),
            shortened=tuple((int(q), _steps(steps_before, int(q)), _steps(reach.distance, int(q))) for q in shorter),
            kind=step.kind,
            chance=chance,
            unit=step.unit,
            eased=tuple(int(q) for q in eased),
        )


def _steps(distance: Bytes, q: int) -> int:
    return -1 if distance[q] > REACH else int(distance[q])
