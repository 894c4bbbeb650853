"""Layout: where each party stands in a picture of the network, so that who is few steps away stands near."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from samenhang.network.stress import Terms, lowered
from samenhang.network.ties import Ties
from samenhang.shape import Bools, Floats, Ints

EXACT = 600
"""Up to so many connected parties, the distance between every two of them counts."""

PIVOTS = 50
"""In a larger network, the first picture follows from the distances to so many parties."""

PUSH = 20.0
"""How hard all parties together push one away. What comes out changes little between half and twice as much."""

HOLD = 0.3
"""How much a party that stood in an earlier picture is held at its place, against all that pulls it elsewhere."""

ROOM = 0.55
"""The least distance between two parties, as a share of the side of the square that each would have to itself."""

ROUNDS = 60
"""The picture is good after some twenty rounds; more than this improves nothing that an eye sees."""


def layout(ties: Ties, *, start: Floats | None = None, rng: np.random.Generator) -> Floats:
    """Where each party stands, so that the number of steps between two parties can be seen as their distance.

    Gives (n, 2) coordinates, one step of a tie being about 1; finite for any network. ``start``: (n, 2), where parties
    stood before, NaN for new ones: they stay near, so that people find again who they know; without it the longest
    side lies along the first axis. Groups that no tie connects stand below the largest, parties without ties last.

    Stress: the sum over pairs of w (|x_i - x_j| - d_ij)^2 with d the steps between them and w = 1 / d^2, lowered by
    majorisation. In a group of more than ``EXACT`` parties only the ties count as pairs, and all parties push each other
    away with 1 / distance (maximal entropy); then time grows with parties plus ties. The place of a party says nothing
    about its weight or influence, and must not be read so.
    Sources: Gansner, Koren and North (2005), "Graph drawing by stress majorization"; Brandes and Pich (2007), "Eigensolver
    methods for progressive multidimensional scaling"; Gansner, Hu and North (2013), "A maxent-stress model for graph layout".

    >>> line = layout(Ties(3, [0, 1], [1, 2]), rng=np.random.default_rng(0))
    >>> float(np.hypot(*(line[0] - line[2])).round(1))
    2.0
    """
    if start is not None and start.shape != (ties.n, 2):
        raise ValueError(f"layout: start has shape {start.shape}, there are {ties.n} parties")
    before = np.full((ties.n, 2), np.nan) if start is None else start.astype(np.float64)
    places = np.zeros((len(ties.lowest), 2))
    groups = _groups(ties)
    for group in groups:
        places[group.parties] = _one_group(group.ties, before[ties.lowest[group.parties]], rng)
    _below_each_other(places, groups)
    return places[ties.entry]


@dataclass(frozen=True, eq=False)
class _Group:
    """Parties that ties connect, and the ties between them, numbered within the group."""

    parties: Ints
    ties: csr_array


def _groups(ties: Ties) -> list[_Group]:
    """The largest first; of equal size the one with the lowest party first."""
    a, b, length = ties.graph.pairs()
    m = len(ties.lowest)
    ends = np.concatenate([a, b]), np.concatenate([b, a])
    both = csr_array((np.tile(length.astype(np.float64), 2), ends), shape=(m, m))
    group = connected_components(both, directed=False)[1] if m else np.zeros(0, dtype=np.int64)
    order = np.argsort(group, kind="stable")
    edges = np.flatnonzero(np.diff(group[order], prepend=-1, append=-1))
    sorted_ties = both[order][:, order] if m else both  # now each group is one block along the diagonal
    found = [
        _Group(order[first:last].astype(np.int64), _block(sorted_ties, int(first), int(last)))
        for first, last in pairwise(edges)
    ]
    return sorted(found, key=lambda one: (-len(one.parties), one.parties[0]))


def _block(ties: csr_array, first: int, last: int) -> csr_array:
    rows = slice(ties.indptr[first], ties.indptr[last])
    start = ties.indptr[first : last + 1] - ties.indptr[first]
    return csr_array((ties.data[rows], ties.indices[rows] - first, start), shape=(last - first, last - first))


def _one_group(ties: csr_array, before: Floats, rng: np.random.Generator) -> Floats:
    """The places within one group."""
    m = len(before)
    if m == 1:
        return np.zeros((1, 2))
    known = _known(before)
    is_exact = m <= EXACT
    steps = dijkstra(ties, directed=False, indices=None if is_exact else np.sort(rng.choice(m, PIVOTS, replace=False)))
    places = _among_the_known(ties, before, rng) if known.any() else _flattened(steps)
    # Two parties with the same ties would stand on one spot, where nothing pulls them apart.
    places = places + rng.normal(scale=0.01, size=(m, 2))
    return _with_room(
        lowered(
            Terms.of_all_pairs(steps) if is_exact else Terms.of_ties(ties),
            places,
            held=known.astype(np.float64) * HOLD,
            at=np.where(known[:, None], before, 0.0),
            push=0.0 if is_exact else PUSH / m,
            rounds=ROUNDS,
        )
    )


def _flattened(steps: Floats) -> Floats:
    """Distances (k, m) to some or all parties, flattened to two dimensions at their own scale (pivot MDS)."""
    squares = steps.T**2
    centred = -0.5 * (squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True) + squares.mean())
    values, vectors = np.linalg.eigh(centred.T @ centred)
    flat = centred @ vectors[:, np.argsort(values)[::-1][:2]]
    # The sign of an eigenvector is arbitrary: the party furthest out decides it, so that it is the same everywhere.
    flat *= np.where(flat[np.abs(flat).argmax(axis=0), [0, 1]] < 0, -1, 1)
    spread = float(np.sqrt((flat**2).sum(axis=1).mean()))
    scaled: Floats = flat * (np.sqrt((steps**2).mean() / 2) / spread if spread else 1.0)
    return scaled


def _among_the_known(ties: csr_array, before: Floats, rng: np.random.Generator) -> Floats:
    """New parties begin in the middle of those they are tied to, wave after wave from those whose place is known."""
    places, placed = np.nan_to_num(before), _known(before)
    links = csr_array((np.ones(len(ties.data)), ties.indices, ties.indptr), shape=ties.shape)
    while not placed.all():
        count: Floats = np.asarray(links @ placed.astype(np.float64))
        wave = np.flatnonzero(~placed & (count > 0))
        near: Floats = np.asarray(links @ (places * placed[:, None]))
        middle = near[wave] / count[wave, None]
        places[wave] = middle + rng.normal(scale=0.3, size=middle.shape)
        placed[wave] = True
    return places


def _known(before: Floats) -> Bools:
    """Who stood somewhere before."""
    return np.isfinite(before[:, 0]) & np.isfinite(before[:, 1])


def _with_room(places: Floats) -> Floats:
    """Pushes apart who stands too near, so that each mark can be seen and touched."""
    m = len(places)
    least = ROOM * float(np.sqrt(np.maximum(np.ptp(places, axis=0), 1.0).prod() / m))
    moved = places.copy()
    for _ in range(ROUNDS):
        pairs = cKDTree(moved).query_pairs(least * 0.999, output_type="ndarray")
        if not len(pairs):
            break
        a, b = pairs.T
        apart = moved[a] - moved[b]
        far = np.hypot(*apart.T)
        half = apart * ((least - far) / np.maximum(far, 1e-9) / 2)[:, None]
        columns = np.tile(np.arange(len(a)), 2)
        sides = np.repeat([1.0, -1.0], len(a)), (np.concatenate([a, b]), columns)
        moved += coo_array(sides, shape=(m, len(a))).tocsr() @ half
    return moved


def _below_each_other(places: Floats, groups: list[_Group]) -> None:
    """The largest group stays where it is; the others stand below it in lines, so that nothing covers anything."""
    if not groups:
        return
    first = places[groups[0].parties]
    sizes = [np.ptp(places[group.parties], axis=0) + 1.0 for group in groups[1:]]
    width = max(float(np.ptp(first[:, 0])), 1.5 * float(np.sqrt(sum(size.prod() for size in sizes))), 3.0)
    left, top = first[:, 0].min(), first[:, 1].max() + 1.0
    x = y = deepest = 0.0
    for group, (wide, high) in zip(groups[1:], sizes, strict=True):
        if x and x + wide - 1.0 > width:
            x, y, deepest = 0.0, y + deepest, 0.0
        own = places[group.parties]
        places[group.parties] = own - own.min(axis=0) + [left + x, top + y]
        x, deepest = x + wide, max(deepest, float(high))
