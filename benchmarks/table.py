"""Lots within quotas: how near the least chance comes to the best possible, beside redrawing until quotas hold."""

import time
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.row import Row
from samenhang.shape import Bools, Ints
from samenhang.table import Lots, People, draw, lots

POOLS, LARGEST, TRAITS = 20, 2000, 6
TABLES, PATIENCE = 1_000, 12_000
DRAWN = 10_000
Quotas = dict[str, dict[Hashable, tuple[int, int]]]


@dataclass(frozen=True)
class Tried:
    """``share``: the least chance of what nobody can pass; ``naive``: that of redrawing, None where it found too few tables."""

    share: float
    least: float
    naive: float | None


def run(data: Path | None) -> list[Row]:
    del data
    tried = [_tried(seed) for seed in range(POOLS)]
    shares = [one.share for one in tried]
    beside = [one for one in tried if one.naive is not None]
    above = sum(one.least > (one.naive or 0.0) for one in beside)
    made = f"drawn: {POOLS} pools of 40 to {LARGEST} people, {TRAITS} traits of 2 to 5 values, 8 to 40 seats, lopsided"
    rows = [
        Row(
            "lots: least chance of what nobody can pass, least / mean of pools",
            f"{min(shares):.4f} / {np.mean(shares):.4f}",
            ">= .99",
            "",
            "",
            min(shares) >= 0.99,
            made,
        ),
        Row(
            "lots: pools in which the least chance is above that of redrawing",
            f"{above} of {len(beside)}",
            "all",
            f"redrawn with full quotas closed until all hold; too few tables found in {POOLS - len(beside)} pools",
            f"{np.median([one.least / max(one.naive or 0.0, 1e-4) for one in beside]):.1f}x" if beside else "",
            above == len(beside),
            f"{made}; {TABLES} tables each; of redrawing the mean chance of the fiftieth of people with the most of their like",
        ),
    ]
    return [*rows, _speed(5, "as drawn", 20), _speed(None, "nearly everybody a kind of their own", None), _panels()]


def pool(rng: np.random.Generator, n: int, size: int, values: int | None = 5) -> tuple[People, Quotas]:
    told: dict[str, list[Hashable]] = {}
    quotas: Quotas = {}
    for trait in (f"trait{row}" for row in range(TRAITS)):
        count = 5 if values is None else int(rng.integers(2, values + 1))
        share = rng.dirichlet(np.full(count, 3.0 if values else 30.0))
        eager = share * rng.gamma(2 if values else 50, 0.5, count)
        told[trait] = rng.choice(count, n, p=eager / eager.sum()).tolist()
        quotas[trait] = {
            value: (max(0, int(one * size) - 1), int(np.ceil(one * size)) + 1)
            for value, one in enumerate(share.tolist())
        }
    return People(told), quotas


def _lots(people: People, quotas: Quotas, size: int) -> tuple[Lots, Quotas]:
    found = lots(people, quotas, size, rng=np.random.default_rng(0))
    if found.relaxation:
        quotas = found.eased(quotas)
        found = lots(people, quotas, size, rng=np.random.default_rng(0))
    return found, quotas


def _tried(seed: int) -> Tried:
    rng = np.random.default_rng(seed)
    n = LARGEST if seed < 2 else int(np.exp(rng.uniform(np.log(40), np.log(LARGEST))))
    size = int(rng.integers(8, min(40, n // 3) + 1))
    people, quotas = pool(rng, n, size)
    found, quotas = _lots(people, quotas, size)
    if found.least is None or found.bound is None:
        raise ValueError("a benchmark of lots needs quotas that hold once they are eased")
    return Tried(found.least / found.bound, found.least, _redrawn(people, quotas, size, rng))


def _redrawn(people: People, quotas: Quotas, size: int, rng: np.random.Generator) -> float | None:
    """What redrawing gives, on average, to the fiftieth of the people of whose traits most come forward per seat.

    The least chance of anybody is at most that; who they are hangs on quotas and list alone, not on what was drawn.
    """
    fills = np.array([[one == value for one in people.traits[trait]] for trait in quotas for value in quotas[trait]])
    low, high = np.array([bounds for values in quotas.values() for bounds in values.values()]).T
    room = np.log(np.maximum(low + high, 1) / np.maximum(fills.sum(axis=1), 1)) @ fills
    crowded = np.argsort(room, kind="stable")[: max(1, people.n // 50)]
    seated = np.zeros(people.n)
    tables = 0
    for _ in range(PATIENCE):
        panel = _filled(fills, high, size, rng)
        if panel is not None and (fills[:, panel].sum(axis=1) >= low).all():
            seated[panel] += 1
            tables += 1
        if tables == TABLES:
            break
    return float(seated[crowded].mean()) / tables if tables >= TABLES // 5 else None


def _filled(fills: Bools, high: Ints, size: int, rng: np.random.Generator) -> list[int] | None:
    """People drawn one by one, among those of whom no quota is full yet; None when there are none left."""
    seated: list[int] = []
    left, free = high.copy(), np.ones(fills.shape[1], dtype=bool)
    while len(seated) < size:
        among = np.flatnonzero(free)
        if not len(among):
            return None
        one = int(among[int(rng.random() * len(among))])
        seated.append(one)
        free[one] = False
        left[fills[:, one]] -= 1
        for row in np.flatnonzero(fills[:, one] & (left == 0)).tolist():
            free &= ~fills[row]
    return seated


def _speed(values: int | None, name: str, most: float | None) -> Row:
    people, quotas = pool(np.random.default_rng(1), LARGEST, 30, values)
    begin = time.process_time()
    found, _ = _lots(people, quotas, 30)
    seconds = time.process_time() - begin
    return Row(
        f"lots among 2,000 people, {name}, CPU s",
        f"{seconds:.1f} (least chance {found.least or 0:.5f} of at most {found.bound or 0:.5f})",
        f"<= {most}" if most else "none set",
        "",
        "",
        seconds <= most if most else None,
        f"drawn with seed 1: 30 seats, {TRAITS} traits, {int(found.kind.max()) + 1} kinds",
    )


def _panels() -> Row:
    people, quotas = pool(np.random.default_rng(3), 200, 16)
    found, _ = _lots(people, quotas, 16)
    rng = np.random.default_rng(0)
    times = np.zeros(people.n)
    for _ in range(DRAWN):
        times[draw(found, rng=rng)] += 1
    doubt = (found.chance > 1e-9) & (found.chance < 1 - 1e-9)
    chance = found.chance[doubt]
    z = (times[doubt] - DRAWN * chance) / np.sqrt(DRAWN * chance * (1 - chance))
    return Row(
        "lots: drawn against stated chances, largest z, either side",
        f"{np.abs(z).max():.2f}",
        "<= 4.2",
        "",
        "",
        bool(np.abs(z).max() <= 4.2),
        f"drawn with seed 3: 200 people, 16 seats, {DRAWN:,} draws",
    )
