"""Panels: whom to seat together so that all quotas hold."""

from dataclasses import dataclass
from functools import cached_property

import highspy
import numpy as np

from samenhang.shape import Floats, Ints
from samenhang.table.programs import price, program, solve
from samenhang.table.quotas import Pool

FEW = 30
"""So many kinds are weighed against each other at first when a panel is rounded to whole people."""

NEARLY = 0.3
"""By how much a panel that is found quickly may fall short of the best way to round it."""


@dataclass(frozen=True, eq=False)
class Panels:
    """Finds panels that keep all quotas, as (T,) how many of each kind; ``most``: (T,) no more of a kind than so many."""

    pool: Pool
    most: Floats

    @cached_property
    def _parts(self) -> highspy.Highs:
        return self._program(whole=False)

    @cached_property
    def _people(self) -> highspy.Highs:
        return self._program(whole=True)

    def _program(self, *, whole: bool) -> highspy.Highs:
        pool = self.pool
        return program(pool.fills, pool.low, pool.high, self.most, np.zeros(len(self.most)), whole=whole)

    def best(self, worth: Floats) -> Ints | None:
        """The panel that is worth most, each of a kind counting for ``worth`` (T,); None when quotas cannot hold."""
        price(self._people, worth)
        found = solve(self._people)
        return None if found is None else np.rint(found.x).astype(np.int64)

    def good(self, worth: Floats) -> Ints | None:
        """A panel that is worth much, found fast: seats in parts first, then whole people where parts were left.

        Only the kinds that lie nearest to being exchanged are rounded against each other, more where that cannot be done.
        """
        price(self._parts, worth)
        found = solve(self._parts)
        if found is None:
            return None
        seats = np.rint(found.x)
        parts = np.abs(found.x - seats) > 1e-7
        if not parts.any():
            return seats.astype(np.int64)
        order = np.argsort(np.where(parts, -1.0, np.abs(found.reduced)), kind="stable")
        few = max(FEW, 2 * int(parts.sum()))
        while True:
            rounded = self._rounded(seats, np.sort(order[:few]), worth)
            if rounded is not None or few >= len(order):
                return rounded
            few *= 2

    def _rounded(self, seats: Floats, near: Ints, worth: Floats) -> Ints | None:
        pool, base = self.pool, seats.copy()
        base[near] = 0
        taken = pool.fills @ base
        few = program(
            pool.fills[:, near], pool.low - taken, pool.high - taken, self.most[near], worth[near], whole=True
        )
        few.setOptionValue("mip_rel_gap", NEARLY)
        few.setOptionValue("mip_heuristic_effort", 0.0)
        few.setOptionValue("presolve", "off")
        found = solve(few)
        if found is None:
            return None
        base[near] = np.rint(found.x)
        return base.astype(np.int64)
