"""Difference: before and after, with how sure that is; a difference within the noise is called that."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from samenhang.change.mean import Mean
from samenhang.shape import Floats

LOW, HIGH = 0.025, 0.975


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval at 95 %; ``low`` and ``high`` None when that is not known."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, eq=False)
class Drawn:
    """A figure with what it may really be, in draws.

    ``draws``: (d,), or (d, k) when it hangs on which of k suppositions holds (each column one; all must be allowed for).
    Two such figures are paired when row i of both was drawn under the same state of what is not known.
    """

    value: float
    draws: Floats


@dataclass(frozen=True)
class Difference:
    """After minus before, in the unit of the figure.

    ``value``: None when there is nothing to compare. ``low`` to ``high``: where the true difference lies, at 95 %; None when that
    cannot be told. ``p``: the chance of a difference as large as this when there is none. ``n``: on how many pairs (or
    people, when not paired) it rests; 0 for figures that are no means. ``within_noise``: the interval has 0 in it, or is
    not known: nobody may call this a change.
    """

    value: float | None
    low: float | None
    high: float | None
    p: float | None
    n: int
    within_noise: bool

    @classmethod
    def of(cls, value: float | None, low: float | None, high: float | None, p: float | None, n: int) -> "Difference":
        sure = low is not None and high is not None and (low > 0 or high < 0)
        return cls(value, low, high, p, n, not sure)

    @classmethod
    def of_mean(cls, mean: Mean | None) -> "Difference":
        """What a mean that is itself a difference tells."""
        if mean is None:
            return cls.of(None, None, None, None, 0)
        low, high = mean.span or (None, None)
        return cls.of(mean.value, low, high, mean.p, mean.n)


Figure = ArrayLike | Estimate | Drawn


def difference(
    before: Figure,
    after: Figure,
    paired: bool = True,
    rng: np.random.Generator | None = None,
    *,
    bounds: tuple[float, float] | None = None,
) -> Difference:
    """Is it another now than it was, by how much, and could that be chance.

    ``before`` and ``after`` are both:

    - numbers, one for each person, promise or whatever was looked at twice (paired: row i is the same one; NaN = not known, the
      pair is left out) or of different people (not paired). Mean difference with Student's t, or Welch's. ``bounds``: the
      lowest and highest that a number can be; with them a few who all answer alike leave doubt, as they should;
    - ``Drawn``: a figure with draws, such as F with the ties that nobody named put in. Paired: row by row, so that what is
      unknown at both moments falls away; not paired: against each other by chance, for which ``rng`` is needed. Of several
      suppositions the interval covers each;
    - ``Estimate``: a figure of which only the interval is known. Not paired: d - sqrt((a - a_low)^2 + (b_high - b)^2) and so on
      (MOVER). Paired: the ends are added, since nothing is known of how the two hang together.

    Raises ``ValueError`` for two kinds of figure, pairs that do not fit, or draws without ``rng``. It tells that something
    changed, not why: see ``against_untouched``; of many figures some change by chance: see ``false_discovery``.

    Source: Student (1908), Welch (1947); Zou and Donner, "Construction of confidence limits about effect measures", Statistics
    in Medicine 27 (2008).

    >>> found = difference([3, 4, 2, 5], [5, 6, 5, 6])
    >>> found.value, round(found.low, 2), round(found.high, 2), found.within_noise
    (2.0, 0.7, 3.3, False)
    >>> difference(Estimate(40, 35, 45), Estimate(43, 37, 49), paired=False).within_noise
    True
    """
    if isinstance(before, Estimate) and isinstance(after, Estimate):
        return _estimated(before, after, paired=paired)
    if isinstance(before, Drawn) and isinstance(after, Drawn):
        return _drawn(before, after, rng, paired=paired)
    if isinstance(before, Estimate | Drawn) or isinstance(after, Estimate | Drawn):
        raise ValueError("difference: before and after are two kinds of figure")
    then, now = _numbers(before, "before"), _numbers(after, "after")
    if not paired:
        mine, theirs = (Mean.of(one[~np.isnan(one)], bounds) for one in (now, then))
        return Difference.of_mean(None if mine is None or theirs is None else mine.minus(theirs))
    if then.shape != now.shape:
        raise ValueError(f"difference: {len(then)} numbers before and {len(now)} after are no pairs")
    moved = now - then
    # As far as an answer in the middle can move.
    far = (bounds[1] - bounds[0]) / 2 if bounds else 0.0
    return Difference.of_mean(Mean.of(moved[~np.isnan(moved)], (-far, far) if bounds else None))


def _numbers(given: ArrayLike, name: str) -> Floats:
    found = np.asarray(given, dtype=np.float64)
    if found.ndim != 1 or np.isinf(found).any():
        raise ValueError(f"difference: {name} must be numbers in one row, NaN for not known, not shape {found.shape}")
    return found


def _estimated(before: Estimate, after: Estimate, *, paired: bool) -> Difference:
    value = after.value - before.value
    if before.low is None or before.high is None or after.low is None or after.high is None:
        return Difference.of(value, None, None, None, 0)
    down, up = (
        (after.value - after.low, before.high - before.value),
        (after.high - after.value, before.value - before.low),
    )
    if min(*down, *up) < 0:
        raise ValueError("difference: an estimate lies outside its own interval")
    below, above = (sum(ends) if paired else float(np.hypot(*ends)) for ends in (down, up))
    # The side that looks towards 0, as a normal distribution would have it.
    towards = below if value > 0 else above
    p = float(2 * ndtr(-abs(value) / (towards / 1.96))) if towards else float(value == 0)
    return Difference.of(value, value - below, value + above, p, 0)


def _drawn(before: Drawn, after: Drawn, rng: np.random.Generator | None, *, paired: bool) -> Difference:
    then, now = (np.asarray(one.draws, dtype=np.float64).reshape(len(one.draws), -1) for one in (before, after))
    if then.shape != now.shape or not then.size:
        raise ValueError(f"difference: draws of shape {then.shape} before and {now.shape} after do not fit")
    if not paired:
        if rng is None:
            raise ValueError("difference: draws that are not paired are put together by chance; give rng")
        then = then[rng.permutation(len(then))]
    moved = now - then
    # One more draw than there are, on the side of no difference: so that p is never 0.
    tails = (1 + np.minimum((moved <= 0).sum(axis=0), (moved >= 0).sum(axis=0))) / (len(moved) + 1)
    low, high = np.quantile(moved, LOW, axis=0).min(), np.quantile(moved, HIGH, axis=0).max()
    return Difference.of(after.value - before.value, float(low), float(high), float(min(1.0, 2 * tails.max())), 0)
