"""What the page of an issue shows, and the words that only that page uses."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from werkplaats.asks.records import AskLine, PublicVoice
from werkplaats.chains.records import ChainLine
from werkplaats.conversations.records import ConversationLine
from werkplaats.issues.records import IssueRecord, PartyIn, Quote, TrajectoryLine
from werkplaats.issues.rules import EventKind, State
from werkplaats.neighbourhoods.records.drawing import Drawing
from werkplaats.neighbourhoods.rules import PartyKind
from werkplaats.promises.records import SomePromises
from werkplaats.tables.records import TableLine
from werkplaats.threads.records import Stations

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
    line: Stations
    told: int
    shown: int  # how many of those told may be read here
    voices: tuple[PublicVoice, ...]
    asks: tuple[AskLine, ...]
    promises: SomePromises
    trajectories: tuple[TrajectoryLine, ...]
    tables: tuple[TableLine, ...]
    conversations: tuple[ConversationLine, ...]
    chains: tuple[ChainLine, ...]
    drawing: Drawing | None  # who of them works with whom, for whoever may see it

    @property
    def is_proposed(self) -> bool:
        return self.issue.state == State.PROPOSED

    @property
    def is_accepted(self) -> bool:
        return self.issue.state == State.ACCEPTED

    @property
    def is_refused(self) -> bool:
        return self.issue.state == State.REFUSED
