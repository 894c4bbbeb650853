"""Fragmentation: how much of what ought to be connected is not, as one figure that splits exactly."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from samenhang.network.demands import PARTS, Demands
from samenhang.network.distances import Graph
from samenhang.network.interval import SPREAD, Interval, interval
from samenhang.network.phi import REACH
from samenhang.network.reports import Reports, named
from samenhang.network.routes import Asked, distances, hinges, shares_of
from samenhang.network.ties import Ties
from samenhang.shape import Floats, Ints


@dataclass(frozen=True)
class Part:
    """One of the four parts of F. ``value``: 0-100, None = no such demand on record; ``share``: its weight in F.

    ``low`` and ``high`` as of the whole.
    """

    name: str
    value: float | None
    share: float
    demands: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Slice:
    """What one group of demands has in F. ``value``: their own F, 0-100; ``points``: how much of the whole F they are."""

    label: Hashable
    demands: int
    share: float
    value: float | None
    points: float


@dataclass(frozen=True, eq=False)
class Fragmentation:
    """F and everything it is made of; one row per demand, in the order given.

    ``value``: 0 (each demand direct) to 100 (nobody gets there within four steps), None when nothing is on record.
    ``phi``: (Q,) the share of each connection that is there. ``weight``: (Q,) what it weighs in F, together 1.
    ``distance``: (Q,) steps to the nearest target, -1 = not within four. ``hinge``: (Q,) for demands of the part
    networks, the party that this connection depends on most; -1 = none, or another part.

    ``value`` rests on the ties on record, and ties that nobody named look like fragmentation: it is an upper bound.
    ``low`` and ``high``: between which F lies if parties had named everybody they work with. ``recall``: the share of
    its ties that a party names. When that is not known (no reports, or no tie with two reporters) it is None, ``low`` is
    None (it may be anything down to 0) and ``high`` is ``value``.
    """

    value: float | None
    parts: tuple[Part, ...]
    phi: Floats
    weight: Floats
    distance: Ints
    hinge: Ints
    low: float | None = None
    high: float | None = None
    recall: float | None = None

    def by(self, labels: Sequence[Hashable]) -> tuple[Slice, ...]:
        """Split F exactly by any grouping of its demands (theme, place, kind of party, issue); the points add up to F.

        ``labels``: one per demand. The slices stand in the order in which their labels first occur.

        >>> ties = Ties(3, [0], [1])
        >>> split = fragmentation(ties, Demands([0, 0], [1, 2])).by(["north", "south"])
        >>> [(s.label, s.value, s.points) for s in split]
        [('north', 0.0, 0.0), ('south', 100.0, 50.0)]
        """
        if len(labels) != len(self.phi):
            raise ValueError(f"by: {len(labels)} labels for {len(self.phi)} demands")
        rows: dict[Hashable, list[int]] = {}
        for row, label in enumerate(labels):
            rows.setdefault(label, []).append(row)
        return tuple(self._slice(label, np.array(mine)) for label, mine in rows.items())

    def _slice(self, label: Hashable, rows: Ints) -> Slice:
        share = float(self.weight[rows].sum())
        points = 100 * float(self.weight[rows] @ (1 - self.phi[rows]))
        return Slice(label, len(rows), share, points / share if share else None, points)


def fragmentation(
    ties: Ties,
    demands: Demands,
    shares: Mapping[str, float] | None = None,
    reports: Reports | None = None,
    rng: np.random.Generator | None = None,
    *,
    spread: float = SPREAD,
    draws: int = 200,
) -> Fragmentation:
    """How scattered this neighbourhood is: of all that ought to reach each other, how much does not.

    F = 100 x sum w (1 - phi(d)) / sum w over the demands, with d the shortest path from a demand's source to the nearest
    of its targets, phi(d) = 1, 1, 1/2, 1/3, 1/4 for d = 0..4 and 0 beyond. A demand of the part networks counts for the
    mean of phi(d) and the least phi(d) after taking away any one party in between, so that dependence on one broker
    costs. Adding a tie never raises F. ``shares``: the share of each part (None = equal); a part without demands gives
    its share to the others.

    ``reports``: who named whom; with them and ``rng`` (needed then) the interval is given, over ``draws`` networks with
    the ties put in that are missing. high = 97.5 % quantile with those that reciprocity shows; low = 2.5 % quantile with
    those that are missing when the chance to be named differs between ties by a standard deviation of ``spread`` (those
    that are hard to name are named by neither end; give the spread where a third source of ties tells it), and with what
    one end named as confirmed. Demands are a census and are not drawn. Raises ``ValueError`` for a party that does not
    exist, or reports without ``rng``.

    Not for comparing neighbourhoods, and no score of anyone: which demands are on record decides the figure.
    Source: distance-weighted fragmentation of Borgatti (2006), restricted to demands; recall from two reports of one tie:
    Chapman (1951) and Lincoln (1930), with each end of a tie as one catch.

    >>> fragmentation(Ties(4, [0, 1], [1, 2]), Demands([0, 0], [2, 3])).value
    75.0
    >>> ties = Ties(5, [0, 1, 2], [1, 2, 3], [1, 1, 2])
    >>> who = Reports([0, 1, 1, 2, 2], [1, 0, 2, 1, 3], [True] * 5)
    >>> found = fragmentation(ties, Demands([0, 0], [3, 4]), reports=who, rng=np.random.default_rng(0))
    >>> found.recall, found.low <= found.high <= found.value
    (0.8, True)
    """
    asked = Asked.of(ties, demands)
    steps = distances(ties.graph, asked)
    hinged = hinges(ties.graph, asked, steps)
    phi, worst = shares_of(asked, steps, hinged)
    weight = demands.shares(shares)
    hinge = np.full(len(demands), -1, dtype=np.int64)
    hinge[worst >= 0] = ties.lowest[hinged.party[worst[worst >= 0]]]
    distance = np.where(steps > REACH, -1, steps.astype(np.int64))
    span = _span(ties, demands, weight, reports, rng, spread, draws) if reports is not None and weight.any() else None
    whole, *parts = _told(demands, phi, weight, span)
    recall = span.recall if span else None
    return Fragmentation(whole.value, tuple(parts), phi, weight, distance, hinge, whole.low, whole.high, recall)


def _told(demands: Demands, phi: Floats, weight: Floats, span: Interval | None) -> list[Part]:
    """The figure as a whole and of each part, with its interval."""
    values, share = _figures(demands, phi, weight)
    counts = (len(demands), *(demands.part.count(name) for name in PARTS))
    told = []
    for row, name in enumerate(("", *PARTS)):
        if not share[row]:
            told.append(Part(name, None, 0.0, counts[row]))
            continue
        value = float(values[row])
        low, high = (float(span.low[row]), min(float(span.high[row]), value)) if span else (None, value)
        told.append(Part(name, value, float(share[row]), counts[row], low, high))
    return told


def _span(
    ties: Ties,
    demands: Demands,
    weight: Floats,
    reports: Reports,
    rng: np.random.Generator | None,
    spread: float,
    draws: int,
) -> Interval | None:
    if rng is None:
        raise ValueError("fragmentation: an interval is drawn by chance; give rng along with reports")
    if not 0 <= spread <= 0.5 or draws < 1:
        raise ValueError(f"fragmentation: spread {spread} must be from 0 to 0.5 and draws {draws} 1 or more")
    asked = Asked.of(ties, demands)

    def figures(graph: Graph) -> Floats:
        steps = distances(graph, asked)
        return _figures(demands, shares_of(asked, steps, hinges(graph, asked, steps))[0], weight)[0]

    return interval(ties.graph, named(ties, reports), figures, spread=spread, draws=draws, rng=rng)


def _figures(demands: Demands, phi: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """(5,) the figure of the whole and of each part, 0-100 (NaN without demands that count), and (5,) their shares."""
    part = np.array([PARTS.index(name) for name in demands.part], dtype=np.int64)
    share = np.bincount(part, weights=weight, minlength=len(PARTS))
    lost = np.bincount(part, weights=weight * (1 - phi), minlength=len(PARTS))
    values = np.full(len(PARTS) + 1, np.nan)
    values[1:][share > 0] = 100 * lost[share > 0] / share[share > 0]
    if share.any():
        values[0] = 100 * lost.sum()
    return values, np.concatenate([[share.sum()], share])
