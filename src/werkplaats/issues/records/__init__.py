"""What other rooms may read of issues."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from werkplaats.issues.rules import EventKind, Why
from werkplaats.issues.rules.phases import Activity, Phase, TurnKind

DECIDE_TEMPLATE = "issues/decide.html"
"""The piece with the decisions on one issue, for the page of that issue. It reads `issue` (IssueRecord) and `workshop`."""

TRAJECTORIES_TEMPLATE = "issues/trajectories.html"
"""The joint work on one issue, for its page: `lines` (queries.trajectories.of_issue), `issue_key`, `may_lead`, `workshop`."""


EVENT_WORDS: dict[str, Promise] = {
    EventKind.PROPOSED: _("De computer stelde dit voor."),
    EventKind.ACCEPTED: _("Geaccepteerd als vraagstuk."),
    EventKind.REFUSED: _("Dit hoort niet samen."),
    EventKind.RENAMED: _("De naam of de samenvatting is veranderd."),
    EventKind.SPLIT: _("Gesplitst in twee vraagstukken."),
    EventKind.JOINED: _("Twee vraagstukken zijn samengevoegd."),
    EventKind.ADDED: _("Er kwam iets bij."),
    EventKind.REMOVED: _("Er ging iets af."),
}
WHY_WORDS: dict[str, Promise] = {
    Why.WORKS: _("werkt er al aan"),
    Why.NEEDS: _("heeft hier een vraag of aanbod bij"),
    Why.HOLDS: _("heeft een document waar dit in staat"),
    Why.NAMED: _("wordt in een passage genoemd"),
}
PHASE_WORDS: dict[str, Promise] = {
    Phase.GATHER: _("Ophalen"),
    Phase.TOGETHER: _("Samenbrengen"),
    Phase.MIRROR: _("Spiegelen"),
    Phase.AGREE: _("Afspreken"),
    Phase.DO: _("Doen"),
    Phase.GIVE_BACK: _("Terugvertellen"),
    Phase.PAUSE: _("Stilstaan"),
}
ACTIVITY_WORDS: dict[str, Promise] = {
    Activity.ASK: _("mensen vragen wat zij zien"),
    Activity.READ: _("naast elkaar leggen wat we al weten"),
    Activity.TABLE: _("samen aan tafel gaan"),
    Activity.TALK: _("elkaar vertellen hoe we elkaar meemaken"),
    Activity.PROMISE: _("zeggen wat je doet, of waarom niet"),
    Activity.REPORT: _("laten zien wat klaar is"),
    Activity.TELL: _("terugvertellen aan wie iets gaf"),
    Activity.WEIGH: _("vragen of bewoners er iets aan hebben"),
}
TURN_WORDS: dict[str, Promise] = {
    TurnKind.PLANNED: _("Opgeschreven voor wie dit is."),
    TurnKind.STARTED: _("Begonnen."),
    TurnKind.MOVED: _("Naar een andere stap."),
    TurnKind.REWORDED: _("Anders opgeschreven."),
    TurnKind.JOINED: _("Er kwam een partij bij."),
    TurnKind.LEFT: _("Er ging een partij weg."),
    TurnKind.STOPPED: _("Gestopt."),
}


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of an issue with its exact place; `closeness` is its cosine with the middle of the issue."""

    fragment_id: int
    text: str
    text_hash: str
    language: str
    page: int
    source_key: str
    source_title: str
    published_on: date | None
    holder_id: int | None
    holder_key: str
    holder_name: str
    is_proof: bool
    closeness: float | None
    url: str  # of its place in the source


@dataclass(frozen=True, slots=True)
class PartyIn:
    """A party that works on an issue."""

    party_id: int
    key: str
    name: str
    kind: str
    role: str


@dataclass(frozen=True, slots=True)
class NeedIn:
    """A need or offer that belongs to an issue. `kind` is "need" or "offer"."""

    need_id: int
    key: str
    kind: str
    text: str
    party_id: int
    party_key: str
    party_name: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """What happened to an issue, without a name: `by_people` says whether a person did it or the machine proposed it."""

    kind: str
    at: datetime
    reason: str
    before: str
    by_people: bool
    passages: int

    @property
    def in_words(self) -> Promise:
        """What happened, as a person reads it."""
        return EVENT_WORDS[self.kind]


