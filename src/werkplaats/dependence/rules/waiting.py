"""Who waits for whom: by promises that run, by steps of chains, and by needs of which another says who can act on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise that runs, from one party (id) to another."""

    key: str
    maker: int
    receiver: int
    since: date
    due: date | None

    def is_overdue(self, today: date) -> bool:
        """Whether its date went by."""
        return self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class Asked:
    """An open need of one party (id), and which others are able to act on it, said by somebody else."""

    key: str
    party: int
    able: frozenset[int]
    since: date | None


@dataclass(frozen=True, slots=True)
class HandsOver:
    """In a chain in force, a step of one party (id) hands over to a step of another. `step`, `then`: their numbers."""

    key: str
    step: int
    then: int
    by: int
    to: int


@dataclass(frozen=True, slots=True)
class Wait:
    """One party (id) waits for another.

    `since`: the oldest of the promises and needs; `steps`: how many of its own come after one of the other.
    """

    waiter: int
    on: int
    promises: int
    overdue: int
    needs: int
    since: date | None
    steps: int = 0


def waits(
    promises: Iterable[Promised], needs: Iterable[Asked], handed: Iterable[HandsOver] = (), *, today: date
) -> tuple[Wait, ...]:
    """Who waits for whom, one line for a pair: most overdue promises first, then most promises, then the longest wait.

    Nobody waits for itself. Who does a step waits for who does the step before it.
    """
    found: dict[tuple[int, int], list[tuple[bool, bool, date | None]]] = {}
    steps: dict[tuple[int, int], set[tuple[str, int]]] = {}
    for one in handed:
        found.setdefault((one.to, one.by), [])
        steps.setdefault((one.to, one.by), set()).add((one.key, one.then))
    for promise in promises:
        told = (True, promise.is_overdue(today), promise.since)
        found.setdefault((promise.receiver, promise.maker), []).append(told)
    for need in needs:
        for able in need.able:
            found.setdefault((need.party, able), []).append((False, False, need.since))
    lines = [_wait(pair, things, len(steps.get(pair, ()))) for pair, things in found.items() if pair[0] != pair[1]]
    return tuple(
        sorted(
            lines,
            key=lambda one: (
                -one.overdue,
                -one.promises,
                one.since or date.max,
                -one.needs,
                -one.steps,
                one.waiter,
                one.on,
            ),
        )
    )


def on_each_other(lines: Iterable[Wait]) -> tuple[tuple[Wait, Wait], ...]:
    """The pairs of parties that wait for each other: both lines, that of the lower id first."""
    by_pair = {(line.waiter, line.on): line for line in lines}
    return tuple(
        (line, by_pair[on, waiter])
        for (waiter, on), line in sorted(by_pair.items())
        if waiter < on and (on, waiter) in by_pair
    )


def _wait(pair: tuple[int, int], things: list[tuple[bool, bool, date | None]], steps: int) -> Wait:
    days = [since for _is_promise, _is_overdue, since in things if since is not None]
    promises = sum(1 for is_promise, _is_overdue, _since in things if is_promise)
    overdue = sum(1 for _is_promise, is_overdue, _since in things if is_overdue)
    return Wait(pair[0], pair[1], promises, overdue, len(things) - promises, min(days, default=None), steps)
