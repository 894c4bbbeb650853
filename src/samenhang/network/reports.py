"""Reports: who named whom when parties were asked for their ties, and how much of what there is such naming finds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from samenhang.network.ties import Ties, whole, within
from samenhang.shape import Bools, Floats, Ints


@dataclass(frozen=True, eq=False, init=False)
class Reports:
    """Who named whom, and who was asked and answered.

    ``reporter`` named ``other``: parties 0..n-1, shape (R,). ``answered``: (n,) True for a party that was asked whom it
    works with and answered; only of such a party does *not* being named say anything. A report twice counts once, a
    report of oneself not at all, and a report between two that have no tie now (it faded) is left out.

    Raises ``ValueError`` naming the first row that does not fit.

    >>> Reports([0, 1], [1, 0], [True, True, False]).answered.tolist()
    [True, True, False]
    """

    reporter: Ints
    other: Ints
    answered: Bools

    def __init__(self, reporter: ArrayLike, other: ArrayLike, answered: ArrayLike) -> None:
        reporters, others = whole(reporter, "reporter"), whole(other, "other")
        asked = np.atleast_1d(np.asarray(answered, dtype=bool))
        if reporters.shape != others.shape:
            raise ValueError(f"reports: {len(reporters)} reporters but {len(others)} others")
        if asked.ndim != 1:
            raise ValueError(f"reports: answered has shape {asked.shape}, expected one per party")
        within(reporters, len(asked), "reports", "reporter")
        within(others, len(asked), "reports", "other")
        for name, value in (("reporter", reporters), ("other", others), ("answered", asked)):
            object.__setattr__(self, name, value)


@dataclass(frozen=True, eq=False)
class Named:
    """What naming found, in contracted parties; pairs are a * m + b with a < b, sorted.

    ``twice`` (m11) and ``once`` (m1): pairs of two that answered, named by both or by one. ``half``: pairs of which one
    answered, named by that one. ``vouched``: every pair that anybody named, asked or not. ``besides``: (3,) ties of
    length 1 that no answer names, by how many of their ends answered: an event shows them.
    """

    answered: Bools
    twice: int
    once: int
    half: int
    vouched: Ints
    besides: Ints

    @property
    def recall(self) -> float | None:
        """The share of its ties that a party names: r = 2 m11 / (2 m11 + m1); None when no tie has two reporters.

        Of ties that each end names with the same chance r, r^2 are named twice and 2 r (1 - r) once.
        """
        return 2 * self.twice / (2 * self.twice + self.once) if self.twice else None

    def recalls(self, rng: np.random.Generator, draws: int) -> Floats:
        """(draws,) values of the recall that these counts allow.

        Of the ties that were named at all the share r / (2 - r) is named twice, so that share is drawn (Jeffreys).
        """
        share = rng.beta(self.twice + 0.5, self.once + 0.5, draws)
        found: Floats = 2 * share / (1 + share)
        return found


def named(ties: Ties, reports: Reports) -> Named:
    """Count who named whom among the ties that count now."""
    if len(reports.answered) != ties.n:
        raise ValueError(f"reports: answered is given for {len(reports.answered)} parties, there are {ties.n}")
    m = len(ties.lowest)
    # A party with two entries that were confirmed to be one was asked when either of them was.
    answered: Bools = np.bincount(ties.entry, weights=reports.answered, minlength=m) > 0
    a, b = ties.entry[reports.reporter], ties.entry[reports.other]
    x, y, length = ties.graph.pairs()
    known = x * m + y
    pair = np.minimum(a, b) * m + np.maximum(a, b)
    counts = np.isin(pair, known)
    vouched = np.unique(pair[counts])
    said = np.unique(2 * pair[counts & answered[a]] + (a > b)[counts & answered[a]]) // 2
    pairs, ends = np.unique(said, return_counts=True)
    both = answered[pairs // m] & answered[pairs % m]
    shown = known[(length == 1) & ~np.isin(known, pairs)]
    return Named(
        answered=answered,
        twice=int((both & (ends == 2)).sum()),
        once=int((both & (ends == 1)).sum()),
        half=int((~both).sum()),
        vouched=vouched.astype(np.int64),
        besides=np.bincount(ends_asked(answered, shown // m, shown % m), minlength=3).astype(np.int64),
    )


def ends_asked(answered: Bools, a: Ints, b: Ints) -> Ints:
    """How many of the two ends of each pair were asked and answered: 0, 1 or 2."""
    return answered[a].astype(np.int64) + answered[b].astype(np.int64)
