"""Flood guard: ballots that are too much alike to have been filled in by people who do not know of each other."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from samenhang import lsh
from samenhang.opinion.votes import Votes
from samenhang.shape import Bools, Floats, Ints

SHARED, ALIKE, FEWEST, SURPRISE = 12, 0.9, 4, 3.0
NEAR, COPIED, COPIED_FEW, FEW, MOST = 0.1, 0.94, 0.98, 20, 0.5
_PAIRS = 1 << 15


@dataclass(frozen=True, eq=False)
class Flood:
    """Participants (ids) whose ballots are the same or nearly so, and what each of them still weighs.

    ``alike``: the share of votes that are as on most of these ballots; ``surprise``: -log of the chance that the least
    surprising of them came about by voting as other people do.
    """

    participants: Ints
    weight: float
    alike: float
    surprise: float


def floods(votes: Votes) -> tuple[tuple[Flood, ...], Floats]:
    """Which ballots came as a flood, and (P,) what each participant weighs: 1, or ceil(sqrt(n)) / n in a flood of n.

    MinHash signatures of (statement, vote) find ballots that may be alike; pairs with at least 12 shared statements of which
    90 % got the same vote are joined. A set of four or more is a flood when its members agree with its majority ballot more
    than the votes of others explain (surprise of at least log P + 3), vary from it in at most one vote in sixteen (of fewer
    than twenty: one in fifty, so that a small group of one mind keeps its voice), and do not shade off into neighbours, as a
    camp of like-minded people does. Where more than half would be floods, voting alike is the custom, and nothing is one.

    Its limit: ballots with much noise, or each with another set of statements, are not seen; and a camp that answers as if
    copied is taken for one. Codes and weights per kind of party are the real defence. It never says who is behind it, and
    nobody's vote is thrown away.
    """
    weight, said = np.ones(votes.shape[0]), _said(votes)
    judged = [_judged(votes, said, members) for members in _components(votes, said)]
    found = tuple(flood for flood in judged if flood is not None)
    if sum(len(flood.participants) for flood in found) > MOST * votes.shape[0]:
        return (), weight
    for flood in found:
        weight[np.searchsorted(votes.participants, flood.participants)] = flood.weight
    return found, weight


def _said(votes: Votes) -> csr_array:
    """(P, 3 S): a one for each statement and vote."""
    column = (votes.column * 3 + votes.value + 1).astype(np.int32)
    return csr_array((np.ones(len(column)), column, votes.starts), shape=(votes.shape[0], 3 * votes.shape[1]))


def _components(votes: Votes, said: csr_array) -> list[Ints]:
    """Sets of participants, by place, that hang together by ballots that are alike; the first participant first."""
    able = np.flatnonzero(np.diff(votes.starts) >= SHARED)
    if len(able) < FEWEST:
        return []
    chosen = said[able]
    made = lsh.signatures(chosen.indices.astype(np.uint32), chosen.indptr[:-1].astype(np.intp))
    pairs = able[lsh.candidates(made, rows=4)]
    voted = votes.matrix(np.ones(len(votes.value)))
    kept = [pairs[:0]]
    for at in range(0, len(pairs), _PAIRS):
        a, b = pairs[at : at + _PAIRS].T
        shared = np.asarray((voted[a] * voted[b]).sum(axis=1)).ravel()
        same = np.asarray((said[a] * said[b]).sum(axis=1)).ravel()
        kept.append(pairs[at : at + _PAIRS][(shared >= SHARED) & (same >= ALIKE * shared)])
    a, b = np.concatenate(kept).T
    p = votes.shape[0]
    _number, label = connected_components(coo_array((np.ones(len(a)), (a, b)), shape=(p, p)), directed=False)
    size = np.bincount(label)
    order = np.argsort(label, kind="stable")
    ends = np.cumsum(size)
    return [order[ends[one] - size[one] : ends[one]] for one in np.flatnonzero(size >= FEWEST)]


def _judged(votes: Votes, said: csr_array, members: Ints) -> Flood | None:
    """The flood in this set, or None when it is a camp, or what other people say too."""
    ours = np.asarray(said[members].sum(axis=0)).reshape(-1, 3)
    others = np.asarray(said.sum(axis=0)).reshape(-1, 3) - ours
    usual = ours.argmax(axis=1)
    on_it = ours.sum(axis=1) * 2 >= len(members)
    chance = (others[np.arange(len(usual)), usual] + 1) / (others.sum(axis=1) + 3)
    ballot = np.zeros(said.shape[1])
    ballot[np.arange(len(usual)) * 3 + usual] = on_it
    same = said @ ballot
    shared = votes.matrix(np.ones(len(votes.value))) @ on_it.astype(np.float64)
    alike = same / np.maximum(shared, 1)
    surprise = _surprises(votes, members, chance, on_it, same)
    sure = members[(surprise >= np.log(votes.shape[0]) + SURPRISE) & (shared[members] >= SHARED)]
    if len(sure) < FEWEST:
        return None
    if alike[sure].mean() < (COPIED if len(sure) >= FEW else COPIED_FEW):
        return None
    outside = np.ones(len(alike), dtype=bool)
    outside[sure] = False
    near = outside & (shared >= SHARED) & (alike >= np.quantile(alike[sure], 0.1) - NEAR)
    if near.sum() * 3 >= len(sure):
        return None
    n = len(sure)
    least = float(surprise[np.isin(members, sure)].min())
    return Flood(votes.participants[sure], float(np.ceil(np.sqrt(n)) / n), float(alike[sure].mean()), least)


def _surprises(votes: Votes, members: Ints, chance: Floats, on_it: Bools, same: Floats) -> Floats:
    """(n,) -log of (a bound of) the chance to agree as often with the majority ballot when voting as others do (Chernoff)."""
    shown = votes.matrix(np.ones(len(votes.value)))[members]
    best = np.zeros(len(members))
    for tilt in np.linspace(0.25, 8, 24):
        cost = np.where(on_it, np.log1p(chance * np.expm1(tilt)), 0.0)
        best = np.maximum(best, tilt * same[members] - shown @ cost)
    return best
