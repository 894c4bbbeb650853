"""Gain: what each possible new tie would take off F, for all pairs of parties at once, exactly.

With near[q, a] steps from the source of demand q to a and toward[q, b] steps from b to its target, a new tie (a, b) makes
a path of near + length + toward steps; the other direction cannot be shorter as well. The gain of all pairs is therefore
a sum of products of sparse matrices, one for each number of steps before the tie. A networks demand adds what the tie
does when its hinge has fallen away; a tie that is not between the two ends hangs on one of its own parties, so it never
makes the second half of the figure better than phi of the old distance.
"""

import numpy as np
from scipy.sparse import coo_array, csr_array

from samenhang.network.phi import FAR, PHI24, REACH
from samenhang.network.reach import Reach
from samenhang.shape import Bytes, Floats, Ints


def gains(reach: Reach, demands: Ints, length: int) -> csr_array:
    """(m, m) the gain of a tie of this length for these demands, for pairs a < b that gain anything; exact sums."""
    m = reach.graph.n
    robust = reach.asked.robust[demands]
    half = np.where(robust, 0.5, 1.0) * reach.worth[demands]
    distance = reach.distance[demands]
    steps = np.arange(FAR)
    better = np.maximum(PHI24[steps][None, :] - PHI24[distance][:, None], 0) * half[:, None]
    total = _products(reach.near[demands], reach.toward[demands], better, length)
    around = _around_hinges(reach, demands[robust], length)
    if around:
        a, b, value = (np.concatenate(column) for column in zip(*around, strict=True))
        total = total + csr_array(coo_array((value, (a, b)), shape=(m, m)))
    return _one_way(total)


def _products(near: Bytes, toward: Bytes, better: Floats, length: int) -> csr_array:
    """Sum over demands of better[q, near + length + toward], as an (m, m) matrix of directed pairs."""
    m = near.shape[1]
    some = np.flatnonzero(better[:, 1:].any(axis=1))
    near, toward, better = near[some], toward[some], better[some]
    places = [_places(toward, steps) for steps in range(REACH)]
    total = csr_array((m, m), dtype=np.float64)
    for before in range(REACH + 1 - length):
        reached = [
            (rows, cols, better[rows, before + length + beyond])
            for beyond, (rows, cols) in enumerate(places)
            if before + length + beyond <= REACH
        ]
        rows, cols, value = (np.concatenate(column) for column in zip(*reached, strict=True))
        worth = value > 0
        ahead = csr_array((value[worth], (rows[worth], cols[worth])), shape=(len(some), m))
        behind_rows, behind_cols = _places(near, before)
        behind = csr_array((np.ones(len(behind_rows)), (behind_cols, behind_rows)), shape=(m, len(some)))
        total = total + behind @ ahead
    return total


def _places(table: Bytes, steps: int) -> tuple[Ints, Ints]:
    at = np.flatnonzero(table.ravel() == steps)
    return at // table.shape[1], at % table.shape[1]


def _around_hinges(reach: Reach, demands: Ints, length: int) -> list[tuple[Ints, Ints, Floats]]:
    """What new ties do for the second half of networks demands: (a, b, gain) lists of directed pairs."""
    found: list[tuple[Ints, Ints, Floats]] = []
    farthest = reach.without
    rows_of: dict[int, list[int]] = {}
    for row, q in enumerate(reach.hinges.demand.tolist()):
        rows_of.setdefault(q, []).append(row)
    for q in demands.tolist():
        source, targets = int(reach.asked.source[q]), reach.asked.target[q]
        worth = reach.worth[q] / 2
        now = PHI24[farthest[q]]
        if len(targets) and farthest[q] > length:
            found.append((np.array([source]), targets[:1], np.array([worth * (PHI24[length] - now)])))
        worst = [row for row in rows_of.get(q, []) if reach.hinges.distance[row] > reach.distance[q]]
        if worst:
            found.append(_past_all(reach, q, worst, length, worth))
    return found


def _past_all(reach: Reach, q: int, rows: list[int], length: int, worth: float) -> tuple[Ints, Ints, Floats]:
    """Ties that lead round every hinge of one demand, except the tie between its two ends."""
    old, farthest = reach.distance[q], max(int(reach.hinges.distance[row]) for row in rows)
    first = max(rows, key=lambda row: (int(reach.hinges.distance[row]), -row))
    a, b = _leading(reach.hinge_near[first], reach.hinge_toward[first], length, farthest)
    longest = np.full(len(a), old, dtype=np.int64)
    for row in rows:
        near, toward = reach.hinge_near[row].astype(np.int64), reach.hinge_toward[row].astype(np.int64)
        past = np.minimum(near[a] + toward[b], near[b] + toward[a]) + length
        longest = np.maximum(longest, np.minimum(past, reach.hinges.distance[row]))
    value = worth * (PHI24[np.minimum(longest, FAR)] - PHI24[farthest])
    ends = (a == reach.asked.source[q]) & (b == reach.asked.target[q][0])
    good = (value > 0) & ~ends
    return a[good], b[good], value[good]


def _leading(near: Bytes, toward: Bytes, length: int, shorter_than: int) -> tuple[Ints, Ints]:
    """Directed pairs (a, b) with near[a] + length + toward[b] below a number of steps."""
    starts, ends = [], []
    for before in range(min(shorter_than, FAR) - length):
        a = np.flatnonzero(near == before)
        b = np.flatnonzero(toward < min(shorter_than, FAR) - length - before)
        starts.append(np.repeat(a, len(b)))
        ends.append(np.tile(b, len(a)))
    return np.concatenate(starts).astype(np.int64), np.concatenate(ends).astype(np.int64)


def _one_way(total: csr_array) -> csr_array:
    """Both directions of a pair together, on its row a < b."""
    pairs = total.tocoo()
    low, high = np.minimum(pairs.row, pairs.col), np.maximum(pairs.row, pairs.col)
    real = low != high
    return csr_array(coo_array((pairs.data[real], (low[real], high[real])), shape=total.shape))
