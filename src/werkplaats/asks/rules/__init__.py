"""What may be asked, what may happen to a voice, when an answer is late, and how much is asked of people."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from werkplaats.accounts.rules import ANYONE, MEMBERS, PARTIES, TEAM, RoleName, Verb

READ = Verb("asks.read", ANYONE)
GIVE = Verb("asks.give", ANYONE)
REPORT = Verb("asks.report", ANYONE)
WRITE = Verb("asks.write", MEMBERS - {RoleName.HELPER})
CHANGE = Verb("asks.change", TEAM, own=True)
LOOK = Verb("asks.look", TEAM)
TYPE_IN = Verb("asks.type_in", TEAM | {RoleName.HELPER})
REPLY = Verb("asks.reply", TEAM, own=True)
COMPLETE = Verb("asks.complete", PARTIES)

STANDING_KEY = "wat-wil-je-kwijt"
STANDING_DAYS = 14
"""Within so many days a voice on the standing ask is answered."""

LONG_WAIT_DAYS = 14
SILENT_AFTER = timedelta(days=28)
LONGEST = 20_000
"""Signs in one voice: an hour of talking. More is a file, and belongs in the library."""


class AskState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class State(StrEnum):
    WAITING = "waiting"
    REPLIED = "replied"
    FITS = "fits"
    DOES_NOT_FIT = "does_not_fit"
    SILENT = "silent"
    WITHDRAWN = "withdrawn"


class Privacy(StrEnum):
    WORKSHOP = "workshop"  # only the workshop reads it
    NAMELESS = "nameless"  # may go out without a name, after a human's look


class Channel(StrEnum):
    WEB = "web"
    CODE = "code"
    TABLE = "table"
    PAPER = "paper"
    IMPORT = "import"


class Fit(StrEnum):
    UNSAID = ""
    FITS = "fits"
    DOES_NOT_FIT = "does_not_fit"


class GrownUp(StrEnum):
    """Who said yes for somebody under sixteen."""

    NONE = ""
    PARENT = "parent"
    HOST = "host"


class Report(StrEnum):
    """How far a report of 'something was asked here' came."""

    REPORTED = "reported"
    CHECKED = "checked"  # the host knows that it happened
    COMPLETED = "completed"  # the party that asked wrote it down as an ask
    DROPPED = "dropped"


MAY_BECOME: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.REPLIED, State.WITHDRAWN}),
    State.REPLIED: frozenset({State.FITS, State.DOES_NOT_FIT, State.SILENT, State.WAITING, State.WITHDRAWN}),
    State.FITS: frozenset({State.WITHDRAWN}),
    State.DOES_NOT_FIT: frozenset({State.WITHDRAWN}),
    State.SILENT: frozenset({State.FITS, State.DOES_NOT_FIT, State.WAITING, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}
"""The arrows of a voice. Back to waiting is what 'does not fit' means the first time; who was silent may still speak."""

ASK_MAY_BECOME: dict[AskState, frozenset[AskState]] = {
    AskState.DRAFT: frozenset({AskState.OPEN, AskState.CLOSED}),
    AskState.OPEN: frozenset({AskState.CLOSED}),
    AskState.CLOSED: frozenset({AskState.OPEN}),
}


def may_become(state: State, to: State) -> bool:
    """Whether there is an arrow from one state of a voice to another."""
    return to in MAY_BECOME[state]


def after_fit(fit: Fit, *, reopened: bool) -> State:
    """Where the giver's word on a reply brings a voice: what does not fit opens it again, once.

    >>> after_fit(Fit.DOES_NOT_FIT, reopened=False).value, after_fit(Fit.DOES_NOT_FIT, reopened=True).value
    ('waiting', 'does_not_fit')
    """
    if fit is Fit.FITS:
        return State.FITS
    return State.DOES_NOT_FIT if reopened else State.WAITING


def state_after(words: Iterable[tuple[Fit, bool]]) -> tuple[State, bool]:
    """How a voice stands after its replies, and whether it was opened again: of each, in order, the word and "not with those".

    >>> state_after([(Fit.DOES_NOT_FIT, False), (Fit.UNSAID, False)])
    (<State.REPLIED: 'replied'>, True)
    """
    state, reopened = State.WAITING, False
    for fit, disputed in words:
        if disputed:
            state = State.WAITING
        elif fit is Fit.UNSAID:
            state = State.REPLIED
        else:
            state = after_fit(fit, reopened=reopened)
            reopened = reopened or state is State.WAITING
    return state, reopened


def has_words(text: str) -> bool:
    """Whether a text says anything: more than spaces and signs that nobody sees. An emoji says something."""
    return any(unicodedata.category(sign)[0] not in "ZC" for sign in text)


def due_on(*, given_on: date, answer_by: date | None, come_back_on: date | None) -> date:
    """When a voice is answered at the latest: on the day somebody named for it, else the ask's own, else within 14 days.

    A voice that came after the ask's own day is not late before it is given: it has 14 days too.

    >>> due_on(given_on=date(2026, 5, 1), answer_by=None, come_back_on=None)
    datetime.date(2026, 5, 15)
    """
    if come_back_on:
        return come_back_on
    return answer_by if answer_by and answer_by >= given_on else given_on + timedelta(days=STANDING_DAYS)


def is_late(*, state: AskState, answer_by: date | None, came_back_on: date | None, today: date) -> bool:
    """Whether an ask promised to come back before today and did not. The same rule for whoever asks; never stored."""
    return state is not AskState.DRAFT and answer_by is not None and came_back_on is None and answer_by < today


def came_back_late(*, answer_by: date | None, came_back_on: date | None) -> bool:
    """Whether an ask did come back, but after the day that was promised."""
    return answer_by is not None and came_back_on is not None and came_back_on > answer_by


@dataclass(frozen=True, slots=True)
class Asking:
    """Something that was asked of people: of how many, how long it took each, and whether anything came back."""

    on: date
    minutes: int
    people: int
    came_back: bool


@dataclass(frozen=True, slots=True)
class Load:
    """What was asked of an area or group in twelve months, against what came back."""

    asks: int
    resident_minutes: int
    came_back: int


def ask_load(askings: Iterable[Asking], *, today: date) -> Load:
    """The sum of what was asked in the year that ends today. Unit: minutes of residents.

    >>> ask_load([Asking(date(2026, 1, 5), 10, 40, True), Asking(date(2024, 1, 5), 60, 9, False)], today=date(2026, 5, 12))
    Load(asks=1, resident_minutes=400, came_back=1)
    """
    counted = [one for one in askings if year_before(today) < one.on <= today]
    return Load(
        asks=len(counted),
        resident_minutes=sum(one.minutes * one.people for one in counted),
        came_back=sum(one.came_back for one in counted),
    )


def year_before(day: date) -> date:
    """The same day a year earlier; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def day_in(zone: str, moment: datetime) -> date:
    """The day that it is in a workshop's zone.

    >>> day_in("Europe/Amsterdam", datetime.fromisoformat("2026-05-11T22:30:00+00:00"))
    datetime.date(2026, 5, 12)
    """
    return moment.astimezone(ZoneInfo(zone)).date()


def receipt_of(voice_key: str) -> str:
    """The `thing` that the receipt code of a voice opens."""
    return f"voice:{voice_key}"


def voice_key_in(thing: str) -> str:
    """The key of the voice that a receipt code opens; empty when the code opens something else."""
    kind, _, key = thing.partition(":")
    return key if kind == "voice" else ""
