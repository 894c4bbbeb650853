"""What the library says of an evening: turns against seats, and how heard people felt."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from samenhang import change, table
from werkplaats.conversations.rules import share
from werkplaats.tables.models import CheckOut
from werkplaats.tables.records.day import HeardLine, ScoreLine, TurnShare
from werkplaats.tables.rules import HEARD, MATTERED


def shares(turns: Mapping[str, int], seats: Iterable[str]) -> tuple[TurnShare, ...]:
    """Turns against seats for each kind of party, the one that spoke most first; `seats`: the kind of each."""
    sat = tuple(seats)
    if not sat:
        return ()
    whole = sum(turns.values())
    found = []
    for one in table.turns(turns, sat):
        told = None if one.share_of_turns is None else [round(100 * part) for part in share(one.turns, whole)]
        rate, low, high = told or (None, None, None)
        found.append(TurnShare(str(one.kind), one.turns, one.seats, rate, low, high, round(100 * one.share_of_seats)))
    return tuple(sorted(found, key=lambda one: (-one.turns, one.kind)))


def figures(rows: Sequence[CheckOut], *, apart: Collection[str], small: int) -> dict[str, Any]:
    """What check-outs tell together, as it is stored: all together, and the kinds that are told apart.

    ``scores``: [component, kind or "" for all, mean, low, high, how many], of 1 to 7.
    """
    kinds = [row.kind for row in rows]
    asked = {HEARD: [row.heard for row in rows], MATTERED: [row.mattered for row in rows]}
    found = [*change.on_scale(asked, kinds, threshold=small)]
    if all(row.items for row in rows):
        found += change.feeling_heard([row.items for row in rows], kinds, threshold=small)
    scores = [
        [score.component, "" if one.kind is None else str(one.kind), *_within(score), score.n]
        for one in found
        for score in one.scores
        if score.value is not None and (one.kind is None or one.kind in apart)
    ]
    return {"people": len(rows), "apart": sorted(apart), "scores": scores}


def _within(score: change.Score) -> tuple[float | None, float | None, float | None]:
    """A mean with its ends, rounded so that it stays between them."""
    if score.value is None or score.low is None or score.high is None:
        return score.value, None, None
    value = round(score.value, 3)
    return value, min(round(score.low, 3), value), max(round(score.high, 3), value)


def moved(before: ScoreLine, after: ScoreLine) -> int:
    """Whether people felt heard more (1) or less (-1) at the later of two tables; 0: the difference is within the noise."""
    then, now = (change.Estimate(one.value, one.low, one.high) for one in (before, after))
    found = change.difference(then, now, paired=False)
    if found.within_noise or not found.value:
        return 0
    return 1 if found.value > 0 else -1


def steps(lines: Sequence[HeardLine]) -> tuple[tuple[HeardLine, int | None], ...]:
    """Each table with how it differs from the one before it, in the order of time; None: it is the first."""
    told = []
    for place, line in enumerate(lines):
        told.append((line, moved(lines[place - 1].heard, line.heard) if place else None))
    return tuple(told)
