"""A neighbourhood in which people were asked whom they work with, and forgot some."""

import numpy as np

from samenhang.network import Reports, Ties
from samenhang.shape import Bools, Ints


def asked(n: int, pairs: Ints, recall: float, spread: float, rng: np.random.Generator) -> tuple[Ties, Reports]:
    """What is on record of these pairs: each end names each tie with the tie's own chance; everybody answers."""
    chance = np.full(len(pairs), recall)
    if spread:
        size = recall * (1 - recall) / spread**2 - 1
        chance = rng.beta(recall * size, (1 - recall) * size, len(pairs))
    first, second = (rng.random((2, len(pairs))) < chance).astype(bool)
    return recorded(n, pairs, first, second, np.ones(n, dtype=bool))


def recorded(n: int, pairs: Ints, first: Bools, second: Bools, answered: Bools) -> tuple[Ties, Reports]:
    seen = first | second
    ties = Ties(n, pairs[seen, 0], pairs[seen, 1], np.where(first & second, 1, 2)[seen])
    reporter = np.concatenate([pairs[first, 0], pairs[second, 1]])
    other = np.concatenate([pairs[first, 1], pairs[second, 0]])
    return ties, Reports(reporter, other, answered)
