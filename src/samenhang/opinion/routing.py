"""Which statement to show next, and where somebody stands who came later."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from samenhang.opinion.fitting import meet
from samenhang.opinion.opinion_map import OpinionMap
from samenhang.opinion.votes import Votes
from samenhang.shape import Floats, Ints

TELLING, NEW = 0.8, 10
"""How often the most telling statement is shown; with how few votes a statement is new."""


@dataclass(frozen=True)
class Next:
    """The statement (id) to show, and with what chance it was going to be this one: kept, so that figures can be corrected."""

    statement: int
    propensity: float


def next_statement(
    om: OpinionMap,
    participant: int,
    *,
    rng: np.random.Generator,
    among: ArrayLike | None = None,
    voted: ArrayLike = (),
) -> Next | None:
    """Choose the statement that tells most about where this participant stands, without asking more than is needed.

    Four times in five the one with the largest expected fall in the variance of the position,
    w (z' C M C z) / (1 + w z' C z) with w = p (1 - p), times the chance that it is no pass; otherwise one of those with fewer
    than ten votes, all alike (or of all, when none is new). ``among``: ids that may be shown (None: all of the map; ids without
    votes yet are new); ``voted``: ids on which the participant voted since the map was made. None when nothing is left. Who is
    not on the map begins in the middle.

    Never use it to show only what somebody agrees with: it looks for what is not known yet.

    >>> from samenhang.opinion import Votes, opinion_map
    >>> said = np.where(np.arange(20)[:, None] % 2 == np.arange(8) % 2, 1, -1)
    >>> who, what = np.indices(said.shape)
    >>> found = opinion_map(Votes(who.ravel(), what.ravel(), said.ravel()), rng=np.random.default_rng(0))
    >>> next_statement(found, 99, voted=range(7), rng=np.random.default_rng(0))
    Next(statement=7, propensity=1.0)
    """
    found = next_statements(om, participant, 1, rng=rng, among=among, voted=voted)
    return found[0] if found else None


def next_statements(
    om: OpinionMap,
    participant: int,
    count: int,
    *,
    rng: np.random.Generator,
    among: ArrayLike | None = None,
    voted: ArrayLike = (),
) -> list[Next]:
    """The same for a while: what `next_statement` would choose one after the other, at most ``count``.

    The position stays as it is meanwhile, and with it what each statement would tell: that is computed once.
    """
    place = int(np.searchsorted(om.participants, participant))
    row = place if place < len(om.participants) and om.participants[place] == participant else None
    able, place_of = _left(om, row, among, np.asarray(voted, dtype=np.int64))
    there = place_of >= 0
    new = np.ones(len(able), dtype=bool)
    new[there] = om.number[place_of[there]] < NEW
    told = np.zeros(len(able))
    told[there] = _telling(om, row, place_of[there])
    left, found = np.ones(len(able), dtype=bool), list[Next]()
    while len(found) < count and left.any():
        chosen, chance = _draw(np.where(left, told, -1.0), np.flatnonzero(new & left), np.flatnonzero(left), rng)
        found.append(Next(int(able[chosen]), chance))
        left[chosen] = False
    return found


def _draw(told: Floats, new: Ints, left: Ints, rng: np.random.Generator) -> tuple[int, float]:
    """The place of a statement, and with what chance it was going to be this one."""
    best, uniform = int(told.argmax()), new if len(new) else left
    chosen = best if rng.random() < TELLING else int(uniform[rng.integers(len(uniform))])
    share = (1 - TELLING) / len(uniform) if chosen in uniform else 0.0
    return chosen, TELLING * (chosen == best) + share


def _left(om: OpinionMap, row: int | None, among: ArrayLike | None, voted: Ints) -> tuple[Ints, Ints]:
    """The ids that may still be shown, and their places on the map, -1 for what is not on it."""
    offered = om.statements if among is None else np.unique(np.asarray(among, dtype=np.int64))
    place = np.searchsorted(om.statements, offered)
    there = np.zeros(len(offered), dtype=bool)
    if len(om.statements):
        there = om.statements.take(place, mode="clip") == offered
    keep = ~np.isin(offered, voted) if len(voted) else np.ones(len(offered), dtype=bool)
    if row is not None:
        said = np.zeros(len(om.statements), dtype=bool)
        said[om.votes.column[om.votes.starts[row] : om.votes.starts[row + 1]]] = True
        keep[there] &= ~said[place[there]]
    return offered[keep], np.where(there, place, -1)[keep]


def _telling(om: OpinionMap, row: int | None, place: Ints) -> Floats:
    """(n,) the expected fall in what is not known of the position, times the chance of no pass."""
    k = om.model.doubt.shape[1]
    if row is None:
        mean, cov = np.zeros(k), np.diag([om.model.spread, *[1.0] * (k - 1)])
    else:
        mean, cov = om.people.mean[row], om.people.cov[row]
    known = om.known[place]
    p = 0.5 * (1 + np.tanh((om.model.support[place] + known @ mean) / 2))
    omega = p * (1 - p)
    pulled = known @ cov
    viewed = pulled[:, 1:]
    fall = omega * ((viewed @ om.frame.metric) * viewed).sum(axis=1) / (1 + omega * (pulled * known).sum(axis=1))
    return np.asarray(fall * om.answered[place])


def project(om: OpinionMap, votes: Votes) -> OpinionMap:
    """Place people on this map who came after it was made, or who voted since.

    The same map with the participants of ``votes`` instead: each is placed by one small solve given the statements as they were;
    votes on statements that the map does not know place nobody. What people share and what divides them stays as it was. With it
    `next_statement` and `OpinionMap.probability` answer for them.
    """
    here = np.isin(votes.statements, om.statements)[votes.column]
    statement = votes.statements[votes.column[here]]
    known = object.__new__(Votes)
    for name, found in (
        ("participants", votes.participants),
        ("statements", om.statements),
        ("row", votes.row[here]),
        ("column", np.searchsorted(om.statements, statement)),
        ("value", votes.value[here]),
        ("moderated", votes.moderated),
        ("struck", votes.struck),
    ):
        object.__setattr__(known, name, found)
    people = meet(known, om.model)
    plane = om.frame.place(people)
    group, membership = om.camps.belong(plane)
    return replace(
        om,
        participants=votes.participants,
        position=plane.at,
        position_sd=np.sqrt(np.maximum(np.diagonal(plane.cov, axis1=1, axis2=2), 0)),
        group=group,
        membership=membership,
        weight=np.ones(len(votes.participants)),
        people=people,
        votes=known,
    )
