"""What other rooms and templates may read of mirrors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from werkplaats.dependence.records.waiting import PartyPage
from werkplaats.mirror.records.words import (
    DOORS,
    ENDING_WORDS,
    HAPPENED_WORDS,
    KIND_WORDS,
    PEOPLE_WORDS,
    PUBLICATION_WORDS,
    RECORD_WORDS,
    SECTION_WORDS,
)
from werkplaats.mirror.rules import Happened, Publication, RecordKind
from werkplaats.promises.records import KIND_WORDS as PROMISE_WORDS
from werkplaats.promises.records import WORD_WORDS


@dataclass(frozen=True, slots=True)
class RecordLine:
    """What an item rests on. `door`: the name of the address where it stands, "" for what stands nowhere else."""

    kind: str
    key: str
    label: str
    origin: str
    people: int = 0

    @property
    def door(self) -> str:
        if self.kind == RecordKind.PEOPLE:
            return "promises:promise" if self.origin.startswith("people:promise:") else "asks:ask"
        return DOORS.get(RecordKind(self.kind), "")

    @property
    def words(self) -> str:
        if self.kind == RecordKind.PEOPLE:
            return ngettext("%(n)d mens", "%(n)d mensen", self.people) % {"n": self.people}
        return str(RECORD_WORDS[self.kind]) % {"label": self.label}


@dataclass(frozen=True, slots=True)
class Count:
    """How many people said a word."""

    words: Words
    count: int


@dataclass(frozen=True, slots=True)
class Said:
    """What one party or table says of a promise. `name`: "" for a table."""

    name: str
    word: Words
    words: str


@dataclass(frozen=True, slots=True)
class Own:
    """The party's own words beside an item."""

    words: str
    on: date


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One thing in a mirror, with its records and the party's own words."""

    item_id: int
    section: str
    kind: str
    key: str
    title: str
    facts: Mapping[str, Any]
    records: tuple[RecordLine, ...]
    is_new: bool
    own: Own | None

    @property
    def kind_words(self) -> Words:
        return KIND_WORDS[self.kind]

    @property
    def promise_words(self) -> Words:
        return PROMISE_WORDS[self.facts["kind"]]

    @property
    def own_word(self) -> Words | str:
        return WORD_WORDS.get(self.facts.get("own_word", ""), "")

    @property
    def verdicts(self) -> tuple[Said, ...]:
        """What receiving parties and tables say of a promise."""
        return tuple(Said(one["name"], WORD_WORDS[one["word"]], one["words"]) for one in self.facts.get("verdicts", ()))

    @property
    def people(self) -> tuple[Count, ...]:
        """What people said, as far as it may be shown."""
        told = self.facts.get("people", {})
        return tuple(Count(words, told[word]) for word, words in PEOPLE_WORDS.items() if told.get(word))

    @property
    def ending_words(self) -> Words:
        return ENDING_WORDS[self.facts["ending"]]

    @property
    def when(self) -> str:
        """The years of an attempt."""
        since, until = self.facts["since"], self.facts["until"]
        if not until:
            return _("sinds %(since)d") % {"since": since}
        return str(since) if since == until else _("%(since)d tot %(until)d") % {"since": since, "until": until}

    @property
    def days(self) -> dict[str, date]:
        """The dates among the facts."""
        named = ("due_on", "done_on", "people_on", "answer_by", "on")
        told = {name: self.facts.get(name) for name in named}
        since = self.facts.get("since")
        found = {name: date.fromisoformat(text) for name, text in told.items() if text}
        return found | ({"since": date.fromisoformat(since)} if isinstance(since, str) and since else {})

    @property
    def came_back(self) -> tuple[date, ...]:
        return tuple(date.fromisoformat(text) for text in self.facts.get("came_back", ()))


@dataclass(frozen=True, slots=True)
class SectionPart:
    """One part of the page: its first items, and how many it has."""

    name: str
    items: tuple[ItemLine, ...]
    in_all: int

    @property
    def words(self) -> Words:
        return SECTION_WORDS[self.name][0]

    @property
    def empty_words(self) -> Words:
        return SECTION_WORDS[self.name][1]

    @property
    def has_more(self) -> bool:
        return self.in_all > len(self.items)


@dataclass(frozen=True, slots=True)
class EventLine:
    """What happened to a state of a mirror."""

    kind: str
    on: date
    words: str

    @property
    def kind_words(self) -> Words:
        return HAPPENED_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class State:
    """One frozen state of a mirror, without what is in it."""

    snapshot_id: int
    on: date
    is_public: bool
    public_from: date | None
    events: tuple[EventLine, ...]
    gone: tuple[str, ...]
    new: int

    @property
    def talked_on(self) -> date | None:
        return next((event.on for event in self.events if event.kind == Happened.TALKED), None)

    @property
    def says_yes(self) -> bool:
        """Whether the party's last word on publishing is a yes."""
        said = [event.kind for event in self.events if event.kind in (Happened.CONSENTED, Happened.WITHDREW)]
        return bool(said) and said[-1] == Happened.CONSENTED


@dataclass(frozen=True, slots=True)
class MirrorLine:
    """The mirror of one party, in a list."""

    mirror_id: int
    workshop_id: int
    key: str
    name: str
    kind: str
    publication: Publication
    public_on: date | None  # the date of the state that everybody may read
    last_on: date | None

    @property
    def publication_words(self) -> Words:
        return PUBLICATION_WORDS[self.publication]

    @property
    def is_workshop(self) -> bool:
        return self.publication is Publication.ALWAYS


@dataclass(frozen=True, slots=True)
class MirrorRecord:
    """A mirror as a page: one frozen state of it, the party's own block first."""

    line: MirrorLine
    state: State
    states: tuple[State, ...]  # the others that this reader may open
    own: tuple[SectionPart, ...]
    others: tuple[SectionPart, ...]

    @property
    def is_empty(self) -> bool:
        return not any(part.in_all for part in (*self.own, *self.others))


@dataclass(frozen=True, slots=True)
class OwnEyes:
    """What only the party sees, as it is today: its seats, what falls if it stops, what it takes and gives."""

    tables: int
    tables_with_us: int
    between: PartyPage  # who waits for whom, and what falls
    partners: tuple[tuple[str, str, Words], ...]  # (key, name, kind of tie)
    needs: int
    offers: int


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """An attempt as a party tells it, and by whom or what it is shown."""

    attempt_id: int
    key: str
    what: str
    since: int
    until: int | None
    ending: str
    why: str
    party_key: str
    party_name: str
    shown_by: tuple[str, ...]
    asked: tuple[str, ...]  # parties that did not say yet whether it was so

    @property
    def ending_words(self) -> Words:
        return ENDING_WORDS[self.ending]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Two mirrors beside each other, or asked to be."""

    sheet_id: int
    key: str
    one: MirrorLine
    other: MirrorLine
    one_says_yes: bool
    other_says_yes: bool

    @property
    def is_open(self) -> bool:
        return self.one_says_yes and self.other_says_yes
