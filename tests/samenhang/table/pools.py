"""Pools as they come in: who offers to sit at a table is not spread as the neighbourhood is."""

from collections.abc import Hashable
from itertools import combinations

import numpy as np
from scipy.optimize import linprog

from samenhang.shape import Bools, Floats
from samenhang.table import People

Asked = dict[str, dict[Hashable, tuple[int, int]]]


def drawn(rng: np.random.Generator, n: int, size: int, traits: int, slack: int = 1) -> tuple[People, Asked]:
    """People of whom some kinds come forward more than others, and quotas after the shares in the neighbourhood."""
    told: dict[str, list[Hashable]] = {}
    quotas: Asked = {}
    for trait in (f"trait{row}" for row in range(traits)):
        share = rng.dirichlet(np.full(rng.integers(2, 6), 3.0))
        eager = share * rng.gamma(2, 0.5, len(share))
        told[trait] = rng.choice(len(share), n, p=eager / eager.sum()).tolist()
        quotas[trait] = {
            value: (max(0, int(one * size) - slack), int(np.ceil(one * size)) + slack)
            for value, one in enumerate(share.tolist())
        }
    return People(told), quotas


def keeps(people: People, quotas: Asked, panel: tuple[int, ...]) -> bool:
    return all(
        low <= sum(people.traits[trait][entry] == value for entry in panel) <= high
        for trait, values in quotas.items()
        for value, (low, high) in values.items()
    )


def exact(people: People, quotas: Asked, size: int) -> Floats | None:
    """The leximin chances by trying every panel of ``size`` people there is; None when none keeps the quotas."""
    panels = [one for one in combinations(range(people.n), size) if keeps(people, quotas, one)]
    if not panels:
        return None
    seats = np.zeros((people.n, len(panels)))
    for column, panel in enumerate(panels):
        seats[list(panel), column] = 1
    free, floor = np.ones(people.n, dtype=bool), np.zeros(people.n)
    while free.any():
        level = _highest(seats, np.where(free, 0.0, floor), free)
        floor[free] = level
        # Who cannot have more, while nobody has less, stays at this level.
        for one in np.flatnonzero(free).tolist():
            free[one] = _highest(seats, floor, np.arange(people.n) == one) > level + 1e-6
    return floor


def _highest(seats: Floats, floor: Floats, raised: Bools) -> float:
    """How high the least chance of ``raised`` can be while everybody has their floor."""
    n, m = seats.shape
    above = np.column_stack([-seats[raised], np.ones(int(raised.sum()))])
    rows = np.vstack([np.column_stack([-seats, np.zeros(n)]), above])
    most = np.concatenate([1e-9 - floor, np.zeros(len(above))])
    once = np.append(np.ones(m), 0.0)[None]
    found = linprog(np.append(np.zeros(m), -1.0), A_ub=rows, b_ub=most, A_eq=once, b_eq=[1.0])
    assert found.fun is not None
    return -float(found.fun)
