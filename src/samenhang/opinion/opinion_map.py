"""The opinion map: from votes to where people stand, what they share, and what divides them."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from samenhang.files import KEPT
from samenhang.opinion import choosing, groups, together
from samenhang.opinion.expecting import chances, expected, likely
from samenhang.opinion.fitting import People, Statements, fit, meet
from samenhang.opinion.flooding import Flood, floods
from samenhang.opinion.holding_out import HeldOut, hold_out
from samenhang.opinion.votes import Votes
from samenhang.shape import Bools, Floats, Ints

NONE, GRADIENT, GROUPS = "none", "gradient", "groups"
LEAST_GAIN, LEAST_Z = 0.002, 3.0
FEWEST, ENOUGH = 8, 3
"""With fewer participants, or statements, than these nothing is said about structure."""

LISTED, RANKED = 8, 10
MOST_LEARNED = 15_000  # participants from whom the statements are learned; the others are placed
MOST_ASKED = 3_000  # participants for whom every statement is foreseen


@dataclass(frozen=True, eq=False)
class Ranked:
    """Statements in order, the first doing best: their ids, and the figure of each, from 0 to 1."""

    statements: Ints
    figure: Floats


@dataclass(frozen=True, eq=False)
class Apart:
    """What sets one group apart: statement ids, by how much its rate differs from that of all others (-1 to 1).

    ``z``: the two-proportion statistic of that difference, as Polis gives it.
    """

    group: int
    statements: Ints
    difference: Floats
    z: Floats


@dataclass(frozen=True, eq=False)
class OpinionMap:
    """What the votes of one conversation say together.

    ``structure``: "none" (people do not differ in more than how readily they agree), "gradient" (a line with two sides) or
    "groups". ``participants`` (P,) and ``statements`` (S,): ids. ``position`` (P, r), first axis most telling, with its
    standard deviation ``position_sd``; ``group`` (P,), -1 = none or not clear; ``membership`` (P, k), (P, 0) without structure;
    ``weight`` (P,): how much each counted. ``common_ground``, ``bridges`` and ``divides``: all statements, best first.
    ``distinctive``: per group what sets it apart. ``short_list``: ids that stand for everybody in proportion; ``overlooked``: ids
    of participants who form a group large enough for a place on it and got none. ``floods``: ballots too much alike.
    ``held_out``: how well votes that were held out are foreseen; ``stability``: how well 2, 3, ... groups come back.
    """

    structure: str
    participants: Ints
    statements: Ints
    position: Floats
    position_sd: Floats
    group: Ints
    membership: Floats
    weight: Floats
    common_ground: Ranked
    bridges: Ranked
    divides: Ranked
    distinctive: tuple[Apart, ...]
    short_list: Ints
    overlooked: Ints
    floods: tuple[Flood, ...]
    held_out: HeldOut
    stability: Floats
    model: Statements = field(repr=False, metadata=KEPT)
    people: People = field(repr=False, metadata=KEPT)
    frame: groups.Frame = field(repr=False, metadata=KEPT)
    camps: groups.Camps = field(repr=False, metadata=KEPT)
    votes: Votes = field(repr=False, metadata=KEPT)
    learned_from: Votes = field(repr=False, metadata=KEPT)  # of statements; `project` changes only `votes`

    def probability(self, participant: ArrayLike, statement: ArrayLike) -> Floats:
        """(n,) the chance that a participant who does not pass agrees with a statement; ids as given.

        It answers what somebody may think of what they did not vote on, for showing the next statement and for averages of
        many; never for telling one person what they think. Raises ``ValueError`` for an id without votes.
        """
        row = place(self.participants, participant, "participant")
        column = place(self.statements, statement, "statement")
        return likely(self.model, self.people, self.held_out, row, column)

    @cached_property
    def number(self) -> Ints:
        """(S,) how many voted on each statement."""
        return np.bincount(self.learned_from.column, minlength=len(self.statements)).astype(np.int64)

    @cached_property
    def answered(self) -> Floats:
        """(S,) the share of votes that were no pass, one of each imagined."""
        said = np.bincount(self.learned_from.column, self.learned_from.value != 0, minlength=len(self.statements))
        return np.asarray((said + 1) / (self.number + 2))

    @cached_property
    def known(self) -> Floats:
        """(S, 1 + r) what each statement asks of readiness and viewpoint."""
        return self.model.known


def opinion_map(
    votes: Votes, *, strata: ArrayLike | None = None, start: OpinionMap | None = None, rng: np.random.Generator
) -> OpinionMap:
    """Say where people stand, what they share, and what divides them.

    Fits logit P(agree) = d_j + a_i + u_i . v_j (`fitting.fit`), says whether that foresees votes that were held out better than
    readiness alone, looks for groups that come back when a fifth of the votes is left out, and ranks statements by what the
    groups share and what divides them. ``strata``: (P,) how much each participant counts, in the order of
    ``votes.participants`` (absent: alike); ballots that came as a flood count less, and
    nothing of statements, positions or groups is learned from them (`flooding.floods`). ``start``: the map of
    yesterday, from which statements that are still there set out. The same votes and seed give the same map, in any order.

    Use it to see together what is shared; not to classify people, and not as a poll: who took part was not drawn.
    Raises ``ValueError`` for strata that do not fit.

    >>> rng = np.random.default_rng(0)
    >>> camp = np.arange(80) % 2
    >>> said = np.where(rng.random((80, 16)) < .85, 1, -1) * np.where((np.arange(16) < 12) & (camp[:, None] == 1), -1, 1)
    >>> who, what = np.indices(said.shape)
    >>> found = opinion_map(Votes(who.ravel(), what.ravel(), said.ravel()), rng=rng)
    >>> found.structure, sorted(found.common_ground.statements[:4].tolist())
    ('groups', [12, 13, 14, 15])
    """
    given = _weights(votes, strata)
    came, down = floods(votes)
    weight = given * down
    own = np.flatnonzero((down >= 1) & (given > 0))
    if len(own) < FEWEST or votes.shape[1] < ENOUGH or not (votes.value != 0).any():
        return _little(votes, weight, came)
    learned = own[_drawn(len(own), MOST_LEARNED, rng)]
    few = votes if len(learned) == votes.shape[0] else votes.of(learned)
    held_out = hold_out(few, weight[learned], rng=rng)
    model = fit(few, ridge=held_out.ridge, start=_from_yesterday(votes, start), weight=weight[learned])
    people = meet(votes, model)
    seen = people.of(learned)
    frame = groups.frame(few, model, seen, weight[learned])
    structure, camps, stability = _structure(few, model, seen, frame.place(seen), weight[learned], held_out, rng)
    fitted = _Fitted(structure, stability, held_out, model, people, frame, camps)
    return _summed(votes, weight, came, fitted, rng)


@dataclass(frozen=True, eq=False)
class _Fitted:
    structure: str
    stability: Floats
    held_out: HeldOut
    model: Statements
    people: People
    frame: groups.Frame
    camps: groups.Camps


def _summed(
    votes: Votes, weight: Floats, came: tuple[Flood, ...], fitted: _Fitted, rng: np.random.Generator
) -> OpinionMap:
    """What follows from where people stand: what they share, what divides them, and what stands for everybody."""
    model, people, held_out = fitted.model, fitted.people, fitted.held_out
    plane = fitted.frame.place(people)
    group, membership = fitted.camps.belong(plane)
    k = max(membership.shape[1], 1)
    counted = group if membership.shape[1] else np.zeros(votes.shape[0], dtype=np.int64)
    counts = together.count(votes, counted, weight, k)
    mean, sd = expected(model, people, held_out, counted, weight, k)
    apart = together.distinctive(counts)
    some = _drawn(votes.shape[0], MOST_ASKED, rng)
    asked = chances(model, people, held_out, some)
    listed = together.short_list(asked > 0.5, weight[some], LISTED)
    ground = np.minimum(together.common_ground(counts), together.reluctant(asked, weight[some]))
    return OpinionMap(
        structure=fitted.structure,
        participants=votes.participants,
        statements=votes.statements,
        position=plane.at,
        position_sd=np.sqrt(np.maximum(np.diagonal(plane.cov, axis1=1, axis2=2), 0)),
        group=group,
        membership=membership,
        weight=weight,
        common_ground=_ranked(votes, ground),
        bridges=_ranked(votes, together.bridges(mean, sd)),
        divides=_ranked(votes, together.divides(mean)),
        distinctive=tuple(_apart(votes, one, apart) for one in range(membership.shape[1])),
        short_list=votes.statements[listed.statements],
        overlooked=votes.participants[some[listed.overlooked]],
        floods=came,
        held_out=held_out,
        stability=fitted.stability,
        model=model,
        people=people,
        frame=fitted.frame,
        camps=fitted.camps,
        votes=votes,
        learned_from=votes,
    )


def _weights(votes: Votes, strata: ArrayLike | None) -> Floats:
    if strata is None:
        return np.ones(votes.shape[0])
    given = np.asarray(strata, dtype=np.float64)
    if given.shape != (votes.shape[0],) or not (np.isfinite(given) & (given >= 0)).all():
        raise ValueError(f"strata: one weight of 0 or more per participant ({votes.shape[0]},), not {given.shape}")
    return given


def _drawn(n: int, most: int, rng: np.random.Generator) -> Ints:
    """All of n places, or so many of them drawn by lot, rising."""
    return np.arange(n) if n <= most else np.sort(rng.choice(n, most, replace=False))


def _structure(
    votes: Votes,
    model: Statements,
    people: People,
    plane: groups.Plane,
    weight: Floats,
    held_out: HeldOut,
    rng: np.random.Generator,
) -> tuple[str, groups.Camps, Floats]:
    if held_out.gain < LEAST_GAIN or held_out.z <= LEAST_Z:
        return NONE, groups.nowhere(plane.at.shape[1]), np.zeros(0)
    few = _drawn(votes.shape[0], choosing.MOST_LOOKED_AT, rng)
    part = votes if len(few) == votes.shape[0] else votes.of(few)
    k, stability = choosing.choose(part, model, plane.of(few), weight[few], rng=rng)
    is_camps = choosing.is_camps(part, model, people.of(few), weight[few], k, rng=rng)
    apart = [few[members] for members in choosing.enclaves(plane.of(few), weight[few])]
    found = groups.camps(plane, weight, k if is_camps else 2, apart)  # a line has two sides
    return (GROUPS if is_camps or apart else GRADIENT), found, stability


def _from_yesterday(votes: Votes, start: OpinionMap | None) -> Statements | None:
    """The statements that are still there where they were; new ones at nothing."""
    if start is None:
        return None
    _, here, there = np.intersect1d(votes.statements, start.statements, return_indices=True)
    if not len(here) or not start.model.direction.any():
        return None
    s, k = votes.shape[1], start.model.doubt.shape[1]
    support, direction, doubt = np.zeros(s), np.zeros((s, k - 1)), np.zeros((s, k, k))
    for new, old in ((support, start.model.support), (direction, start.model.direction), (doubt, start.model.doubt)):
        new[here] = old[there]
    return Statements(support, direction, doubt, start.model.spread)


def _ranked(votes: Votes, figure: Floats) -> Ranked:
    order = np.lexsort((votes.statements, -figure))
    return Ranked(votes.statements[order], figure[order])


def _apart(votes: Votes, group: int, found: together.Distinctive) -> Apart:
    difference, z, is_more = found.difference[group], found.z[group], found.is_more[group]
    order = [int(one) for one in np.argsort(-np.abs(difference), kind="stable") if is_more[one]][:RANKED]
    return Apart(group, votes.statements[order], difference[order], z[order])


def place(ids: Ints, asked: ArrayLike, name: str) -> Ints:
    """Where ids stand; ``ValueError`` for the first that is not there."""
    wanted = np.atleast_1d(np.asarray(asked, dtype=np.int64))
    found = np.searchsorted(ids, wanted)
    is_there: Bools = np.isin(wanted, ids)
    if not is_there.all():
        raise ValueError(f"opinion: {name} {wanted[~is_there][0]} has no votes that count")
    return found.astype(np.int64)


def _little(votes: Votes, weight: Floats, came: tuple[Flood, ...]) -> OpinionMap:
    """With this little nothing is said of structure; statements are ranked by who agreed, as one group."""
    p, s = votes.shape
    model = Statements(np.zeros(s), np.zeros((s, 1)), np.zeros((s, 2, 2)), 1.0)
    people = People(np.zeros((p, 2)), np.tile(np.eye(2), (p, 1, 1)))
    counts = together.count(votes, np.zeros(p, dtype=np.int64), weight, 1)
    rate = counts.rate
    sd = np.sqrt(rate * (1 - rate) / (counts.agreed + counts.against + 1))
    ground = _ranked(votes, together.common_ground(counts))
    return OpinionMap(
        NONE, votes.participants, votes.statements, np.zeros((p, 1)), np.ones((p, 1)), np.full(p, -1), np.zeros((p, 0)),
        weight, ground, _ranked(votes, together.bridges(rate, sd)), _ranked(votes, together.divides(rate)), (),
        ground.statements[:LISTED], votes.participants[:0], came, HeldOut(1.0, 0.0, 1.0, 0.0, 0.0), np.zeros(0), model, people,
        groups.Frame(np.eye(1), np.eye(1), np.zeros(1)), groups.nowhere(1), votes, votes,
    )  # fmt: skip
