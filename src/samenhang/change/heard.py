"""Heard: whether people felt heard at a table, by the scale of Roos, Postmes and Koudenburg."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from samenhang.change.mean import Mean
from samenhang.shape import Bools, Floats

LOWEST, HIGHEST = 1, 7

COMPONENTS = ("voice", "attention", "empathy", "respect", "common ground")
WHOLE = "whole"

ITEMS = (
    (WHOLE, False),
    ("voice", False),
    ("attention", True),
    ("attention", False),
    ("empathy", False),
    ("empathy", True),
    ("respect", False),
    ("common ground", False),
)
"""Of each of the eight items, in the order of the paper, what it is about and whether a high answer means *not* heard.

Items 1, 2, 5, 6, 8, 9, 13 and 15 of its first table (doi 10.1371/journal.pone.0292865), of which 5 and 9 are turned.

The first asks outright whether one felt heard; then: could say what I wanted to say; others were more concerned with
themselves (turned); listened; put themselves in my shoes; were insensitive to what I think and feel (turned); treated me with
respect; we understood each other.
"""

ENOUGH = 6
"""So many of the eight items somebody must have answered to count in the whole."""


@dataclass(frozen=True)
class Score:
    """One component, 1 (not at all heard) to 7, of ``n`` people who answered it; ``low`` to ``high`` at 95 %.

    All None when fewer people than the threshold answered it, or when their number must stay hidden.
    """

    component: str
    value: float | None
    low: float | None
    high: float | None
    n: int | None


@dataclass(frozen=True)
class Heard:
    """``kind``: of people, None = all together. ``scores``: the whole first, then the five components."""

    kind: Hashable
    scores: tuple[Score, ...]


def feeling_heard(answers: ArrayLike, kind: Sequence[Hashable], threshold: int = 5) -> tuple[Heard, ...]:
    """Did people feel heard: all together first, then each kind of party, in the order of the kinds.

    ``answers``: (n, 8) from 1 (not at all true) to 7 (entirely true), NaN = not answered, items as in ``ITEMS``.
    ``kind``: (n,) of each person. An item that is turned counts as 8 - answer. A component is the mean of its items, of
    whoever answered all of them; the whole is the mean of the eight items, of whoever answered six or more. Then the mean
    over people, with an interval that a few equal answers cannot make vanish (see ``Mean.of``), cut off at 1 and 7.

    Fewer people than ``threshold`` on a component: no figure, and no count. When that leaves out one kind only, it could be
    had by subtracting the others from all together; then the next smallest is left out as well. What several pages or dates
    tell together is for the caller to guard.

    The people at a table are no sample of a neighbourhood: the interval is about tables like this one. Never for one
    person, and no mark for a chair. Raises ``ValueError`` for rows that do not fit or answers off the scale.

    Source: Roos, Postmes and Koudenburg, "Feeling heard: Operationalizing a key concept for social relations", PLOS ONE 18(11)
    e0292865 (2023), eight items, open access; other wordings of the items are the asker's own.

    >>> found = feeling_heard([[6, 6, 2, 6, 6, 2, 6, 6]] * 5, ["huurder"] * 5)
    >>> [(one.kind, one.scores[0].value, one.scores[0].n) for one in found]
    [(None, 6.0, 5), ('huurder', 6.0, 5)]
    """
    said = np.asarray(answers, dtype=np.float64)
    if said.ndim != 2 or said.shape != (len(kind), len(ITEMS)):
        raise ValueError(f"feeling_heard: answers of shape {said.shape} for {len(kind)} people and {len(ITEMS)} items")
    if any(one is None for one in kind):
        raise ValueError("feeling_heard: None is no kind of party; it stands for all together")
    odd = np.argwhere((said < LOWEST) | (said > HIGHEST))
    if len(odd):
        row, item = odd[0].tolist()
        raise ValueError(f"feeling_heard, row {row}, item {item + 1}: {said[row, item]:g} is not from 1 to 7")
    turned = np.array([is_turned for _, is_turned in ITEMS])
    return _told(_components(np.where(turned, LOWEST + HIGHEST - said, said)), kind, threshold)


def on_scale(answers: Mapping[str, ArrayLike], kind: Sequence[Hashable], threshold: int = 5) -> tuple[Heard, ...]:
    """The same for questions that are asked alone: each a name with (n,) answers from 1 to 7, NaN = not answered.

    Means, intervals and what is left out are those of ``feeling_heard``; so is what it must not be used for.

    >>> found = on_scale({"heard": [6, 6, 5, 6, 7]}, ["huurder"] * 5)
    >>> [(one.kind, one.scores[0].component, one.scores[0].value) for one in found]
    [(None, 'heard', 6.0), ('huurder', 'heard', 6.0)]
    """
    said = {name: np.asarray(values, dtype=np.float64) for name, values in answers.items()}
    for name, values in said.items():
        if values.shape != (len(kind),):
            raise ValueError(f"on_scale: {name!r} has answers of shape {values.shape} for {len(kind)} people")
        if ((values < LOWEST) | (values > HIGHEST)).any():
            raise ValueError(f"on_scale: {name!r} has an answer that is not from 1 to 7")
    if any(one is None for one in kind):
        raise ValueError("on_scale: None is no kind of party; it stands for all together")
    return _told(said, kind, threshold)


def _told(told: Mapping[str, Floats], kind: Sequence[Hashable], threshold: int) -> tuple[Heard, ...]:
    kinds = sorted(set(kind), key=str)
    among = {one: np.array([mine == one for mine in kind], dtype=bool) for one in kinds}
    scores: dict[Hashable, list[Score]] = {one: [] for one in (None, *kinds)}
    for name, values in told.items():
        counts = {one: int((~np.isnan(values[among[one]])).sum()) for one in kinds}
        hidden = _hidden(counts, threshold)
        scores[None].append(_score(name, values, hidden=sum(counts.values()) < threshold))
        for one in kinds:
            scores[one].append(_score(name, values[among[one]], hidden=one in hidden))
    return tuple(Heard(one, tuple(found)) for one, found in scores.items())


def _components(said: Floats) -> dict[str, Floats]:
    """Of the whole and each component (n,) what each person tells, NaN = not enough answered."""
    number = (~np.isnan(said)).sum(axis=1)
    whole = np.where(number >= ENOUGH, np.nansum(said, axis=1) / np.maximum(number, 1), np.nan)
    found = {WHOLE: whole}
    for name in COMPONENTS:
        mine: Bools = np.array([about == name for about, _ in ITEMS])
        found[name] = said[:, mine].mean(axis=1)
    return found


def _hidden(counts: dict[Hashable, int], threshold: int) -> set[Hashable]:
    """The kinds with too few people, and the next smallest as long as subtracting tells of one kind, or of too few."""
    hidden = {kind for kind, count in counts.items() if count < threshold}
    rest = sorted(set(counts) - hidden, key=lambda kind: (counts[kind], str(kind)))
    while rest:
        some = [counts[kind] for kind in hidden if counts[kind]]
        if not some or (len(some) > 1 and sum(some) >= threshold):
            break
        hidden.add(rest.pop(0))
    return hidden


def _score(name: str, values: Floats, *, hidden: bool) -> Score:
    mean = None if hidden else Mean.of(values[~np.isnan(values)], (LOWEST, HIGHEST))
    if mean is None:
        return Score(name, None, None, None, None)
    low, high = mean.span or (None, None)
    if low is None or high is None:
        return Score(name, mean.value, None, None, mean.n)
    return Score(name, mean.value, max(LOWEST, low), min(HIGHEST, high), mean.n)
