"""How near counts: from the length of a path to the share of a connection that is there."""

import numpy as np
from numpy.typing import ArrayLike

from samenhang.shape import Floats

REACH = 4
"""Beyond four steps nobody finds anybody: a message that passes five hands is not a connection."""

FAR = REACH + 1
"""The distance written for "not within reach" in arrays of small integers."""

WHOLE = 24
"""phi is kept as a whole number of 24ths inside the planner, so that sums are exact whatever their order."""

PHI24 = np.zeros(2 * FAR + 3)
PHI24[: REACH + 1] = [24, 24, 12, 8, 6]


def phi(distance: ArrayLike) -> Floats:
    """The share of a connection that a path of this length gives: 1, 1, 1/2, 1/3, 1/4 for 0 to 4 steps, beyond that 0.

    ``distance``: whole numbers of steps, any shape; negative means "not within four" and gives 0.
    Source: the reciprocal distance of Borgatti (2006), "Identifying sets of key players in a social network", cut at four.

    >>> phi([0, 1, 2, 3, 4, 5, -1]).round(3).tolist()
    [1.0, 1.0, 0.5, 0.333, 0.25, 0.0, 0.0]
    """
    steps = np.asarray(distance, dtype=np.int64)
    known = np.where(steps < 0, FAR, np.minimum(steps, FAR))
    shares: Floats = PHI24[known] / WHOLE
    return shares
