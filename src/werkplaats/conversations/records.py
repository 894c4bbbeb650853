"""What other rooms, pages and pictures may read of a conversation: frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from werkplaats.conversations.rules import Channel, Kind, State, Structure, share

KIND_WORDS: dict[str, Promise | str] = {
    Kind.RESIDENT: _("bewoners"),
    Kind.PROFESSIONAL: _("professionals"),
    Kind.RESEARCHER: _("onderzoekers"),
    Kind.GOVERNMENT: _("overheid"),
    Kind.UNSAID: _("niet gezegd"),
}


@dataclass(frozen=True, slots=True)
class ConversationLine:
    """One conversation in a list. `people`: how many voted; None while that is under the workshop's small number."""

    key: str
    title: str
    question: str
    is_open: bool
    answer_by: date | None
    issue_key: str
    issue_name: str
    statements: int
    people: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """The statement to vote on now, and how far this participant is."""

    number: int
    text: str
    language: str
    propensity: float
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class OwnVote:
    """What a participant said of one statement, for that participant alone."""

    number: int
    text: str
    language: str
    value: int


@dataclass(frozen=True, slots=True)
class OwnStatement:
    """A statement that a participant gave, and what became of it."""

    text: str
    state: State
    reason: str


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A statement on the moderator's desk."""

    number: int
    text: str
    language: str
    state: State
    reason: str
    is_of_host: bool
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Similar:
    """A statement that says much the same."""

    number: int
    text: str
    language: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Figure:
    """How many agreed, disagreed and passed. None in place of a figure: too few people to show."""

    agree: int
    disagree: int
    passed: int

    @property
    def number(self) -> int:
        """How many voted, a pass included."""
        return self.agree + self.disagree + self.passed

    @property
    def agreeing(self) -> tuple[int, int, int]:
        """Percentage of those who did not pass that agrees, with its interval: (share, low, high)."""
        told = share(self.agree, self.agree + self.disagree)
        return round(100 * told[0]), round(100 * told[1]), round(100 * told[2])


@dataclass(frozen=True, slots=True)
class StatementResult:
    """One statement in the result: of everybody, of each group and of each kind of party."""

    number: int
    text: str
    language: str
    all: Figure | None
    groups: tuple[Figure | None, ...] = ()
    kinds: tuple[Figure | None, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupResult:
    """People who answer much alike. `size` None: too few to show. `apart`: (statement, whether they agree with it more)."""

    letter: str
    size: int | None
    apart: tuple[tuple[StatementResult, bool], ...]
    at: tuple[float, float]
    spread: float


@dataclass(frozen=True, slots=True)
class KindColumn:
    """One kind of party in the comparison. `people` None: too few to show."""

    kind: Kind
    people: int | None
    as_of: datetime

    @property
    def words(self) -> str:
        """As it stands above a column."""
        return str(KIND_WORDS[self.kind])


@dataclass(frozen=True, slots=True)
class MissingKind:
    """A kind of party that hardly takes part, with who of that kind works on the issue."""

    kind: Kind
    parties: tuple[str, ...]

    @property
    def words(self) -> str:
        """As it stands in a list."""
        return str(KIND_WORDS[self.kind])


@dataclass(frozen=True, slots=True)
class MissingArea:
    """An area from where far fewer take part than live there, with the groups of residents that are known there."""

    code: str
    name: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FloodLine:
    """So many ballots that are too much alike, and how many of them count."""

    size: int
    counted: int


@dataclass(frozen=True, slots=True)
class Results:
    """What the votes said together, when it was last computed."""

    computed_at: datetime
    structure: Structure
    people: int
    votes: int
    statements: tuple[StatementResult, ...]
    groups: tuple[GroupResult, ...]
    between: int | None
    common_ground: tuple[StatementResult, ...]
    bridges: tuple[StatementResult, ...]
    divides: tuple[StatementResult, ...]
    short_list: tuple[StatementResult, ...]
    overlooked: int
    floods: tuple[FloodLine, ...]
    kinds: tuple[KindColumn, ...]
    missing_kinds: tuple[MissingKind, ...]
    missing_areas: tuple[MissingArea, ...]
    told_area: int | None  # how many said where they live
    line: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What a helper or a participant knows of a participant: how they came."""

    key: str
    kind: Kind
    channel: Channel


@dataclass(frozen=True, slots=True)
class BroughtStatement:
    """A statement that comes in from a file. `author`: a name of the file's own; empty is a host."""

    number: int
    text: str
    state: State
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BroughtVote:
    """A vote that comes in from a file, in the order in which they were given. `participant`: a name of the file's own."""

    participant: str
    number: int
    value: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Brought:
    """A whole conversation from elsewhere. `doubles`: votes that stand there again, to the moment; the last one counts."""

    title: str
    question: str
    statements: tuple[BroughtStatement, ...]
    votes: tuple[BroughtVote, ...]
    doubles: int
    digest: str

    @property
    def people(self) -> int:
        """How many voted."""
        return len({one.participant for one in self.votes})

    @property
    def refused(self) -> int:
        """How many statements were moderated out."""
        return sum(one.state is State.REFUSED for one in self.statements)


@dataclass(frozen=True, slots=True)
class OutStatement:
    """A statement that goes out. `author`: a number that is chance; -1 is a host."""

    number: int
    text: str
    state: State
    author: int
    at: datetime


@dataclass(frozen=True, slots=True)
class OutVote:
    """A vote that goes out. `participant`: a number that is chance, another one each time."""

    participant: int
    number: int
    value: int
    at: datetime


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A whole conversation that goes out. `groups`: of who is in a group that is large enough, its number."""

    title: str
    question: str
    url: str
    statements: tuple[OutStatement, ...]
    votes: tuple[OutVote, ...]
    groups: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one participant stands, under a number that is chance. None: too few stand there to tell."""

    number: int
    group: str
    at: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Seat:
    """Whose votes are open on a device, by name."""

    workshop_key: str
    conversation_key: str
    participant_key: str


@dataclass(frozen=True, slots=True)
class Voter:
    """What must be known of a participant to keep a vote on one statement, or to say why not.

    `has_statement`: whether a statement with this number is shown. `votes`: what they said of it so far, (value, word of the
    button), the last one counts.
    """

    is_open: bool
    has_statement: bool
    votes: Sequence[tuple[int, str]]
