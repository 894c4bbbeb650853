"""What a mirror holds, when it may be public, and who may do what with it. Values in and out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from werkplaats.accounts.rules import ANYONE, COORDINATORS, Verb
from werkplaats.workshops.rules import Capability

READ = Verb("mirror.read", ANYONE, of=Capability.MIRRORS)
"""The list of mirrors and what is public of them; each page asks again with the mirror in hand."""
SEE = Verb("mirror.see", COORDINATORS, own=True, of=Capability.MIRRORS)
"""A mirror that is not public: its party and the coordinator, nobody else."""
SEE_OWN = Verb("mirror.see_own", frozenset(), own=True, of=Capability.MIRRORS)
"""What is for the eyes of the party alone."""
ASK = Verb("mirror.ask", COORDINATORS, own=True, of=Capability.MIRRORS)
NOTE_TALK = Verb("mirror.note_talk", COORDINATORS, of=Capability.MIRRORS)
ANSWER = Verb("mirror.answer", COORDINATORS, own=True, of=Capability.MIRRORS)
"""To put the words of the party beside an item: whoever speaks for it; the coordinator writes down what was said in the talk."""
CONSENT = Verb("mirror.consent", frozenset(), own=True, of=Capability.MIRRORS)
"""Only who speaks for a party says yes or no in its name."""
TELL = Verb("mirror.tell", COORDINATORS, own=True, of=Capability.MIRRORS)
CONFIRM = Verb("mirror.confirm", frozenset(), own=True, of=Capability.MIRRORS)
"""To confirm what another party tells of its years: whoever speaks for the party that it asks."""
LAY = Verb("mirror.lay_beside", COORDINATORS, own=True, of=Capability.MIRRORS)
BESIDE = Verb("mirror.say_beside", frozenset(), own=True, of=Capability.MIRRORS)
"""To say yes or no to a sheet of two mirrors: whoever speaks for one of the two."""

DECLINE_DAYS = 60
"""After so many days of declining the talk, the mirror of a public body is public."""
REST_DAYS = 28
"""A new state of a mirror is frozen so many days after the one before at the earliest, unless somebody asks for it."""
ENOUGH = 2
"""So many independent sources an item rests on, or it does not appear."""
LONGEST = 2_000
PUBLIC_BODIES = frozenset({"government", "research"})
"""Kinds of parties whose mirror is public after the talk: public bodies and knowledge institutions."""


class Section(StrEnum):
    """The parts of the page, in their order. The party's own come first."""

    GAVE = "gave"
    NEVER_BACK = "never_back"
    YEARS = "years"
    PROMISES = "promises"
    ASKS = "asks"
    SAID = "said"
    NEEDS = "needs"


OWN_SECTIONS = (Section.GAVE, Section.NEVER_BACK, Section.YEARS)
OTHER_SECTIONS = tuple(one for one in Section if one not in OWN_SECTIONS)


class ItemKind(StrEnum):
    KEPT = "kept"  # a promise of the party of which others say that it was kept
    REPLIED = "replied"  # the party answered people
    PROMISED_TO_US = "promised_to_us"  # what was promised to the party and did not come
    NOTHING_BACK = "nothing_back"  # it answered an ask, and nothing came back
    OWN_NEED = "own_need"  # it asks for something, and who can help is known
    ATTEMPT = "attempt"
    TRAJECTORY = "trajectory"
    PROMISE = "promise"
    ASK = "ask"
    ANSWERS = "answers"  # whether its answers fitted
    VOICES = "voices"
    PASSAGE = "passage"
    ABLE = "able"  # somebody needs something, and a third party says that this one can help


class RecordKind(StrEnum):
    PROMISE = "promise"
    VERDICT = "verdict"
    TABLE = "table"
    ASK = "ask"
    GIVE_BACK = "give_back"
    REPLY = "reply"
    PEOPLE = "people"
    REPORT = "report"
    TRAJECTORY = "trajectory"
    NEED = "need"
    ABLE = "able"
    ATTEMPT = "attempt"
    CONFIRMED = "confirmed"
    SOURCE = "source"


class Ending(StrEnum):
    """How an attempt stands."""

    RUNS = "runs"
    STOPPED = "stopped"
    HANDED_OVER = "handed_over"


class Publication(StrEnum):
    """What makes the mirror of a party public."""

    ALWAYS = "always"
    TALK = "talk"
    CONSENT = "consent"


class Happened(StrEnum):
    """What is on record of one state of a mirror."""

    TALKED = "talked"
    DECLINED = "declined"
    CONSENTED = "consented"
    WITHDREW = "withdrew"


@dataclass(frozen=True, slots=True)
class Record:
    """What an item rests on. `origin`: whose word or which event it is, such as ``party:school`` or ``table:overleg``.

    `people`: how many people it is the word of, where it is told as a number.
    """

    kind: RecordKind
    key: str
    label: str
    origin: str
    people: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a mirror. `key` stays the same from state to state; `facts` are words, dates as ISO text and numbers."""

    section: Section
    kind: ItemKind
    key: str
    title: str
    records: tuple[Record, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
    on: str = ""  # by which it is put in order, ISO


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to one state of a mirror."""

    kind: Happened
    on: date


