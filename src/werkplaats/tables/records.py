"""What other rooms may read of tables, and their words on screen."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise as Words
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from werkplaats.neighbourhoods.records import KIND_WORDS as KIND_OF_PARTY
from werkplaats.neighbourhoods.rules import PartyKind
from werkplaats.tables.rules import MINUTES, RESIDENT, By, DecisionKind, SeatState, Why, WhyGroup

KIND_WORDS: dict[str, Words] = {
    DecisionKind.PROMISE: _("Belofte"),
    DecisionKind.NO: _("Nee, omdat"),
    DecisionKind.DATE: _("We komen erop terug"),
}

SEAT_WORDS: dict[str, Words] = {
    SeatState.SEATED: _("Staat op de lijst, niet uitgenodigd"),
    SeatState.INVITED: _("Uitgenodigd, nog geen antwoord"),
    SeatState.COMES: _("Komt"),
    SeatState.DECLINES: _("Komt niet"),
    SeatState.WAS_THERE: _("Was er"),
    SeatState.STAYED_AWAY: _("Was er niet"),
}
BY_WORDS: dict[str, Words] = {By.MAIL: _("per mail"), By.PAPER: _("per brief"), "": _("nog niet verteld")}
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
MISSING_WORDS: dict[str, Words] = {
    PartyKind.INITIATIVE: _("Geen bewonersinitiatief aan deze tafel."),
    PartyKind.GOVERNMENT: _("Geen overheid aan deze tafel."),
    PartyKind.RESEARCH: _("Geen onderzoek of onderwijs aan deze tafel."),
    PartyKind.PROFESSIONAL: _("Niemand uit welzijn, zorg of wonen aan deze tafel."),
    PartyKind.BUSINESS: _("Geen ondernemer aan deze tafel."),
}
"""What is said of a kind of party that is affected and of which nobody sits at the table. Of what is of no kind the names say enough."""
STAGE_WORDS: dict[str, Words] = {
    "affected": _("Gaat het aan"),
    "invited": _("Uitgenodigd"),
    "present": _("Aanwezig"),
    "spoke": _("Zei iets dat bleef staan"),
    "decided": _("Besliste"),
}
RESIDENT_WORDS = _("Bewoner")

OF_ISSUE_TEMPLATE = "tables/of_issue.html"
"""The tables about one issue, for its page. It reads `tables` (queries.of_issue), `issue_key`, `may_hold` and `workshop`."""


def kind_words(kind: str) -> Words:
    """The words of a kind of party, or of somebody who sits for no party."""
    return RESIDENT_WORDS if kind == RESIDENT else KIND_OF_PARTY[kind]


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A party at a table. `group`: the residents for whom it speaks there; `code_key`: the key of its invitation."""

    key: str
    name: str
    kind: str
    state: SeatState = SeatState.SEATED
    group: str = ""
    by: str = ""
    code_key: str = ""

    @property
    def kind_words(self) -> Words:
        """What kind of party it is, as a person reads it."""
        return kind_words(self.kind)

    @property
    def state_words(self) -> Words:
        """How it stands, as a person reads it."""
        return SEAT_WORDS[self.state]

    @property
    def by_words(self) -> Words:
        """How its invitation goes, as a person reads it."""
        return BY_WORDS[self.by]

    @property
    def is_invited(self) -> bool:
        """Whether an invitation went out."""
        return self.state in {SeatState.INVITED, SeatState.COMES, SeatState.DECLINES}


@dataclass(frozen=True, slots=True)
class GuestLine:
    """Somebody who was drawn by lot. `name` is empty where it may not be shown."""

    code_key: str
    name: str
    state: SeatState
    by: str

    @property
    def state_words(self) -> Words:
        """How it stands, as a person reads it."""
        return SEAT_WORDS[self.state]

    @property
    def by_words(self) -> Words:
        """How the invitation goes, as a person reads it."""
        return BY_WORDS[self.by]


