"""Conversations with planted camps, for tests."""

import numpy as np

from samenhang.opinion import Votes
from samenhang.shape import Ints


def planted(
    sizes: tuple[int, ...], *, shared: int, divided: int, seen: float = 0.6, seed: int = 0
) -> tuple[Votes, Ints]:
    """Camps that agree on ``shared`` statements (the first ones); of the ``divided`` ones each camp has a pattern of its own.

    One in ten votes goes the other way, one in ten is a pass. The votes, and the camp of each participant.
    """
    rng = np.random.default_rng(seed)
    camp = np.repeat(np.arange(len(sizes)), sizes)
    pattern = np.ones((len(sizes), shared + divided), dtype=np.int64)
    pattern[:, shared:] = rng.choice((-1, 1), (len(sizes), divided))
    alike = np.flatnonzero((pattern[:, shared:] == pattern[0, shared:]).all(axis=0)) + shared
    pattern[alike % len(sizes), alike] *= -1  # nothing else is shared, and every divided statement divides
    said = pattern[camp] * np.where(rng.random((len(camp), shared + divided)) < 0.9, 1, -1)
    said[rng.random(said.shape) < 0.1] = 0
    who, what = np.nonzero(rng.random(said.shape) < seen)
    return Votes(who, what, said[who, what]), camp[np.unique(who)]
