"""Discovery: of many figures that seem to have changed, those that chance alone would not bring."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import false_discovery_control

from samenhang.shape import Bools, Floats


@dataclass(frozen=True, eq=False)
class Discovery:
    """``found``: (n,) whether a figure changed; ``adjusted``: (n,) the level at which it would just be found, NaN = not known."""

    found: Bools
    adjusted: Floats


def false_discovery(p: ArrayLike, level: float = 0.05) -> Discovery:
    """Which of these many figures really changed: of those that are found, at most ``level`` are expected to be chance.

    ``p``: (n,) of each figure the chance of such a difference when there is none (``Difference.p``); NaN = not known, which is
    never found and does not count among the many. All figures that were looked at must be in it: leaving out those
    that disappointed makes a finding of chance.

    Holds for figures that are independent or move together. Raises ``ValueError`` for a p or level that is no chance.

    Source: Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995).

    >>> false_discovery([0.001, 0.03, 0.04, 0.9, np.nan]).found.tolist()
    [True, False, False, False, False]
    """
    chances = np.asarray(p, dtype=np.float64)
    known = ~np.isnan(chances)
    if chances.ndim != 1 or not 0 < level < 1 or ((chances[known] < 0) | (chances[known] > 1)).any():
        raise ValueError("false_discovery: p and level must be from 0 to 1, p in one row")
    adjusted = np.full(len(chances), np.nan)
    if known.any():
        adjusted[known] = false_discovery_control(chances[known])
    return Discovery(known & (np.nan_to_num(adjusted, nan=1.0) <= level), adjusted)
