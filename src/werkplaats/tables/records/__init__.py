"""What other rooms may read of tables, and their words on screen."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from werkplaats.neighbourhoods.records import KIND_WORDS as KIND_OF_PARTY
from werkplaats.neighbourhoods.rules import PartyKind
from werkplaats.tables.rules import MINUTES, RESIDENT, By, DecisionKind, SeatState

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


MISSING_WORDS: dict[str, Words] = {
    PartyKind.INITIATIVE: _("Geen bewonersinitiatief aan deze tafel."),
    PartyKind.GOVERNMENT: _("Geen overheid aan deze tafel."),
    PartyKind.RESEARCH: _("Geen onderzoek of onderwijs aan deze tafel."),
    PartyKind.PROFESSIONAL: _("Niemand uit welzijn, zorg of wonen aan deze tafel."),
    PartyKind.BUSINESS: _("Geen ondernemer aan deze tafel."),
}
"""What is said of a kind of party that is affected and of which nobody sits there; where it is "other", names say enough."""


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
    was_drawn: bool = False  # lots were drawn for its seats, and decided on
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
