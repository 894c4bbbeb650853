"""Limits of a plan: what may be proposed at all, to whom, and what it costs."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from samenhang.network.ties import Ties, within
from samenhang.shape import Bools, Floats, Ints

PerPair = Mapping[tuple[int, int], float] | ArrayLike | None
Pairs = Iterable[tuple[int, int]]


@dataclass(frozen=True, eq=False)
class Limits:
    """The conditions of a plan, in contracted parties.

    ``closed``: pairs (a * m + b, a < b, sorted) that are never proposed: kept apart, or refused before.
    ``cost`` and ``chance``: what a pair costs and how likely it says yes.
    """

    m: int
    budget: float
    cap: Ints
    allowed: Bools
    small: Bools
    reserve: float
    closed: Ints
    cost: "Rates"
    chance: "Rates"
    joinable: tuple[tuple[int, Hashable], ...]


@dataclass(frozen=True, eq=False)
class Rates:
    """A number per pair: from a number per party (added up or multiplied), with exceptions per pair."""

    m: int
    party: Floats | None
    multiply: bool
    keys: Ints
    values: Floats

    def of(self, keys: Ints) -> Floats:
        if self.party is None:
            rates = np.ones(len(keys))
        else:
            a, b = self.party[keys // self.m], self.party[keys % self.m]
            rates = a * b if self.multiply else a + b
        if len(self.keys):
            place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
            hit = self.keys[place] == keys
            rates[hit] = self.values[place[hit]]
        return rates

    def of_one(self, party: int) -> float:
        """The rate of a joining, which concerns one party: its own number, or 1."""
        return 1.0 if self.party is None else float(self.party[party])


def among(keys: Ints, known: Ints) -> Bools:
    """Which of ``keys`` stand in ``known``, which is sorted: a look-up, where ``isin`` would sort it anew each time."""
    if not len(known):
        return np.zeros(len(keys), dtype=bool)
    found: Bools = known[np.minimum(np.searchsorted(known, keys), len(known) - 1)] == keys
    return found


def limits(
    ties: Ties,
    *,
    budget: float,
    cap: ArrayLike,
    cost: PerPair,
    allowed: ArrayLike | None,
    apart: Pairs,
    refused: Pairs,
    acceptance: PerPair,
    small: ArrayLike | None,
    reserve: float,
    joinable: Iterable[tuple[int, Hashable]],
) -> Limits:
    """Check the conditions of a plan and translate them to contracted parties; ``ValueError`` for what does not fit."""
    caps = np.broadcast_to(np.asarray(cap, dtype=np.int64), (ties.n,))
    if not budget >= 0 or (caps < 0).any():
        raise ValueError(f"plan: budget {budget} and every cap must be 0 or more")
    if not 0 <= reserve <= 1:
        raise ValueError(f"plan: reserve {reserve} is a share of the budget, from 0 to 1")
    m = len(ties.lowest)
    joins = tuple((int(party), unit) for party, unit in joinable)
    within(np.array([party for party, _ in joins], dtype=np.int64), ties.n, "joinable", "party")
    return Limits(
        m=m,
        budget=float(budget),
        cap=_least(ties, caps),
        # Consent is of people: of a party with two entries, both must agree to be introduced.
        allowed=np.ones(m, dtype=bool) if allowed is None else _each(ties, allowed, "allowed", everyone=True),
        small=np.zeros(m, dtype=bool) if small is None else _each(ties, small, "small", everyone=False),
        reserve=reserve,
        closed=np.union1d(_keys(ties, apart, "apart"), _keys(ties, refused, "refused")).astype(np.int64),
        cost=_rates(ties, cost, "cost", multiply=False),
        chance=_rates(ties, acceptance, "acceptance", multiply=True),
        joinable=tuple((int(ties.entry[party]), unit) for party, unit in joins),
    )


def _each(ties: Ties, values: ArrayLike, name: str, *, everyone: bool) -> Bools:
    given = np.asarray(values, dtype=bool)
    if given.shape != (ties.n,):
        raise ValueError(f"plan: {name} has shape {given.shape}, expected one per party ({ties.n},)")
    counted = np.bincount(ties.entry, weights=given, minlength=len(ties.lowest))
    found: Bools = counted == np.bincount(ties.entry) if everyone else counted > 0
    return found


def _least(ties: Ties, values: Ints) -> Ints:
    least = np.full(len(ties.lowest), np.iinfo(np.int64).max)
    np.minimum.at(least, ties.entry, values)
    return least


def _keys(ties: Ties, pairs: Pairs, name: str) -> Ints:
    listed = np.array([(int(a), int(b)) for a, b in pairs], dtype=np.int64).reshape(-1, 2)
    within(listed.reshape(-1), ties.n, name, "party")
    a, b = ties.entry[listed[:, 0]], ties.entry[listed[:, 1]]
    return np.unique(np.minimum(a, b) * len(ties.lowest) + np.maximum(a, b))


def _rates(ties: Ties, given: PerPair, name: str, *, multiply: bool) -> Rates:
    m = len(ties.lowest)
    none = np.zeros(0, dtype=np.int64)
    if given is None:
        return Rates(m, None, multiply, none, np.zeros(0))
    if isinstance(given, Mapping):
        keys = np.array([_keys(ties, [pair], name)[0] for pair in given], dtype=np.int64)
        values = np.array([float(rate) for rate in given.values()])
        _check_rates(values, name, multiply=multiply)
        order = np.argsort(keys, kind="stable")
        return Rates(m, None, multiply, keys[order], values[order])
    party = np.asarray(given, dtype=np.float64)
    if party.shape != (ties.n,):
        raise ValueError(
            f"plan: {name} has shape {party.shape}, expected one per party ({ties.n},) or one per named pair"
        )
    _check_rates(party, name, multiply=multiply)
    return Rates(m, party[ties.lowest], multiply, none, np.zeros(0))


def _check_rates(values: Floats, name: str, *, multiply: bool) -> None:
    fits = (values >= 0) & (values <= 1) if multiply else np.isfinite(values) & (values > 0)
    if not fits.all():
        odd = values[~fits][0]
        raise ValueError(f"plan: {name} {odd} is not {'a probability' if multiply else 'above 0'}")
