"""Sharing: how often each panel is to be drawn, so that chances come out as they should."""

from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csc_array

from samenhang.shape import Floats, Ints
from samenhang.table.programs import FREE, program, solve


@dataclass(frozen=True, eq=False)
class Shared:
    """``level``: z, how high all could be raised; ``probability``: (m,) of each panel.

    ``worth``: (T,) what one more of a kind in a panel would bring; ``price``: what a panel must be worth to be of use;
    ``held``: (T,) above 0 for kinds that keep z from being higher.
    """

    level: float
    probability: Floats
    worth: Floats
    price: float
    held: Floats


class Sharing:
    """The program: raise z, with of each kind sum over panels of p c_t >= floor_t + z rise_t, and the p together 1.

    ``floor`` and ``rise``: (T,) in seats, not in chances. Panels are added as they are found.
    """

    def __init__(self, floor: Floats, rise: Floats) -> None:
        self.floor, self.scale = floor, 1 / np.maximum(floor + rise, 1e-12)
        self.panels: list[Ints] = []
        kinds = len(rise)
        rows = csc_array(np.append(-rise * self.scale, 0.0)[:, None])
        low = np.append(floor * self.scale, 1.0)
        high = np.append(np.full(kinds, FREE), 1.0)
        self._solver: highspy.Highs = program(rows, low, high, np.array([1.0]), np.array([1.0]))

    def add(self, panel: Ints) -> None:
        """Let this panel be drawn too."""
        seated = np.flatnonzero(panel)
        rows = np.append(seated, len(panel)).astype(np.int32)
        values = np.append(panel[seated] * self.scale[seated], 1.0)
        self._solver.addCol(0.0, 0.0, FREE, len(rows), rows, values)
        self.panels.append(panel)

    def solve(self) -> Shared:
        """The best probabilities."""
        found = solve(self._solver)
        if found is None:
            raise RuntimeError("sharing: these panels do not reach the floor, or there are none")
        held = np.maximum(-found.dual[:-1], 0.0)
        return Shared(float(found.x[0]), found.x[1:], held * self.scale, float(found.dual[-1]), held)
