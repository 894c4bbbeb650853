"""Fragmentation: how much of what ought to be connected is not, as one figure that splits exactly."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from samenhang.network.demands import PARTS, Demands
from samenhang.network.phi import REACH
from samenhang.network.routes import Asked, distances, hinges, shares_of
from samenhang.network.ties import Ties
from samenhang.shape import Floats, Ints


@dataclass(frozen=True)
class Part:
    """One of the four parts of F. ``value``: 0-100, None = no such demand on record; ``share``: its weight in F."""

    name: str
    value: float | None
    share: float
    demands: int


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
    """

    value: float | None
    parts: tuple[Part, ...]
    phi: Floats
    weight: Floats
    distance: Ints
    hinge: Ints

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


def fragmentation(ties: Ties, demands: Demands, shares: Mapping[str, float] | None = None) -> Fragmentation:
    """How scattered this neighbourhood is: of all that ought to reach each other, how much does not.

    F = 100 x sum w (1 - phi(d)) / sum w over the demands, with d the shortest path from a demand's source to the nearest
    of its targets, phi(d) = 1, 1, 1/2, 1/3, 1/4 for d = 0..4 and 0 beyond. A demand of the part networks counts for the
    mean of phi(d) and the least phi(d) after taking away any one party in between, so that dependence on one broker
    costs. Adding a tie never raises F. ``shares``: the share of each part (None = equal); a part without demands gives
    its share to the others. Raises ``ValueError`` for a party that does not exist.

    Not for comparing neighbourhoods, and no score of anyone: which demands are on record decides the figure.
    Source: distance-weighted fragmentation of Borgatti (2006), restricted to demands.

    >>> fragmentation(Ties(4, [0, 1], [1, 2]), Demands([0, 0], [2, 3])).value
    75.0
    """
    asked = Asked.of(ties, demands)
    steps = distances(ties.graph, asked)
    hinged = hinges(ties.graph, asked, steps)
    phi, worst = shares_of(asked, steps, hinged)
    weight = demands.shares(shares)
    hinge = np.full(len(demands), -1, dtype=np.int64)
    hinge[worst >= 0] = ties.lowest[hinged.party[worst[worst >= 0]]]
    distance = np.where(steps > REACH, -1, steps.astype(np.int64))
    parts = _parts(demands, phi, weight)
    points = [part.value * part.share for part in parts if part.value is not None]
    value = sum(points) if points else None
    return Fragmentation(value, parts, phi, weight, distance, hinge)


def _parts(demands: Demands, phi: Floats, weight: Floats) -> tuple[Part, ...]:
    named = np.array(demands.part)
    parts = []
    for name in PARTS:
        mine = named == name if len(named) else np.zeros(0, dtype=bool)
        share = float(weight[mine].sum())
        value = 100 * float(weight[mine] @ (1 - phi[mine])) / share if share else None
        parts.append(Part(name, value, share, int(mine.sum())))
    return tuple(parts)
