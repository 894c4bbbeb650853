"""Nearest in meaning, and several rankings made into one."""

from collections.abc import Hashable, Sequence
from itertools import groupby, islice
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
        best = best[own >= np.partition(own, len(own) - k)[len(own) - k]]
    best = best[np.argsort(-scores[best], kind="stable")][:k]
    return best, scores[best]


def near_before(
    vec: NDArray[np.float32], rows: NDArray[np.intp], first: int, last: int, *, least: float, most: int
) -> tuple[tuple[int, int, float], ...]:
    """What lies near in meaning, looking back: (earlier place, place, cosine) of the places ``first`` to ``last`` of a line.

    ``rows`` (n,): the row of ``vec`` that stands at each place in line. Every place is compared with all before it, and
    keeps the ``most`` most alike with a cosine of at least ``least`` (to five decimals; of equals the first in line).
    Exact, in blocks: memory does not grow with n, also when ``vec`` is mapped from a file. Rows have length 1.

    >>> near_before(np.eye(2, dtype=np.float32)[[0, 1, 0]], np.arange(3), 0, 3, least=0.8, most=10)
    ((0, 2, 1.0),)
    """
    mine = np.asarray(vec[rows[first:last]])
    found: list[tuple[int, int, float]] = []
    for at in range(0, min(last, len(rows)), _BLOCK // 8):
        likeness = np.round(mine @ vec[rows[at : min(last, at + _BLOCK // 8)]].T, 5)
        new, old = np.nonzero(likeness >= np.float32(least))
        earlier = at + old < first + new
        scores = likeness[new[earlier], old[earlier]]
        found += zip((at + old[earlier]).tolist(), (first + new[earlier]).tolist(), scores.tolist(), strict=True)
    found.sort(key=lambda pair: (pair[1], -pair[2], pair[0]))
    kept = (tuple(islice(pairs, most)) for _, pairs in groupby(found, key=lambda pair: pair[1]))
    return tuple((one, other, min(score, 1.0)) for pairs in kept for one, other, score in pairs)


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
