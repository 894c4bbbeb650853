"""What belongs together: groups of texts that are near in meaning, across themes and languages."""

import numpy as np
from graspologic_native import leiden
from numpy.typing import NDArray

Labels = NDArray[np.intp]

NEIGHBOURS = 20
FLOOR = 0.38  # cosine; less alike than this is no tie, however near it may be among its neighbours
LIVES_ON = 2.0  # how much more a tie weighs when both ends were in one group yesterday
_LARGE = 500  # tied rows; modularity overlooks small groups in a large network, so it looks closer as that grows
_BLOCK = 2048


def clusters(
    vec: NDArray[np.float32],
    start: Labels | None = None,
    *,
    rng: np.random.Generator,
    floor: float = FLOOR,
    resolution: float | None = None,
) -> Labels:
    """Number the rows of ``vec`` (n, d), of length 1, so that what belongs together shares a number: int (n,), -1 = alone.

    Each row is tied to its 20 nearest by cosine, exact; a tie counts when both rows name it and the cosine is at least
    ``floor``, weighing 1 / (the mean of both ranks). Leiden with modularity makes the groups (``resolution``:
    higher gives smaller ones; by itself it rises from 1 for a handful of rows to 2 for thousands). Numbers run from
    the largest group down. With ``start`` (yesterday's numbers, -1 for rows that are new) the search begins there, ties
    within yesterday's groups weigh twice, and a group keeps the number of the group it shares most rows with: people
    find their issues back.

    The same rows in another order give the same groups, for an ``rng`` with the same seed. Rows that are equal always
    fall together; rows of zeros are alone. A group is a proposal: its rows lie near in meaning, which is
    not to say that they agree.
    Raises ``ValueError`` when ``start`` has another length. Source: Traag, Waltman & Van Eck (2019), "From Louvain to
    Leiden".

    >>> clusters(np.eye(3, dtype=np.float32), rng=np.random.default_rng(0)).tolist()
    [-1, -1, -1]
    """
    if start is not None and len(start) != len(vec):
        raise ValueError(f"start has {len(start)} numbers for {len(vec)} rows")
    seed = int(rng.integers(1 << 32))
    if not len(vec):
        return np.empty(0, dtype=np.intp)
    unique, inverse = np.unique(np.ascontiguousarray(vec), axis=0, return_inverse=True)
    inverse = inverse.reshape(-1)
    before = None if start is None else _carried(start, inverse, len(unique))
    found = _communities(*_ties(unique, floor), len(unique), before, seed, resolution)[inverse]
    # A row of zeros says nothing; many of them are still alone.
    silent = np.linalg.norm(unique, axis=1)[inverse] == 0
    found[silent] = found.max(initial=0) + 1 + np.arange(int(silent.sum()))
    return _numbered(found, inverse, start)


def _ties(vec: NDArray[np.float32], floor: float) -> tuple[Labels, Labels, NDArray[np.float64]]:
    """Mutual nearest neighbours: one row, the other (one < other) and the weight of each tie."""
    near, close = _neighbours(vec, floor)
    n, k = near.shape
    one = np.repeat(np.arange(n), k)
    other, rank = near.ravel(), np.tile(np.arange(1, k + 1), n)
    kept = close.ravel()
    one, other, rank = one[kept], other[kept], rank[kept]
    key = np.minimum(one, other) * n + np.maximum(one, other)
    order = np.argsort(key, kind="stable")
    both = np.flatnonzero(key[order][1:] == key[order][:-1])
    first, second = order[both], order[both + 1]
    pair = key[first]
    return pair // n, pair % n, 2.0 / (rank[first] + rank[second])


def _neighbours(vec: NDArray[np.float32], floor: float) -> tuple[Labels, NDArray[np.bool_]]:
    """The nearest rows of each row, nearest first, and whether each reaches the floor: both (n, k)."""
    n = len(vec)
    k = min(NEIGHBOURS, n - 1)
    near = np.empty((n, k), dtype=np.intp)
    close = np.empty((n, k), dtype=bool)
    for at in range(0, n, _BLOCK):
        likeness = vec[at : at + _BLOCK] @ vec.T
        rows = np.arange(len(likeness))
        likeness[rows, at + rows] = -np.inf
        if k:
            part = np.sort(np.argpartition(-likeness, k - 1, axis=1)[:, :k], axis=1)
            score = np.take_along_axis(likeness, part, axis=1)
            order = np.argsort(-score, axis=1, kind="stable")
            near[at : at + len(rows)] = np.take_along_axis(part, order, axis=1)
            close[at : at + len(rows)] = np.take_along_axis(score, order, axis=1) >= floor
    return near, close


def _communities(
    one: Labels,
    other: Labels,
    weight: NDArray[np.float64],
    n: int,
    before: Labels | None,
    seed: int,
    resolution: float | None,
) -> Labels:
    found = np.arange(n)
    if not len(one):  # Leiden refuses a network without ties
        return found
    if before is not None:
        weight = np.where(before[one] == before[other], LIVES_ON * weight, weight)
    names = [f"{row:09d}" for row in range(n)]
    ties = [(names[a], names[b], w) for a, b, w in zip(one.tolist(), other.tolist(), weight.tolist(), strict=True)]
    tied = np.unique(np.concatenate([one, other]))
    closeness = resolution or 1 + len(tied) / (len(tied) + _LARGE)
    begin = None
    if before is not None:
        _, compact = np.unique(before[tied], return_inverse=True)
        begin = {names[row]: int(number) for row, number in zip(tied, compact, strict=True)}
    _, partition = leiden(ties, starting_communities=begin, resolution=closeness, iterations=4, seed=seed, trials=1)
    for name, community in partition.items():
        found[int(name)] = n + community
    return found


def _carried(start: Labels, inverse: Labels, n: int) -> Labels:
    """Yesterday's number of each distinct row; rows without one each get a number of their own."""
    carried = np.full(n, -1, dtype=np.intp)
    np.maximum.at(carried, inverse, start)
    free = carried < 0
    carried[free] = carried.max(initial=-1) + 1 + np.arange(int(free.sum()))
    return carried


def _numbered(found: Labels, inverse: Labels, start: Labels | None) -> Labels:
    """Final numbers: -1 for rows alone, yesterday's numbers where groups live on, the others by size."""
    _, group, sizes = np.unique(found, return_inverse=True, return_counts=True)
    first = np.full(len(sizes), len(inverse), dtype=np.intp)
    np.minimum.at(first, group, inverse)
    number = np.full(len(sizes), -1, dtype=np.intp)
    together = [int(g) for g in np.lexsort((first, -sizes)) if sizes[g] > 1]
    kept = {} if start is None else _inherited(group, start, together)
    following = 0 if start is None else int(start.max(initial=-1)) + 1
    for g in together:
        number[g] = kept.get(g, following)
        following += g not in kept
    return np.asarray(number[group], dtype=np.intp)


def _inherited(group: Labels, start: Labels, together: list[int]) -> dict[int, int]:
    """Which group goes on under which of yesterday's numbers: the pair that shares most rows first."""
    known = start >= 0
    pairs, shared = np.unique(np.stack([group[known], start[known]], axis=1), axis=0, return_counts=True)
    alive = set(together)
    kept: dict[int, int] = {}
    for at in np.lexsort((pairs[:, 0], pairs[:, 1], -shared)):
        now, then = int(pairs[at, 0]), int(pairs[at, 1])
        if now in alive and now not in kept and then not in kept.values():
            kept[now] = then
    return kept
