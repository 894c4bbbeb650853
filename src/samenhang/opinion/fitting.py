"""The position model: d_j + a_i + u_i . v_j, fitted by expectation and maximisation with the participants integrated out."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.linalg import svds

from samenhang.opinion.votes import Votes
from samenhang.shape import Floats

RANK, ROUNDS, SETTLED = 3, 30, 1e-4


@dataclass(frozen=True, eq=False)
class Statements:
    """What is known of the statements: ``support`` d (S,), ``direction`` v (S, r), ``spread``: the prior variance of a."""

    support: Floats
    direction: Floats
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


def fit(
    votes: Votes, *, rank: int = RANK, ridge: float = 2.0, rounds: int = ROUNDS, start: Statements | None = None
) -> Statements:
    """The statements as points, at most `rounds` rounds from a start that follows from the votes (or from yesterday).

    Participants are integrated out with the prior (0, I) on viewpoints and (0, spread) on readiness, so who voted little pulls
    little. ``ridge`` holds the directions together.
    """
    now = _begin(votes, rank) if start is None else start
    people = meet(votes, now)
    for _ in range(rounds):
        before = np.column_stack([now.known * now.spread, now.support])
        now = _maximise(votes, now, people, ridge)
        people = meet(votes, now)
        moved = np.column_stack([now.known * now.spread, now.support]) - before
        if np.abs(moved).max(initial=0.0) < SETTLED * (1 + np.abs(before).max(initial=0.0)):
            break
    return now


def meet(votes: Votes, now: Statements, rounds: int = 2) -> People:
    """Where the participants stand, given the statements: mean and covariance of readiness and viewpoint.

    The logistic likelihood is bounded by a Gaussian one (Polya-Gamma weights in expectation), so each is a small solve.
    """
    p, known = votes.shape[0], now.known
    k = known.shape[1]
    prior = np.eye(k)
    prior[0, 0] = 1 / now.spread
    mean, cov = np.zeros((p, k)), np.tile(np.linalg.inv(prior), (p, 1, 1))
    pairs = (known[:, :, None] * known[:, None, :]).reshape(len(known), k * k)
    kappa = votes.weight * votes.value / 2
    for _ in range(rounds):
        omega = _omega(votes, now, mean, cov)
        table = csr_array((omega, (votes.row, votes.column)), shape=votes.shape)
        precision = (table @ pairs).reshape(p, k, k) + prior
        told = csr_array((kappa - omega * now.support[votes.column], (votes.row, votes.column)), shape=votes.shape)
        cov = np.linalg.inv(precision)
        mean = np.einsum("pij,pj->pi", cov, told @ known)
    return People(mean, cov)


def _omega(votes: Votes, now: Statements, mean: Floats, cov: Floats) -> Floats:
    """(V,) the expected Polya-Gamma weight of each vote: tanh(c / 2) / 2c, with c the root mean square of its logit."""
    z = now.known[votes.column]
    logit = now.support[votes.column] + np.einsum("vk,vk->v", z, mean[votes.row])
    spread = np.einsum("vi,vij,vj->v", z, cov[votes.row], z)
    c = np.sqrt(np.maximum(logit**2 + spread, 1e-12))
    return votes.weight * np.tanh(c / 2) / (2 * c)


def _begin(votes: Votes, rank: int) -> Statements:
    """Statements from the votes alone: the logit of their support, and the main directions of what is left over."""
    s = votes.shape[1]
    agreed = np.bincount(votes.column, votes.weight * (votes.value + 1) / 2, minlength=s)
    number = np.bincount(votes.column, votes.weight, minlength=s)
    share = (agreed + 1) / (number + 2)
    support = np.log(share / (1 - share))
    left = csr_array(
        (votes.weight * ((votes.value + 1) / 2 - share[votes.column]), (votes.row, votes.column)), shape=votes.shape
    )
    direction = np.zeros((s, rank))
    found = min(rank, min(votes.shape) - 1)
    if found > 0 and left.nnz:
        _, size, main = svds(left, k=found, v0=np.ones(min(votes.shape)), random_state=0)
        order = np.argsort(-size)
        main = main[order] * np.where((main[order] ** 3).sum(axis=1) < 0, -1.0, 1.0)[:, None]
        direction[:, :found] = (main * np.sqrt(s)).T
    return Statements(support, direction, 1.0)


def _maximise(votes: Votes, now: Statements, people: People, ridge: float) -> Statements:
    """The statements that fit best to where everybody stands now, and how much readiness differs."""
    p, k = people.mean.shape
    second = people.cov + people.mean[:, :, None] * people.mean[:, None, :]
    omega = _omega(votes, now, people.mean, people.cov)
    table = csr_array((omega, (votes.column, votes.row)), shape=votes.shape[::-1])
    # Per participant the second moments of (1, u), and of readiness with (1, u).
    one_u = np.concatenate([np.ones((p, 1)), people.mean[:, 1:]], axis=1)
    moments = np.empty((p, k, k))
    moments[:, 1:, 1:] = second[:, 1:, 1:]
    moments[:, 0, :] = moments[:, :, 0] = one_u
    readiness = np.concatenate([people.mean[:, :1], second[:, 0, 1:]], axis=1)
    kappa = csr_array((votes.weight * votes.value / 2, (votes.column, votes.row)), shape=votes.shape[::-1])
    left = (table @ moments.reshape(p, k * k)).reshape(-1, k, k) + np.diag([0.1, *[ridge] * (k - 1)])
    right = kappa @ one_u - table @ readiness
    found = np.linalg.solve(left, right[:, :, None])[:, :, 0]
    return replace(
        now, support=found[:, 0], direction=found[:, 1:], spread=float(np.clip(second[:, 0, 0].mean(), 0.01, 9.0))
    )


def logits(now: Statements, people: People, row: Floats, column: Floats) -> tuple[Floats, Floats]:
    """(n,) the expected logit of each pair, and its variance."""
    z = now.known[column]
    mean = now.support[column] + np.einsum("vk,vk->v", z, people.mean[row])
    return mean, np.einsum("vi,vij,vj->v", z, people.cov[row], z)
