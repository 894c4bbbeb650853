"""Plans against the best of all plans and against a naive greedy with networkx."""

import time
from pathlib import Path

import networkx as nx
import numpy as np

from benchmarks.fragmentation import DRAWN, city
from benchmarks.row import Row
from samenhang import network
from samenhang.shape import Ints

PHI = np.array([1, 1, 1 / 2, 1 / 3, 1 / 4, *[0] * 60])


def run(data: Path | None) -> list[Row]:
    return [_against_the_best(60), *_against_naive(), _city()]


def _drawn(rng: np.random.Generator, n: int, ties: int, demands: int) -> tuple[network.Ties, network.Demands]:
    source = rng.integers(0, n, demands)
    target = (source + rng.integers(1, n, demands)) % n
    return network.Ties(n, rng.integers(0, n, ties), rng.integers(0, n, ties)), network.Demands(source, target)


def _against_the_best(graphs: int) -> Row:
    shares = []
    for seed in range(graphs):
        rng = np.random.default_rng(seed)
        ties, demands = _drawn(rng, 14, int(rng.integers(8, 22)), int(rng.integers(8, 30)))
        gained = sum(move.gain for move in network.plan(ties, demands, budget=3, cap=2))
        best = _exhaustive(ties, demands)
        shares.append(gained / best if best else 1.0)
    mean, least = float(np.mean(shares)), min(shares)
    return Row(
        "share of the best possible plan: mean / least",
        f"{mean:.4f} / {least:.3f}",
        ">= .99 / .95",
        "every plan of three moves tried",
        "",
        mean >= 0.99 and least >= 0.95,
        f"drawn: {graphs} graphs of 14 parties, 3 moves, cap 2",
    )


def _exhaustive(ties: network.Ties, demands: network.Demands) -> float:
    """The most that any three new ties take off F, at most two per party; distances updated tie by tie."""
    a, b, _ = ties.graph.pairs()
    steps = np.full((ties.n, ties.n), 20)
    np.fill_diagonal(steps, 0)
    steps[a, b] = steps[b, a] = 1
    known = steps.copy()
    for v in range(ties.n):
        steps = np.minimum(steps, steps[:, [v]] + steps[[v]])
    source, target = demands.source, np.array([row[0] for row in demands.target])
    weight = demands.shares()
    pairs = np.array([(x, y) for x in range(ties.n) for y in range(x + 1, ties.n) if known[x, y] > 1]).reshape(-1, 2)
    best = 0.0
    for first in range(len(pairs)):
        one = _with(steps, *pairs[first])
        for second in range(first + 1, len(pairs)):
            load = np.bincount(pairs[[first, second]].ravel(), minlength=ties.n)
            rest = pairs[second + 1 :]
            rest = rest[(load[rest] < 2).all(axis=1)]
            if len(rest):
                best = max(best, _best_third(_with(one, *pairs[second]), rest, source, target, weight))
    return 100 * (best - float(weight @ PHI[steps[source, target]]))


def _with(steps: Ints, a: int, b: int) -> Ints:
    through = np.minimum(steps[:, [a]] + 1 + steps[[b]], steps[:, [b]] + 1 + steps[[a]])
    return np.minimum(steps, through)


def _best_third(
    steps: Ints, rest: Ints, source: Ints, target: Ints, weight: "np.ndarray[tuple[int], np.dtype[np.float64]]"
) -> float:
    x, y = rest[:, 0], rest[:, 1]
    there, back = steps[source][:, x] + 1 + steps[target][:, y], steps[source][:, y] + 1 + steps[target][:, x]
    return float((weight @ PHI[np.minimum(steps[source, target][:, None], np.minimum(there, back))]).max())


def _against_naive() -> list[Row]:
    ties, demands = _drawn(np.random.default_rng(0), 200, 300, 40)
    begin = time.process_time()
    naive = _naive_greedy(ties, demands, moves=3, cap=2)
    theirs = time.process_time() - begin
    taken = []
    for _ in range(5):
        begin = time.process_time()
        moves = network.plan(ties, demands, budget=3, cap=2)
        taken.append(time.process_time() - begin)
    own = min(taken)
    value = network.fragmentation(*network.after(ties, demands, moves)).value or 0.0
    data = "drawn with seed 0: 200 parties, 300 ties, 40 demands, 3 moves, cap 2; best of 5, the peer once"
    return [
        Row("F after the plan", f"{value:.3f}", "not above naive", f"naive networkx greedy {naive:.3f}", "",
            value <= naive + 1e-6, data),
        Row(
            "plan for 200 parties, CPU s",
            f"{own:.3f}",
            ">= 1,000x faster",
            f"naive networkx greedy {theirs:.1f}",
            f"{theirs / own:,.0f}x",
            theirs / own >= 1000,
            data,
        ),
    ]  # fmt: skip


def _naive_greedy(ties: network.Ties, demands: network.Demands, *, moves: int, cap: int) -> float:
    graph = nx.Graph()
    graph.add_nodes_from(range(ties.n))
    graph.add_edges_from(zip(*(column.tolist() for column in ties.graph.pairs()[:2]), strict=True))
    for _ in range(moves):
        load = {v: graph.nodes[v].get("new", 0) for v in graph}
        free = [(a, b) for a, b in nx.non_edges(graph) if load[a] < cap and load[b] < cap]
        best = (_figure(graph, demands), (-1, -1))
        for a, b in free:
            graph.add_edge(a, b)
            best = min(best, (round(_figure(graph, demands), 9), (min(a, b), max(a, b))))
            graph.remove_edge(a, b)
        for v in best[1]:
            graph.nodes[v]["new"] = load[v] + 1
        graph.add_edge(*best[1])
    return _figure(graph, demands)


def _figure(graph: nx.Graph, demands: network.Demands) -> float:
    lost = 0.0
    for source, targets, weight in zip(demands.source.tolist(), demands.target, demands.weight.tolist(), strict=True):
        try:
            steps = nx.shortest_path_length(graph, source, targets[0])
        except nx.NetworkXNoPath:
            steps = 20
        lost += weight * (1 - float(PHI[min(steps, 20)]))
    return 100 * lost / float(demands.weight.sum())


def _city() -> Row:
    ties, demands = city()
    begin = time.process_time()
    moves = network.plan(ties, demands, budget=20, cap=2)
    seconds = time.process_time() - begin
    gained = sum(move.gain for move in moves)
    return Row(
        "20 moves for a city, CPU s", f"{seconds:.1f} (-{gained:.2f} points)", "<= 6", "", "", seconds <= 6, DRAWN
    )
