"""What the entrance to the neighbourhood and the page of a party show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from werkplaats.chains.records import StepOf
from werkplaats.defrag.records import AskedPage, Connection
from werkplaats.neighbourhoods.records import NeedLine, PartyRecord, PartyTie
from werkplaats.neighbourhoods.records.drawing import Drawing
from werkplaats.promises.records import SomePromises
from werkplaats.threads.records import HandOverRecord


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
    circle: Drawing | None
    connections: tuple[Connection, ...] | None
    promised: SomePromises
    received: SomePromises
    hand_overs: tuple[HandOverRecord, ...]
    may_keep_ties: bool  # this reader speaks for the party, or works in the workshop
    asked: tuple[tuple[str, AskedPage], ...]  # for who speaks for it: what it is asked about meeting others, by key
    own_facts: Mapping[str, date]  # what the party told itself, and when
    may_tell: bool
    chain_steps: tuple[StepOf, ...]
    gathers_for: str = ""  # the ask for which this reader makes a sheet of this initiative, by its key

    @property
    def own_introductions(self) -> date | None:
        told = (self.own_facts.get("introductions_per_month"), self.own_facts.get("open_to_introductions"))
        return max(filter(None, told), default=None)
