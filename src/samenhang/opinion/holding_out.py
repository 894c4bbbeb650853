"""What votes that were held out say of the model: how sure it may be, and whether people differ in more than readiness."""

from dataclasses import dataclass

import numpy as np

from samenhang.opinion.fitting import RANK, ROUNDS, Statements, begin, fit, logits, meet
from samenhang.opinion.votes import Votes
from samenhang.shape import Bools, Floats, Ints

FOLDS, RIDGES = 4, (0.3, 1.0, 3.0)
MOST_TRIED = 3000  # participants: more tell nothing new about five numbers
PLAIN_ROUNDS, FEW_ROUNDS, FEW_VOTES = 10, 5, 40_000


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


def hold_out(votes: Votes, weight: Floats, *, rng: np.random.Generator) -> HeldOut:
    """Fits without each quarter of the votes and foresees it."""
    if votes.shape[0] > MOST_TRIED:
        few = np.sort(rng.choice(votes.shape[0], MOST_TRIED, replace=False))
        votes, weight = votes.of(few), weight[few]
    fold: Ints = np.floor(votes.lot(int(rng.integers(1 << 62))) * FOLDS).astype(np.int64)
    ridge, models = _best_ridge(votes, weight, fold)
    with_views, without = np.zeros(len(fold)), np.zeros(len(fold))
    for one in range(FOLDS):
        inside, hidden = votes.among(fold != one), fold == one
        model = models[one] if one in models else fit(inside, ridge=ridge, weight=weight)
        with_views[hidden] = _logit(inside, model, votes, hidden)
        plain = fit(inside, rank=0, weight=weight, rounds=PLAIN_ROUNDS)
        without[hidden] = _logit(inside, plain, votes, hidden)
    said = votes.value != 0
    agreed, counts = votes.value[said] > 0, weight[votes.row[said]]
    shift, slope = _platt(with_views[said], agreed, counts)
    own = _platt(without[said], agreed, counts)
    better = _likelihood(shift + slope * with_views[said], agreed)
    better -= _likelihood(own[0] + own[1] * without[said], agreed)
    by_person = np.bincount(votes.row[said], better * counts, minlength=votes.shape[0])
    spread = float(np.sqrt(((by_person - by_person.mean()) ** 2).sum()))
    total = float(counts.sum())
    gain = float(by_person.sum()) / total if total else 0.0
    return HeldOut(ridge, shift, slope, gain, float(by_person.sum()) / spread if spread else 0.0)


def _best_ridge(votes: Votes, weight: Floats, fold: Ints) -> tuple[float, dict[int, Statements]]:
    """By every quarter, and the fits without it; where there are many votes the first quarter says enough."""
    few = len(fold) <= FEW_VOTES
    told = np.zeros(len(RIDGES))
    tried: list[dict[int, Statements]] = [{} for _ in RIDGES]
    for one in range(FOLDS if few else 1):
        inside, hidden = votes.among(fold != one), (fold == one) & (votes.value != 0)
        agreed = votes.value[hidden] > 0
        start = begin(inside, RANK, weight)
        for place, ridge in enumerate(RIDGES):
            goes_on = place and not few
            begun = tried[place - 1][one] if goes_on else start
            model = fit(inside, ridge=ridge, weight=weight, start=begun, rounds=FEW_ROUNDS if goes_on else ROUNDS)
            tried[place][one] = model
            told[place] += _likelihood(_logit(inside, model, votes, hidden), agreed).sum()
    best = int(np.argmax(told))
    return RIDGES[best], tried[best]


def _logit(inside: Votes, model: Statements, votes: Votes, hidden: Bools) -> Floats:
    mean, var = logits(model, meet(inside, model), votes.row[hidden], votes.column[hidden])
    return softened(mean, var)


def softened(mean: Floats, var: Floats) -> Floats:
    """The logit of the mean chance when a logit is not sure: mean / sqrt(1 + pi var / 8) (MacKay, 1992)."""
    return np.asarray(mean / np.sqrt(1 + np.pi * var / 8))


def _platt(logit: Floats, agreed: Bools, counts: Floats) -> tuple[float, float]:
    """The line through the logits that fits best, by Newton; a little held towards no correction."""
    x = np.column_stack([np.ones(len(logit)), logit])
    line = np.array([0.0, 1.0])
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ line))
        slope = x.T @ (counts * (p - agreed)) + 2 * (line - (0, 1))
        step = np.linalg.solve((x * (counts * p * (1 - p))[:, None]).T @ x + 2 * np.eye(2), slope)
        line = line - step
        if np.abs(step).max() < 1e-9:
            break
    return float(line[0]), float(np.clip(line[1], 0.2, 3.0))


def _likelihood(logit: Floats, agreed: Bools) -> Floats:
    return np.asarray(-np.logaddexp(0, np.where(agreed, -logit, logit)))