@dataclass(frozen=True, slots=True)
class AffectedParty:
    """A party whom an issue concerns, and why that is known."""

    party_id: int
    key: str
    name: str
    kind: str
    area: str
    why: tuple[Why, ...]

    @property
    def kind_words(self) -> Words:
        """What kind of party it is, as a person reads it."""
        return kind_words(self.kind)

    @property
    def why_words(self) -> tuple[Words, ...]:
        """The reasons, as a person reads them."""
        return tuple(WHY_WORDS[one] for one in self.why)


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
class MissingSeats:
    """Whom an issue concerns and who does not sit at its table: kinds of party, groups of residents, and parties by name."""

    kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()

    @property
    def kind_sentences(self) -> tuple[Words, ...]:
        """One sentence for each kind of party of which nobody sits there."""
        return tuple(MISSING_WORDS[kind] for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class GiveBackLine:
    """What came back to everybody who was there."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What happened to a table after people were told of it."""

    number: int
    kind: str
    at: datetime
    reason: str
    was_at: datetime
    was_in: str


@dataclass(frozen=True, slots=True)
class TableLine:
    """One table: about what, when, where, and how many parties."""

    table_id: int
    key: str
    about: str
    held_at: datetime
    place: str
    issue_key: str
    issue_name: str
    parties: int
    lasts: int = MINUTES
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """Something that came of a table. `promise_key` is empty for what is no promise; `is_open`: everybody may read it."""

    kind: str
    text: str
    on: date | None
    by: str
    promise_key: str
    catch_key: str
    is_confirmed: bool
    is_open: bool

    @property
    def kind_words(self) -> Words:
        """What kind of thing it is, as a person reads it."""
        return KIND_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class TableRecord:
    """One table with who sat there and what came of it, as far as this reader may see it."""

    line: TableLine
    workshop_id: int
    seats: tuple[SeatLine, ...]
    decisions: tuple[DecisionLine, ...]
    missing: MissingSeats
    waiting: int  # promises that were said here and wait for their maker's yes
    report: tuple[str, str] | None = None  # key and title of its minutes
    given_back: tuple[GiveBackLine, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    guests: tuple[GuestLine, ...] = ()

    @property
    def sitting(self) -> tuple[SeatLine, ...]:
        """The parties that sit there, as far as is known: who said no or stayed away is left out."""
        return tuple(one for one in self.seats if one.state not in {SeatState.DECLINES, SeatState.STAYED_AWAY})

    @property
    def sitting_guests(self) -> tuple[GuestLine, ...]:
        """The same of who was drawn by lot."""
        return tuple(one for one in self.guests if one.state not in {SeatState.DECLINES, SeatState.STAYED_AWAY})


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
class StageCount:
    """How many of one kind reached one stage. `count` is None where there were a few people, and no more is told."""

    stage: str
    count: int | None

    @property
    def stage_words(self) -> Words:
        """What stage it is, as a person reads it."""
        return STAGE_WORDS[self.stage]


@dataclass(frozen=True, slots=True)
class PresenceLine:
    """One kind of party through the five stages."""

    kind: str
    counts: tuple[StageCount, ...]

    @property
    def kind_words(self) -> Words:
        """What kind of party it is, as a person reads it."""
        return kind_words(self.kind)


@dataclass(frozen=True, slots=True)
class PresenceRecord:
    """Affected, invited, present, spoke, decided: counted per kind of party. Names are for who plans the next table."""

    rows: tuple[PresenceLine, ...]
    not_invited: tuple[str, ...]
    stayed_away: tuple[str, ...]
    decided_absent: tuple[str, ...]
    not_asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A promise that waits for the yes of its maker. `asked_at`: when a link went out; `by_mail`: whether it can go by mail."""

    key: str
    maker: str
    wording: str
    asked_at: datetime | None
    by_mail: bool


@dataclass(frozen=True, slots=True)
class AfterRecord:
    """What there is to do after a table."""

    record: TableRecord
    noted: bool
    drafts: tuple[DraftLine, ...]
    letters: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation on paper, with the code that opens it."""

    name: str
    words: str
    digits: str
    address: str
    square: SafeString
