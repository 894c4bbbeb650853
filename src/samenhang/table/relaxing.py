"""Relaxing: by how little quotas must give way where no table can keep them all."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from samenhang.table.programs import FREE, program, solve
from samenhang.table.quotas import Pool


@dataclass(frozen=True)
class Relaxation:
    """A quota of ``low`` to ``high`` seats that would have to become ``new_low`` to ``new_high``."""

    trait: str
    value: Hashable
    low: int
    high: int
    new_low: int
    new_high: int


def relaxation(pool: Pool) -> tuple[Relaxation, ...]:
    """The quotas that must give way, so that the fewest seats change in all; of several such ways one is given.

    Minimise the sum over quotas of (seats below low + seats above high), over all panels of whole people.
    """
    kinds, asked = len(pool.number), len(pool.quotas)
    give = np.vstack([np.zeros(asked), np.eye(asked)])
    below = np.hstack([pool.fills, give, np.zeros((asked + 1, asked))])
    above = np.hstack([pool.fills, np.zeros((asked + 1, asked)), -give])
    most = np.concatenate([pool.number, pool.low[1:], np.full(asked, pool.size)]).astype(np.float64)
    cost = np.concatenate([np.zeros(kinds), -np.ones(2 * asked)])
    free = np.full(asked + 1, FREE)
    found = solve(
        program(
            np.vstack([below, above]),
            np.concatenate([pool.low, -free]),
            np.concatenate([free, pool.high]),
            most,
            cost,
            whole=True,
        )
    )
    if found is None:
        raise RuntimeError("relaxation: no table can be made even without quotas")
    fewer, more = np.rint(found.x[kinds:]).astype(int).reshape(2, asked).tolist()
    return tuple(
        Relaxation(quota.trait, quota.value, quota.low, quota.high, quota.low - less, quota.high + extra)
        for quota, less, extra in zip(pool.quotas, fewer, more, strict=True)
        if less or extra
    )
