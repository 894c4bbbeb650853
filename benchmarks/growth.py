"""From a street to a city: the figure and a plan at 1,000, 10,000 and 100,000 parties, each in a process of its own."""

import resource
import time
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.drawing import draw
from benchmarks.row import Row
from samenhang import network
from samenhang.network.bridges import Bridges
from samenhang.network.gain import gains
from samenhang.network.greedy import Pairs, surrogate
from samenhang.network.limits import limits
from samenhang.network.reach import Reach
from samenhang.network.routes import Asked

SIZES = (1_000, 10_000, 100_000)
MOST_DEMANDS = 2_000
TARGETS = {10_000: (0.1, 6.0, None), 100_000: (1.0, 70.0, 1_500)}
"""CPU seconds of F, of 20 moves, and MB; none is set for a street."""
SURROGATE = 3.0


@dataclass(frozen=True)
class Grown:
    """CPU seconds: of F (best of 3, without and with making the graph), of 20 moves, of the surrogate alone."""

    figure: float
    fresh: float
    plan: float
    gained: float
    prepared: float
    surrogate: float
    megabytes: int


def run(data: Path | None) -> list[Row]:
    grown = {}
    for n in SIZES:
        with get_context("spawn").Pool(1) as pool:
            grown[n] = pool.apply(_grown, (n,))
    lines = {
        "F": [(float(n), one.figure) for n, one in grown.items()],
        "a plan of 20 moves": [(float(n), one.plan) for n, one in grown.items()],
    }
    draw("growth-network", "A network that grows", across="parties in the network", up="CPU seconds", lines=lines)
    return [row for n, one in grown.items() for row in _rows(n, one)]


def _drawn(n: int) -> tuple[network.Ties, network.Demands]:
    rng = np.random.default_rng(0)
    ends, count = rng.integers(0, n, (2, 3 * n)), min(MOST_DEMANDS, n // 5)
    source = rng.integers(0, n, count)
    target = (source + rng.integers(1, n, count)) % n
    part = [network.PARTS[row % 4] for row in range(count)]
    return network.Ties(n, ends[0], ends[1], rng.integers(1, 3, 3 * n)), network.Demands(source, target, part=part)


def _grown(n: int) -> Grown:
    ties, demands = _drawn(n)
    taken = []
    for _ in range(4):
        begin = time.process_time()
        network.fragmentation(ties, demands)
        taken.append(time.process_time() - begin)
    begin = time.process_time()
    moves = network.plan(ties, demands, budget=20, cap=2)
    planned = time.process_time() - begin
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    prepared, quick = _surrogate(ties, demands)
    gained = sum(move.gain for move in moves)
    return Grown(min(taken[1:]), taken[0], planned, gained, prepared, quick, megabytes)


def _surrogate(ties: network.Ties, demands: network.Demands) -> tuple[float, float]:
    """CPU seconds until the gain of every pair is known, and of choosing 20 moves from there."""
    conditions = limits(
        ties, budget=20, cap=2, cost=None, allowed=None, apart=(), refused=(), acceptance=None, small=None, reserve=0,
        joinable=(),
    )  # fmt: skip
    begin = time.process_time()
    reach = Reach(ties.graph, Asked.of(ties, demands), demands.shares())
    total = gains(reach, np.arange(len(demands)), 1)
    Bridges.of(ties.graph)
    ready = time.process_time()
    surrogate(reach, Pairs(total, conditions, ties.graph), conditions)
    return ready - begin, time.process_time() - ready


def _rows(n: int, grown: Grown) -> list[Row]:
    figure, planned, most = TARGETS.get(n, (None, None, None))
    size = f"drawn with seed 0: {n:,} parties, {3 * n:,} ties, {min(MOST_DEMANDS, n // 5):,} demands, all four parts"
    fits = None if planned is None else grown.plan <= planned and (most is None or grown.megabytes <= most)
    rows = [
        Row(
            f"growth: F at {n:,} parties, CPU s",
            f"{grown.figure:.3f} ({grown.fresh:.3f} the first time, with making the graph)",
            "none set" if figure is None else f"<= {figure:g}",
            "",
            "",
            None if figure is None else grown.figure <= figure,
            size,
        ),
        Row(
            f"growth: 20 moves at {n:,} parties, CPU s",
            f"{grown.plan:.1f}, {grown.megabytes:,} MB at most (-{grown.gained:.2f} points)",
            "none set" if planned is None else f"<= {planned:g}" + (f", {most:,} MB" if most else ""),
            "",
            "",
            fits,
            size,
        ),
    ]
    if n == max(SIZES):
        told = (
            f"{grown.surrogate:.1f} (after {grown.prepared:.1f} for the gain of every pair, which the plan needs too)"
        )
        reached = grown.surrogate <= SURROGATE
        rows.append(Row(f"growth: surrogate at {n:,} parties, CPU s", told, f"<= {SURROGATE:g}", "", "", reached, size))
    return rows
