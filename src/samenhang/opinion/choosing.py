"""How many groups there are, whether they are camps or sides of a line, and which small camps lie far from all others."""

import numpy as np

from samenhang.opinion.fitting import People, Statements, meet
from samenhang.opinion.groups import Plane, plane
from samenhang.opinion.kmeans import agreement, moments, split
from samenhang.opinion.votes import Votes
from samenhang.shape import Floats, Ints

MOST, RESAMPLES, KEPT, CLEARLY, SETTLED = 8, 6, 0.8, 0.02, 0.93
MOST_LOOKED_AT = 1500  # participants among whom the number of groups is looked for
BELLS, MOST_RUNG, CLEAR = 20, 600, 4.5
FEWEST, FAR, WORTH, MOST_CENTRES, SMALL = 5, 0.5, 50, 6, 6


def choose(
    votes: Votes, now: Statements, plane_: Plane, weight: Floats, *, rng: np.random.Generator
) -> tuple[int, Floats]:
    """How many groups come back when a fifth of the votes is left out, and how well each number does (2 to `MOST`).

    The largest number of which all lie far apart; if there is none, the largest that comes back all but whole (mean adjusted
    Rand index of .93); if there is none, the number that comes back best, a larger one only when clearly better.
    """
    mine = plane_.certain * weight
    most = min(MOST, max(2, int((weight > 0).sum()) // 5))
    cut = {k: split(plane_.at, mine, k) for k in range(2, most + 1)}
    whole = {k: label for k, (label, _centres) in cut.items()}
    found = np.zeros((RESAMPLES, most - 1))
    counts, seed = weight > 0, int(rng.integers(1 << 62))
    for draw in range(RESAMPLES):
        part = votes.among(votes.lot(seed + draw) < KEPT)
        again = plane(part, now, meet(part, now), weight)
        for k, label in whole.items():
            other = split(again.at, again.certain * weight, k)[0]
            found[draw, k - 2] = agreement(label[counts], other[counts])
    stable = found.mean(axis=0)
    far = [k for k, (label, centres) in cut.items() if _all_far(plane_.at[counts], label[counts], centres)]
    far += [k for k in cut if stable[k - 2] >= SETTLED]
    if far:
        return max(far), stable
    best = 0
    for one in range(1, len(stable)):
        if stable[one] > stable[best] + CLEARLY:
            best = one
    return best + 2, stable


def _all_far(at: Floats, label: Ints, centres: Floats) -> bool:
    size = np.bincount(label, minlength=len(centres))
    return bool((size >= FEWEST).all()) and all(
        _gap(at, label, centres, size, one) >= FAR for one in range(len(centres))
    )


def is_camps(
    votes: Votes, now: Statements, people: People, weight: Floats, k: int, *, rng: np.random.Generator
) -> bool:
    """Whether people stand closer around k centres than if positions were spread as a bell (after Liu et al., 2008).

    Positions are drawn from a bell as wide as what was found, each of them votes on the statements that its participant saw,
    and is placed by these votes: so what the model itself does to a bell is part of the comparison.
    Drawn lines came out up to 4.2 standard deviations tighter, since the statements were fitted to them and not to the bell;
    camps, cut at their own number, six and more. The bound of 4.5 was set on a handful of drawn conversations.
    """
    few = np.sort(rng.choice(votes.shape[0], MOST_RUNG, replace=False)) if votes.shape[0] > MOST_RUNG else None
    if few is not None:
        votes, weight, people = votes.of(few), weight[few], people.of(few)
    middle, spread = moments(people.mean, weight)
    share = weight / weight.sum()
    root = np.linalg.cholesky(spread + np.einsum("p,pij->ij", share, people.cov) + 1e-9 * np.eye(len(middle)))
    known = now.known

    def tightness(given: Votes) -> float:
        found = plane(given, now, meet(given, now, 2), weight)
        mine = found.certain * weight
        label, centres = split(found.at, mine, k)
        within = mine @ ((found.at - centres[label]) ** 2).sum(axis=1)
        return float(within / max(mine.sum() * np.trace(moments(found.at, mine)[1]), 1e-12))

    rung = []
    for _ in range(BELLS):
        drawn = middle + rng.standard_normal(people.mean.shape) @ root.T
        logit = now.support[votes.column] + np.einsum("vk,vk->v", known[votes.column], drawn[votes.row])
        said = np.where(rng.random(len(logit)) < 1 / (1 + np.exp(-logit)), 1, -1)
        rung.append(tightness(votes.saying(np.where(votes.value == 0, 0, said))))
    return tightness(votes) < float(np.mean(rung) - CLEAR * np.std(rung))


def enclaves(plane_: Plane, weight: Floats) -> list[Ints]:
    """Small sets of participants, by place, who stand so far from all others that they are a camp however few they are.

    Means of squares would rather cut a large camp in two than tell ten people from four hundred. Among 3 to 6 centres a set
    of at least five, and at most one in six, is one when between it and every other set half the way is empty.
    """
    able = np.flatnonzero(weight > 0)
    if len(able) < WORTH:
        return []
    at, mine = plane_.at[able], (plane_.certain * weight)[able]
    found: list[Ints] = []
    taken = np.zeros(len(able), dtype=bool)
    for k in range(3, MOST_CENTRES + 1):
        label, centres = split(at, mine, k)
        size = np.bincount(label, minlength=k)
        for one in np.flatnonzero((size >= FEWEST) & (size * SMALL <= len(able))):
            inside = label == one
            if not (taken & inside).any() and _gap(at, label, centres, size, int(one)) >= FAR:
                taken |= inside
                found.append(able[inside])
    return found


def _gap(at: Floats, label: Ints, centres: Floats, size: Ints, one: int) -> float:
    """The least empty stretch between this set and another, as a share of the way between their centres (nine in ten of each)."""
    least = np.inf
    for other in range(len(centres)):
        if other == one or size[other] < 3:
            continue
        way = centres[other] - centres[one]
        along = (at - centres[one]) @ way / max(way @ way, 1e-12)
        gap = np.quantile(along[label == other], 0.1) - np.quantile(along[label == one], 0.9)
        least = min(least, float(gap))
    return least if np.isfinite(least) else 0.0
