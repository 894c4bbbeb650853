"""The interval of F: what the figure may really be, when parties do not name everybody they work with."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from samenhang.network.distances import Graph
from samenhang.network.imputing import Unseen
from samenhang.network.reports import Named
from samenhang.shape import Floats, Ints

SPREAD = 0.3
"""By how much the chance to be named may differ between ties (standard deviation): hard ones are named by neither end."""

LOW, HIGH = 0.025, 0.975


@dataclass(frozen=True, eq=False)
class Interval:
    """``low`` and ``high``: one value for each figure that is drawn; ``recall`` as in ``Named``."""

    low: Floats
    high: Floats
    recall: float


def interval(
    graph: Graph,
    named: Named,
    figures: Callable[[Graph], Floats],
    *,
    spread: float,
    draws: int,
    rng: np.random.Generator,
) -> Interval | None:
    """The envelope of every figure that ``figures`` reads off a graph; None when the recall is not known.

    high: the 97.5 % quantile with the ties put in that are missing if all are named equally easily, where a tie that one
    end named stays two steps (the other end does not see it as one). low: the 2.5 % quantile with those that are missing
    if ties differ by ``spread``, where a tie that one end named counts as confirmed (the other end forgot it). Which of
    the two it is nobody can tell from reports alone.
    """
    recall = named.recall
    if recall is None:
        return None
    unseen = Unseen.of(graph, named, rng)
    sure = named.twice / (named.twice + named.once)
    low, high = [], []
    for drawn in named.recalls(rng, draws).tolist():
        few = unseen.place(unseen.missing(drawn, 0, rng), rng)
        strong = rng.random(len(few)) < sure
        high.append(figures(with_ties(graph, unseen, few[strong], np.concatenate([unseen.once, few[~strong]]))))
        many = unseen.place(unseen.missing(drawn, spread, rng), rng)
        low.append(figures(with_ties(graph, unseen, np.concatenate([unseen.once, many]), many[:0])))
    least, most = np.quantile(np.array(low), LOW, axis=0), np.quantile(np.array(high), HIGH, axis=0)
    return Interval(np.minimum(least, most), most, recall)


def with_ties(graph: Graph, unseen: Unseen, strong: Ints, weak: Ints) -> Graph:
    """The graph of the ties on record that nobody doubts, and of these."""
    keys = np.concatenate([unseen.one, strong, unseen.two, weak])
    length = np.repeat([1, 2], [len(unseen.one) + len(strong), len(unseen.two) + len(weak)])
    return Graph.of(graph.n, keys // graph.n, keys % graph.n, length)
