"""Stress: how far the distances in a picture are from those in the network, and places that make it less."""

from dataclasses import dataclass

import numpy as np
from scipy.signal import fftconvolve
from scipy.sparse import csr_array, diags_array
from scipy.sparse.linalg import cg

from samenhang.shape import Floats, Ints

ENOUGH = 1e-4
"""A round that lowers the stress by a smaller share than this was the last."""

GRID = 128
"""Parties push each other away as they stand on a grid of so many points a side; who stands nearer is moved apart later."""

SOFTER = 0.05
"""By how much the pushing has become less in the last rounds, so that the ties decide the details."""


@dataclass(frozen=True, eq=False)
class Terms:
    """The pairs whose distance counts: ``distance`` is wanted between ``a`` and ``b``, with ``weight``; m parties."""

    m: int
    a: Ints
    b: Ints
    distance: Floats
    weight: Floats

    @classmethod
    def of_all_pairs(cls, steps: Floats) -> "Terms":
        """From the distances (m, m) between all parties."""
        a, b = np.triu_indices(len(steps), 1)
        return cls(len(steps), a, b, steps[a, b], steps[a, b] ** -2.0)

    @classmethod
    def of_ties(cls, ties: csr_array) -> "Terms":
        """Only those that have a tie."""
        found = ties.tocoo()
        once = found.row < found.col
        length = found.data[once]
        return cls(
            ties.shape[0], found.row[once].astype(np.int64), found.col[once].astype(np.int64), length, length**-2.0
        )

    def summed(self, to_a: Floats, to_b: Floats) -> Floats:
        """What each party gets from its pairs."""
        got = np.bincount(self.a, to_a, minlength=self.m) + np.bincount(self.b, to_b, minlength=self.m)
        return got.astype(np.float64, copy=False)


def lowered(terms: Terms, places: Floats, *, held: Floats, at: Floats, push: float, rounds: int) -> Floats:
    """Places with less stress, from ``places``.

    ``held``: (m,) how much each is held where it was (``at``), as a share of all that pulls at it; 0 = free. ``push``: how
    hard every other party pushes one away at distance 1; 0 = only the pairs count. Each round solves one system of linear
    equations; without pushing its solution cannot have more stress than the round before (majorisation, SMACOF).
    """
    pull = terms.summed(terms.weight, terms.weight)
    rope = held * pull
    # A little hold for all, where nothing else says where the whole picture stands.
    system = _laplacian(terms, pull + np.maximum(rope, 1e-6 * pull))
    easy = diags_array(1.0 / system.diagonal())
    is_new = not held.any()
    stress = np.inf
    for number in range(rounds):
        apart = places[terms.a] - places[terms.b]
        far = np.maximum(np.hypot(*apart.T), 1e-9)
        now = float(
            (terms.weight * (far - terms.distance) ** 2).sum() + (rope * ((places - at) ** 2).sum(axis=1)).sum()
        )
        if not push and stress - now <= ENOUGH * now:
            break
        stress = now
        wanted = apart * (terms.weight * terms.distance / far)[:, None]
        right = np.column_stack([terms.summed(wanted[:, axis], -wanted[:, axis]) for axis in (0, 1)])
        right += np.where(rope[:, None] > 0, rope[:, None] * at, 1e-6 * pull[:, None] * places)
        if push:
            right += push * (max(0.7 ** (number // 5), SOFTER) if is_new else SOFTER) * pushed(places)
        places = np.column_stack(
            [cg(system, right[:, axis], x0=places[:, axis], rtol=1e-4, maxiter=60, M=easy)[0] for axis in (0, 1)]
        )
    return places


def pushed(places: Floats) -> Floats:
    """(m, 2) how all others push each party away, by 1 / distance: on a grid, by one convolution for each axis."""
    low = places.min(axis=0)
    side = max(float(np.ptp(places, axis=0).max()), 1e-9) * 1.0001 / (GRID - 1)
    on_grid = (places - low) / side
    corner = np.minimum(on_grid.astype(np.int64), GRID - 2)
    share = on_grid - corner
    corners = [
        ((corner[:, 0] + x) * GRID + corner[:, 1] + y, np.abs(1 - x - share[:, 0]) * np.abs(1 - y - share[:, 1]))
        for x in (0, 1)
        for y in (0, 1)
    ]
    crowd = np.zeros(GRID * GRID)
    for point, part in corners:
        crowd += np.bincount(point, part, minlength=GRID * GRID)
    steps = np.arange(1 - GRID, GRID) * side
    squared = steps[:, None] ** 2 + steps**2 + (side / 2) ** 2
    found = np.empty_like(places)
    for axis, away in enumerate((steps[:, None] / squared, steps[None, :] / squared)):
        field = fftconvolve(crowd.reshape(GRID, GRID), away)[GRID - 1 : 2 * GRID - 1, GRID - 1 : 2 * GRID - 1].ravel()
        found[:, axis] = sum(part * field[point] for point, part in corners)
    return found


def _laplacian(terms: Terms, diagonal: Floats) -> csr_array:
    """The matrix of the pairs: minus their weights, and on the diagonal what holds each party."""
    every = np.arange(terms.m)
    rows, columns = np.concatenate([terms.a, terms.b, every]), np.concatenate([terms.b, terms.a, every])
    return csr_array((np.concatenate([-terms.weight, -terms.weight, diagonal]), (rows, columns)))
