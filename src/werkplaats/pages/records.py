"""What the composed pages show, read from the rooms below, and the words that only these pages use."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from werkplaats.defrag.records import Connection
from werkplaats.issues.records import IssueRecord, PartyIn, Quote
from werkplaats.issues.rules import EventKind, State
from werkplaats.neighbourhoods.records import NeedLine, PartyRecord, PartyTie
from werkplaats.neighbourhoods.rules import PartyKind

MISSING_WORDS: dict[str, Promise] = {
    PartyKind.INITIATIVE: _("Er doet nog geen bewonersinitiatief mee."),
    PartyKind.GOVERNMENT: _("De overheid doet nog niet mee."),
    PartyKind.RESEARCH: _("Onderzoek en onderwijs doen nog niet mee."),
    PartyKind.PROFESSIONAL: _("Welzijn, zorg en wonen doen nog niet mee."),
    PartyKind.BUSINESS: _("Er doet nog geen ondernemer mee."),
}
"""The kinds of party that an issue wants at its table, in this order, with what to say when nobody of a kind is there."""

EVENT_WORDS: dict[str, Promise] = {
    EventKind.PROPOSED: _("Voorgesteld als vraagstuk"),
    EventKind.ACCEPTED: _("Geaccepteerd"),
    EventKind.REFUSED: _("Er is nee gezegd"),
    EventKind.RENAMED: _("Een andere naam gekregen"),
    EventKind.SPLIT: _("Gesplitst"),
    EventKind.JOINED: _("Samengevoegd"),
    EventKind.ADDED: _("Iets toegevoegd"),
    EventKind.REMOVED: _("Iets weggehaald"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """Something that came or was decided on a day. `title` names it when it is alone, `count` when there are more."""

    kind: str  # "source" or "issue"
    on: date
    count: int
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Attention:
    """What waits for people, in numbers. Zero where there is nothing, or where it is not for this reader.

    `said_before` passages stood in an earlier document already; `without_residents` issues have no residents' initiative.
    """

    proposed: int
    doubles: int
    unread: int
    said_before: int
    without_residents: int

    @property
    def is_empty(self) -> bool:
        return not any((self.proposed, self.doubles, self.unread, self.said_before, self.without_residents))


@dataclass(frozen=True, slots=True)
class StartPage:
    """The front page. `unmet` of `needs` open needs have nobody on record who could act on them."""

    needs: int
    unmet: int
    documents: int
    passages: int
    first_year: int | None
    last_year: int | None
    parties: int
    initiatives: int
    issues: int
    themes: int
    changes: tuple[Change, ...]
    attention: Attention

    @property
    def met(self) -> int:
        """Needs for which somebody able is on record."""
        return self.needs - self.unmet


@dataclass(frozen=True, slots=True)
class NeighbourhoodPage:
    """The entrance to the neighbourhood. `unmet` needs have nobody on record who could act on them, `met` needs have.

    Of each list at most `rules.SHOWN_NEEDS`; the counts are of all.
    """

    parties: int
    documents: int
    areas: int
    drawn: int
    unmet: tuple[NeedLine, ...]
    met: tuple[NeedLine, ...]
    offers: tuple[NeedLine, ...]
    unmet_in_all: int
    met_in_all: int
    offers_in_all: int

    @property
    def needs_in_all(self) -> int:
        return self.unmet_in_all + self.met_in_all

    @property
    def is_cut(self) -> bool:
        """Whether there is more than is shown."""
        shown = len(self.unmet) + len(self.met) + len(self.offers)
        return self.needs_in_all + self.offers_in_all > shown


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a party who wants to be named."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document that a party holds."""

    key: str
    title: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class PartyPage:
    """All that is on record about one party, as far as this reader may see it. None: not for this reader."""

    party: PartyRecord
    needs: tuple[NeedLine, ...]
    issues: tuple[tuple[str, str], ...]
    documents: tuple[Document, ...]
    members: tuple[Member, ...]
    ties: tuple[PartyTie, ...] | None
    connections: tuple[Connection, ...] | None


@dataclass(frozen=True, slots=True)
class SourceQuotes:
    """The passages of an issue from one document: those that prove it, and the others."""

    key: str
    title: str
    holder_key: str
    holder_name: str
    published_on: date | None
    proof: tuple[Quote, ...]
    others: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class KindGroup:
    """The parties of one kind that work on an issue."""

    words: Promise
    parties: tuple[PartyIn, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to an issue, in words."""

    words: Promise
    on: date | datetime
    reason: str
    before: str
    by_people: bool


@dataclass(frozen=True, slots=True)
class IssuePage:
    """One issue with what was known, who works on it and who is missing."""

    issue: IssueRecord
    sources: tuple[SourceQuotes, ...]
    first_year: int | None
    last_year: int | None
    groups: tuple[KindGroup, ...]
    missing: tuple[Promise, ...]
    history: tuple[Happening, ...]

    @property
    def is_proposed(self) -> bool:
        return self.issue.state == State.PROPOSED

    @property
    def is_accepted(self) -> bool:
        return self.issue.state == State.ACCEPTED

    @property
    def is_refused(self) -> bool:
        return self.issue.state == State.REFUSED
