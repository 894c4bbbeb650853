"""Pairing: F at two moments, drawn under the same state of what nobody named, so that only what differs between them is left."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from samenhang.network.demands import Demands
from samenhang.network.distances import Graph
from samenhang.network.imputing import Unseen
from samenhang.network.interval import with_ties
from samenhang.network.limits import among
from samenhang.network.reports import Reports, ends_asked, named
from samenhang.network.routes import Asked, distances, hinges, shares_of
from samenhang.network.ties import Ties
from samenhang.shape import Bools, Floats, Ints


@dataclass(frozen=True, eq=False)
class Moment:
    """What is on record at one moment, and where ties that nobody named may lie.

    ``sure``: the share of ties that both ends name, of those that either names.
    """

    unseen: Unseen
    asked: Asked
    weight: Floats
    recalls: Floats
    sure: float

    @classmethod
    def of(
        cls,
        ties: Ties,
        demands: Demands,
        reports: Reports,
        shares: Mapping[str, float] | None,
        rng: np.random.Generator,
        draws: int,
    ) -> "Moment | None":
        """None when the recall is not known, or nothing is asked for."""
        said, weight = named(ties, reports), demands.shares(shares)
        if said.recall is None or not weight.any():
            return None
        sure = said.twice / (said.twice + said.once)
        return cls(Unseen.of(ties.graph, said, rng), Asked.of(ties, demands), weight, said.recalls(rng, draws), sure)

    def figure(self, hidden: Ints, strong: Bools, *, forgotten: bool) -> float:
        """F with these pairs put in, ``strong`` ones at one step; ``forgotten``: what one end named counts as confirmed."""
        once = self.unseen.once
        one, two = (once, once[:0]) if forgotten else (once[:0], once)
        graph = with_ties(
            self.unseen.graph,
            self.unseen,
            np.concatenate([one, hidden[strong]]),
            np.concatenate([two, hidden[~strong]]),
        )
        return self._value(graph)

    def _value(self, graph: Graph) -> float:
        steps = distances(graph, self.asked)
        phi = shares_of(self.asked, steps, hinges(graph, self.asked, steps))[0]
        return 100 * float(self.weight @ (1 - phi))


def paired(before: Moment, after: Moment, spread: float, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Twice (draws, 3): F before and after, row by row under one draw of what is hidden.

    The first two columns are the two ends of the interval of F: ties that are all named equally easily, and ties that differ
    by ``spread``. In the third all ties that were named for the first time are new. Which is the case is not known, but it
    is the same at both moments.
    """
    then, now = (np.zeros((len(before.recalls), 3)) for _ in range(2))
    for row in range(len(before.recalls)):
        for column, (apart, new) in enumerate(((0.0, False), (spread, False), (0.0, True))):
            then[row, column], now[row, column] = _drawn(before, after, row, apart, rng, new=new)
    return then, now


def _drawn(
    before: Moment, after: Moment, row: int, spread: float, rng: np.random.Generator, *, new: bool
) -> tuple[float, float]:
    missing = before.unseen.missing(float(before.recalls[row]), spread, rng)
    were = None if new else _named_since(before, after, missing, float(after.recalls[row]), rng)
    hidden = before.unseen.place(missing, rng, first=were)
    still = hidden[~among(hidden, after.unseen.known)]
    missing_now = after.unseen.missing(float(after.recalls[row]), spread, rng)
    hidden_now = after.unseen.place(missing_now, rng, first=still)
    # Of low the ties that are hidden count as confirmed, of high as many as of those on record; a tie stays what it is.
    forgotten = spread > 0
    strong = forgotten | (rng.random(len(hidden)) < before.sure)
    strong_now = forgotten | (rng.random(len(hidden_now)) < after.sure)
    order = np.argsort(hidden)
    place = np.minimum(np.searchsorted(hidden[order], hidden_now), max(len(hidden) - 1, 0))
    if len(hidden):
        same = hidden[order][place] == hidden_now
        strong_now = np.where(same, strong[order][place], strong_now)
    return (
        before.figure(hidden, strong, forgotten=forgotten),
        after.figure(hidden_now, strong_now, forgotten=forgotten),
    )


def _named_since(before: Moment, after: Moment, missing: Ints, recall: float, rng: np.random.Generator) -> Ints:
    """Ties on record after and not before that were there already, and are only named now.

    Of the ties that were missing each was found since with the chance that one of its ends named it now; so many of those
    that came are no new ties. The others are.
    """
    came = np.setdiff1d(after.unseen.known, before.unseen.known)
    a, b = came // before.unseen.graph.n, came % before.unseen.graph.n
    chance = 1 - (1 - recall) ** ends_asked(after.unseen.named.answered, a, b)
    kind = ends_asked(before.unseen.named.answered, a, b)
    found = []
    for ends in range(3):
        mine = np.flatnonzero(kind == ends)
        if len(mine):
            count = min(len(mine), int(rng.binomial(missing[ends], float(chance[mine].mean()))))
            found.append(came[rng.permutation(mine)[:count]])
    return np.concatenate([came[:0], *found]).astype(np.int64)
