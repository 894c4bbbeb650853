"""Which entries may be one party, by name and address."""

from collections.abc import Sequence
from dataclasses import dataclass

from samenhang import knowledge


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
