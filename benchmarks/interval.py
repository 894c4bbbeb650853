"""The interval of F against what complete naming would have shown, beside the plain interval without an envelope."""

from collections.abc import Iterable
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.row import Row
from samenhang import network
from samenhang.edges import read_edges
from samenhang.network.imputing import Unseen
from samenhang.network.reports import named
from samenhang.shape import Bools, Floats, Ints

PARTIES, DEMANDS, TIMES, AGAIN, DRAWS = 120, 80, 40, 4, 100
ANSWERED = 0.85
SPREADS = (0.0, 0.2, 0.3)
TARGET = 0.9


@dataclass(frozen=True)
class Case:
    """``truth``: F when everybody had named everybody; ``plain``: 2.5 % to 97.5 % with one recall for all ties."""

    truth: float
    value: float
    low: float
    high: float
    plain: tuple[float, float]


def run(data: Path | None) -> list[Row]:
    made = f"drawn: {TIMES} neighbourhoods of {PARTIES} parties, mean recall .6 to .85, 85 % answered, {DRAWS} draws"
    told = f"{made}; one tie in five is one in the eyes of one end only, and counts two steps in the truth too"
    files = sorted((data / "networks").glob("*.edges.csv")) if data else []
    real = f"networks/: {len(files)} real networks, {AGAIN} times each, named and answered as in those drawn"
    with get_context("spawn").Pool() as pool:
        rows = [
            _row(f"sd {sd} of recall", pool.starmap(_made, [(seed, sd) for seed in range(TIMES)]), made)
            for sd in SPREADS
        ]
        rows.append(_row("one-sided ties", pool.starmap(_made, [(seed, 0.0, 0.2) for seed in range(TIMES)]), told))
        for sd in SPREADS if files else ():
            asked = [(path, seed, sd) for path in files for seed in range(AGAIN)]
            rows.append(_row(f"sd {sd} of recall, real networks", pool.starmap(_real, asked), real))
    return rows


def _row(name: str, cases: Iterable[Case], data: str) -> Row:
    listed = list(cases)
    held = float(np.mean([case.low <= case.truth <= case.high for case in listed]))
    plain = float(np.mean([case.plain[0] <= case.truth <= case.plain[1] for case in listed]))
    mean = np.mean([(case.value, case.truth, case.low, case.high, *case.plain) for case in listed], axis=0)
    return Row(
        f"interval of F, coverage, {name}",
        f"{held:.2f} (mean {mean[2]:.0f} to {mean[3]:.0f}; truth {mean[1]:.0f}, on record {mean[0]:.0f})",
        f">= {TARGET:.2f}",
        f"plain interval {plain:.2f} (mean {mean[4]:.0f} to {mean[5]:.0f})",
        "",
        held >= TARGET,
        data,
    )


def _made(seed: int, sd: float, one_sided: float = 0.0) -> Case:
    rng = np.random.default_rng(seed)
    return _case(PARTIES, neighbourhood(rng), sd, one_sided, rng)


def _real(path: Path, seed: int, sd: float) -> Case:
    a, b, _ = read_edges(path).graph.pairs()
    return _case(int(max(a.max(), b.max())) + 1, np.column_stack([a, b]), sd, 0.0, np.random.default_rng(seed))


def neighbourhood(rng: np.random.Generator) -> Ints:
    """Pairs with a tie: more often between parties that lie near, are of one kind, or have many ties."""
    place, kind = rng.random((PARTIES, 2)), rng.integers(0, 6, PARTIES)
    active = rng.gamma(2, 0.5, PARTIES)
    apart = np.hypot(*(place[:, None] - place[None]).transpose(2, 0, 1))
    chance = np.outer(active, active) * np.exp(-apart / 0.12) * np.where(kind[:, None] == kind[None], 3, 1)
    chance = np.triu(chance, 1)
    a, b = np.nonzero(rng.random(chance.shape) < chance * 2.5 * PARTIES / chance.sum())
    return np.column_stack([a, b])


def _case(n: int, pairs: Ints, sd: float, one_sided: float, rng: np.random.Generator) -> Case:
    mean = rng.uniform(0.6, 0.85)
    chance = np.full(len(pairs), mean)
    if sd:
        size = mean * (1 - mean) / sd**2 - 1
        chance = rng.beta(mean * size, (1 - mean) * size, len(pairs))
    answered = rng.random(n) < ANSWERED
    lone = rng.random(len(pairs)) < one_sided
    mine = (rng.random(len(pairs)) < chance) & answered[pairs[:, 0]]
    theirs = (rng.random(len(pairs)) < chance) & answered[pairs[:, 1]] & ~lone
    ties, reports = recorded(n, pairs, mine, theirs, answered)
    source = rng.integers(0, n, DEMANDS)
    target = (source + rng.integers(1, n, DEMANDS)) % n
    demands = network.Demands(source, target, part=[network.PARTS[row % 4] for row in range(DEMANDS)])
    truth = network.fragmentation(network.Ties(n, pairs[:, 0], pairs[:, 1], 1 + lone), demands).value
    found = network.fragmentation(ties, demands, reports=reports, rng=rng, draws=DRAWS)
    if truth is None or found.value is None or found.low is None or found.high is None:
        raise ValueError("a benchmark of the interval needs demands and ties that both ends name")
    return Case(truth, found.value, found.low, found.high, _plain(ties, demands, reports, rng))


def recorded(n: int, pairs: Ints, mine: Bools, theirs: Bools, answered: Bools) -> tuple[network.Ties, network.Reports]:
    seen = mine | theirs
    ties = network.Ties(n, pairs[seen, 0], pairs[seen, 1], np.where(mine & theirs, 1, 2)[seen])
    reporter = np.concatenate([pairs[mine, 0], pairs[theirs, 1]])
    return ties, network.Reports(reporter, np.concatenate([pairs[mine, 1], pairs[theirs, 0]]), answered)


def _plain(
    ties: network.Ties, demands: network.Demands, reports: network.Reports, rng: np.random.Generator
) -> tuple[float, float]:
    """Both ends of the interval from one recall for all ties, in which what one end named counts as confirmed."""
    said = named(ties, reports)
    unseen = Unseen.of(ties.graph, said, rng)
    values: Floats = np.zeros(DRAWS)
    for row, recall in enumerate(said.recalls(rng, DRAWS).tolist()):
        more = np.concatenate([unseen.once, unseen.place(unseen.missing(recall, 0, rng), rng)])
        wider = ties.adding(more // ties.n, more % ties.n)
        values[row] = network.fragmentation(wider, demands).value or 0.0
    return float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975))
