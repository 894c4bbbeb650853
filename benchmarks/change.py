"""Change of F: whether the interval of a difference holds the true one, where naming is incomplete at both moments."""

from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.interval import ANSWERED, DEMANDS, PARTIES, neighbourhood, recorded
from benchmarks.row import Row
from samenhang import change, network
from samenhang.change.mean import Mean
from samenhang.shape import Bools, Floats, Ints

TIMES, DRAWS, GROUPS = 40, 60, 4000
TARGET = 0.9
SHAPES = {
    "even": np.full(7, 1 / 7),
    "content": np.array([2, 3, 5, 10, 20, 30, 30]) / 100,
    "nearly all 7": np.array([2, 0, 0, 0, 0, 3, 95]) / 100,
    "two camps": np.array([40, 5, 2, 2, 2, 9, 40]) / 100,
}


@dataclass(frozen=True)
class Case:
    truth: float
    paired: change.Difference
    apart: change.Difference


def run(data: Path | None) -> list[Row]:
    del data
    rows = []
    with get_context("spawn").Pool() as pool:
        for name, gone, new in (
            ("nothing changed", 0.0, 0.0),
            ("one tie in ten new", 0.0, 0.1),
            ("one in four new", 0.0, 0.25),
        ):
            rows.append(_row(name, pool.starmap(_case, [(seed, gone, new) for seed in range(TIMES)])))
    return [*rows, *_heard()]


def _row(name: str, cases: list[Case]) -> Row:
    held, apart = (
        float(np.mean([(one.low or 0) <= case.truth <= (one.high or 0) for case in cases for one in [pick(case)]]))
        for pick in (lambda case: case.paired, lambda case: case.apart)
    )
    wide, wider = (
        float(np.mean([(one.high or 0) - (one.low or 0) for one in found]))
        for found in ([case.paired for case in cases], [case.apart for case in cases])
    )
    called = np.mean([not case.paired.within_noise for case in cases])
    truth = np.mean([case.truth for case in cases])
    return Row(
        f"change of F, coverage, {name}",
        f"{held:.2f} (mean width {wide:.0f} points; true change {truth:.1f}; called a change {called:.0%})",
        f">= {TARGET:.2f}",
        f"draws not paired {apart:.2f} (mean width {wider:.0f})",
        "",
        held >= TARGET,
        f"drawn: {TIMES} neighbourhoods of {PARTIES} parties, recall .6 to .85 with sd .2 at both moments, {DRAWS} draws",
    )


def _case(seed: int, gone: float, new: float) -> Case:
    rng = np.random.default_rng(seed)
    pairs = neighbourhood(rng)
    strange = neighbourhood(rng)
    fresh = strange[~np.isin(_keys(strange), _keys(pairs))]
    later = np.concatenate([pairs[rng.random(len(pairs)) >= gone], rng.permutation(fresh)[: int(new * len(pairs))]])
    mean = rng.uniform(0.6, 0.85)
    everything = np.unique(np.concatenate([_keys(pairs), _keys(later)]))
    size = mean * (1 - mean) / 0.2**2 - 1
    easy = rng.beta(mean * size, (1 - mean) * size, len(everything))
    answered = rng.random(PARTIES) < ANSWERED
    source = rng.integers(0, PARTIES, DEMANDS)
    target = (source + rng.integers(1, PARTIES, DEMANDS)) % PARTIES
    demands = network.Demands(source, target, part=[network.PARTS[row % 4] for row in range(DEMANDS)])
    then = _seen(pairs, easy[np.searchsorted(everything, _keys(pairs))], answered, rng)
    now = _seen(later, easy[np.searchsorted(everything, _keys(later))], answered, rng)
    found = network.change(then[0], demands, now[0], demands, reports=(then[1], now[1]), rng=rng, draws=DRAWS)
    f0, f1 = (network.fragmentation(network.Ties(PARTIES, *one.T), demands).value for one in (pairs, later))
    if found.drawn is None or found.total is None or f0 is None or f1 is None:
        raise ValueError("a benchmark of change needs ties that both ends name at both moments")
    before, after = change.Drawn(0.0, found.drawn[0]), change.Drawn(found.total, found.drawn[1])
    return Case(f1 - f0, change.difference(before, after), change.difference(before, after, paired=False, rng=rng))


def _seen(
    pairs: Ints, chance: Floats, answered: Bools, rng: np.random.Generator
) -> tuple[network.Ties, network.Reports]:
    mine, theirs = ((rng.random(len(pairs)) < chance) & answered[pairs[:, end]] for end in range(2))
    return recorded(PARTIES, pairs, mine, theirs, answered)


def _keys(pairs: Ints) -> Ints:
    return np.asarray(pairs[:, 0] * PARTIES + pairs[:, 1], dtype=np.int64)


def _heard() -> list[Row]:
    """Of each shape of answers how often the interval holds the true mean, beside plain Student's t."""
    rows, scale = [], np.arange(1, 8)
    for n in (5, 10, 30):
        rng = np.random.default_rng(n)
        held, plain = [], []
        for shape in SHAPES.values():
            truth = float(scale @ shape)
            answers = rng.choice(scale, (GROUPS, n), p=shape).astype(np.float64)
            for found, bounds in ((held, (1.0, 7.0)), (plain, None)):
                spans = [mean.span for mean in (Mean.of(one, bounds) for one in answers) if mean]
                inside = [span is not None and span[0] <= truth + 1e-9 and truth - 1e-9 <= span[1] for span in spans]
                found.append(float(np.mean(inside)))
        rows.append(
            Row(
                f"feeling heard, coverage, groups of {n}",
                " / ".join(f"{one:.2f}" for one in held),
                ">= .93 each",
                f"Student's t {' / '.join(f'{one:.2f}' for one in plain)}",
                "",
                min(held) >= 0.93,
                f"drawn: {GROUPS} groups for each of: {', '.join(SHAPES)}",
            )
        )
    return rows
