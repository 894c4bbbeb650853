"""Groups: whether people stand together in camps, on a line, or nowhere in particular; and who stands where."""

from dataclasses import dataclass

import numpy as np

from samenhang.opinion.fitting import People, Statements, meet
from samenhang.opinion.votes import Votes
from samenhang.shape import Floats, Ints

MOST, RESAMPLES, KEPT, CLEARLY, WHOLE, SURE = 8, 8, 0.8, 0.02, 0.85, 0.6
NULL_DRAWS = 40
MOST_LOOKED_AT = 2000  # participants among whom the number of groups is looked for


@dataclass(frozen=True, eq=False)
class Plane:
    """Positions in the metric of the votes: (P, r) with their covariance, and how certain each is, 0 to 1.

    A step of one changes what people say by as much in every direction; the first axis tells people apart most.
    """

    at: Floats
    cov: Floats
    certain: Floats

    def of(self, who: Ints) -> "Plane":
        """The places of a few participants."""
        return Plane(self.at[who], self.cov[who], self.certain[who])


def plane(votes: Votes, now: Statements, people: People, weight: Floats) -> Plane:
    """Viewpoints scaled by M = V' diag(n p (1 - p)) V, and turned so that the axes come in order of importance."""
    number = np.bincount(votes.column, minlength=votes.shape[1])
    p = 1 / (1 + np.exp(-now.support))
    metric = (now.direction * (number * p * (1 - p) / max(number.sum(), 1))[:, None]).T @ now.direction
    size, axes = np.linalg.eigh(metric)
    turn = axes * np.sqrt(np.maximum(size, 0))
    at, cov = people.mean[:, 1:] @ turn, turn.T @ people.cov[:, 1:, 1:] @ turn
    total = float(np.maximum(size, 0).sum())
    certain = np.clip(1 - np.trace(cov, axis1=1, axis2=2) / total, 0, 1) if total else np.zeros(len(at))
    middle, spread = _moments(at, certain * weight)
    order = np.argsort(-np.linalg.eigvalsh(spread))
    main = np.linalg.eigh(spread)[1][:, order]
    at, cov = (at - middle) @ main, main.T @ cov @ main
    sign = np.where((at**3 * (certain * weight)[:, None]).sum(axis=0) < 0, -1.0, 1.0)
    return Plane(at * sign, cov * sign[:, None] * sign, certain)


def _moments(at: Floats, weight: Floats) -> tuple[Floats, Floats]:
    share = weight / weight.sum() if weight.sum() else np.full(len(at), 1 / max(len(at), 1))
    middle = share @ at
    return middle, ((at - middle) * share[:, None]).T @ (at - middle)


def split(at: Floats, weight: Floats, k: int) -> tuple[Ints, Floats]:
    """(P,) the nearest of k centres, and the centres; weighted k-means from two starts that follow from the points alone."""
    best: tuple[float, Ints, Floats] | None = None
    for centres in (_spread_out(at, weight, k), _along_the_axis(at, weight, k)):
        label, centres, cost = _lloyd(at, weight, centres)
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
    far = ((at - _moments(at, weight)[0]) ** 2).sum(axis=1)
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


def choose(
    votes: Votes, now: Statements, plane_: Plane, weight: Floats, *, rng: np.random.Generator
) -> tuple[int, Floats]:
    """How many groups come back when a fifth of the votes is left out, and how well each number does (2 to `MOST`).

    First the number whose labels come back best (mean adjusted Rand index), a larger one only when clearly better; then on to
    a larger one as long as each of its groups, small ones too, comes back nearly whole (Jaccard; Hennig, 2007).
    """
    mine = plane_.certain * weight
    most = min(MOST, max(2, int((weight > 0).sum()) // 5))
    whole = {k: split(plane_.at, mine, k)[0] for k in range(2, most + 1)}
    found, least = np.zeros((RESAMPLES, most - 1)), np.zeros((RESAMPLES, most - 1))
    counts = weight > 0
    for draw in range(RESAMPLES):
        part = votes.among(rng.random(len(votes.value)) < KEPT)
        again = plane(part, now, meet(part, now), weight)
        for k, label in whole.items():
            other = split(again.at, again.certain * weight, k)[0]
            found[draw, k - 2] = agreement(label[counts], other[counts])
            least[draw, k - 2] = _least_kept(label[counts], other[counts], k)
    stable, kept = found.mean(axis=0), least.mean(axis=0)
    best = 0
    for one in range(1, len(stable)):
        if stable[one] > stable[best] + CLEARLY:
            best = one
    while best + 1 < len(stable) and kept[best + 1] >= WHOLE and stable[best + 1] > stable[best] - CLEARLY:
        best += 1
    return best + 2, stable


def _least_kept(label: Ints, again: Ints, k: int) -> float:
    """Of the group that comes back worst, the share that it has in common with what it came back as (Jaccard)."""
    both = np.bincount(label * k + again, minlength=k * k).reshape(k, k).astype(np.float64)
    either = both.sum(axis=1)[:, None] + both.sum(axis=0) - both
    return float((both / np.maximum(either, 1)).max(axis=1).min())


def is_camps(at: Floats, weight: Floats, k: int, *, rng: np.random.Generator) -> bool:
    """Whether people stand closer around k centres than they would if positions were spread as a bell (Liu et al., 2008)."""
    _, spread = _moments(at, weight)
    root = np.linalg.cholesky(spread + 1e-12 * np.eye(len(spread)))

    def tightness(points: Floats) -> float:
        label, centres = split(points, weight, k)
        within = weight @ ((points - centres[label]) ** 2).sum(axis=1)
        middle, total = _moments(points, weight)
        return float(within / (weight.sum() * np.trace(total)))

    bell = [tightness(rng.standard_normal(at.shape) @ root.T) for _ in range(NULL_DRAWS)]
    return tightness(at) < np.quantile(bell, 0.05)


def membership(plane_: Plane, weight: Floats, k: int) -> tuple[Ints, Floats]:
    """(P,) the group, -1 where no group has six chances in ten; and (P, k) the chances, from where somebody may stand.

    ``weight``: 0 for who must not pull at the centres; they get a group all the same.
    """
    mine = plane_.certain * weight
    label, centres = split(plane_.at, mine, k)
    within = _moments(plane_.at - centres[label], mine)[1] + 1e-9 * np.eye(plane_.at.shape[1])
    size = np.bincount(label, mine, minlength=k)
    sharp = np.linalg.inv(within + plane_.cov)
    score = np.empty((len(label), k))
    for one in range(k):
        away = plane_.at - centres[one]
        far = np.einsum("pi,pij,pj->p", away, sharp, away)
        score[:, one] = np.log(max(size[one], 1e-12)) - far / 2
    chance = np.exp(score - score.max(axis=1, keepdims=True))
    chance /= chance.sum(axis=1, keepdims=True)
    group = np.where(chance.max(axis=1) >= SURE, chance.argmax(axis=1), -1)
    return group.astype(np.int64), chance
