"""Who reads the composed pages, how much of a long list they show, and what comes first today."""

from collections.abc import Iterable
from enum import StrEnum

from werkplaats.accounts.rules import ANYONE, COORDINATORS, TEAM, Verb

READ = Verb("pages.read", ANYONE)
TODAY = Verb("pages.today", TEAM)
BEGIN = Verb("pages.begin", COORDINATORS)
SET_TERMS = Verb("pages.set_terms", COORDINATORS)

SHOWN_CHANGES = 5
SHOWN_DUE = 3
SHOWN_ASKS = 3
DUE_DAYS = 28
"""What is due within four weeks may stand on the front page."""
SHOWN_QUOTES = 3
SHOWN_PROMISES = 20
"""On the page of an issue or a party; the list of promises has them all."""
SHOWN_NEEDS = 60
"""Needs, and offers, in one list on the page of the neighbourhood; search finds the others."""

SHOWN_DOTS = 200
"""More than this many dots nobody counts; then the sentence says it alone."""

SHOWN_TASKS = 5
FETCHED_TASKS = 20
"""Of each kind so many at most, also where everything is shown: the room of that kind has the whole list."""

MOST_OF_A_KIND = 2
"""Of one kind at most so many among the five, as long as there is something else: twenty late answers hide no broken promise."""

MOST_LINES, MOST_WAITERS = 5, 3
"""Lines in one form of the five questions."""


class TaskKind(StrEnum):
    """What may ask something of a coordinator today."""

    VOICE = "voice"
    OVERDUE = "overdue"
    DRAFT = "draft"
    CATCH = "catch"
    TABLE = "table"
    LOOK = "look"
    PAUSE = "pause"
    MOVE = "move"
    TAKE_OVER = "take_over"
    DOUBLE = "double"
    ISSUE = "issue"
    READING = "reading"


def first_ones(tasks: Iterable[tuple[TaskKind, int]]) -> tuple[int, ...]:
    """Which tasks come first, as places in `tasks`, each (kind, days over its own term; negative: days left).

    The longest over its term first. A third of one kind comes only when nothing else is left.

    >>> first_ones([(TaskKind.VOICE, 9), (TaskKind.VOICE, 8), (TaskKind.VOICE, 7), (TaskKind.TABLE, 0)])
    (0, 1, 3, 2)
    """
    everything = list(tasks)
    order = sorted(range(len(everything)), key=lambda place: (-everything[place][1], place))
    first: list[int] = []
    later: list[int] = []
    seen: dict[TaskKind, int] = {}
    for place in order:
        kind = everything[place][0]
        seen[kind] = seen.get(kind, 0) + 1
        (first if seen[kind] <= MOST_OF_A_KIND else later).append(place)
    return tuple((first + later)[:SHOWN_TASKS])
