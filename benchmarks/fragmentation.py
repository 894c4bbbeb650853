"""The figure of fragmentation on a city-sized network."""

import time
from pathlib import Path

import networkx as nx
import numpy as np

from benchmarks.row import Row
from samenhang import network

PARTIES, TIES, DEMANDS = 10_000, 30_000, 2_000
DRAWN = f"drawn with seed 0: {PARTIES:,} parties, {TIES:,} ties, {DEMANDS:,} demands"


def city() -> tuple[network.Ties, network.Demands]:
    """A large random neighbourhood; half of the ties are confirmed, and every part has a quarter of the demands."""
    rng = np.random.default_rng(0)
    ends = rng.integers(0, PARTIES, (2, TIES))
    ties = network.Ties(PARTIES, ends[0], ends[1], rng.integers(1, 3, TIES))
    source = rng.integers(0, PARTIES, DEMANDS)
    target = (source + rng.integers(1, PARTIES, DEMANDS)) % PARTIES
    part = [network.PARTS[row % 4] for row in range(DEMANDS)]
    return ties, network.Demands(source, target, part=part)


def run(data: Path | None) -> list[Row]:
    ties, demands = city()
    graph = nx.Graph()
    for a, b, length in zip(*(column.tolist() for column in ties.graph.pairs()), strict=True):
        graph.add_edge(a, b, length=length)
    sources = demands.source[:40].tolist()
    own, theirs = [], []
    for _ in range(5):
        begin = time.process_time()
        network.fragmentation(ties, demands)
        own.append(time.process_time() - begin)
        begin = time.process_time()
        for source in sources:
            nx.single_source_dijkstra_path_length(graph, source, cutoff=4, weight="length")
        theirs.append((time.process_time() - begin) * DEMANDS / len(sources))
    seconds, peer = min(own), min(theirs)
    return [
        Row(
            "F of a city, CPU s",
            f"{seconds:.3f}",
            "<= 0.1",
            f"networkx {peer:.1f} (distances alone, from {len(sources)} of {DEMANDS:,} sources)",
            f"{peer / seconds:,.0f}x",
            seconds <= 0.1,
            DRAWN,
        )
    ]
