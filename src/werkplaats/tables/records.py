"""What other rooms may read of tables, and their words on screen."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from werkplaats.tables.rules import DecisionKind

KIND_WORDS: dict[str, Words] = {
    DecisionKind.PROMISE: _("Belofte"),
    DecisionKind.NO: _("Nee, omdat"),
    DecisionKind.DATE: _("We komen erop terug"),
}

OF_ISSUE_TEMPLATE = "tables/of_issue.html"
"""The tables about one issue, for its page. It reads `tables` (queries.of_issue), `issue_key`, `may_hold` and `workshop`."""


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A party that sits at a table."""

    key: str
    name: str
    kind: str


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
    missing: tuple[str, ...]  # parties that work on the issue and did not sit here, by name
    waiting: int  # promises that were said here and wait for their maker's yes
