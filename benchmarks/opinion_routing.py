"""Routing: how many votes a participant need not give when the most telling statement comes first."""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.conversations import Conversation, conversations, told
from benchmarks.row import Row
from samenhang.opinion import OpinionMap, Votes, next_statement, opinion_map, polis_map, project
from samenhang.shape import Floats, Ints

WATCHED, LEAST, MOST_SHOWN = 200, 24, 200
_MOST_LEFT_OUT = 4  # a quarter of the people at once, so that the map stays that of the conversation
Order = Callable[[OpinionMap, Ints, np.random.Generator], int]


def run(data: Path | None) -> list[Row]:
    rows = []
    for tuned in (True, False):
        found = [one for one in conversations(data, tuned=tuned) if one.votes.shape[0] >= 100]
        if found:
            rows += _saved(found)
    return [*rows, _speed(conversations(data, tuned=True)[0])]


def _saved(found: list[Conversation]) -> list[Row]:
    near, loss, theirs = [], [], []
    for one in found:
        routed, random, polis = (
            _watched(one.votes, order) for order in (_most_telling, _at_random, _as_polis(one.votes))
        )
        near.append(1 - routed[0] / random[0])
        loss.append(1 - routed[1] / random[1])
        theirs.append(1 - polis[0] / random[0])
    data = (
        f"{told(found)}; at most {WATCHED} participants with {LEAST} votes or more who were left out of the map, "
        "shown what they voted on; to nine tenths of the way, mean of all"
    )
    return [
        Row("opinion: votes saved by routing, to 90 % of the final position", _shares(near), ">= 40 %",
            f"Polis's weighting {_shares(theirs)}", "", min(near) >= 0.4, data),
        Row("opinion: votes saved by routing, to 90 % of the held-out loss", _shares(loss), ">= 30 %", "", "",
            min(loss) >= 0.3, data),
    ]  # fmt: skip


def _shares(values: list[float]) -> str:
    return " / ".join(f"{one:.0%}" for one in values)


def _watched(votes: Votes, order: Order) -> tuple[float, float]:
    """How many votes it takes to nine tenths of the way, in position and in loss, by the mean of those who are watched."""
    rng = np.random.default_rng(0)
    number = np.bincount(votes.row, minlength=votes.shape[0])
    able = np.flatnonzero(number >= LEAST)
    who = np.sort(rng.choice(able, min(WATCHED, len(able)), replace=False))
    ways, losses = [], []
    for part in np.array_split(who, -(-len(who) * _MOST_LEFT_OUT // votes.shape[0])):
        found = opinion_map(votes.of(np.setdiff1d(np.arange(votes.shape[0]), part)), rng=rng)
        for one in part:
            mine = votes.row == one
            statement, value = votes.statements[votes.column[mine]], votes.value[mine]
            known = np.isin(statement, found.statements)
            far, loss = _path(found, statement[known], value[known], order, rng)
            ways.append(far)
            losses.append(loss)
    return _until(np.nanmean(_even(ways), axis=0)), _until(np.nanmean(_even(losses), axis=0))


def _even(paths: list[Floats]) -> Floats:
    """Paths of one length: who has no more votes stays where they are."""
    most = max(len(one) for one in paths)
    return np.array([np.concatenate([one, np.full(most - len(one), one[-1])]) for one in paths])


def _until(path: Floats) -> float:
    """After how many votes nine tenths of the way to the end is behind, between two votes in proportion."""
    goal = path[0] - 0.9 * (path[0] - path[-1])
    at = int(np.flatnonzero(path <= goal)[0])
    return at if at == 0 else at - 1 + float((path[at - 1] - goal) / max(path[at - 1] - path[at], 1e-12))


def _path(
    found: OpinionMap, statement: Ints, value: Ints, order: Order, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """The squared way to the final position, and the loss on a fifth that stays hidden, after 0, 1, ... votes."""
    hidden = np.random.default_rng(len(statement)).random(len(statement)) < 0.2
    asked = hidden & (value != 0)
    left, given = list(np.flatnonzero(~hidden)), []
    final = project(found, _of(statement[~hidden], value[~hidden])).position[0]
    far, loss = [], []
    while True:
        here = project(found, _of(statement[given], value[given]))
        far.append(float(((here.position[0] - final) ** 2).sum()))
        chance = here.probability(np.zeros(int(asked.sum()), dtype=int), statement[asked])
        loss.append(float(-np.log(np.where(value[asked] > 0, chance, 1 - chance)).sum()))
        if not left or len(given) >= MOST_SHOWN:
            return np.array(far), np.array(loss)
        chosen = order(here, statement[left], rng)
        given.append(left.pop(int(np.flatnonzero(statement[left] == chosen)[0])))


def _of(statement: Ints, value: Ints) -> Votes:
    """Votes of one participant, 0; a vote on a statement that no map knows keeps the participant when there are none."""
    return Votes(np.zeros(len(statement) + 1, dtype=int), np.append(statement, 1 << 40), np.append(value, 0))


def _most_telling(here: OpinionMap, left: Ints, rng: np.random.Generator) -> int:
    shown = next_statement(here, 0, among=left, rng=rng)
    assert shown is not None
    return shown.statement


def _at_random(_here: OpinionMap, left: Ints, rng: np.random.Generator) -> int:
    return int(rng.choice(left))


def _as_polis(votes: Votes) -> Order:
    found = polis_map(votes)

    def drawn(_here: OpinionMap, left: Ints, rng: np.random.Generator) -> int:
        weight = found.priority[np.searchsorted(found.statements, left)]
        return int(rng.choice(left, p=weight / weight.sum()))

    return drawn


def _speed(one: Conversation) -> Row:
    rng = np.random.default_rng(0)
    found = opinion_map(one.votes, rng=rng)
    who = rng.choice(found.participants, 2000).tolist()
    next_statement(found, int(who[0]), rng=rng)
    began = time.process_time()
    for participant in who:
        next_statement(found, participant, rng=rng)
    took = (time.process_time() - began) / len(who) * 1e6
    return Row("opinion: next statement, microseconds of CPU", f"{took:.0f}", "about 50", "", "", None, told([one]))
