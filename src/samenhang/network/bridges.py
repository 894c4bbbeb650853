"""Bridges: pairs that do not know each other but have an acquaintance in common who could carry things across."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from samenhang.network.distances import Graph, Neighbours
from samenhang.shape import Bools, Ints


@dataclass(frozen=True, eq=False)
class Bridges:
    """``keys``: the pairs (a * n + b, a < b, sorted) that a bridge could bring nearer.

    Two ties of length 1 to the same acquaintance are a path of length 2 already; so a bridge helps only where at least
    one of the two ties is weak. Only acquaintances that exist now can carry; a tie that is only planned cannot.
    """

    graph: Graph
    keys: Ints

    @classmethod
    def of(cls, graph: Graph) -> "Bridges":
        strong, weak = _matrix(graph.n, graph.one), _matrix(graph.n, graph.two)
        met = (weak @ (weak + strong)).tocoo()
        keys = np.minimum(met.row, met.col).astype(np.int64) * graph.n + np.maximum(met.row, met.col)
        return cls(graph, np.unique(keys[met.row != met.col]))

    def carrier(self, a: int, b: int, willing: Bools, used: Ints) -> int:
        """Who carries: of the willing acquaintances of both the one with the fewest new ties so far; -1 = nobody."""
        common = np.intersect1d(self.graph.known_to(a), self.graph.known_to(b))
        common = common[willing[common]]
        return int(common[np.argmin(used[common])]) if len(common) else -1


def _matrix(n: int, side: Neighbours) -> csr_array:
    return csr_array((np.ones(len(side.party)), side.party, side.start), shape=(n, n))
