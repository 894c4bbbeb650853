"""The ideal: what chances would be fairest if seats could be shared in parts."""

import numpy as np
from scipy.sparse import csc_array

from samenhang.shape import Floats
from samenhang.table.programs import FREE, program, solve
from samenhang.table.quotas import Pool

TIGHT = 1e-7
"""A kind with a dual value above this cannot get more without somebody with as little getting less."""

SLACK = 1e-6
"""By how much a chance that was held may give way to rounding."""


def ideal(pool: Pool) -> Floats:
    """(T,) the chance of somebody of each kind: the least as high as can be, then the next least, and so on (leximin).

    Quotas hold on average, not at each table, so nobody's least chance can be higher than the least here: it is the bound
    that chances by lot are measured against. 0 = no quotas allow this kind a seat.

    Each round raises the least chance z of all kinds that are still free; those whose x_t >= z has a dual value above 0
    are held there.
    """
    kinds = len(pool.number)
    quotas = csc_array(np.hstack([pool.fills * pool.number, np.zeros((len(pool.low), 1))]))
    above = np.hstack([np.eye(kinds), -np.ones((kinds, 1))])
    rows = csc_array(np.vstack([quotas.toarray(), above]))
    low = np.concatenate([pool.low, np.zeros(kinds)])
    high = np.concatenate([pool.high, np.full(kinds, FREE)])
    solver = program(rows, low, high, np.ones(kinds + 1), np.append(np.zeros(kinds), 1.0))
    free, chance = np.ones(kinds, dtype=bool), np.zeros(kinds)
    while free.any():
        found = solve(solver)
        if found is None:
            # Rounding leaves no room to raise what is still free: it keeps what it had.
            break
        held = free & (-found.dual[len(pool.low) :] > TIGHT)
        if not held.any() or found.value >= 1:
            held = free.copy()
        for kind in np.flatnonzero(held).tolist():
            solver.changeColBounds(kind, max(found.value - SLACK, 0.0), 1.0)
            solver.changeRowBounds(len(pool.low) + kind, -FREE, FREE)
        chance[free] = np.maximum(found.x[:kinds], found.value)[free]
        free &= ~held
    return np.where(chance > TIGHT, chance, 0.0)
