"""What groups have in common and what sets them apart: common ground, bridges, divides, what is distinctive, a short list."""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincc, ndtr

from samenhang.opinion.votes import Votes
from samenhang.shape import Bools, Floats, Ints

SURE_OF_ALL, CAUTION, LEVEL = 0.9, 1.28, 0.05
LEAST, LEAST_SHARE = 5, 50


@dataclass(frozen=True, eq=False)
class Counts:
    """Of each group and statement (k, S): how many agreed and disagreed, by weight; passes say neither."""

    agreed: Floats
    against: Floats

    @property
    def rate(self) -> Floats:
        """(k, S) the share that agreed, pulled a little to one half where few voted."""
        return (self.agreed + 0.5) / (self.agreed + self.against + 1)


def count(votes: Votes, group: Ints, weight: Floats, k: int) -> Counts:
    """The votes of the members of each group; who is in none is left out."""
    mine = group[votes.row]
    agreed, against = np.zeros((k, votes.shape[1])), np.zeros((k, votes.shape[1]))
    for table, value in ((agreed, 1), (against, -1)):
        chosen = (votes.value == value) & (mine >= 0)
        np.add.at(table, (mine[chosen], votes.column[chosen]), weight[votes.row[chosen]])
    return Counts(agreed, against)


def common_ground(counts: Counts) -> Floats:
    """(S,) the largest share t of which it is nine in ten sure that more than t agree in *every* group.

    t_j = max t with prod_g P(theta_gj > t) >= .9, theta_gj ~ Beta(agreed + p_j, against + 1 - p_j), and p_j the mean of the
    groups' rates, each counting alike: a group of ten weighs as much as one of four hundred. 0 = nothing can be said.

    >>> alike = common_ground(Counts(np.array([[90.0], [9.0]]), np.array([[10.0], [1.0]])))
    >>> split = common_ground(Counts(np.array([[90.0], [1.0]]), np.array([[10.0], [9.0]])))
    >>> bool(alike[0] > 0.6 > 0.2 > split[0])
    True
    """
    p = counts.rate.mean(axis=0)
    a, b = counts.agreed + p, counts.against + 1 - p
    low, high = np.zeros(p.shape), np.ones(p.shape)
    for _ in range(40):
        t = (low + high) / 2
        holds = betaincc(a, b, t).prod(axis=0) >= SURE_OF_ALL
        low, high = np.where(holds, t, low), np.where(holds, high, t)
    return low


def reluctant(chance: Floats, weight: Floats) -> Floats:
    """(S,) what is expected of the fiftieth of the people (at least five) who agree least with a statement, whoever they are.

    ``chance`` (P, S). Common ground is never more than this: a few people who stand together may not have been told apart as a
    group, and what they oppose must not lead. Who disagrees by chance does not show here, since that is not foreseen.

    >>> chance = np.full((100, 2), 0.9)
    >>> chance[:5, 0] = 0.2
    >>> reluctant(chance, np.ones(100)).round(2).tolist()
    [0.2, 0.9]
    """
    counted = np.sort(chance[weight > 0], axis=0)
    return np.asarray(counted[: max(LEAST, -(-len(counted) // LEAST_SHARE))].mean(axis=0))


def bridges(mean: Floats, sd: Floats) -> Floats:
    """(S,) how much the group that agrees least is still expected to agree, cautiously: min over groups of mean - 1.28 sd.

    ``mean``, ``sd``: (k, S) predicted share that agrees in each group and how unsure that is.

    >>> bridges(np.array([[0.9, 0.9], [0.8, 0.3]]), np.array([[0.1, 0.1], [0.0, 0.0]])).round(2).tolist()
    [0.77, 0.3]
    """
    return np.asarray(np.clip(mean - CAUTION * sd, 0, 1).min(axis=0))


def divides(mean: Floats) -> Floats:
    """(S,) how far the groups lie apart: the variance between them of the predicted share that agrees, each counting alike."""
    return np.asarray(mean.var(axis=0))


@dataclass(frozen=True, eq=False)
class Distinctive:
    """Of each group and statement (k, S) what sets them apart.

    ``difference``: of the group's rate with that of all others, pulled to 0 where few voted; ``z``: its two-proportion statistic;
    ``is_more``: whether it is more than chance.
    """

    difference: Floats
    z: Floats
    is_more: Bools


def distinctive(counts: Counts) -> Distinctive:
    """What sets each group apart, at a false-discovery rate of .05 over all groups and statements (Benjamini and Hochberg, 1995).

    z = (r_g - r_o) / sqrt(r (1 - r) (1 / (n_g + 1) + 1 / (n_o + 1))), rates with one imagined vote on each side, as in Polis; the
    difference is shrunken by z^2 / (1 + z^2).

    >>> found = distinctive(Counts(np.array([[40.0, 20.0], [2.0, 20.0]]), np.array([[2.0, 20.0], [40.0, 20.0]])))
    >>> found.is_more.tolist(), bool(found.difference[0, 0] > 0.8)
    ([[True, False], [True, False]], True)
    """
    number = counts.agreed + counts.against
    others_agreed = counts.agreed.sum(axis=0) - counts.agreed
    others = number.sum(axis=0) - number
    one, rest = (counts.agreed + 1) / (number + 2), (others_agreed + 1) / (others + 2)
    both = (counts.agreed + others_agreed + 1) / (number + others + 2)
    z = (one - rest) / np.sqrt(both * (1 - both) * (1 / (number + 1) + 1 / (others + 1)))
    return Distinctive((one - rest) * z**2 / (1 + z**2), z, _discovered(2 * ndtr(-np.abs(z))))


def _discovered(p: Floats) -> Bools:
    order = np.argsort(p, axis=None, kind="stable")
    limit = LEVEL * np.arange(1, p.size + 1) / max(p.size, 1)
    below = np.flatnonzero(p.ravel()[order] <= limit)
    found = np.zeros(p.size, dtype=bool)
    found[order[: below[-1] + 1 if len(below) else 0]] = True
    return found.reshape(p.shape)


@dataclass(frozen=True, eq=False)
class ShortList:
    """Statements (places) that stand for everybody in proportion.

    ``overlooked`` (P,): who is part of a group that is large enough to have one, agrees on one, and got none: all False when
    the list is fair in that sense (justified representation).
    """

    statements: Ints
    overlooked: Bools


def short_list(agrees: Bools, weight: Floats, size: int) -> ShortList:
    """A list in which each next statement does most for those who were served least: greedy proportional approval voting.

    ``agrees`` (P, S): who is expected to agree with what. Source: Thiele, 1895; audit: Aziz et al., 2017.

    >>> agrees = np.arange(4)[:, None] // 3 == np.arange(4) // 3
    >>> short_list(agrees, np.ones(4), 4).statements.tolist()
    [0, 1, 2, 3]
    """
    served = np.zeros(len(weight))
    chosen: list[int] = []
    for _ in range(min(size, agrees.shape[1])):
        gain = (weight / (1 + served)) @ agrees
        gain[chosen] = -1
        chosen.append(int(np.argmax(gain)))
        served += agrees[:, chosen[-1]]
    quota = weight.sum() / max(len(chosen), 1)
    unserved = served == 0
    ignored = np.flatnonzero((weight * unserved) @ agrees >= quota)
    return ShortList(np.array(chosen, dtype=np.int64), unserved & agrees[:, ignored].any(axis=1))
