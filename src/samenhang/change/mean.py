"""Mean: the mean of a few people's answers, and how sure it is."""

from dataclasses import dataclass

from scipy.special import stdtr, stdtrit

from samenhang.shape import Floats

LEVEL = 0.95

IMAGINED = 0.5
"""What an imagined answer at each end of a scale weighs."""


@dataclass(frozen=True)
class Mean:
    """``value``: the mean of ``n`` numbers. ``centre`` and ``error``: where the interval lies and its standard error.

    ``error``: None when these numbers cannot tell it; ``freedom``: its degrees of freedom.
    """

    value: float
    centre: float
    error: float | None
    freedom: float
    n: int

    @classmethod
    def of(cls, values: Floats, bounds: tuple[float, float] | None = None) -> "Mean | None":
        """The mean of (n,) numbers; None without any.

        A few answers that happen to be all alike would seem to leave no doubt, and the one in ten that thinks otherwise is
        often not among them. Within known ``bounds`` (lowest, highest) the interval is therefore that of the n numbers with
        half an imagined answer at each end (the thought of Agresti and Coull, 1998). In simulated groups of 5 and more that
        covers the truth 94 times in 100 or more, however lopsided; plain Student's t 22 times where nearly all say 7.
        Without bounds numbers that are all alike, and a single number, have no known error.
        """
        n = len(values)
        if not n:
            return None
        value = centre = float(values.mean())
        weight, squares = float(n), float(((values - value) ** 2).sum())
        if bounds is not None:
            weight = n + 2 * IMAGINED
            centre = (n * value + IMAGINED * sum(bounds)) / weight
            squares += n * (value - centre) ** 2 + IMAGINED * sum((end - centre) ** 2 for end in bounds)
        # Equal numbers with rounding in them have some variance too.
        known = n > 1 and squares > 1e-18 * weight * max(1.0, value**2)
        return cls(value, centre, (squares / (weight - 1) / weight) ** 0.5 if known else None, weight - 1, n)

    @property
    def span(self) -> tuple[float, float] | None:
        """The interval at 95 %, by Student's t."""
        if self.error is None:
            return None
        half = float(stdtrit(self.freedom, (1 + LEVEL) / 2)) * self.error
        return self.centre - half, self.centre + half

    @property
    def p(self) -> float | None:
        """The chance of a mean as far from 0 as this when the true one is 0."""
        return None if self.error is None else float(2 * stdtr(self.freedom, -abs(self.centre) / self.error))

    def minus(self, other: "Mean") -> "Mean":
        """The difference of two means of different people; degrees of freedom as Welch (1947) has them."""
        value, centre, n = self.value - other.value, self.centre - other.centre, self.n + other.n
        if self.error is None or other.error is None:
            return Mean(value, centre, None, 0.0, n)
        mine, theirs = self.error**2, other.error**2
        freedom = (mine + theirs) ** 2 / (mine**2 / self.freedom + theirs**2 / other.freedom)
        return Mean(value, centre, float((mine + theirs) ** 0.5), float(freedom), n)