def sources(records: Iterable[Record]) -> int:
    """How many independent sources these records are: each origin once, and a number of people as two.

    >>> told = Record(RecordKind.PROMISE, "p", "", origin="party:a")
    >>> sources([told, told]), sources([told, Record(RecordKind.PEOPLE, "p", "", origin="people:p", people=6)])
    (1, 3)
    """
    found: dict[str, int] = {}
    for record in records:
        found[record.origin] = max(found.get(record.origin, 0), 2 if record.people > 1 else 1)
    return sum(found.values())


def held(candidates: Iterable[Item]) -> tuple[Item, ...]:
    """What appears: each item once, with two independent sources or what one says confirmed by another, in order.

    A word of the party itself is one source like any other; said twice by the same party it is still one.
    """
    found = {
        item.key: replace(item, records=tuple(dict.fromkeys(item.records)))
        for item in candidates
        if sources(item.records) >= ENOUGH
    }
    order = list(Section)
    by_key = sorted(found.values(), key=lambda item: item.key)
    newest_first = sorted(by_key, key=lambda item: item.on, reverse=True)
    return tuple(sorted(newest_first, key=lambda item: order.index(item.section)))


# --- numbers of people --------------------------------------------------------------------------------------------------
def changed(before: Mapping[str, int], now: Mapping[str, int]) -> int:
    """At how many people at least these counts differ: who came, went or moved counts once.

    >>> changed({"yes": 5, "no": 2}, {"yes": 3, "no": 4}), changed({"yes": 5}, {"yes": 5, "no": 1})
    (2, 1)
    """
    steps = [now.get(word, 0) - before.get(word, 0) for word in {*before, *now}]
    return max(sum(step for step in steps if step > 0), -sum(step for step in steps if step < 0))


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts of people as they were shown from a day on."""

    on: date
    counts: Mapping[str, int]


def shown(earlier: Sequence[Figure], now: Mapping[str, int], *, small: int, today: date) -> Sequence[Figure]:
    """Which counts of people are shown, the last of these: none of a small group, and the old ones until enough people changed.

    Enough from every state that was ever shown: so no two states of a mirror, however far apart, differ by what fewer
    than `small` people said. Empty: nothing is shown.

    >>> day = date(2026, 5, 12)
    >>> first = shown([], {"yes": 6}, small=5, today=day)
    >>> shown([], {"yes": 4}, small=5, today=day), shown(first, {"yes": 8}, small=5, today=day) == first
    ([], True)
    >>> [dict(figure.counts) for figure in shown(first, {"yes": 11}, small=5, today=day)]
    [{'yes': 6}, {'yes': 11}]
    """
    if sum(now.values()) < small or (earlier and not changed(earlier[-1].counts, now)):
        return earlier
    steps = (changed(figure.counts, now) for figure in earlier)
    return [*earlier, Figure(today, now)] if all(step == 0 or step >= small for step in steps) else earlier


# --- talk before page -----------------------------------------------------------------------------------------------------
def publication(kind: str, *, is_workshop: bool) -> Publication:
    """What makes the mirror of a party of this kind public: it follows power.

    >>> publication("government", is_workshop=False).value, publication("initiative", is_workshop=False).value
    ('talk', 'consent')
    """
    if is_workshop:
        return Publication.ALWAYS
    return Publication.TALK if kind in PUBLIC_BODIES else Publication.CONSENT


def public_from(rule: Publication, *, made_on: date, events: Iterable[Event]) -> date | None:
    """From which day one state of a mirror is public; None: nothing on record makes it so.

    A yes counts after the talk, and until it is taken back. Who consents again begins anew.

    >>> begin = date(2026, 5, 1)
    >>> public_from(Publication.TALK, made_on=begin, events=[Event(Happened.DECLINED, begin)])
    datetime.date(2026, 6, 30)
    >>> public_from(Publication.CONSENT, made_on=begin, events=[Event(Happened.CONSENTED, begin)])
    """
    if rule is Publication.ALWAYS:
        return made_on
    told = list(events)
    talked = min((event.on for event in told if event.kind is Happened.TALKED), default=None)
    if rule is Publication.TALK:
        declined = min((event.on for event in told if event.kind is Happened.DECLINED), default=None)
        after = [*([talked] if talked else []), *([declined + timedelta(days=DECLINE_DAYS)] if declined else [])]
        return min(after, default=None)
    yes = None
    for event in told:
        if event.kind is Happened.CONSENTED:
            yes = yes or event.on
        elif event.kind is Happened.WITHDREW:
            yes = None
    return max(talked, yes) if talked and yes else None


def is_public(rule: Publication, *, made_on: date, events: Iterable[Event], today: date) -> bool:
    """Whether anybody may read this state of a mirror today."""
    since = public_from(rule, made_on=made_on, events=events)
    return since is not None and since <= today


def is_time(last_on: date | None, *, today: date, declined_open: bool) -> bool:
    """Whether a changed mirror is frozen anew: not while a declined one waits for its day, nor soon after the last."""
    if last_on is None:
        return True
    return not declined_open and (today - last_on).days >= REST_DAYS
