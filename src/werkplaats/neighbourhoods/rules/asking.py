"""Asking two parties one after the other whether they want to meet: whose turn it is, and how often a party may be asked.

Rooms that bring people together share these rules, and one count of how often a party was asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

ANSWER_DAYS = 28
"""Who did not answer within so many days is left in peace: to everybody else that is the same as a no."""


class Answer(StrEnum):
    YES = "yes"
    NO = "no"


class By(StrEnum):
    MAIL = "mail"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Wording:
    """With which words one side is asked, and how they reach it. ``[naam]`` becomes the name of who reads them."""

    words: str
    by: By


NAME = "[naam]"
"""Stands in the words of a side where the name of who reads them comes."""


def for_reader(words: str, name: str) -> str:
    """The words with the name of who reads them; of who has no name here, that of the party.

    >>> for_reader("Hoi [naam], koffie?", "Gerda")
    'Hoi Gerda, koffie?'
    """
    return words.replace(NAME, name)


class HasAnswer(Protocol):
    """A side, of whichever room; "" while it said nothing."""

    answer: str


def answers_of(sides: Iterable[HasAnswer]) -> list[Answer | None]:
    """What the sides said, in the order in which they are asked."""
    return [Answer(side.answer) if side.answer else None for side in sides]


def whose_turn(answers: Sequence[Answer | None]) -> int | None:
    """Which side is asked now, as its place: the first that said nothing while all before it said yes. None: nobody.

    >>> whose_turn([Answer.YES, None]), whose_turn([Answer.NO, None]), whose_turn([Answer.YES, Answer.YES])
    (1, None, None)
    """
    for place, answer in enumerate(answers):
        if answer is None:
            return place
        if answer is not Answer.YES:
            return None
    return None


def room_left(most: int, *, asked: int, is_open: bool) -> int:
    """How many more introductions a party may be asked for this month."""
    return max(most - asked, 0) if is_open else 0


def month_of(day: date) -> tuple[date, date]:
    """The first day of a month, and of the next.

    >>> month_of(date(2026, 12, 24))
    (datetime.date(2026, 12, 1), datetime.date(2027, 1, 1))
    """
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1)
