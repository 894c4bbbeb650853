"""Untouched: whether it went better where something was done than where nothing was."""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from samenhang.change.difference import Difference
from samenhang.change.mean import Mean
from samenhang.shape import Floats


def against_untouched(
    treated: ArrayLike,
    control: ArrayLike,
    units: tuple[Sequence[Hashable], Sequence[Hashable]] | None = None,
) -> Difference:
    """Did it change more where something was done than where nothing was, in the same time.

    ``treated`` (a, 2) and ``control`` (b, 2): of each demand (person, promise) the figure before and after, NaN = not known.
    value = mean of (after - before) among treated - the same among control, with Welch's interval. ``units``: what each row of
    both belongs to (an issue, a street), when rows of one unit move together; units are then compared instead of rows,
    else the interval would be too narrow.

    It says what doing did only if both would have gone the same way without it, which nobody can see afterwards: choose
    the control beforehand, alike in distance and theme. Demands share ties, so without ``units`` their interval is too
    sure. Raises ``ValueError`` for rows that do not fit.

    Source: difference-in-differences (Snow, 1855; Ashenfelter and Card, 1985); Welch (1947).

    >>> found = against_untouched([[1, 3], [2, 4], [1, 4]], [[1, 1], [2, 3], [1, 1]])
    >>> found.value, found.within_noise
    (2.0, False)
    """
    told = []
    for row, (name, rows) in enumerate((("treated", treated), ("control", control))):
        moved = _moved(rows, name)
        labels = units[row] if units is not None else range(len(moved))
        if len(labels) != len(moved):
            raise ValueError(f"against_untouched: {len(labels)} units for {len(moved)} rows of {name}")
        told.append(Mean.of(_by_unit(moved, labels)))
    mine, theirs = told
    return Difference.of_mean(None if mine is None or theirs is None else mine.minus(theirs))


def _moved(rows: ArrayLike, name: str) -> Floats:
    found = np.asarray(rows, dtype=np.float64)
    if found.ndim != 2 or found.shape[1] != 2:
        raise ValueError(f"against_untouched: {name} must be rows of (before, after), not shape {found.shape}")
    return np.asarray(found[:, 1] - found[:, 0])


def _by_unit(moved: Floats, labels: Sequence[Hashable]) -> Floats:
    found: dict[Hashable, list[float]] = {}
    for label, value in zip(labels, moved.tolist(), strict=True):
        if not np.isnan(value):
            found.setdefault(label, []).append(value)
    return np.array([np.mean(values) for values in found.values()])
