"""What planning a table shows: whom its issue concerns, the agenda, invitations, letters and cards."""

from dataclasses import dataclass

from django.utils.functional import Promise as Words
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from werkplaats.tables.records import SEAT_WORDS, SeatLine, TableRecord, kind_words
from werkplaats.tables.rules import RESIDENT, SeatState, Why, WhyGroup

WHY_WORDS: dict[str, Words] = {
    Why.WORKS: _("werkt aan dit vraagstuk"),
    Why.TRAJECTORY: _("doet mee aan het ontwikkeltraject"),
    Why.NEEDS: _("vraagt hier iets voor, of heeft iets te geven"),
    Why.ANSWERS: _("is hierover iets gevraagd, en mensen wachten op antwoord of kregen het"),
    Why.ASKS: _("vroeg hierover iets aan de buurt"),
    Why.PROMISED: _("beloofde hierover iets"),
    Why.RECEIVES: _("kreeg hierover iets beloofd"),
}


WHY_GROUP_WORDS: dict[str, Words] = {
    WhyGroup.BENEFITS: _("het ontwikkeltraject moet hun iets opleveren"),
    WhyGroup.VOICES: _("zij vertelden erover"),
}


@dataclass(frozen=True, slots=True)
class AffectedParty:
    """A party whom an issue concerns, and why that is known. `chains`: in which it does a step, where that is why."""

    party_id: int
    key: str
    name: str
    kind: str
    area: str
    why: tuple[Why, ...]
    chains: tuple[str, ...] = ()

    @property
    def kind_words(self) -> Words:
        """What kind of party it is, as a person reads it."""
        return kind_words(self.kind)

    @property
    def why_words(self) -> tuple[Words | str, ...]:
        """The reasons, as a person reads them."""
        steps = (gettext("doet een stap in de keten “%(name)s”") % {"name": name} for name in self.chains)
        return (*(WHY_WORDS[one] for one in self.why if one is not Why.CHAIN), *steps)


@dataclass(frozen=True, slots=True)
class AffectedGroup:
    """Residents whom an issue concerns. `key` is empty where they are named by those who told, and by nobody else."""

    key: str
    name: str
    why: tuple[WhyGroup, ...]

    @property
    def why_words(self) -> tuple[Words, ...]:
        """The reasons, as a person reads them."""
        return tuple(WHY_GROUP_WORDS[one] for one in self.why)


@dataclass(frozen=True, slots=True)
class Affected:
    """Whom an issue concerns, as far as is on record."""

    parties: tuple[AffectedParty, ...] = ()
    groups: tuple[AffectedGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class OnAgenda:
    """One line of an agenda: `ref` where it follows from the records, `number` where the host wrote it."""

    ref: str
    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class AgendaRecord:
    """What a table talks about, and what the host took off."""

    lines: tuple[OnAgenda, ...]
    taken_off: tuple[OnAgenda, ...]


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """One table with everybody whom its issue concerns, beside the seat they have. `letters`: how many wait to be printed."""

    record: TableRecord
    parties: tuple[tuple[AffectedParty, SeatLine | None], ...]
    groups: tuple[AffectedGroup, ...]
    group_names: tuple[tuple[str, str], ...]
    agenda: AgendaRecord
    letters: int
    is_over: bool

    @property
    def others(self) -> tuple[SeatLine, ...]:
        """Parties that have a seat, were not invited, and of which nothing tells that it concerns them."""
        known = {party.key for party, _seat in self.parties}
        return tuple(one for one in self.record.seats if one.key not in known and one.state is SeatState.SEATED)


@dataclass(frozen=True, slots=True)
class InvitationRecord:
    """What one seat sees with its code. `was_asked_before`: it answered for the day before the table was moved."""

    record: TableRecord
    name: str
    state: SeatState
    was_asked_before: bool
    agenda: AgendaRecord
    is_over: bool

    @property
    def state_words(self) -> Words:
        """How it stands, as a person reads it."""
        return SEAT_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class Card:
    """A card to set on the table. No name: somebody who sits there for no party and is not named."""

    name: str
    kind: str
    group: str

    @property
    def kind_words(self) -> Words:
        """What kind of party it is, as a person reads it."""
        return kind_words(self.kind or RESIDENT)


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation on paper, with the code that opens it."""

    name: str
    words: str
    digits: str
    address: str
    square: SafeString
