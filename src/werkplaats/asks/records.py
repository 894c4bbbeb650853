"""What other rooms and templates may read of asks and voices. A voice's own words stand only in what the team reads."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from werkplaats.asks.rules import Channel, Report, State

FIELD_WORDS: dict[str, Promise] = {
    "asker": _("wie vraagt"),
    "asker_function": _("in welke functie"),
    "on_behalf_of": _("namens wie"),
    "asked": _("aan wie"),
    "minutes": _("hoeveel minuten het kost"),
    "giver_gets": _("wat de gever krijgt"),
    "asker_gets": _("wat de vrager eraan heeft"),
    "comes_back": _("wat er terugkomt"),
    "answer_by": _("voor welke dag"),
    "data_use": _("wat er met de antwoorden gebeurt"),
    "still_unknown": _("wat nu nog de vraag is"),
}
STATE_WORDS: dict[str, Promise] = {
    State.WAITING: _("Wacht op antwoord"),
    State.REPLIED: _("Er is een antwoord"),
    State.FITS: _("Het antwoord past"),
    State.DOES_NOT_FIT: _("Het antwoord past niet"),
    State.SILENT: _("Er is een antwoord, en daarna bleef het stil"),
    State.WITHDRAWN: _("Teruggenomen"),
}
CHANNEL_WORDS: dict[str, Promise] = {
    Channel.WEB: _("via de website"),
    Channel.CODE: _("met een code"),
    Channel.TABLE: _("verteld aan tafel"),
    Channel.PAPER: _("op papier"),
    Channel.IMPORT: _("uit een bestand"),
}
REPORT_WORDS: dict[str, Promise] = {
    Report.REPORTED: _("gemeld, nog niet nagegaan"),
    Report.CHECKED: _("nagegaan: het is zo"),
    Report.COMPLETED: _("opgeschreven door wie vroeg"),
    Report.DROPPED: _("niet gebeurd"),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many voices stand how. `reopened` of those that wait said that an earlier answer did not fit."""

    waiting: int = 0
    replied: int = 0
    fits: int = 0
    does_not_fit: int = 0
    silent: int = 0
    withdrawn: int = 0
    reopened: int = 0

    @property
    def all(self) -> int:
        return self.waiting + self.replied + self.fits + self.does_not_fit + self.silent + self.withdrawn

    @property
    def answered(self) -> int:
        return self.replied + self.fits + self.does_not_fit + self.silent


@dataclass(frozen=True, slots=True)
class AskLine:
    """An ask as a list shows it."""

    pk: int
    key: str
    title: str
    question: str
    asker_key: str
    asker_name: str
    asked: str  # the party or the people who are asked, in words
    area: str
    minutes: int
    giver_gets: str
    answer_by: date | None
    state: str
    is_standing: bool
    opened_on: date | None
    closed_on: date | None
    came_back_on: date | None  # the day of the first give-back
    is_late: bool
    came_back_late: bool
    late_reason: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class GiveBackLine:
    key: str
    text: str
    at: datetime
    party_key: str
    party_name: str


@dataclass(frozen=True, slots=True)
class AskRecord:
    """One ask with all that it tells, and what came back."""

    line: AskLine
    workshop_id: int
    still_unknown: str
    asker_id: int | None
    asker_function: str
    on_behalf_of: str
    asked_party_key: str
    asker_gets: str
    comes_back: str
    data_use: str
    pays: bool
    under_sixteen: bool
    issue_key: str
    issue_name: str
    issue_id: int | None
    missing: tuple[str, ...]  # names of fields, while it is a draft
    give_backs: tuple[GiveBackLine, ...]

    @property
    def missing_words(self) -> tuple[Promise, ...]:
        return tuple(FIELD_WORDS[name] for name in self.missing)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who waits in a workshop. `days` holds how long each waits, longest first, at most `MOST_DAYS` of them."""

    count: int
    oldest: int  # days
    oldest_since: date | None
    over_14_days: int
    does_not_fit: int
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WaitsThrough:
    """Somebody waits who came through this party; never who, never how many. Ids, but for the key of the ask.

    `asker`: who asked and so owes an answer, None for the standing ask. `comes_back`: who said to come back to it.
    """

    party: int
    ask: str
    asker: int | None
    comes_back: int | None
    issue: int | None


@dataclass(frozen=True, slots=True)
class PublicVoice:
    """What may go out of a voice: covered words, a month, and a place only where enough people spoke."""

    text: str
    language: str
    month: date
    place: str
    group: str
    channel: str

    @property
    def channel_words(self) -> Promise:
        return CHANNEL_WORDS[self.channel]


@dataclass(frozen=True, slots=True)
class PublicPage:
    """Some of the voices that may go out, and how many there are in all."""

    voices: tuple[PublicVoice, ...]
    count: int


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """An answer as the giver of one voice reads it. `together`: how many voices it answers at once."""

    key: str
    text: str
    at: datetime
    party_name: str
    together: int
    fit: str
    disputed: bool


@dataclass(frozen=True, slots=True)
class VoiceStory:
    """What the holder of a receipt sees: everything that happened, and never the words themselves."""

    voice_id: int
    key: str
    ask_key: str
    subject: str
    given_on: date
    state: str
    privacy: str
    reopened: bool
    due_on: date
    come_back_on: date | None
    come_back_by: str
    looked_at: datetime | None
    hidden_reason: str
    giver_gets: str
    reward_came: bool | None
    has_contact: bool
    may_judge: bool
    replies: tuple[ReplyLine, ...]
    give_backs: tuple[GiveBackLine, ...]
    issues: tuple[tuple[str, str], ...]  # (key, name)

    @property
    def state_words(self) -> Promise:
        return STATE_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a text; `tells` says what kind of identifying words it holds, if any."""

    text: str
    tells: str = ""


@dataclass(frozen=True, slots=True)
class VoiceLine:
    """A voice at the desk. `text` is what whoever reads may see: all words for the team, covered ones for the asker."""

    pk: int
    key: str
    ask_key: str
    ask_title: str
    text: str
    language: str
    privacy: str
    state: str
    reopened: bool
    given_on: date
    days: int
    due_on: date
    come_back_on: date | None
    runs: tuple[Run, ...] = ()
    covered: str = ""

    @property
    def is_due(self) -> bool:
        return self.days >= (self.due_on - self.given_on).days


@dataclass(frozen=True, slots=True)
class ReportLine:
    """Something that was asked here, as somebody told."""

    key: str
    what: str
    asked_by: str
    party_key: str
    party_name: str
    asked_on: date | None
    reported_on: date
    minutes: int | None
    people: int | None
    area: str
    state: str
    became_key: str

    @property
    def state_words(self) -> Promise:
        return REPORT_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class Known:
    """Something the neighbourhood told before, that lies close to what somebody wants to ask."""

    kind: str  # "fragment", "issue", "ask", "voice"
    title: str
    text: str
    url: str
    language: str
    dated_on: date | None
    likeness: float  # cosine, 0 to 1


@dataclass(frozen=True, slots=True)
class KnownAlready:
    """What is known on a question. `is_ready` is False while nothing of the workshop can be compared by meaning yet."""

    found: tuple[Known, ...]
    is_ready: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One voice of a file, read and understood. `number`: its row in the file."""

    number: int
    text: str
    language: str = ""
    privacy: str = "workshop"
    given_on: date | None = None
    area: str = ""  # a code
    group: str = ""
    through: str = ""  # the key of an initiative


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file: which row and column, and why."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    added: int
    already: int


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A card to print: its number, and the digits of its receipt, told this once."""

    number: int
    digits: str