def found_in(passages: int, sources: int) -> str:
    """How many passages of how many documents, in words."""
    if sources == 1:
        words = ngettext("%(passages)d passage uit één document", "%(passages)d passages uit één document", passages)
    else:
        words = ngettext(
            "%(passages)d passage uit %(sources)d documenten",
            "%(passages)d passages uit %(sources)d documenten",
            passages,
        )
    return words % {"passages": passages, "sources": sources}


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One issue in a list. `proof` has at most three quotes; years are those in which its sources were published."""

    issue_id: int
    key: str
    name: str
    summary: str
    state: str
    words: tuple[str, ...]
    themes: tuple[tuple[str, str], ...]  # (key, name)
    fragments: int
    sources: int
    parties: int
    needs: int
    suggestions: int
    first_year: int | None
    last_year: int | None
    proposed_on: date | None
    decided_on: date | None
    reason: str
    proof: tuple[Quote, ...]

    @property
    def found_in(self) -> str:
        return found_in(self.fragments, self.sources)


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """Everything on record about one issue, for its page. `quotes` and `suggested` come nearest to the middle first."""

    issue_id: int
    workshop_id: int
    key: str
    name: str
    summary: str
    state: str
    words: tuple[str, ...]
    themes: tuple[tuple[str, str], ...]  # (key, name)
    proposed_on: date | None
    decided_on: date | None
    reason: str
    joined_into: tuple[str, str] | None  # (key, name)
    quotes: tuple[Quote, ...]
    suggested: tuple[Quote, ...]
    parties: tuple[PartyIn, ...]
    needs: tuple[NeedIn, ...]
    events: tuple[EventLine, ...]

    @property
    def sources(self) -> int:
        """From how many documents its passages come."""
        return len({quote.source_key for quote in self.quotes})

    @property
    def found_in(self) -> str:
        return found_in(len(self.quotes), self.sources)


@dataclass(frozen=True, slots=True)
class PartyChoice:
    """A party that may be asked to work on an issue, and why it is proposed; `by_default`: ticked beforehand."""

    party_id: int
    key: str
    name: str
    kind: str
    why: str  # a rules.Why
    by_default: bool

    @property
    def why_in_words(self) -> Promise:
        """The reason as a person reads it."""
        return WHY_WORDS[self.why]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the issues of a workshop stand; `is_stale`: documents or needs changed since issues were last proposed."""

    accepted: int
    proposed: int
    looked_at: datetime | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that may belong to an issue: a fragment of a source, or a need or offer of a party (then without source)."""

    text: str
    text_hash: str
    language: str
    themes: frozenset[int]
    fragment_id: int | None = None
    source_id: int | None = None
    need_id: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Passages that belong together by meaning. `closeness[i]` is the cosine of `fragment_ids[i]` with their middle."""

    fragment_ids: tuple[int, ...]
    closeness: tuple[float, ...]
    need_ids: tuple[int, ...]
    proof: tuple[int, ...]  # at most three fragment ids
    theme_ids: tuple[int, ...]  # most passages first
    words: tuple[str, ...]
    hashes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Addition:
    """A passage that lies close to an accepted issue."""

    issue_id: int
    fragment_id: int
    closeness: float


@dataclass(frozen=True, slots=True)
class PhaseStep:
    """One of the seven phases, as the line of a trajectory shows it."""

    words: Promise
    is_now: bool


@dataclass(frozen=True, slots=True)
class TrajectoryLine:
    """The joint work on an issue in a few words: in which phase, for whom, and when it stands still."""

    trajectory_id: int
    key: str
    name: str
    issue_key: str
    issue_name: str
    phase: str  # a rules.phases.Phase
    benefit_for: str
    how_noticed: str
    started_on: date | None
    next_pause_on: date | None
    stopped_on: date | None

    @property
    def phase_words(self) -> Promise:
        """The phase as a person reads it."""
        return PHASE_WORDS[self.phase]

    @property
    def is_running(self) -> bool:
        """Whether it has started and has not stopped."""
        return self.started_on is not None and self.stopped_on is None

    @property
    def steps(self) -> tuple[PhaseStep, ...]:
        """All phases in order; none is the present one before the start and after the end."""
        return tuple(PhaseStep(PHASE_WORDS[phase], self.is_running and phase == self.phase) for phase in Phase)


@dataclass(frozen=True, slots=True)
class TurnLine:
    """Something that happened to a trajectory. `phase`: the one from then on, in words; `before`: its former words."""

    words: Promise
    phase: Promise | None  # only where it went to another phase
    at: datetime
    reason: str
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrajectoryRecord:
    """A trajectory with who works in it, what belongs in its phase now, and what happened."""

    line: TrajectoryLine
    workshop_id: int
    groups: tuple[tuple[str, str], ...]  # (key, name)
    parties: tuple[PartyIn, ...]
    then: tuple[tuple[str, Promise], ...]  # the phases to which it may go on: (phase, words)
    activities: tuple[Promise, ...]  # what belongs in this phase
    turns: tuple[TurnLine, ...]  # newest first
