"""How often somebody hears from us, and about what. Choices belong to the reader: nobody else ever changes one."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from werkplaats.accounts.rules import ANYONE, MEMBERS, TEAM, RoleName, Verb

CHOOSE = Verb("mail.choose", ANYONE)
FOLLOW = Verb("mail.follow", ANYONE)
MINE = Verb("mail.mine", MEMBERS | {RoleName.CENTRE})
HAND_OUT = Verb("mail.hand_out", TEAM | {RoleName.HELPER})

POST_HOUR = 8
"""When a digest goes out, in the zone of the workshop: every morning, or on Monday."""
QUESTION_DAYS = 31
"""Between two questions about one receipt lies at least the longest month."""


class Kind(StrEnum):
    """About what we write."""

    ANSWER = "answer"  # an answer to what you gave
    NEWS = "news"  # of what you follow
    QUESTION = "question"  # whether you notice a difference
    REMINDER = "reminder"  # of what you said you would do
    INTRODUCE = "introduce"  # whether you would like to meet somebody
    INVITE = "invite"  # to sit at a table, and what came of it
    RECORD = "record"  # the day's hash of the ledger, for who keeps it


class Pace(StrEnum):
    """How often. Who chose nothing gets the first message of a kind at once, and what follows once a day."""

    UNCHOSEN = "unchosen"
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


def goes_alone(pace: Pace, *, is_first: bool) -> bool:
    """Whether a message is a mail of its own; otherwise it is a part of a digest."""
    return pace == Pace.AT_ONCE or (pace == Pace.UNCHOSEN and is_first)


def due(pace: Pace, *, is_first: bool, at: datetime) -> datetime | None:
    """When a message goes out; None: not at all. `at` is in the zone of the workshop, and so is what is given.

    >>> from zoneinfo import ZoneInfo
    >>> tuesday = datetime(2026, 5, 12, 15, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    >>> due(Pace.WEEKLY, is_first=False, at=tuesday).isoformat()
    '2026-05-18T08:00:00+02:00'
    """
    if pace == Pace.OFF:
        return None
    if goes_alone(pace, is_first=is_first):
        return at
    days = 1 if at.hour >= POST_HOUR else 0
    if pace == Pace.WEEKLY:
        days += -(at + timedelta(days=days)).weekday() % 7
    return datetime.combine(at.date() + timedelta(days=days), time(POST_HOUR), tzinfo=at.tzinfo)
