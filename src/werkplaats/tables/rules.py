"""Who may hold a table and what may come of it. Plain values."""

from datetime import datetime
from enum import StrEnum

from werkplaats.accounts.rules import ANYONE, TEAM, Verb
from werkplaats.workshops.rules import Capability

READ = Verb("tables.read", ANYONE)
HOLD = Verb("tables.hold", TEAM)
ANSWER = Verb("tables.answer", ANYONE)
DRAW = Verb("tables.draw", TEAM, of=Capability.LOTS)
SEE_DRAWN = Verb("tables.see_drawn", ANYONE, of=Capability.LOTS)

CODE_PURPOSE = "table"
"""A code of this purpose opens the table with its key."""
SEAT_PURPOSE = "seat"
"""A code of this purpose opens one invitation."""

MINUTES = 120
"""How long a table lasts when nobody said so."""

RESIDENT = "resident"
"""In the place of a kind of party: somebody who sits for no party."""


class DecisionKind(StrEnum):
    PROMISE = "promise"
    NO = "no"  # no, because: a result too
    DATE = "date"  # I come back to it on ...


class Answer(StrEnum):
    COMES = "comes"
    DECLINES = "declines"


class By(StrEnum):
    """How an invitation gets there."""

    MAIL = "mail"
    PAPER = "paper"


class Change(StrEnum):
    """What happened to a table after people were told of it."""

    MOVED = "moved"
    CANCELLED = "cancelled"


class SeatState(StrEnum):
    """How it stands with one seat; computed, never stored."""

    SEATED = "seated"  # put at the table by the team, without being invited
    INVITED = "invited"
    COMES = "comes"
    DECLINES = "declines"
    WAS_THERE = "was_there"
    STAYED_AWAY = "stayed_away"


class Why(StrEnum):
    """Why a party is affected by an issue, in the order in which reasons are told."""

    WORKS = "works"  # works on the issue
    TRAJECTORY = "trajectory"  # works in its trajectory
    NEEDS = "needs"  # needs something, or has something to give
    ANSWERS = "answers"  # was asked about it, or would come back to people who wait
    ASKS = "asks"
    PROMISED = "promised"
    RECEIVES = "receives"  # something was promised to it


class WhyGroup(StrEnum):
    """Why residents named together are affected."""

    BENEFITS = "benefits"  # the trajectory is to benefit them
    VOICES = "voices"  # they told about it


class Draw(StrEnum):
    """How far a lottery is."""

    ASKED = "asked"
    CANNOT = "cannot"  # the quotas leave no table
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


def seat_state(
    *,
    invited_at: datetime | None,
    answer: str,
    answered_at: datetime | None,
    was_there: bool | None,
    moved_at: datetime | None = None,
) -> SeatState:
    """How it stands with one seat. Who answered before the table was moved answered about another day: they are asked again.

    >>> seat_state(invited_at=None, answer="", answered_at=None, was_there=None)
    <SeatState.SEATED: 'seated'>
    """
    if was_there is not None:
        return SeatState.WAS_THERE if was_there else SeatState.STAYED_AWAY
    is_outdated = answered_at is not None and moved_at is not None and answered_at < moved_at
    if answer and not is_outdated:
        return SeatState(answer)
    return SeatState.INVITED if invited_at or answer else SeatState.SEATED


def is_over(held_at: datetime, *, now: datetime) -> bool:
    """Whether a table began: from then on nobody says any more whether they come."""
    return held_at <= now


def thing(key: str) -> str:
    """What the code on a table's sheet opens: the portable name of the table.

    >>> thing("overleg-de-spil")
    'table:overleg-de-spil'
    """
    return f"table:{key}"


def seat_thing(key: str) -> str:
    """What the code on an invitation opens; its key says nothing.

    >>> seat_thing("s7f3a")
    'seat:s7f3a'
    """
    return f"seat:{key}"
