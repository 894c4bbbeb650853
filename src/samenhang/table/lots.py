"""Lots: invitations by lot within quotas, with chances as equal as quotas allow."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from samenhang.shape import Floats, Ints
from samenhang.table.people import People
from samenhang.table.quotas import Pool, Quotas
from samenhang.table.relaxing import Relaxation, relaxation
from samenhang.table.spreading import spread


@dataclass(frozen=True, eq=False)
class Lots:
    """The lottery, open to everybody before it is drawn.

    ``chance``: (n,) of the person behind each entry to be invited; over persons they add up to the seats.
    ``panels``: (m, size) the kinds at the seats of each table that can be drawn; ``probability``: (m,) of each, together 1.
    ``kind``: (n,) of each entry: people of one kind fill the same quotas, have the same chance and stand in for each other.
    ``person``: (n,) the person behind each entry, by its lowest entry.

    ``bound``: no lots within these quotas give everybody who can be seated a higher chance than this; compare ``least``.
    ``relaxation``: empty, or when no table can keep all quotas those that must give way; nothing can be drawn then, no
    chance is above 0, and ``eased`` tells the quotas that would hold. A chance of 0 otherwise = quotas leave no seat.
    """

    chance: Floats
    panels: Ints
    probability: Floats
    kind: Ints
    person: Ints
    relaxation: tuple[Relaxation, ...]
    bound: float | None

    @property
    def least(self) -> float | None:
        """The least chance of anybody whom the quotas leave a seat; None when nothing can be drawn."""
        some = self.chance[self.chance > 0]
        return float(some.min()) if len(some) else None

    def eased(self, quotas: Quotas) -> dict[str, dict[Hashable, tuple[int, int]]]:
        """The quotas with ``relaxation`` put in."""
        found = {trait: dict(values) for trait, values in quotas.items()}
        for one in self.relaxation:
            found[one.trait][one.value] = (one.new_low, one.new_high)
        return found


def lots(people: People, quotas: Quotas, size: int, rng: np.random.Generator) -> Lots:
    """Who is invited, when a table must have some of every kind and nobody is to be passed over by habit.

    Among all ways to draw tables of ``size`` that keep every quota, the one in which the least chance is highest, then the
    next least, and so on (leximin). People who fill the same quotas have exactly the same chance. The least chance is within
    .1 % of the highest possible as a rule; ``bound`` and ``least`` say how near it came. The answer does not hang on the order of
    the people. ``rng`` only steers the search.

    Raises ``ValueError`` for no seats, more seats than people, or a quota of a trait that nobody told; quotas that cannot hold
    together are no error but an answer (``relaxation``).

    Chances are fair among those in ``people``: who never got onto that list has none. Not for choosing who decides: an
    invitation can be refused, and refusals are not spread by lot.

    Source: Flanigan, Goelz, Gupta, Hennig and Procaccia, "Fair algorithms for selecting citizens' assemblies", Nature 596
    (2021): leximin by column generation; here over kinds of people, and towards the chances that seats in parts would allow.

    >>> people = People({"kind": ["tenant"] * 3 + ["owner"] * 5})
    >>> found = lots(people, {"kind": {"tenant": (2, 4), "owner": (1, 4)}}, 4, rng=np.random.default_rng(0))
    >>> found.chance.round(3).tolist(), found.relaxation
    ([0.667, 0.667, 0.667, 0.4, 0.4, 0.4, 0.4, 0.4], ())
    >>> lots(people, {"kind": {"tenant": (4, 4)}}, 5, rng=np.random.default_rng(0)).relaxation
    (Relaxation(trait='kind', value='tenant', low=4, high=4, new_low=3, new_high=4),)
    """
    pool = Pool.of(people, quotas, size)
    place = np.searchsorted(people.persons, people.person)
    found = spread(pool, rng)
    if found is None:
        nobody = np.zeros((0, size), dtype=np.int64)
        none = np.zeros(people.n)
        return Lots(none, nobody, np.zeros(0), pool.kind[place], people.person, relaxation(pool), None)
    chance = (found.probability @ found.panels / pool.number)[pool.kind]
    kinds = np.arange(len(pool.number))
    panels = np.array([np.repeat(kinds, panel) for panel in found.panels], dtype=np.int64)
    return Lots(chance[place], panels, found.probability, pool.kind[place], people.person, (), found.bound)


def draw(found: Lots, rng: np.random.Generator) -> Ints:
    """(size,) who is invited, ascending by entry; of a person with two entries the lowest.

    First one of ``panels`` by its ``probability``, then at each seat one of its kind, all with the same chance. Raises
    ``ValueError`` when the quotas cannot hold.

    >>> people = People({"kind": ["tenant", "owner", "owner"]}, same=[(1, 2)])
    >>> draw(lots(people, {}, 2, rng=np.random.default_rng(0)), rng=np.random.default_rng(0)).tolist()
    [0, 1]
    """
    if not len(found.panels):
        raise ValueError("draw: no table keeps these quotas; ease them first (see relaxation)")
    panel = found.panels[rng.choice(len(found.probability), p=found.probability)]
    persons = np.unique(found.person)
    kinds, seats = np.unique(panel, return_counts=True)
    drawn = [
        rng.choice(persons[found.kind[persons] == kind], count, replace=False)
        for kind, count in zip(kinds.tolist(), seats.tolist(), strict=True)
    ]
    return np.sort(np.concatenate(drawn))
