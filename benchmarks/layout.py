"""Places for the picture of a network as it grows, and how far people move when a party comes in."""

import time
from pathlib import Path

import networkx as nx
import numpy as np

from benchmarks.row import Row
from samenhang import network
from samenhang.shape import Floats

SIZES = ((1_000, 2.0), (10_000, 10.0), (100_000, 120.0))


def drawn(n: int) -> "nx.Graph[int]":
    """Parties that come in one by one and know three who know many already."""
    return nx.barabasi_albert_graph(n, 3, seed=1)


def run(data: Path | None) -> list[Row]:
    rows = []
    for n, target in SIZES:
        graph = drawn(n)
        pairs = np.array(graph.edges())
        ties = network.Ties(n, pairs[:, 0], pairs[:, 1])
        begin = time.process_time()
        places = network.layout(ties, rng=np.random.default_rng(0))
        seconds = time.process_time() - begin
        peer = _spring(graph) if n == SIZES[0][0] else None
        rows.append(
            Row(
                f"places for {n:,} parties, CPU s",
                f"{seconds:.1f}",
                f"<= {target:g}",
                f"networkx spring_layout {peer:.1f}" if peer else "",
                f"{peer / seconds:,.1f}x" if peer else "",
                seconds <= target,
                f"drawn with seed 1: {len(pairs):,} ties",
            )
        )
        rows.append(_with_one_more(graph, places))
    return rows


def _spring(graph: "nx.Graph[int]") -> float:
    begin = time.process_time()
    nx.spring_layout(graph, iterations=60, seed=0)
    return time.process_time() - begin


def _with_one_more(graph: "nx.Graph[int]", places: Floats) -> Row:
    n = len(places)
    pairs = np.array([*graph.edges(), (n, 0), (n, n - 1)])
    ties = network.Ties(n + 1, pairs[:, 0], pairs[:, 1])
    begin = time.process_time()
    after = network.layout(ties, start=np.vstack([places, [np.nan, np.nan]]), rng=np.random.default_rng(1))
    seconds = time.process_time() - begin
    moved = float(np.median(np.hypot(*(after[:n] - places).T)) / np.ptp(places, axis=0).max())
    return Row(
        f"one party more among {n:,}: others move, median",
        f"{100 * moved:.2f}% of the width ({seconds:.1f} CPU s)",
        "<= 2%",
        "",
        "",
        moved <= 0.02,
        f"drawn with seed 1: {len(pairs):,} ties",
    )
