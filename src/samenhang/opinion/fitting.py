"""The position model: d_j + a_i + u_i . v_j, fitted by expectation and maximisation with the participants integrated out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.sparse.linalg import svds

from samenhang.opinion.votes import Votes
from samenhang.shape import Floats, Ints

RANK, ROUNDS, SETTLED = 3, 30, 5e-3
BLOCK = 1 << 16  # votes at a time: what is made of them stays in the processor's cache
HELD_SUPPORT, FAINT = 0.1, 0.1


@dataclass(frozen=True, eq=False)
class Statements:
    """What is known of the statements: ``support`` d (S,), ``direction`` v (S, r), ``spread``: the prior variance of a.

    ``doubt``: (S, 1 + r, 1 + r) the covariance of each (d, v).
    """

    support: Floats
    direction: Floats
    doubt: Floats
    spread: float

    @property
    def known(self) -> Floats:
        """(S, 1 + r): a one for the readiness, and the direction."""
        return np.column_stack([np.ones(len(self.support)), self.direction])


@dataclass(frozen=True, eq=False)
class People:
    """What follows of the participants: ``mean`` (P, 1 + r) of readiness and viewpoint, ``cov`` (P, 1 + r, 1 + r)."""

    mean: Floats
    cov: Floats

    def of(self, who: Ints) -> "People":
        """A few of them."""
        return People(self.mean[who], self.cov[who])


def fit(
    votes: Votes,
    *,
    rank: int = RANK,
    ridge: float = 1.0,
    rounds: int = ROUNDS,
    start: Statements | None = None,
    weight: Floats | None = None,
) -> Statements:
    """The statements as points, at most `rounds` rounds from a start that follows from the votes (or from yesterday).

    Participants are integrated out with the prior N(0, I) on viewpoints and N(0, spread) on readiness, so who voted little
    pulls little. ``ridge`` holds the directions together. ``weight``: (P,) how much each participant counts.
    """
    counts = np.ones(votes.shape[0]) if weight is None else weight
    now = begin(votes, rank, counts) if start is None else start
    people, seen = nobody(votes.shape[0], now), np.zeros(len(votes.value))
    for _ in range(rounds):
        people, omega, logit = expect(votes, now, people)
        now = _maximise(votes, now, people, omega, ridge, counts)
        moved = float(np.abs(logit - seen).mean()) if len(logit) else 0.0
        seen = logit
        if moved < SETTLED:
            break
    return now


def meet(votes: Votes, now: Statements, rounds: int = 4) -> People:
    """Where the participants stand, given the statements: mean and covariance of readiness and viewpoint.

    The logistic likelihood is bounded by a Gaussian one (Polya-Gamma weights in expectation), so each is a small solve.
    """
    people = nobody(votes.shape[0], now)
    for _ in range(rounds):
        people, _omega, _logit = expect(votes, now, people)
    return people


def nobody(participants: int, now: Statements) -> People:
    """Where somebody stands of whom no vote is known."""
    k = 1 + now.direction.shape[1]
    prior = np.diag([now.spread, *[1.0] * (k - 1)])
    return People(np.zeros((participants, k)), np.broadcast_to(prior, (participants, k, k)))


def expect(votes: Votes, now: Statements, people: People) -> tuple[People, Floats, Floats]:
    """One round of where participants stand; with the Polya-Gamma weight and the logit before it of each vote (V,).

    omega = weight * tanh(c / 2) / 2c, with c^2 the expected square of the logit (Polson, Scott and Windle, 2013).
    """
    known = now.known
    p, k = len(people.mean), known.shape[1]
    upper, twice = _upper(k)
    pairs = known[:, upper[0]] * known[:, upper[1]]
    mean, cov = np.empty((p, k)), np.empty((p, k, k))
    omega, logit = np.empty(len(votes.value)), np.empty(len(votes.value))
    prior = np.diag([1 / now.spread, *[1.0] * (k - 1)])
    for who, what in blocks(votes):
        row, column, size = votes.row[what] - who.start, votes.column[what], votes.weight[what]
        here = now.support[column] + np.einsum("vk,vk->v", known[column], people.mean[who][row])
        packed = people.cov[who][:, upper[0], upper[1]] * twice
        c = np.sqrt(np.maximum(here**2 + np.einsum("vk,vk->v", pairs[column], packed[row]), 1e-12))
        told = size * np.tanh(c / 2) / (2 * c)
        flat = votes.matrix(told, who) @ pairs
        precision = np.empty((len(flat), k, k))
        precision[:, upper[0], upper[1]] = precision[:, upper[1], upper[0]] = flat
        cov[who] = np.linalg.inv(precision + prior)
        pull = votes.matrix(size * votes.value[what] / 2 - told * now.support[column], who) @ known
        mean[who] = np.einsum("pij,pj->pi", cov[who], pull)
        omega[what], logit[what] = told, here
    return People(mean, cov), omega, logit


def blocks(votes: Votes) -> Iterator[tuple[slice, slice]]:
    """Slices of participants, and of their votes, of about `BLOCK` votes each."""
    p = votes.shape[0]
    at = 0
    while at < p:
        limit = int(votes.starts[at]) + BLOCK
        until = max(at + 1, int(np.searchsorted(votes.starts, limit, side="right")) - 1)
        until = min(until, at + BLOCK, p)
        yield slice(at, until), slice(int(votes.starts[at]), int(votes.starts[until]))
        at = until


@cache
def _upper(size: int) -> tuple[tuple[Ints, Ints], Floats]:
    """The places of the upper triangle of a symmetric matrix, and how often each stands in it."""
    first, second = np.triu_indices(size)
    return (first, second), np.where(first == second, 1.0, 2.0)


def begin(votes: Votes, rank: int, counts: Floats) -> Statements:
    """Statements from the votes alone: the logit of their support, and the main directions of what is left over.

    The sign of each direction is that of the sum of its cubes, so that it does not hang on chance. A direction no longer than
    chance makes one (the edge of Marchenko and Pastur) begins faint: one lone statement would otherwise keep a direction.
    """
    s = votes.shape[1]
    size = votes.weight * counts[votes.row]
    agreed = np.bincount(votes.column, size * (votes.value + 1) / 2, minlength=s)
    share = (agreed + 1) / (np.bincount(votes.column, size, minlength=s) + 2)
    left = votes.weight * ((votes.value + 1) / 2 - share[votes.column])
    direction = np.zeros((s, rank))
    found = min(rank, min(votes.shape) - 1)
    if found > 0 and left.any():
        table = votes.matrix(left * np.sqrt(counts)[votes.row])
        begun = np.random.default_rng(0).standard_normal(min(votes.shape))
        _, length, main = svds(table, k=found, v0=begun, tol=1e-3, random_state=0)
        main, length = main[np.argsort(-length)], np.sort(length)[::-1]
        main *= np.where((main**3).sum(axis=1) < 0, -1.0, 1.0)[:, None]
        chance = np.sqrt((left**2).sum() / votes.shape[0] / s) * (np.sqrt(votes.shape[0]) + np.sqrt(s))
        strength = np.maximum(np.sqrt(np.maximum(1 - (chance / np.maximum(length, 1e-12)) ** 2, 0)), FAINT)
        direction[:, :found] = (main * strength[:, None] * np.sqrt(s)).T
    support = np.asarray(np.log(share / (1 - share)), dtype=np.float64)
    return Statements(support, direction, np.zeros((s, rank + 1, rank + 1)), 1.0)


def _maximise(votes: Votes, now: Statements, people: People, omega: Floats, ridge: float, counts: Floats) -> Statements:
    """The statements that fit best to where everybody stands now, and how much readiness differs."""
    k = people.mean.shape[1]
    upper, _twice = _upper(k)
    one_u = _one_u(people)
    second = one_u[:, upper[0]] * one_u[:, upper[1]]
    inner = upper[0] > 0  # (u, u) has a covariance, (1, u) has none
    second[:, inner] += people.cov[:, upper[0][inner], upper[1][inner]]
    readiness = one_u * people.mean[:, :1]
    readiness[:, 1:] += people.cov[:, 0, 1:]
    size = counts[votes.row]
    sums = votes.matrix(omega * size).T @ np.concatenate([second, readiness], axis=1)
    flat, taken = sums[:, : len(upper[0])], sums[:, len(upper[0]) :]
    left = np.empty((votes.shape[1], k, k))
    left[:, upper[0], upper[1]] = left[:, upper[1], upper[0]] = flat
    left += np.diag([HELD_SUPPORT, *[ridge] * (k - 1)])
    right = votes.matrix(votes.weight * votes.value / 2 * size).T @ one_u - taken
    doubt: Floats = np.asarray(np.linalg.inv(left), dtype=np.float64)
    found = np.einsum("sij,sj->si", doubt, right)
    square = people.mean[:, 0] ** 2 + people.cov[:, 0, 0]
    spread = float(counts @ square / counts.sum()) if counts.sum() else 1.0
    return Statements(found[:, 0], found[:, 1:], doubt, min(max(spread, 0.01), 9.0))


def logits(now: Statements, people: People, row: Ints, column: Ints) -> tuple[Floats, Floats]:
    """(n,) the expected logit of each pair, and its variance by what is not sure of the participant and of the statement."""
    z, u = now.known[column], _one_u(people)[row]
    mean = now.support[column] + np.einsum("vk,vk->v", z, people.mean[row])
    who = np.einsum("vi,vij,vj->v", z, people.cov[row], z)
    return mean, who + np.einsum("vi,vij,vj->v", u, now.doubt[column], u)


def logit_table(now: Statements, people: People, who: Ints) -> tuple[Floats, Floats, Floats]:
    """(n, S) the same of a few participants and every statement: mean, variance by participant, variance by statement."""
    known, u = now.known, _one_u(people)[who]
    upper, twice = _upper(known.shape[1])
    mean = now.support + people.mean[who] @ known.T
    of_people = (people.cov[who][:, upper[0], upper[1]] * twice) @ (known[:, upper[0]] * known[:, upper[1]]).T
    of_statements = (u[:, upper[0]] * u[:, upper[1]] * twice) @ now.doubt[:, upper[0], upper[1]].T
    return mean, of_people, of_statements


def _one_u(people: People) -> Floats:
    return np.concatenate([np.ones((len(people.mean), 1)), people.mean[:, 1:]], axis=1)
