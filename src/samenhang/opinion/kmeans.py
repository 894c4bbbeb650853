"""Weighted k-means from starts that follow from the points alone, and how far two labellings agree."""

import numpy as np

from samenhang.shape import Floats, Ints


def moments(at: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """The weighted mean of points, and their weighted covariance."""
    share = weight / weight.sum() if weight.sum() else np.full(len(at), 1 / max(len(at), 1))
    middle = share @ at
    return middle, ((at - middle) * share[:, None]).T @ (at - middle)


def split(at: Floats, weight: Floats, k: int) -> tuple[Ints, Floats]:
    """(P,) the nearest of k centres, and the centres; weighted k-means from two starts that follow from the points alone."""
    best: tuple[float, Ints, Floats] | None = None
    for begun in (_spread_out(at, weight, k), _along_the_axis(at, weight, k)):
        label, centres, cost = _lloyd(at, weight, begun)
        if best is None or cost < best[0] - 1e-12:
            best = cost, label, centres
    assert best is not None
    order = np.lexsort(best[2].T[::-1])
    rank = np.empty(k, dtype=np.int64)
    rank[order] = np.arange(k)
    return rank[best[1]], best[2][order]


def _lloyd(at: Floats, weight: Floats, centres: Floats) -> tuple[Ints, Floats, float]:
    label, k = np.full(len(at), -1), len(centres)
    for _ in range(100):
        before, label = label, nearest(at, centres)
        if (before == label).all():
            break
        size = np.bincount(label, weight, minlength=k)
        for axis in range(at.shape[1]):
            total = np.bincount(label, weight * at[:, axis], minlength=k)
            centres[:, axis] = np.where(size > 0, total / np.where(size > 0, size, 1), centres[:, axis])
    far = ((at - centres[label]) ** 2).sum(axis=1)
    return label.astype(np.int64), centres, float(weight @ far)


def nearest(at: Floats, centres: Floats) -> Ints:
    """(P,) which centre is nearest; of two that are as near the first."""
    return np.asarray(((centres**2).sum(axis=1) - 2 * at @ centres.T).argmin(axis=1), dtype=np.int64)


def _spread_out(at: Floats, weight: Floats, k: int) -> Floats:
    """The heaviest far point first, then always the point that is farthest from all that were taken."""
    far = ((at - moments(at, weight)[0]) ** 2).sum(axis=1)
    taken = [int(np.argmax(far * weight))]
    while len(taken) < k:
        far = np.minimum(((at - at[taken[-1]]) ** 2).sum(axis=1), far if len(taken) > 1 else np.inf)
        taken.append(int(np.argmax(far * weight)))
    return at[taken].copy()


def _along_the_axis(at: Floats, weight: Floats, k: int) -> Floats:
    """The means of k equal parts of the people along the first axis."""
    order = np.argsort(at[:, 0], kind="stable")
    part = np.minimum((np.cumsum(weight[order]) / max(weight.sum(), 1e-12) * k).astype(int), k - 1)
    return np.array([at[order][part == one].mean(axis=0) if (part == one).any() else at[order][-1] for one in range(k)])


def agreement(a: Ints, b: Ints) -> float:
    """The adjusted Rand index of two labellings: 1 the same, 0 as by chance (Hubert and Arabie, 1985)."""
    table = np.zeros((a.max(initial=0) + 1, b.max(initial=0) + 1))
    np.add.at(table, (a, b), 1)
    pairs = [float((x * (x - 1) / 2).sum()) for x in (table, table.sum(axis=0), table.sum(axis=1))]
    chance = pairs[1] * pairs[2] / max(len(a) * (len(a) - 1) / 2, 1)
    most = (pairs[1] + pairs[2]) / 2
    return 1.0 if most == chance else (pairs[0] - chance) / (most - chance)


def kmeans_from(at: Floats, weight: Floats, k: int, starts: int) -> tuple[Ints, Floats]:
    """(P,) the nearest of k centres, and the centres: the best of several starts (k-means++ with seeds 0, 1, ...)."""
    best: tuple[float, Ints, Floats] | None = None
    for seed in range(starts):
        label, centres, cost = _lloyd(at, weight, _plus_plus(at, weight, k, np.random.default_rng(seed)))
        if best is None or cost < best[0] - 1e-12:
            best = cost, label, centres
    assert best is not None
    return best[1], best[2]


def _plus_plus(at: Floats, weight: Floats, k: int, rng: np.random.Generator) -> Floats:
    """Starts far apart: each next one is drawn by the square of its distance (Arthur and Vassilvitskii, 2007)."""
    draws = rng.random(k)
    taken = [_drawn(weight, draws[0])]
    far = ((at - at[taken[0]]) ** 2).sum(axis=1)
    for draw in draws[1:]:
        taken.append(_drawn(far * weight, draw))
        far = np.minimum(far, ((at - at[taken[-1]]) ** 2).sum(axis=1))
    return at[taken].copy()


def _drawn(pull: Floats, draw: float) -> int:
    """A place drawn by its pull, from one number between 0 and 1."""
    total = np.cumsum(pull)
    return min(int(np.searchsorted(total, draw * total[-1], side="right")), len(pull) - 1)
