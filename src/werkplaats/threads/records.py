"""What other rooms may read of threads: the seven stations of a story, a receipt, a hand-over."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from werkplaats.asks.records import ReplyLine, VoiceStory
from werkplaats.asks.rules import State as VoiceState
from werkplaats.threads.rules import ItemKind, StationName, StationState

LINE_TEMPLATE = "threads/line.html"
"""The drawn line. It reads `line` (Stations); `down` makes it stand up on every width."""

WENT_OVER_TEMPLATE = "threads/went_over.html"
"""That something went over from who left. It reads `record` (HandOverRecord)."""

STATION_WORDS: dict[StationName, Lazy] = {
    StationName.VOICE: _("Stem"),
    StationName.ISSUE: _("Vraagstuk"),
    StationName.TABLE: _("Tafel"),
    StationName.PROMISE: _("Belofte"),
    StationName.ACTION: _("Uitvoering"),
    StationName.ANSWER: _("Antwoord"),
    StationName.DIFFERENCE: _("Verschil"),
}
ITEM_WORDS: dict[str, Lazy] = {
    ItemKind.ASK: _("Uitvraag"),
    ItemKind.PROMISE: _("Belofte"),
    ItemKind.RETURN: _("Terugkomen"),
}
STATE_WORDS: dict[StationState, Lazy] = {
    StationState.DONE: _("bereikt"),
    StationState.NOW: _("hier zijn we nu"),
    StationState.OPEN: _("nog niet"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is told about people who gave something: how many, since when, and how they fare.

    `gone`: withdrawn; `replied`: had a reply at any time; `promised_by`: when an answer was promised at the latest.
    """

    voices: int = 0
    gone: int = 0
    first_on: date | None = None
    waiting: int = 0
    replied: int = 0
    replied_on: date | None = None  # the latest reply
    fits: int = 0
    does_not_fit: int = 0
    promised_by: date | None = None
    gave_back_on: date | None = None

    @property
    def present(self) -> int:
        """Voices that still stand."""
        return self.voices - self.gone


@dataclass(frozen=True, slots=True)
class Met:
    """The tables of a story: their days and how many parties sat there."""

    days: tuple[date, ...] = ()
    parties: int = 0
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Promised:
    """The confirmed promises of a story. `refused` are those of the kind "no, because"; they are not in `made`."""

    made: int = 0
    refused: int = 0
    waiting: int = 0  # said, not confirmed
    first_on: date | None = None
    done: int = 0
    done_on: date | None = None
    next_due: date | None = None
    noticed: int = 0  # receivers who say kept or partly
    unnoticed: int = 0  # receivers who say not, or that they do not notice it
    noticed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a line is drawn from. `issue_name` is "" as long as the story has no issue."""

    told: Told
    met: Met
    promised: Promised
    issue_name: str = ""
    issue_key: str = ""
    issue_on: date | None = None
    issues: int = 0


@dataclass(frozen=True, slots=True)
class Station:
    """One station as it is drawn. `when` says the day in words; `on` is that day where there is one."""

    name: StationName
    state: StationState
    text: str
    when: str
    on: date | None = None

    @property
    def title(self) -> Lazy:
        return STATION_WORDS[self.name]

    @property
    def state_in_words(self) -> Lazy:
        return STATE_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class Stations:
    """From voice to difference: seven stations and the same in sentences."""

    stations: tuple[Station, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class ReceiptPromise:
    """A promise that came, among others, from this voice. `verdict`: the giver's own word on it, "" if not given."""

    key: str
    wording: str
    maker: str
    state: str
    due_on: date | None
    verdict: str
    may_judge: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """What somebody with the code may see: the way of their voice, and never its words, nor those of other givers."""

    story: VoiceStory
    promises: tuple[ReceiptPromise, ...]
    line: Stations
    pauses: tuple[
        tuple[str, str], ...
    ] = ()  # work on it that stands still now, to say whether one notices it: (key, name)

    @property
    def is_withdrawn(self) -> bool:
        return self.story.state == VoiceState.WITHDRAWN

    @property
    def has_reply(self) -> bool:
        return bool(self.story.replies)

    @property
    def latest(self) -> ReplyLine | None:
        """The last answer."""
        return self.story.replies[-1] if self.story.replies else None

    @property
    def earlier(self) -> tuple[ReplyLine, ...]:
        """The answers before the last, latest first."""
        return tuple(reversed(self.story.replies[:-1]))


@dataclass(frozen=True, slots=True)
class Item:
    """Something that goes over: an ask, a promise, or a day on which somebody would be told something."""

    kind: str
    key: str
    words: str
    due_on: date | None

    @property
    def kind_words(self) -> Lazy:
        return ITEM_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class HandOverRecord:
    """What somebody who leaves left behind, and to whom: a receiver, or openly to nobody."""

    key: str
    leaver: str
    leaver_function: str
    receiver: str
    receiver_function: str
    made_at: datetime
    left_open: bool
    items: tuple[Item, ...]
