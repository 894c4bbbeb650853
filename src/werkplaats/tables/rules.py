"""Who may hold a table, what may come of it, how turns are put together and which figures may be told. Plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from werkplaats.accounts.rules import ANYONE, TEAM, RoleName, Verb
from werkplaats.workshops.rules import Capability

READ = Verb("tables.read", ANYONE)
HOLD = Verb("tables.hold", TEAM)
ANSWER = Verb("tables.answer", ANYONE)
DRAW = Verb("tables.draw", TEAM, of=Capability.LOTS)
SEE_DRAWN = Verb("tables.see_drawn", ANYONE, of=Capability.LOTS)
COUNT = Verb("tables.count", TEAM, of=Capability.TURNS)
JOIN = Verb("tables.join", ANYONE)
"""Anybody may come in with the code of a table: the door is for anyone, the digits are the key."""
CHECK_OUT = Verb("tables.check_out", ANYONE)
"""To say how it was: who is in with the code of the table, once per device."""
TYPE_IN = Verb("tables.type_in", TEAM | {RoleName.HELPER})

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
    CHAIN = "chain"  # does a step in a chain that touches the issue


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


def day_came(held_at: datetime, *, now: datetime, zone: tzinfo) -> bool:
    """Whether the day of a table began where it is held: from then on people can say how it was.

    >>> from datetime import UTC
    >>> day_came(datetime(2026, 5, 12, 19, tzinfo=UTC), now=datetime(2026, 5, 12, 8, tzinfo=UTC), zone=UTC)
    True
    """
    return held_at.astimezone(zone).date() <= now.astimezone(zone).date()


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


# --- turns: taps on a phone that may be cut off ------------------------------------------------------------------------------
MOST_AT_ONCE = 200
"""Taps and lines in one sending; a phone with more sends several."""

_FAR = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Tap:
    """Somebody spoke, of a party of this kind. `device` and `number` name it: its place among the taps of one device.

    `counted_at`: what the device says the time was; nothing rests on it. `is_back`: it was taken back.
    """

    device: str
    number: int
    kind: str
    counted_at: datetime | None = None
    is_back: bool = False


def together(*batches: Iterable[Tap]) -> tuple[Tap, ...]:
    """The taps of these batches, each once, those of one device in the order in which they were tapped.

    In whatever order batches come, and however often, this is the same: what is taken back once stays so.

    >>> here, back = Tap("p", 2, "business"), Tap("p", 2, "business", is_back=True)
    >>> together([back], [here, Tap("p", 1, "other")]) == (Tap("p", 1, "other"), back)
    True
    """
    found: dict[tuple[str, int], Tap] = {}
    for tap in (tap for batch in batches for tap in batch):
        name = tap.device, tap.number
        known = found.get(name, tap)
        found[name] = replace(known, is_back=known.is_back or tap.is_back)
    return tuple(found[name] for name in sorted(found))


def told_moment(said: object, *, at: datetime) -> datetime | None:
    """What a device says the time was, when that can be a time at all; a clock that is a day off is still told.

    >>> from datetime import UTC
    >>> now = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
    >>> told_moment("2026-05-11T09:30:00Z", at=now), told_moment("0001-01-01T00:00:00Z", at=now), told_moment(7, at=now)
    (datetime.datetime(2026, 5, 11, 9, 30, tzinfo=datetime.timezone.utc), None, None)
    """
    try:
        moment = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
    if moment is None or moment.tzinfo is None:
        return None
    return moment if abs(moment - at) < _FAR else None


# --- the check-out: how it was, of which no figure tells about few people ---------------------------------------------------
LOWEST, HIGHEST = 1, 7
HEARD, MATTERED = "heard", "mattered"
ITEMS = 8
"""The items of the Feeling Heard Scale; the first asks outright whether somebody felt heard."""

OPEN_HOURS = 12
"""So long somebody is in at a table with its code, and so long its check-out stays open at most."""


class Channel(StrEnum):
    WEB = "web"
    PAPER = "paper"


def may_tell(new: Mapping[str, int], *, small: int, is_first: bool) -> bool:
    """Whether figures may be told (again): of each kind nobody or enough people came since, so that no difference tells of few.

    >>> may_tell({"business": 3, "other": 2}, small=5, is_first=True)
    True
    >>> may_tell({"business": 6, "other": 2}, small=5, is_first=False), may_tell({"business": 6}, small=5, is_first=False)
    (False, True)
    """
    came = [count for count in new.values() if count]
    if is_first:
        return sum(came) >= small
    return bool(came) and min(came) >= small


def told_apart(counts: Mapping[str, int], *, small: int) -> tuple[str, ...]:
    """The kinds of which figures are told by themselves: chosen when a table first tells, and the same ever after.

    All together is told too. So whoever is in no such kind must be of two kinds at least, and enough people together.

    >>> told_apart({"initiative": 9, "government": 2}, small=5), told_apart({"initiative": 9, "government": 6}, small=5)
    ((), ('government', 'initiative'))
    >>> told_apart({"initiative": 9, "government": 2, "business": 4}, small=5)
    ('initiative',)
    """
    hidden = {kind for kind, count in counts.items() if 0 < count < small}
    rest = sorted((count, kind) for kind, count in counts.items() if count >= small)
    while hidden and rest and (len(hidden) < 2 or sum(counts[kind] for kind in hidden) < small):
        hidden.add(rest.pop(0)[1])
    return tuple(sorted(kind for _count, kind in rest))


def is_open(opened_at: datetime, closed_at: datetime | None, *, at: datetime) -> bool:
    """Whether somebody can say how it was: until the host ends it, and at most for the length of an evening."""
    return closed_at is None and at < opened_at + timedelta(hours=OPEN_HOURS)
