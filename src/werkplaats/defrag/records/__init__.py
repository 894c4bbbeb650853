"""What defragmenting reads and shows: a situation to measure, and connections with the moves that would shorten them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from werkplaats.defrag.rules import Helped, MoveKind, Part, Stage
from werkplaats.neighbourhoods.records import NetworkRecord

PART_WORDS: dict[str, tuple[Promise, Promise]] = {
    Part.PEOPLE: (_("Mensen"), _("Wie iets nodig heeft of op antwoord wacht, bereikt wie kan helpen.")),
    Part.INFORMATION: (_("Informatie"), _("Wat bekend is, komt bij wie het nodig heeft.")),
    Part.NETWORKS: (_("Netwerken"), _("Groepen met hetzelfde vraagstuk kennen elkaar.")),
    Part.THEMES: (_("Thema's"), _("Vakjes die bij elkaar horen, praten samen.")),
}
CARD_WORDS: tuple[Promise, Promise] = (_("Willen zij kennismaken?"), _("Hielp de kennismaking?"))
"""What a card asks: before they met, and after."""
SHADE_WORDS: tuple[Promise, ...] = (
    _("direct contact"),
    _("met één ertussen"),
    _("met twee ertussen"),
    _("met drie ertussen"),
    _("komt niet aan"),
)
STAGE_WORDS: dict[str, Promise] = {
    Stage.ASKING: _("Wordt gevraagd"),
    Stage.AGREED: _("Allebei ja"),
    Stage.MET: _("Kennisgemaakt"),
    Stage.NOT_NOW: _("Nu niet"),
}
JOINING_WORDS: dict[str, Promise] = {**STAGE_WORDS, Stage.AGREED: _("Ja gezegd"), Stage.MET: _("Meegepraat")}
HELPED_WORDS: dict[str, Promise] = {
    Helped.YES: _("Ja, het hielp"),
    Helped.LITTLE: _("Een beetje"),
    Helped.NO: _("Nee, nog niet"),
}


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """A need by keys: of whom, who is able to act on it, and the issue that it belongs to."""

    key: str
    party: str
    able: tuple[str, ...]
    issue: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody waits who came through this party, by keys. `answers`: who owes them an answer, if anybody does."""

    party: str
    ask: str
    answers: str | None
    issue: str | None


@dataclass(frozen=True, slots=True)
class IssueWork:
    """An accepted issue by keys: who holds a passage of it, who works on it, and who could join in (`bench.could_join`)."""

    key: str
    holders: tuple[str, ...]
    working: tuple[str, ...]
    could_join: tuple[str, ...] = ()


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
    waiting: tuple[Waiting, ...]
    issues: tuple[IssueWork, ...]
    related: tuple[Touching, ...]
    refused: frozenset[tuple[int, int]]  # pairs whose introduction a human refused, or that were asked about it
    asked: dict[int, int]  # party -> how often it was asked this month
    stays: dict[str, str]  # every entry -> the entry that stays for it, by keys
    chance: float  # of people saying yes to a move, as it went here so far


@dataclass(frozen=True, slots=True)
class Connection:
    """One connection that ought to be there. `why`: the words of the need, the issue, or the two themes.

    `waits_on`: what people wait to hear about who came through the source, the name of an issue or ask; "" elsewhere.
    """

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
    waits_on: str = ""

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
    is_joining: bool = False  # one party is asked to work on an issue

    @property
    def is_bridge(self) -> bool:
        return self.kind == MoveKind.BRIDGE


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """Why F is another figure than at an earlier measurement, in points; below 0 is less scattered."""

    since: date
    total: float
    by_ties: float
    by_demands: float
    restated: float
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Connections:
    """The page of connections. `value` is None while there are too few connections for a figure.

    `low` and `high` are None when it is not known how many ties nobody named: then `value` is an upper bound.
    """

    measured_at: datetime | None
    measured_on: date | None
    is_stale: bool
    count: int
    counts: tuple[int, ...]
    value: float | None
    low: float | None
    high: float | None
    recall: float | None
    value_after: float | None
    change: ChangeLine | None
    parts: tuple[PartLine, ...]
    groups: tuple[Group, ...]
    moves: tuple[MoveLine, ...]
    refused: tuple[MoveLine, ...]
    faded: int

    @property
    def named_of_ten(self) -> int:
        """Of ten ties that a party has, how many it names."""
        return round(10 * (self.recall or 0))


@dataclass(frozen=True, slots=True)
class AskingLine:
    """One move that was asked, as coordinators see it: how far it is, and never who said what.

    `waits_for_card`: who is asked now gets a card on paper that is not printed yet. `helped`: how many sides said yes, a
    little and no when they were asked whether it helped.
    """

    key: str
    move: int
    heading: str
    stage: str
    parties: tuple[str, ...]
    asked_at: datetime
    agreed_at: datetime | None
    met_on: date | None
    closed_at: datetime | None
    waits_for_card: bool
    is_joining: bool
    asked_about_help: int
    helped: tuple[int, ...]
    help_due_on: date | None
    predicted: dict[str, Any]
    predicted_hash: str
    check_due_on: date | None
    checked: dict[str, Any]
    checked_on: date | None

    @property
    def stage_words(self) -> Promise:
        return (JOINING_WORDS if self.is_joining else STAGE_WORDS)[self.stage]

    @property
    def helped_words(self) -> tuple[tuple[Promise, int], ...]:
        return tuple(zip(HELPED_WORDS.values(), self.helped, strict=True))

    @property
    def fell(self) -> int:
        """Of the connections that were to become shorter, how many per cent did."""
        return round(100 * (self.checked.get("fell") or 0))

    @property
    def fell_anyway(self) -> int:
        """The same of connections like them that the move did not touch."""
        return round(100 * (self.checked.get("fell_anyway") or 0))

    @property
    def silent_about_help(self) -> int:
        return self.asked_about_help - sum(self.helped)


@dataclass(frozen=True, slots=True)
class AskedPage:
    """What one side sees: `shows` is question, yes, no, over, agreed, met, help or told. `carries`: it would carry a bridge.

    `joins`: the issue that it is asked to work on, "" when it is asked to meet somebody.
    """

    party: str
    others: tuple[str, ...]
    words: str
    shows: str
    met_on: date | None
    carries: bool
    may_tie: bool
    joins: str = ""
