"""The slow, obvious way with networkx: what the fast one has to agree with."""

from itertools import combinations

import networkx as nx
import numpy as np

from samenhang.network import Demands, Ties

PHI = {0: 1.0, 1: 1.0, 2: 1 / 2, 3: 1 / 3, 4: 1 / 4}


def graph_of(ties: Ties) -> nx.Graph:
    """Parties as nodes, contracted by relabelling; the shortest length of parallel ties."""
    doubles = nx.Graph()
    doubles.add_nodes_from(range(ties.n))
    doubles.add_edges_from(ties.same)
    name = {v: min(group) for group in nx.connected_components(doubles) for v in group}
    graph = nx.Graph()
    graph.add_nodes_from(set(name.values()))
    for a, b, length in zip(ties.source.tolist(), ties.target.tolist(), ties.length.tolist(), strict=True):
        x, y = name[a], name[b]
        if x != y:
            known = graph.get_edge_data(x, y, {"length": 9})["length"]
            graph.add_edge(x, y, length=min(length, known))
    graph.graph["name_of"] = name
    return graph


def steps(graph: nx.Graph, source: int, targets: tuple[int, ...]) -> int:
    if source not in graph:
        return 5
    found = nx.single_source_dijkstra_path_length(graph, source, cutoff=4, weight="length")
    return min((found[t] for t in targets if t in found), default=5)


def phi_of(graph: nx.Graph, source: int, targets: tuple[int, ...], robust: bool) -> float:
    distance = steps(graph, source, targets)
    share = PHI.get(distance, 0.0)
    if not robust or share == 0 or distance < 2:
        return share
    target = targets[0]
    inner = {v for path in nx.all_shortest_paths(graph, source, target, weight="length") for v in path[1:-1]}
    least = min((PHI.get(steps(_without(graph, v), source, targets), 0.0) for v in inner), default=share)
    return (share + least) / 2


def _without(graph: nx.Graph, party: int) -> nx.Graph:
    smaller = graph.copy()
    smaller.remove_node(party)
    return smaller


def figure(graph: nx.Graph, demands: Demands) -> float:
    name = graph.graph["name_of"]
    weight = demands.shares()
    lost = [
        w * (1 - phi_of(graph, name[s], tuple({name[t] for t in targets}), part == "networks"))
        for w, s, targets, part in zip(weight, demands.source.tolist(), demands.target, demands.part, strict=True)
    ]
    return 100 * float(np.sum(lost))


def with_ties(graph: nx.Graph, pairs: tuple[tuple[int, int], ...]) -> nx.Graph:
    wider = graph.copy()
    wider.add_edges_from(pairs, length=1)
    return wider


def strangers(graph: nx.Graph) -> list[tuple[int, int]]:
    return [(a, b) for a, b in combinations(sorted(graph), 2) if not graph.has_edge(a, b)]


def greedy(ties: Ties, demands: Demands, moves: int, cap: int) -> float:
    """F after the naive greedy: each possible tie is tried by computing F anew."""
    graph, load = graph_of(ties), dict.fromkeys(range(ties.n), 0)
    for _ in range(moves):
        free = [(a, b) for a, b in strangers(graph) if load[a] < cap and load[b] < cap]
        value, pair = min(((round(figure(with_ties(graph, (p,)), demands), 9), p) for p in free), default=(0.0, None))
        if pair is None or value >= round(figure(graph, demands), 9):
            break
        graph = with_ties(graph, (pair,))
        load[pair[0]] += 1
        load[pair[1]] += 1
    return figure(graph, demands)
