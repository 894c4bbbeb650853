"""What defragmenting reads and shows: a situation to measure, and connections with the moves that would shorten them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from werkplaats.defrag.rules import MoveKind, Part
from werkplaats.neighbourhoods.records import NetworkRecord

PART_WORDS: dict[str, tuple[Promise, Promise]] = {
    Part.PEOPLE: (_("Mensen"), _("Wie iets nodig heeft, bereikt wie kan helpen.")),
    Part.INFORMATION: (_("Informatie"), _("Wat bekend is, komt bij wie het nodig heeft.")),
    Part.NETWORKS: (_("Netwerken"), _("Groepen met hetzelfde vraagstuk kennen elkaar.")),
    Part.THEMES: (_("Thema's"), _("Vakjes die bij elkaar horen, praten samen.")),
}
SHADE_WORDS: tuple[Promise, ...] = (
    _("direct contact"),
    _("met één ertussen"),
    _("met twee ertussen"),
    _("met drie ertussen"),
    _("komt niet aan"),
)


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """A need by keys: of whom, who is able to act on it, and the issue that it belongs to."""

    key: str
    party: str
    able: tuple[str, ...]
    issue: str | None


@dataclass(frozen=True, slots=True)
class IssueWork:
    """An accepted issue by keys: who holds a passage of it, and who works on it."""

    key: str
    holders: tuple[str, ...]
    working: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Touching:
    """Two themes that were declared related, by keys, and who is active in each."""

    theme_a: str
    theme_b: str
    active_a: tuple[str, ...]
    active_b: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """All that F and the moves follow from at one moment; keys are of the parties that stay."""

    network: NetworkRecord
    needs: tuple[OpenNeed, ...]
    issues: tuple[IssueWork, ...]
    related: tuple[Touching, ...]
    refused: frozenset[tuple[int, int]]  # pairs of parties whose introduction a human refused


@dataclass(frozen=True, slots=True)
class Connection:
    """One connection that ought to be there. `why`: the words of the need, the issue, or the two themes."""

    id: int
    key: str
    part: str
    source: str
    targets: tuple[str, ...]
    source_key: str
    target_keys: tuple[str, ...]
    issue: str
    themes: tuple[str, ...]  # the two that were declared related, or none
    why: str
    group: str
    shade: int
    phi: float
    weight: float  # share of the whole

    @property
    def part_words(self) -> Promise:
        return PART_WORDS[self.part][0]

    @property
    def share(self) -> float:
        """Its share of F, in per cent."""
        return 100 * self.weight

    @property
    def shade_words(self) -> Promise:
        return SHADE_WORDS[self.shade]


@dataclass(frozen=True, slots=True)
class Block:
    """One connection on the map; `moves` would darken it: (rank of the move, shade then)."""

    shade: int
    moves: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The blocks of one issue, or of one pair of themes. `counts`: how many of each shade."""

    key: str
    name: str
    blocks: tuple[Block, ...]
    counts: tuple[int, ...]
    value: float  # F of these connections alone

    @property
    def missing(self) -> int:
        return self.counts[-1]


@dataclass(frozen=True, slots=True)
class PartLine:
    """One of the four parts of F. `value` is None when nothing of it is on record."""

    part: str
    value: float | None
    count: int

    @property
    def name(self) -> Promise:
        return PART_WORDS[self.part][0]

    @property
    def words(self) -> Promise:
        return PART_WORDS[self.part][1]


@dataclass(frozen=True, slots=True)
class Load:
    """How many of the proposed introductions ask something of one party, of the most that it wants in a month."""

    party: str
    moves: int
    most: int


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A proposed introduction with its reason in words."""

    id: int
    rank: int
    kind: str
    state: str
    kicker: str
    heading: str
    why: tuple[str, ...]
    route: str
    effect: str
    gain: float
    before: tuple[int, ...]  # shades of the connections that it shortens, now
    after: tuple[int, ...]
    shortened: tuple[Connection, ...]
    then: tuple[int, ...]  # the shade that each of those would have
    loads: tuple[Load, ...]
    letter_to: tuple[tuple[str, str], ...]  # (party that is asked, words of the letter)
    reason: str
    decided_at: datetime | None

    @property
    def is_bridge(self) -> bool:
        return self.kind == MoveKind.BRIDGE


@dataclass(frozen=True, slots=True)
class Connections:
    """The page of connections. `value` is None while there are too few connections for a figure."""

    measured_at: datetime | None
    measured_on: date | None
    is_stale: bool
    count: int
    counts: tuple[int, ...]
    value: float | None
    value_after: float | None
    parts: tuple[PartLine, ...]
    groups: tuple[Group, ...]
    moves: tuple[MoveLine, ...]
    refused: tuple[MoveLine, ...]
    faded: int
