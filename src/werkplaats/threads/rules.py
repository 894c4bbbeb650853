"""How far a story came, and what somebody who leaves must hand over."""

from collections.abc import Sequence
from enum import StrEnum

from werkplaats.accounts.rules import ANYONE, TEAM, Verb

READ = Verb("threads.read", ANYONE)
OPEN_RECEIPT = Verb("threads.open_receipt", ANYONE)
"""A receipt opens with its code: the door is for anyone, the digits are the key."""
HAND_OVER = Verb("threads.hand_over", TEAM)


RECEIPT = "receipt"
"""The purpose of the codes that open a receipt."""
OPEN_MINUTES = 30
"""So long a receipt stays open on a device after its code was typed: the next reader of a library computer sees nothing."""


class StationName(StrEnum):
    """The seven stations from voice to difference, in their order."""

    VOICE = "voice"
    ISSUE = "issue"
    TABLE = "table"
    PROMISE = "promise"
    ACTION = "action"
    ANSWER = "answer"
    DIFFERENCE = "difference"


class StationState(StrEnum):
    DONE = "done"
    NOW = "now"
    OPEN = "open"


def states(reached: Sequence[bool]) -> tuple[StationState, ...]:
    """How each station is drawn: reached, here we are now, or not yet.

    "Now" is the first station after the last one reached. One that was passed over stays open: the line does not tell
    that people sat at a table when nobody did.

    >>> [state.value for state in states([True, False, True, False, False])]
    ['done', 'open', 'done', 'now', 'open']
    """
    last = max((place for place, done in enumerate(reached) if done), default=-1)
    return tuple(
        StationState.DONE if done else StationState.NOW if place == last + 1 else StationState.OPEN
        for place, done in enumerate(reached)
    )


class ItemKind(StrEnum):
    """What a leaver may leave behind."""

    ASK = "ask"
    PROMISE = "promise"
    RETURN = "return"  # a day on which somebody would be told something


def is_settled(*, has_receiver: bool, left_open: bool) -> bool:
    """Whether a hand-over says where its things go: to a receiver, or openly to nobody; never both, never neither."""
    return has_receiver != left_open
