"""Nearest in meaning, and several rankings made into one."""

from collections.abc import Hashable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Thing = TypeVar("Thing", bound=Hashable)

_BLOCK = 65_536  # rows compared at a time: memory stays small, also when the rows are mapped from a file


def nearest(
    vec: NDArray[np.float32], query: NDArray[np.float32], k: int = 10, among: NDArray[np.intp] | None = None
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """The ``k`` rows of ``vec`` (n, d) most like ``query`` (d,): their indices and scores, best first.

    With rows of length 1 (``encode``) the score is the cosine. Exact: every row is compared. Equal scores stand in the
    order of the rows. Fewer than ``k`` rows: all of them.
    ``among``: the rows that may be found, rising; without it all. Raises ``ValueError`` when the widths differ or k < 1.

    >>> rows = np.eye(3, dtype=np.float32)
    >>> nearest(rows, rows[1], k=1)[0].tolist()
    [1]
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    if vec.ndim != 2 or query.shape != vec.shape[1:]:
        raise ValueError(f"rows of shape {vec.shape} cannot be compared with a query of shape {query.shape}")
    scores = np.empty(len(vec), dtype=np.float32)
    for at in range(0, len(vec), _BLOCK):
        scores[at : at + _BLOCK] = vec[at : at + _BLOCK] @ query
    best = np.arange(len(vec)) if among is None else among
    if k < len(best):
        own = scores[best]
        edge = own[np.argpartition(-own, k - 1)[k - 1]]
        best = best[own >= edge]
    best = best[np.argsort(-scores[best], kind="stable")][:k]
    return best, scores[best]


def fuse(rankings: Sequence[Sequence[Thing]], k: int = 60) -> tuple[Thing, ...]:
    """One ranking out of several (by word, by meaning): what stands high in more of them comes first.

    Each thing scores the sum of 1 / (k + place), places from 1; a thing named twice in one ranking counts once. Ties
    stand in the order of first mention. Source: Cormack, Clarke & Buettcher (2009), "Reciprocal rank fusion".

    >>> fuse([["a", "b", "c"], ["b", "d"]])
    ('b', 'a', 'd', 'c')
    """
    score: dict[Thing, float] = {}
    for ranking in rankings:
        for place, thing in enumerate(dict.fromkeys(ranking), start=1):
            score[thing] = score.get(thing, 0.0) + 1.0 / (k + place)
    return tuple(sorted(score, key=lambda thing: -score[thing]))
