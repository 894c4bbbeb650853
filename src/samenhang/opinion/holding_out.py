"""What votes that were held out say of the model: how sure it may be, and whether people differ in more than readiness."""

from dataclasses import dataclass

import numpy as np

from samenhang.opinion.fitting import RANK, fit, logits, meet
from samenhang.opinion.votes import Votes
from samenhang.shape import Floats, Ints

FOLDS, RIDGES = 4, (0.3, 1.0, 3.0)


@dataclass(frozen=True)
class HeldOut:
    """``ridge``: what held the directions together best. ``shift`` and ``slope``: how a logit is corrected (Platt).

    ``gain``: by how many nats a vote is foreseen better with viewpoints than without, and ``z``: that gain over its standard
    error, by participant.
    """

    ridge: float
    shift: float
    slope: float
    gain: float
    z: float


def hold_out(votes: Votes, *, rng: np.random.Generator) -> HeldOut:
    """Fits without each quarter of the votes and foresees it."""
    fold = rng.permutation(np.arange(len(votes.value)) % FOLDS)
    ridge = _best_ridge(votes, fold)
    with_views, without = _foreseen(votes, fold, ridge, RANK), _foreseen(votes, fold, ridge, 0)
    said = votes.value != 0
    agreed = votes.value[said] > 0
    shift, slope = _platt(with_views[said], agreed)
    own = _platt(without[said], agreed)
    better = _likelihood(shift + slope * with_views[said], agreed) - _likelihood(
        own[0] + own[1] * without[said], agreed
    )
    by_person = np.bincount(votes.row[said], better, minlength=votes.shape[0])
    spread = float(np.sqrt(((by_person - by_person.mean()) ** 2).sum()))
    return HeldOut(
        ridge,
        shift,
        slope,
        float(better.mean()) if len(better) else 0.0,
        float(better.sum() / spread) if spread else 0.0,
    )


def _best_ridge(votes: Votes, fold: Ints) -> float:
    """By one quarter: the others only say how the whole is foreseen."""
    inside, outside = votes.among(fold > 0), votes.among(fold == 0)
    said = outside.value != 0
    if not said.any():
        return RIDGES[1]
    told = [_likelihood(_logit(inside, outside, ridge, RANK)[said], outside.value[said] > 0).sum() for ridge in RIDGES]
    return RIDGES[int(np.argmax(told))]


def _foreseen(votes: Votes, fold: Ints, ridge: float, rank: int) -> Floats:
    found = np.zeros(len(votes.value))
    for one in range(FOLDS):
        inside, outside = votes.among(fold != one), votes.among(fold == one)
        found[fold == one] = _logit(inside, outside, ridge, rank)
    return found


def _logit(inside: Votes, outside: Votes, ridge: float, rank: int) -> Floats:
    statements = fit(inside, rank=rank, ridge=ridge)
    mean, var = logits(statements, meet(inside, statements), outside.row, outside.column)
    return mean / np.sqrt(1 + np.pi * var / 8)


def _platt(logit: Floats, agreed: Floats) -> tuple[float, float]:
    """The line through the logits that fits best, by Newton; a little held towards no correction."""
    x = np.column_stack([np.ones(len(logit)), logit])
    line = np.array([0.0, 1.0])
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ line))
        slope = x.T @ (p - agreed) + (line - (0, 1))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.eye(2), slope)
        line = line - step
        if np.abs(step).max() < 1e-9:
            break
    return float(line[0]), float(line[1])


def _likelihood(logit: Floats, agreed: Floats) -> Floats:
    return -np.logaddexp(0, np.where(agreed, -logit, logit))
