"""The tests with which Polis says what sets a group apart, what nearly all share, and which statement to show."""

from dataclasses import dataclass

import numpy as np

from samenhang.opinion.votes import Votes
from samenhang.shape import Bools, Floats, Ints

Z90 = 1.2816
MOST = 5


@dataclass(frozen=True, eq=False)
class Counted:
    """Of each group and statement (k, S): how many agreed, disagreed, and voted, passes included."""

    agreed: Floats
    against: Floats
    seen: Floats


@dataclass(frozen=True, eq=False)
class Representative:
    """What sets a group apart.

    Statement ids, ``agrees``: whether it is by agreeing; ``probability`` in the group, ``ratio`` to that among others, and their
    z: ``z_probability`` (one proportion) and ``z_ratio`` (two proportions).
    """

    group: int
    statements: Ints
    agrees: Bools
    probability: Floats
    ratio: Floats
    z_probability: Floats
    z_ratio: Floats


@dataclass(frozen=True, eq=False)
class Consensus:
    """Statement ids with which nearly everybody agrees, and disagrees, best first."""

    agree: Ints
    disagree: Ints


def counted(votes: Votes, group: Ints) -> Counted:
    """The votes per group."""
    k = int(group.max(initial=0)) + 1
    mine = group[votes.row]
    tables = []
    for chosen in (votes.value > 0, votes.value < 0, votes.value < 2):
        table = np.zeros((k, votes.shape[1]))
        np.add.at(table, (mine[chosen], votes.column[chosen]), 1)
        tables.append(table)
    return Counted(*tables)


def one_proportion(success: Floats, number: Floats) -> Floats:
    """Z of a share against one half, with one imagined success: 2 sqrt(n + 1) ((s + 1) / (n + 1) - 1 / 2).

    >>> one_proportion(np.array([9.0]), np.array([9.0])).round(3).tolist()
    [3.162]
    """
    return np.asarray(2 * np.sqrt(number + 1) * ((success + 1) / (number + 1) - 0.5))


def two_proportions(one: Floats, of_one: Floats, other: Floats, of_other: Floats) -> Floats:
    """Z of the difference of two shares, pooled, with one imagined success and vote on either side."""
    a, b, n, m = one + 1, other + 1, of_one + 1, of_other + 1
    pooled = (a + b) / (n + m)
    error = np.sqrt(np.maximum(pooled * (1 - pooled) * (1 / n + 1 / m), 1e-12))
    return np.asarray(np.where(pooled >= 1, 0.0, (a / n - b / m) / error))


def representative(counts: Counted, statements: Ints) -> tuple[Representative, ...]:
    """What sets each group apart.

    At most five statements with z above 1.28 on both tests, by ratio x z_ratio x probability x z_probability; at least the best.
    """
    found = []
    for group in range(len(counts.seen)):
        sides = []
        for table in (counts.agreed, counts.against):
            own, seen = table[group], counts.seen[group]
            rest, others = table.sum(axis=0) - own, counts.seen.sum(axis=0) - seen
            share = (own + 1) / (seen + 2)
            ratio = share / ((rest + 1) / (others + 2))
            sides.append((share, ratio, one_proportion(own, seen), two_proportions(own, seen, rest, others)))
        agree, against = sides
        agrees = agree[1] * agree[3] > against[1] * against[3]
        share, ratio, z_share, z_ratio = (np.where(agrees, a, b) for a, b in zip(agree, against, strict=True))
        measure = share * ratio * z_share * z_ratio
        sure = (z_share > Z90) & (z_ratio > Z90)
        order = np.lexsort((statements, -measure))
        chosen = order[sure[order]][:MOST] if sure.any() else order[:1]
        found.append(
            Representative(
                group,
                statements[chosen],
                agrees[chosen],
                share[chosen],
                ratio[chosen],
                z_share[chosen],
                z_ratio[chosen],
            )
        )
    return tuple(found)


def consensus(counts: Counted, statements: Ints) -> Consensus:
    """Of all participants together: a share above one half with z above 1.28, at most five on each side, by share x z."""
    seen = counts.seen.sum(axis=0)
    sides = []
    for table in (counts.agreed, counts.against):
        own = table.sum(axis=0)
        share, z = (own + 1) / (seen + 2), one_proportion(own, seen)
        able = (share > 0.5) & (z > Z90)
        order = np.lexsort((statements, -share * z))
        sides.append(statements[order[able[order]][:MOST]])
    return Consensus(*sides)


def group_aware(counts: Counted) -> Floats:
    """(S,) the product over groups of (agreed + 1) / (seen + 2): high only when every group agrees."""
    return np.asarray(((counts.agreed + 1) / (counts.seen + 2)).prod(axis=0))


def priority(votes: Votes, extremity: Floats) -> Floats:
    """(S,) how readily Polis shows a statement.

    ((1 - passes) (extremity + 1) agrees (1 + 8 x 2^(-n / 5)))^2, shares with one imagined vote on either side.
    """
    s = votes.shape[1]
    number = np.bincount(votes.column, minlength=s)
    passed = (np.bincount(votes.column, votes.value == 0, minlength=s) + 1) / (number + 2)
    agreed = (np.bincount(votes.column, votes.value > 0, minlength=s) + 1) / (number + 2)
    return np.asarray(((1 - passed) * (extremity + 1) * agreed * (1 + 8 * 2.0 ** (-number / 5))) ** 2)
