"""Which entries may be one party, by name and address; and where each party stands in the picture of the network."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from samenhang import knowledge, network

SEED = 20
"""Any number: with the same one, the same network is drawn the same."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two entries (ids) that may be one party; `score` in 0 to 1."""

    a: int
    b: int
    score: float


def suspected(entries: Sequence[tuple[int, str, str]]) -> tuple[Suspicion, ...]:
    """The pairs of (id, name, address) that a human should look at, however sure the measure is: it never decides."""
    if len(entries) < 2:
        return ()
    pairs = knowledge.same_parties([name for _, name, _ in entries], [address for _, _, address in entries])
    return tuple(
        Suspicion(entries[pair.a][0], entries[pair.b][0], float(pair.score))
        for pair in pairs
        if pair.band != "different"
    )


def language_of(text: str, *, among: Sequence[str]) -> str:
    """Which of these languages a text is in."""
    return knowledge.language([text], among=tuple(among))[0]


def placed(
    parties: Sequence[int], ties: Iterable[tuple[int, int]], *, before: Mapping[int, tuple[float, float]]
) -> dict[int, tuple[float, float]]:
    """Where each party (id) stands. `ties`: pairs of ids; `before`: where parties stood last time, so that they stay near."""
    row = {party: number for number, party in enumerate(parties)}
    pairs = np.array([(row[a], row[b]) for a, b in ties], dtype=np.int64).reshape(-1, 2)
    start = np.array([before.get(party, (np.nan, np.nan)) for party in parties]).reshape(-1, 2)
    found = network.layout(
        network.Ties(len(parties), pairs[:, 0], pairs[:, 1]), start=start, rng=np.random.default_rng(SEED)
    )
    return {party: (float(x), float(y)) for party, (x, y) in zip(parties, found, strict=True)}
