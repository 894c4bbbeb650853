"""Evening: panels that come near to the wished chances together, weighed so that they meet them."""

import numpy as np
from scipy.linalg import LinAlgError, solve

from samenhang.shape import Floats

RIDGE = 1e-10


def evened(panels: Floats, wish: Floats) -> tuple[Floats, float]:
    """(m,) how often each panel is to be drawn, and how near that comes to the wish: 1 = there.

    ``panels``: (m, T) how many of each kind; ``wish``: (T,) seats of each kind on average, above 0. The probabilities that
    are nearest to all alike with p @ panels = wish (least squares); panels that would be drawn less than never are left
    out and the others weighed again. Nearness: the least over kinds of what it gets / its wish.

    >>> probability, level = evened(np.array([[1.0, 0], [0, 1], [1, 0]]), np.array([0.5, 0.5]))
    >>> probability.round(3).tolist(), round(level, 3)
    ([0.25, 0.5, 0.25], 1.0)
    """
    scaled = panels / np.sqrt(wish)
    probability = np.zeros(len(panels))
    kept = np.arange(len(panels))
    while True:
        among = scaled[kept]
        alike = np.full(len(kept), 1 / len(kept))
        weight = among.T @ among
        weight[np.diag_indices_from(weight)] += RIDGE * np.trace(weight)
        try:
            missing = solve(weight, np.sqrt(wish) - alike @ among, assume_a="pos")
        except LinAlgError:
            return np.full(len(panels), 1 / len(panels)), 0.0
        drawn = alike + among @ missing
        never = drawn < 0
        if not never.any() or (~never).sum() < len(wish):
            break
        kept = kept[~never]
    probability[kept] = np.maximum(drawn, 0.0)
    probability /= probability.sum()
    return probability, float((probability @ panels / wish).min())
