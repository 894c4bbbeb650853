"""A meeting as a file that every calendar reads (RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

MEDIA_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Meeting:
    """`uid` stays the same for ever; `sequence` goes up with every change, so that a calendar knows which file is newer."""

    uid: str
    sequence: int
    about: str
    start: datetime
    minutes: int
    place: str
    url: str
    is_cancelled: bool
    changed_at: datetime


def calendar_file(meeting: Meeting) -> bytes:
    """The meeting as a calendar file, its times in UTC.

    >>> at = datetime(2026, 12, 8, 18, 30, tzinfo=UTC)
    >>> made = calendar_file(Meeting("tafel@buurt", 1, "De winter", at, 120, "Kerk", "", False, at))
    >>> b"DTSTART:20261208T183000Z" in made, b"SEQUENCE:1" in made
    (True, True)
    """
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("last-modified", meeting.changed_at.astimezone(UTC))
    event.add("dtstart", meeting.start.astimezone(UTC))
    event.add("dtend", (meeting.start + timedelta(minutes=meeting.minutes)).astimezone(UTC))
    event.add("summary", meeting.about)
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.url:
        event.add("url", meeting.url)
    calendar = Calendar()
    calendar.add("prodid", "-//Samenhang//Wijkwerkplaats//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if meeting.is_cancelled else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
