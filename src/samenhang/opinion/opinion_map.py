"""The opinion map: from votes to where people stand, what they share, and what divides them."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from samenhang.opinion import groups, together
from samenhang.opinion.fitting import People, Statements, fit, logits, meet
from samenhang.opinion.holding_out import HeldOut, hold_out
from samenhang.opinion.votes import Votes
from samenhang.shape import Floats, Ints

NONE, GRADIENT, GROUPS = "none", "gradient", "groups"
LEAST_GAIN, LEAST_Z = 0.002, 3.0
FEWEST, ENOUGH = 8, 3
"""With fewer participants, or statements, than these nothing is said about structure."""

LISTED, RANKED = 8, 10


@dataclass(frozen=True, eq=False)
class Ranked:
    """Statements in order, the first doing best: their ids, and the figure of each, from 0 to 1."""

    statements: Ints
    figure: Floats


@dataclass(frozen=True, eq=False)
class Apart:
    """What sets one group apart: statement ids, by how much its rate differs from that of all others (-1 to 1)."""

    group: int
    statements: Ints
    difference: Floats


@dataclass(frozen=True, eq=False)
class OpinionMap:
    """What the votes of one conversation say together.

    ``structure``: "none" (people do not differ in more than how readily they agree), "gradient" (a line with two sides) or
    "groups". ``participants`` (P,) and ``statements`` (S,): ids. ``position`` (P, r), first axis most telling, with its
    standard deviation ``position_sd``; ``group`` (P,), -1 = none or not clear; ``membership`` (P, k), (P, 0) without structure;
    ``weight`` (P,): how much each counted. ``common_ground``, ``bridges`` and ``divides``: all statements, best first.
    ``short_list``: ids that stand for everybody in proportion.
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
    held_out: HeldOut
    stability: Floats
    model: Statements = field(repr=False)
    people: People = field(repr=False)

    def probability(self, participant: ArrayLike, statement: ArrayLike) -> Floats:
        """(n,) the chance that a participant who does not pass agrees with a statement; ids as given.

        It answers what somebody may think of what they did not vote on, for showing the next statement and for averages of
        many; never for telling one person what they think. Raises ``ValueError`` for an id without votes.
        """
        row, column = (
            _place(self.participants, participant, "participant"),
            _place(self.statements, statement, "statement"),
        )
        return _chance(self.model, self.people, self.held_out, row, column)


def opinion_map(
    votes: Votes, *, strata: ArrayLike | None = None, start: OpinionMap | None = None, rng: np.random.Generator
) -> OpinionMap:
    """Where do people stand, what do they share, and what divides them?

    Fits logit P(agree) = d_j + a_i + u_i . v_j (`fitting.fit`), says whether that foresees votes that were held out better than
    readiness alone, looks for groups that come back when a fifth of the votes is left out, and ranks statements by what the
    groups share and what divides them. ``strata``: (P,) how much each participant counts (absent: alike). ``start``: the map of
    yesterday, from which statements that are still there set out. The same votes and seed give the same map, in any order.

    Use it to see together what is shared; not to classify people, and not as a poll: who took part was not drawn.

    >>> rng = np.random.default_rng(0)
    >>> camp = np.arange(60) % 2
    >>> said = np.where(rng.random((60, 12)) < .9, 1, -1) * np.where((np.arange(12) < 8) & (camp[:, None] == 1), -1, 1)
    >>> who, what = np.indices(said.shape)
    >>> found = opinion_map(Votes(who.ravel(), what.ravel(), said.ravel()), rng=rng)
    >>> found.structure, sorted(found.common_ground.statements[:4].tolist())
    ('groups', [8, 9, 10, 11])
    """
    weight = _weights(votes, strata)
    if votes.shape[0] < FEWEST or votes.shape[1] < ENOUGH or not (votes.value != 0).any():
        return _little(votes, weight)
    held_out = hold_out(votes, rng=rng)
    model = fit(votes, ridge=held_out.ridge, start=_from_yesterday(votes, start))
    people = meet(votes, model)
    plane = groups.plane(votes, model, people, weight)
    structure, membership, group, stability = _structure(votes, model, plane, weight, held_out, rng)
    k = max(membership.shape[1], 1)
    counted = group if membership.shape[1] else np.zeros(votes.shape[0], dtype=np.int64)
    counts = together.count(votes, counted, weight, k)
    chance = _chance_table(model, people, held_out)
    mean, sd = _expected(chance, model, people, counted, weight, k)
    apart, is_more = together.distinctive(counts)
    listed = together.short_list(chance > 0.5, weight, LISTED)
    return OpinionMap(
        structure=structure,
        participants=votes.participants,
        statements=votes.statements,
        position=plane.at,
        position_sd=np.sqrt(np.maximum(np.diagonal(plane.cov, axis1=1, axis2=2), 0)),
        group=group,
        membership=membership,
        weight=weight,
        common_ground=_ranked(votes, together.common_ground(counts)),
        bridges=_ranked(votes, together.bridges(mean, sd)),
        divides=_ranked(votes, together.divides(mean)),
        distinctive=tuple(_apart(votes, one, apart[one], is_more[one]) for one in range(membership.shape[1])),
        short_list=votes.statements[listed.statements],
        overlooked=votes.participants[listed.overlooked],
        held_out=held_out,
        stability=stability,
        model=model,
        people=people,
    )


