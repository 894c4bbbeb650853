"""What belongs together: groups of texts that are near in meaning, across themes and languages."""

from collections.abc import Callable

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
    beat: Callable[[], None] | None = None,
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
    not to say that they agree. Every row is compared with every other, in blocks: time grows with the square of n, memory
    with n. ``beat`` is called between blocks, for who must tell that it goes on.
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
    firsts, inverse = _different(vec)
    before = None if start is None else _carried(start, inverse, len(firsts))
    ties = _ties(*_neighbours(vec, firsts, floor, beat))
    found = _communities(*ties, len(firsts), before, seed, resolution)[inverse]
    # A row of zeros says nothing; many of them are still alone.
    silent = np.linalg.norm(vec[firsts], axis=1)[inverse] == 0
    found[silent] = found.max(initial=0) + 1 + np.arange(int(silent.sum()))
    return _numbered(found, inverse, start)


def _different(vec: NDArray[np.float32]) -> tuple[Labels, Labels]:
    """One of every different row, in an order that the rows alone decide, and which of these each row equals."""
    codes = np.random.default_rng(0).integers(1, 1 << 63, vec.shape[1], dtype=np.uint64) | np.uint64(1)
    key = np.empty(len(vec), dtype=np.uint64)
    for at in range(0, len(vec), _BLOCK):
        part = np.ascontiguousarray(vec[at : at + _BLOCK] + np.float32(0))  # minus zero is zero
        key[at : at + _BLOCK] = part.view(np.uint32).astype(np.uint64) @ codes
    order = np.lexsort((key, *vec.T[min(8, vec.shape[1]) - 1 :: -1]))
    new = np.concatenate([[True], key[order][1:] != key[order][:-1]])
    inverse = np.empty(len(vec), dtype=np.intp)
    inverse[order] = np.cumsum(new) - 1
    return order[new], inverse


def _ties(near: Labels, close: NDArray[np.bool_]) -> tuple[Labels, Labels, NDArray[np.float64]]:
    """Mutual nearest neighbours: one row, the other (one < other) and the weight of each tie."""
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


def _neighbours(
    vec: NDArray[np.float32], rows: Labels, floor: float, beat: Callable[[], None] | None
) -> tuple[Labels, NDArray[np.bool_]]:
    """The nearest of these rows for each of them, nearest first, by their places, and whether each reaches the floor: (n, k)."""
    n = len(rows)
    k = min(NEIGHBOURS, n - 1)
    near, score = np.full((n, k), -1, dtype=np.intp), np.full((n, k), -np.inf, dtype=np.float32)
    for at in range(0, n if k else 0, _BLOCK):
        mine = vec[rows[at : at + _BLOCK]]
        for other in range(at, n, _BLOCK):
            if beat is not None:
                beat()
            likeness = mine @ vec[rows[other : other + _BLOCK]].T
            if other == at:
                np.fill_diagonal(likeness, -np.inf)
            _renew(near[at : at + _BLOCK], score[at : at + _BLOCK], likeness, other, 1)
            if other > at:  # each pair is computed once, and serves both its ends
                _renew(near[other : other + _BLOCK], score[other : other + _BLOCK], likeness, at, 0)
    return near, score >= floor


def _renew(near: Labels, score: NDArray[np.float32], likeness: NDArray[np.float32], first: int, axis: int) -> None:
    """Puts what is nearer than the farthest of the nearest into its place; of equals the first row stays.

    ``axis`` of ``likeness`` runs over the rows from ``first`` on, the other one over those whose nearest these are.
    """
    k = near.shape[1]
    bar = score[:, -1]
    if (
        np.isneginf(bar).any() and likeness.shape[axis] > k
    ):  # nothing to beat yet: most cannot be among the best of these
        best = np.partition(likeness, -k, axis=axis).take(-k, axis=axis)
        bar = np.maximum(bar, np.nextafter(best, np.float32(-np.inf)))
    found = np.nonzero(likeness > np.expand_dims(bar, axis))
    whose, who = found[1 - axis], first + found[axis]
    if not len(who):
        return
    renewed, number = np.unique(whose, return_inverse=True)
    owner = np.concatenate([np.repeat(np.arange(len(renewed)), k), number])
    neighbour = np.concatenate([near[renewed].ravel(), who])
    cosine = np.concatenate([score[renewed].ravel(), likeness[found]])
    order = np.lexsort((neighbour, -cosine, owner))
    begins = np.flatnonzero(np.concatenate([[True], owner[order][1:] != owner[order][:-1]]))
    kept = order[begins[:, None] + np.arange(k)]
    near[renewed], score[renewed] = neighbour[kept], cosine[kept]


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
