"""What other rooms and templates may read of promises, and their words on screen."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from werkplaats.neighbourhoods.records import Named
from werkplaats.promises.rules import Channel, Happened, Kind, Word

KIND_WORDS: dict[str, Words] = {
    Kind.DO: _("Dit doen we"),
    Kind.FIND_OUT: _("Dit zoeken we uit"),
    Kind.NO: _("Nee, omdat"),
}
WORD_WORDS: dict[str, Words] = {
    Word.KEPT: _("gehouden"),
    Word.PARTLY: _("voor een deel"),
    Word.NOT: _("niet gehouden"),
    Word.NOT_NOTICED: _("merk er niets van"),
}
HAPPENED_WORDS: dict[str, Words] = {
    Happened.CONFIRMED: _("Ja gezegd"),
    Happened.LINKED: _("Meer mensen vertelden hierover"),
    Happened.CHANGED: _("Anders verwoord"),
    Happened.EXTENDED: _("Andere datum"),
    Happened.DONE: _("Gemeld als gedaan"),
    Happened.MAKER_VERDICT: _("Oordeel van wie het beloofde"),
    Happened.RECEIVER_VERDICT: _("Oordeel van wie het kreeg"),
    Happened.WITHDRAWN: _("Ingetrokken"),
    Happened.ERASED: _("Woorden gewist"),
}
TEXT_WORDS: dict[str, Words] = {
    "wording": _("De woorden"),
    "for_whom": _("Voor wie"),
    "maker_function": _("Functie"),
    "depends_on": _("Hangt af van"),
    "source": _("Waar het vandaan komt"),
    "reason": _("De reden"),
    "evidence": _("Waaraan je het ziet"),
    "words": _("Eigen woorden"),
}
CHANNEL_WORDS: dict[str, Words] = {
    Channel.LINK: _("via de link die de maker kreeg"),
    Channel.ACCOUNT: _("door iemand van de partij zelf"),
    Channel.TEAM: _("op papier of mondeling, opgeschreven door de werkplaats"),
}


@dataclass(frozen=True, slots=True)
class GivenVerdict:
    """What one party or table said. `who`: its name, "" for a table."""

    who: str
    word: str
    words: str
    on: date

    @property
    def word_words(self) -> Words:
        return WORD_WORDS[self.word]


@dataclass(frozen=True, slots=True)
class Count:
    """How many said a word."""

    word: str
    count: int

    @property
    def word_words(self) -> Words:
        return WORD_WORDS[self.word]


@dataclass(frozen=True, slots=True)
class Answers:
    """What those say for whom a promise is. All receivers together: `asked`, of whom `answered`, the others `silent`.

    `residents` is what people with a receipt said when that was last shown (`residents_on`), of `residents_answered` now; empty
    while so few answered that one could tell who said what.
    """

    asked: int = 0
    answered: int = 0
    parties: tuple[GivenVerdict, ...] = ()
    tables: tuple[GivenVerdict, ...] = ()
    residents: tuple[Count, ...] = ()
    residents_on: date | None = None
    residents_answered: int = 0

    @property
    def silent(self) -> int:
        return max(self.asked - self.answered, 0)


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise in a list. Verdicts of both sides stand beside each other and are never added up."""

    key: str
    kind: str
    state: str
    wording: str
    maker: Named
    maker_function: str
    for_whom: str
    due_on: date | None
    is_overdue: bool
    days_late: int
    drafted_on: date
    is_unanswered: bool  # a draft that waited too long for its yes
    asked_on: date | None
    denied_words: str
    confirmed_on: date | None
    done_on: date | None
    ended_on: date | None
    reason: str  # why it was last extended or withdrawn, or why not
    maker_says: GivenVerdict | None
    answers: Answers

    @property
    def kind_words(self) -> Words:
        return KIND_WORDS[self.kind]

    @property
    def is_promise(self) -> bool:
        """Whether its maker said yes."""
        return self.confirmed_on is not None


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words beside an event. `is_erased`: they were taken out."""

    name: str
    text: str
    is_erased: bool = False

    @property
    def name_words(self) -> Words | str:
        return TEXT_WORDS.get(self.name, self.name)


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event as people read it. `people`: how many verdicts of residents and tables of that day are told here as one."""

    number: int
    kind: str
    on: date
    texts: tuple[TextLine, ...]
    due_on: date | None
    word: str
    who: str
    digest: str
    channel: str = ""
    is_nameless: bool = False
    people: int = 1

    def together_with(self, earlier: "EventLine") -> "EventLine":
        """The event and earlier ones like it, as one."""
        return replace(self, people=self.people + earlier.people)

    @property
    def kind_words(self) -> Words:
        return HAPPENED_WORDS[self.kind]

    @property
    def word_words(self) -> Words | str:
        return WORD_WORDS.get(self.word, "")


@dataclass(frozen=True, slots=True)
class PromiseRecord:
    """All of one promise."""

    id: int
    workshop_id: int
    line: PromiseLine
    depends_on: str
    source: str
    table_key: str
    issue: Named | None
    channel: str
    parties: tuple[Named, ...]
    voices: int
    tables: int
    events: tuple[EventLine, ...]
    may_be_judged: bool

    @property
    def channel_words(self) -> Words | str:
        return CHANNEL_WORDS.get(self.channel, "")


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of a ledger: what one keeps elsewhere, on paper or in a mail."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many promises a workshop has in each way that asks for something."""

    waiting: int  # for a yes, within the days for it
    unanswered: int
    denied: int
    running: int
    overdue: int
    done: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of the list. `state`: "", "running", "overdue", "done", "no" or "withdrawn"."""

    state: str = ""
    maker: str = ""
    text: str = ""
    receiver: str = ""
    issue: str = ""


@dataclass(frozen=True, slots=True)
class SomePromises:
    """The first of a list of promises, and how many it has."""

    lines: tuple[PromiseLine, ...]
    in_all: int

    @property
    def has_more(self) -> bool:
        return self.in_all > len(self.lines)


FAULT_WORDS: dict[str, Words] = {
    "missing": _("Gebeurtenis %(number)d ontbreekt."),
    "before": _("Gebeurtenis %(number)d sluit niet aan op de vorige."),
    "digest": _("Gebeurtenis %(number)d is veranderd."),
    "column": _("Gebeurtenis %(number)d staat op een andere plek dan ze zelf zegt."),
    "text": _("De woorden bij gebeurtenis %(number)d zijn veranderd."),
    "gone": _("Er ontbreken woorden bij gebeurtenis %(number)d, en nergens staat dat ze zijn gewist."),
    "kept": _("Gebeurtenis %(number)d is niet wat er op papier of in de mail stond."),
    "cut": _("Het grootboek houdt op vóór gebeurtenis %(number)d, die er wel was."),
}
"""What `verify` finds, for people; the same as the words of verify.py, which knows no translation."""