def _weights(votes: Votes, strata: ArrayLike | None) -> Floats:
    if strata is None:
        return np.ones(votes.shape[0])
    given = np.asarray(strata, dtype=np.float64)
    if given.shape != (votes.shape[0],) or not (np.isfinite(given) & (given >= 0)).all():
        raise ValueError(f"strata: one weight of 0 or more per participant ({votes.shape[0]},), not {given.shape}")
    return given


def _structure(
    votes: Votes, model: Statements, plane: groups.Plane, weight: Floats, held_out: HeldOut, rng: np.random.Generator
) -> tuple[str, Floats, Ints, Floats]:
    if held_out.gain < LEAST_GAIN or held_out.z <= LEAST_Z:
        return NONE, np.zeros((votes.shape[0], 0)), np.full(votes.shape[0], -1), np.zeros(0)
    k, stability = groups.choose(votes, model, plane, weight, rng=rng)
    camps = groups.is_camps(plane.at, plane.certain * weight, k, rng=rng)
    k = k if camps else 2  # a line has two sides
    group, membership = groups.membership(plane, weight, k)
    return (GROUPS if camps else GRADIENT), membership, group, stability


def _from_yesterday(votes: Votes, start: OpinionMap | None) -> Statements | None:
    """The statements that are still there where they were; new ones at nothing."""
    if start is None or start.structure == "" or not len(start.statements):
        return None
    direction = np.zeros((votes.shape[1], start.model.direction.shape[1]))
    support = np.zeros(votes.shape[1])
    _, here, there = np.intersect1d(votes.statements, start.statements, return_indices=True)
    direction[here], support[here] = start.model.direction[there], start.model.support[there]
    return Statements(support, direction, start.model.spread) if len(here) else None


def _chance(model: Statements, people: People, held_out: HeldOut, row: Ints, column: Ints) -> Floats:
    mean, var = logits(model, people, row, column)
    corrected = held_out.shift + held_out.slope * mean / np.sqrt(1 + np.pi * var / 8)
    return 1 / (1 + np.exp(-corrected))


def _chance_table(model: Statements, people: People, held_out: HeldOut) -> Floats:
    """(P, S) chances, made a slice of people at a time."""
    p, s = len(people.mean), len(model.support)
    rows = [
        _chance(model, people, held_out, np.repeat(np.arange(a, b), s), np.tile(np.arange(s), b - a)).reshape(b - a, s)
        for a, b in ((at, min(at + 512, p)) for at in range(0, p, 512))
    ]
    return np.concatenate(rows)


def _expected(
    chance: Floats, model: Statements, people: People, group: Ints, weight: Floats, k: int
) -> tuple[Floats, Floats]:
    """(k, S) the expected share that agrees in each group, and how unsure it is (delta method, over members)."""
    mean, sd = np.full((k, chance.shape[1]), 0.5), np.full((k, chance.shape[1]), 0.5)
    for one in range(k):
        mine = np.flatnonzero(group == one)
        if not len(mine) or not weight[mine].sum():
            continue
        share = weight[mine] / weight[mine].sum()
        mean[one] = share @ chance[mine]
        z = model.known
        spread = np.stack([np.einsum("si,ij,sj->s", z, people.cov[i], z) for i in mine])
        slope = chance[mine] * (1 - chance[mine])
        sd[one] = np.sqrt((share**2) @ (slope**2 * spread + slope))
    return mean, sd


def _ranked(votes: Votes, figure: Floats) -> Ranked:
    order = np.lexsort((votes.statements, -figure))
    return Ranked(votes.statements[order], figure[order])


def _apart(votes: Votes, group: int, difference: Floats, is_more: np.ndarray) -> Apart:
    order = [int(one) for one in np.argsort(-np.abs(difference), kind="stable") if is_more[one]][:RANKED]
    return Apart(group, votes.statements[order], difference[order])


def _place(ids: Ints, asked: ArrayLike, name: str) -> Ints:
    wanted = np.atleast_1d(np.asarray(asked, dtype=np.int64))
    found = np.searchsorted(ids, wanted)
    strange = (
        np.flatnonzero((found >= len(ids)) | (ids[np.minimum(found, max(len(ids) - 1, 0))] != wanted))
        if len(ids)
        else np.arange(len(wanted))
    )
    if len(strange):
        raise ValueError(f"opinion: {name} {wanted[strange[0]]} has no votes that count")
    return found.astype(np.int64)


def _little(votes: Votes, weight: Floats) -> OpinionMap:
    """With this little nothing is said of structure; statements are ranked by who agreed, as one group."""
    p, s = votes.shape
    model = Statements(np.zeros(s), np.zeros((s, 1)), 1.0)
    people = People(np.zeros((p, 2)), np.tile(np.eye(2), (p, 1, 1)))
    counts = together.count(votes, np.zeros(p, dtype=np.int64), weight, 1)
    rate = counts.rate
    sd = np.sqrt(rate * (1 - rate) / (counts.agreed + counts.against + 1))
    ground = _ranked(votes, together.common_ground(counts))
    return OpinionMap(
        NONE, votes.participants, votes.statements, np.zeros((p, 1)), np.ones((p, 1)), np.full(p, -1), np.zeros((p, 0)),
        weight, ground, _ranked(votes, together.bridges(rate, sd)), _ranked(votes, together.divides(rate)), (),
        ground.statements[:LISTED], votes.participants[:0], HeldOut(1.0, 0.0, 1.0, 0.0, 0.0), np.zeros(0), model, people,
    )  # fmt: skip
