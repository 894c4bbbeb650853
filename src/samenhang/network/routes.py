"""How far each demand is from its target, and which party in between it cannot do without."""

from dataclasses import dataclass

import numpy as np

from samenhang.network.demands import Demands
from samenhang.network.distances import Frontiers, Graph, read_off, search
from samenhang.network.phi import FAR, PHI24, REACH, WHOLE
from samenhang.network.ties import Ties
from samenhang.shape import Bools, Bytes, Floats, Ints


@dataclass(frozen=True, eq=False)
class Asked:
    """The demands in contracted parties: what the search and the planner work with."""

    source: Ints
    target: tuple[Ints, ...]
    robust: Bools

    @classmethod
    def of(cls, ties: Ties, demands: Demands) -> "Asked":
        demands.check_parties(ties.n)
        targets = tuple(np.unique(ties.entry[np.array(row, dtype=np.int64)]) for row in demands.target)
        robust = np.array([part == "networks" for part in demands.part], dtype=bool)
        return cls(ties.entry[demands.source], targets, robust)

    def some(self, demands: Ints) -> "Asked":
        return Asked(self.source[demands], tuple(self.target[q] for q in demands), self.robust[demands])

    def flat(self) -> tuple[Ints, Ints]:
        """Each (demand, target) pair on a row of its own."""
        owner = np.repeat(np.arange(len(self.source)), [len(row) for row in self.target]).astype(np.int64)
        party = np.concatenate([*self.target, np.zeros(0, dtype=np.int64)]).astype(np.int64)
        return owner, party


@dataclass(frozen=True, eq=False)
class Hinges:
    """Parties that every shortest path of a demand passes, and how far it becomes without them.

    ``demand``, ``party``, ``distance``: one row per hinge; the distance without that party, FAR when not within reach.
    """

    demand: Ints
    party: Ints
    distance: Bytes


def distances(graph: Graph, asked: Asked) -> Bytes:
    """(Q,) the shortest path from each source to the nearest of its targets; FAR when not within four."""
    sources, column = np.unique(asked.source, return_inverse=True)
    owner, party = asked.flat()
    found = search(graph, sources, last=np.unique(party))
    distance = np.full(len(asked.source), FAR, dtype=np.uint8)
    np.minimum.at(distance, owner, read_off(found, party, column[owner].astype(np.int64)))
    return distance


def hinges(graph: Graph, asked: Asked, distance: Bytes) -> Hinges:
    """Look for the parties that networks demands depend on.

    Taking away a party changes a distance only if it lies on every shortest path, so only a party that stands alone at
    its distance from the source can do so; each of those (at most three per demand) is tried by a search that may not
    pass it.
    """
    rows = np.flatnonzero(asked.robust & (distance >= 2) & (distance <= REACH))
    none = np.zeros(0, dtype=np.int64)
    if not len(rows):
        return Hinges(none, none, np.zeros(0, dtype=np.uint8))
    source = asked.source[rows]
    target = np.array([asked.target[q][0] for q in rows], dtype=np.int64)
    place, party = _alone(search(graph, source), search(graph, target), distance[rows])
    without = read_off(
        search(graph, source[place], blocked=party), target[place], np.arange(len(place), dtype=np.int64)
    )
    real = without > distance[rows[place]]
    return Hinges(rows[place[real]], party[real], without[real])


def _alone(near: Frontiers, toward: Frontiers, distance: Bytes) -> tuple[Ints, Ints]:
    """(search, party) of each party that stands alone at its step on the shortest paths of a search."""
    words = near[0].shape[1]
    column = np.arange(len(distance), dtype=np.int64)
    search_of: list[Ints] = []
    party_of: list[Ints] = []
    for steps in range(1, REACH):
        on_path = np.zeros_like(near[0])
        for whole in range(steps + 1, REACH + 1):
            mine = np.zeros(words, dtype=np.uint64)
            these = column[distance == whole]
            np.bitwise_or.at(mine, these >> 6, np.uint64(1) << (these & 63).astype(np.uint64))
            on_path |= near[steps] & toward[whole - steps] & mine
        party, word = np.nonzero(on_path)
        bits = (on_path[party, word][:, None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)
        row, bit = np.nonzero(bits)
        found = (word[row] * 64 + bit).astype(np.int64)
        single = np.bincount(found, minlength=words * 64)[found] == 1
        search_of.append(found[single])
        party_of.append(party[row][single].astype(np.int64))
    return np.concatenate(search_of), np.concatenate(party_of)


def shares_of(asked: Asked, distance: Bytes, hinged: Hinges) -> tuple[Floats, Ints]:
    """(Q,) phi of each demand, and the row in ``hinged`` of the hinge that costs it most (-1 = none).

    A networks demand counts for the mean of phi(d) and the least phi(d) after taking away one party in between.
    """
    share = PHI24[distance] / WHOLE
    worst = np.full(len(distance), -1, dtype=np.int64)
    least = share.copy()
    # The farthest without comes first, then the lowest party: so the answer is the same whatever the order of rows.
    for row in np.lexsort((hinged.party, -hinged.distance.astype(np.int64))):
        q = hinged.demand[row]
        if worst[q] < 0:
            worst[q] = row
            least[q] = PHI24[hinged.distance[row]] / WHOLE
    share[asked.robust] = (share[asked.robust] + least[asked.robust]) / 2
    return share, worst
