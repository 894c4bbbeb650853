"""What may be caught in one line, and which day somebody means."""

import re
from datetime import date, timedelta
from enum import StrEnum

from werkplaats.accounts.rules import TEAM, Verb
from werkplaats.kit.names import plain

READ = Verb("catches.read", TEAM)
CATCH = Verb("catches.catch", TEAM)


class State(StrEnum):
    OPEN = "open"
    BECAME = "became"
    DROPPED = "dropped"


_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_DAYS_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_MONTHS_EN = "january february march april may june july august september october november december".split()
_NEAR = {"vandaag": 0, "morgen": 1, "overmorgen": 2, "today": 0, "tomorrow": 1}
_IN = re.compile(r"(?:over|in) (een|1|a|\d{1,3}) (dag|dagen|day|days|week|weken|weeks)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{4}))?")
_WORDS = re.compile(r"(\d{1,2})\.? ([a-z]{3,9})\.?(?: (\d{4}))?")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")
_PHONE = re.compile(r"(?<!\d)(?:\+|0)(?:[ -]?\d){9,12}(?!\d)")


def day_meant(typed: str, *, today: date) -> date | None:
    """Which day somebody means, in Dutch or English. None: we do not understand it, or there is no such day.

    A day of the week is the next one, never today; a day without a year is the next time that it comes.

    >>> day_meant("vrijdag", today=date(2026, 5, 12))
    datetime.date(2026, 5, 15)
    >>> day_meant("1 juni", today=date(2026, 5, 12))
    datetime.date(2026, 6, 1)
    >>> day_meant("over twee weken misschien", today=date(2026, 5, 12)) is None
    True
    """
    words = " ".join(plain(typed).split())
    words = re.sub(r"^(?:voor|op|by|on|before) ", "", words)
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    for days in (_DAYS, _DAYS_EN):
        if words in days or words in tuple(day[:2] for day in days):
            index = next(number for number, day in enumerate(days) if day.startswith(words))
            return today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)
    if found := _IN.fullmatch(words):
        count = 1 if found[1] in ("een", "a") else int(found[1])
        return today + timedelta(days=count * (7 if found[2].startswith("we") else 1))
    return _written_day(words, today)


def _written_day(words: str, today: date) -> date | None:
    if found := _ISO.fullmatch(words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(words):
        return _next_time(int(found[1]), int(found[2]), found[3], today)
    if found := _WORDS.fullmatch(words):
        month = _month(found[2])
        return _next_time(int(found[1]), month, found[3], today) if month else None
    return None


def _month(word: str) -> int | None:
    for months in (_MONTHS, _MONTHS_EN):
        for number, month in enumerate(months, start=1):
            if month.startswith(word) or (word == "mrt" and number == 3):
                return number
    return None


def _next_time(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _day(int(year), month, day)
    coming = (_day(today.year + ahead, month, day) for ahead in range(5))  # 29 February comes within five years
    return next((each for each in coming if each and each >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def tells_how_to_reach(text: str) -> bool:
    """Whether a text holds a mail address or a phone number: how to reach somebody is theirs to leave, not ours to note.

    >>> tells_how_to_reach("bel 06 1234 5678"), tells_how_to_reach("dinsdag om 19.30 uur, zaal 12")
    (True, False)
    """
    return bool(_MAIL.search(text) or _PHONE.search(_DATE.sub("", text)))
