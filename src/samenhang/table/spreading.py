"""Spreading: panels found one by one until lots over them give everybody a fair chance (column generation)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from samenhang.shape import Bools, Floats, Ints
from samenhang.table.evening import evened
from samenhang.table.ideal import TIGHT, ideal
from samenhang.table.panels import Panels
from samenhang.table.quotas import Pool
from samenhang.table.sharing import Shared, Sharing

ENOUGH = 0.9995
"""Chances of which each is at least this share of the ideal are as good as ideal."""

LOOKS = (1.25, 1.5, 2.0, 2.5, 3.0)
"""After so many panels per kind of people it is looked whether they can be weighed so that chances are ideal."""

ROUNDS = 300
"""So often at most is a panel searched for exactly, which is slow; what was reached by then is what is given."""

TRIES = 4
"""So many panels are searched for fast between two looks at how often each is to be drawn."""

NO_GAIN = 1e-7


@dataclass(frozen=True, eq=False)
class Spread:
    """``panels``: (m, T) how many of each kind; ``probability``: (m,) above 0, together 1.

    ``bound``: no way to draw lots within these quotas gives everybody who can be seated a higher chance than this.
    """

    panels: Ints
    probability: Floats
    bound: float

    @classmethod
    def of(cls, panels: list[Ints], probability: Floats, bound: float) -> "Spread":
        """Each panel once, without those that are never drawn."""
        kinds, place = np.unique(np.array(panels), axis=0, return_inverse=True)
        together = np.bincount(place.reshape(-1), weights=probability, minlength=len(kinds))
        kept = together > 1e-9
        return cls(kinds[kept], together[kept] / together[kept].sum(), bound)


def spread(pool: Pool, rng: np.random.Generator) -> Spread | None:
    """The panels to draw among, and how often each; None when no panel keeps all quotas.

    First towards the ideal chances, since where these can be had nothing fairer exists and that is far cheaper to find out;
    where seats in parts promised too much, level by level over panels of whole people (leximin).
    """
    if Panels(pool, pool.number.astype(np.float64)).best(np.zeros(len(pool.number))) is None:
        return None
    chance = ideal(pool)
    can, bound = chance > 0, float(chance[chance > 0].min())
    panels: list[Ints] = []
    for panel in _in_turn(pool, chance * pool.number, rng):
        panels.append(panel)
        if len(panels) in {int(look * len(chance)) for look in LOOKS}:
            probability, level = evened(np.array(panels, dtype=np.float64)[:, can], (chance * pool.number)[can])
            if level >= ENOUGH:
                return Spread.of(panels, probability, bound)
    return _Search(pool, can, rng).spread(panels, chance * pool.number, bound)


def _in_turn(pool: Pool, wish: Floats, rng: np.random.Generator) -> Iterator[Ints]:
    """Panels in which whoever is furthest behind ``wish`` (T,) seats on average goes first; each kind starts somewhere."""
    near = Panels(pool, np.where(wish > 0, np.minimum(np.ceil(wish + 0.5), pool.number), 0.0))
    behind = rng.random(len(wish)) - 0.5
    for _ in range(int(LOOKS[-1] * len(wish))):
        behind = behind + wish
        panel = near.good(behind)
        if panel is None:
            return
        behind -= panel
        yield panel


class _Search:
    """Looks for panels that are missing, by what one more of each kind would bring."""

    def __init__(self, pool: Pool, can: Bools, rng: np.random.Generator) -> None:
        self.number, self.rng, self.rounds = pool.number.astype(np.float64), rng, ROUNDS
        self.panels = Panels(pool, np.where(can, self.number, 0.0))

    def spread(self, panels: list[Ints], wish: Floats, bound: float) -> Spread:
        """Towards ``wish`` (T,) seats on average as far as that goes, and by levels from there."""
        sharing = _sharing(np.zeros(len(wish)), wish, panels)
        found, _ = self._raised(sharing, ENOUGH)
        if found.level < ENOUGH:
            sharing, found, bound = self._leximin(sharing.panels)
        return Spread.of(sharing.panels, found.probability, bound)

    def _leximin(self, panels: list[Ints]) -> tuple[Sharing, Shared, float]:
        """The least chance as high as can be, then the next; and what the first level above 0 cannot pass."""
        floor, free, bound = np.zeros(len(self.number)), np.ones(len(self.number), dtype=bool), 1.0
        while True:
            sharing = _sharing(floor * self.number, free * self.number, panels)
            found, most = self._raised(sharing, 1.0)
            if found.level > TIGHT:
                bound = min(bound, most)
            held = free & (found.held > TIGHT)
            if not held.any():
                held = free.copy()
            # A floor of exactly what was reached would be missed by rounding.
            floor[held] = max(found.level * (1 - 1e-6), 0.0)
            free &= ~held
            panels = sharing.panels
            if not free.any() or self.rounds <= 0:
                return sharing, found, bound

    def _raised(self, sharing: Sharing, enough: float) -> tuple[Shared, float]:
        """What is reached when no further panel helps or ``enough`` is there, and what cannot be passed."""
        most = np.inf
        while True:
            found = sharing.solve()
            if found.level >= enough or self.rounds <= 0:
                return found, most
            if self._quickly(sharing, found):
                continue
            self.rounds -= 1
            panel = self.panels.best(found.worth)
            gain = 0.0 if panel is None else float(found.worth @ panel) - found.price
            most = min(most, found.level + max(gain, 0.0))
            if panel is None or gain <= NO_GAIN:
                return found, most
            sharing.add(panel)

    def _quickly(self, sharing: Sharing, found: Shared) -> bool:
        """Add panels that help and are found fast; whether there were any."""
        helped = False
        for turn in range(TRIES):
            shaken = 1 + 0.3 * self.rng.standard_normal(len(found.worth)) if turn else 1.0
            panel = self.panels.good(found.worth * shaken)
            if panel is not None and float(found.worth @ panel) - found.price > NO_GAIN:
                sharing.add(panel)
                helped = True
        return helped


def _sharing(floor: Floats, rise: Floats, panels: list[Ints]) -> Sharing:
    sharing = Sharing(floor, rise)
    for panel in panels:
        sharing.add(panel)
    return sharing
