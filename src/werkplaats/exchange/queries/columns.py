"""Which columns of the tables of a folder are which fields: what people may read and write themselves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model, Q

from werkplaats.accounts.models import Person
from werkplaats.asks.models import Ask, GiveBack, Reply, ReplyVoice, Voice, VoiceIssue
from werkplaats.asks.rules import State as VoiceState
from werkplaats.catches.models import Catch
from werkplaats.chains.models import Chain, ChainIssue, ChainVersion, Handover, Step
from werkplaats.consent.models import Consent
from werkplaats.defrag.models import Asking, Side
from werkplaats.issues.models import Issue, IssueFragment, IssueParty, Trajectory, TrajectoryParty
from werkplaats.issues.rules import State as IssueState
from werkplaats.neighbourhoods.models import Able, Double, Group, KeepApart, Membership, Need, Party, Steward, Tie
from werkplaats.neighbourhoods.rules import Verdict
from werkplaats.pauses.models import Pause, PauseAnswer
from werkplaats.promises.models import Promise, PromiseReceiver
from werkplaats.sources.models import Source
from werkplaats.tables.models import Decision, Seat, Table
from werkplaats.workshops.models import RelatedThemes, Theme, Workshop
from werkplaats.workshops.rules import TERMS

Cell = str | int | float | date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: made by `write` of the values at these `paths` (as Django looks them up)."""

    paths: tuple[str, ...]
    write: Callable[..., Cell] = lambda value: value


@dataclass(frozen=True, slots=True)
class Written:
    """A table of a folder: the rows of `model` that belong to a workshop (`of`) and stand in it (`where`).

    A column is a path, or a `Column`; `many`: columns that list the keys of other rows. `beside`: fields that the folder
    remembers too, because loading the columns may give them another value.
    """

    model: type[Model]
    of: str
    columns: Mapping[str, str | Column]
    many: Mapping[str, str] = field(default_factory=dict)
    where: Q = field(default_factory=Q)
    beside: tuple[str, ...] = ()


def _yes(path: str) -> Column:
    return Column((path,), lambda value: "yes" if value else "no")


def _same(*names: str) -> dict[str, str | Column]:
    return {name: name for name in names}


def _reported(a: str, b: str, by_a: bool, by_b: bool) -> Cell:  # the values of four columns, in their order
    return tuple(key for key, reported in ((a, by_a), (b, by_b)) if reported)


def _stays(a: str, b: str, stays: str | None) -> Cell:
    return b if stays == b else a


def _goes(a: str, b: str, stays: str | None) -> Cell:
    return a if stays == b else b


def _known_issue(key: str | None, state: str | None) -> Cell:
    """An issue that stands in issues.csv: one that was joined into another, or is only proposed, does not."""
    return key if state in {IssueState.ACCEPTED, IssueState.REFUSED} else None


def _noted(value: bool | None) -> Cell:
    return None if value is None else "yes" if value else "no"


def _switched_on(names: list[str]) -> Cell:
    return tuple(names) or ("none",)


_ENDS = ("party_a__key", "party_b__key", "stays__key")
_PAIR: dict[str, str | Column] = {"party_a": "party_a__key", "party_b": "party_b__key"}
_ACCEPTED = Q(issue__state__in=[IssueState.ACCEPTED, IssueState.REFUSED])
_ISSUE = {"issue": Column(("issue__key", "issue__state"), _known_issue)}
_WITHDRAWN = Column(("state", "settled_at"), lambda state, at: at if state == VoiceState.WITHDRAWN else None)

TABLES: Mapping[str, Written] = {
    "workshop": Written(
        Workshop,
        "pk",
        _same("key", "name", "city", "timezone", "opened_on", "introduction", *TERMS)
        | {"languages": Column(("languages",), tuple), "capabilities": Column(("capabilities",), _switched_on)},
    ),
    "themes": Written(Theme, "workshop", _same("key", "name", "name_en")),
    "related_themes": Written(
        RelatedThemes, "theme_a__workshop", {"theme_a": "theme_a__key", "theme_b": "theme_b__key", "why": "why"}
    ),
    "parties": Written(
        Party,
        "workshop",
        _same(*("key", "name", "kind", "description", "address", "website", "founded_on", "size"))
        | {"area": "area__code", "introductions": _yes("open_to_introductions")}
        | _same("introductions_per_month", "source", "recorded_on"),
        many={"themes": "themes"},
    ),
    "people": Written(Person, "workshop", _same("key", "name", "email", "language") | {"area": "area__code"}),
    "consents": Written(
        Consent,
        "person__workshop",
        {"person": "person__key"} | _same("purpose", "wording", "channel", "given_on", "withdrawn_on"),
    ),
    "memberships": Written(
        Membership,
        "party__workshop",
        {"person": "person__key", "party": "party__key"} | _same("role", "since", "until"),
    ),
    "ties": Written(
        Tie,
        "party_a__workshop",
        _PAIR
        | {"reported_by": Column(("party_a__key", "party_b__key", "reported_by_a", "reported_by_b"), _reported)}
        | _same("kind", "shown_by", "since", "last_seen"),
    ),
    "needs": Written(
        Need,
        "workshop",
        _same("key", "kind", "text", "language", "since", "until")
        | {"party": "party__key", "theme": "theme__key", "area": "area__code"},
        where=Q(party__isnull=False),
    ),
    "able": Written(
        Able,
        "party__workshop",
        {
            "need": "need__key",
            "party": "party__key",
            "confirmed_by": "confirmed_by__key",
            "confirmed_on": "confirmed_on",
        },
    ),
    "keep_apart": Written(KeepApart, "party_a__workshop", _PAIR | _same("reason")),
    "doubles": Written(
        Double,
        "party_a__workshop",
        {"party_a": Column(_ENDS, _stays), "party_b": Column(_ENDS, _goes)} | _same("verdict", "decided_on", "reason"),
        where=~Q(verdict=Verdict.SUSPECTED),
    ),
    "stewardship": Written(Steward, "workshop", {"role": "role", "party": "party__key", "words": "words"}),
    "sources": Written(
        Source,
        "workshop",
        _same("key", "title", "kind", "published_on", "language", "rights", "added_at")
        | {"file": "file_name", "holder": "holder__key", "area": "area__code"},
        many={"themes": "themes"},
    ),
    "issues": Written(
        Issue,
        "workshop",
        _same("key", "name", "summary", "state", "proposed_on", "decided_on", "reason"),
        many={"themes": "themes"},
        where=Q(state__in=[IssueState.ACCEPTED, IssueState.REFUSED]),
    ),
    "issue_fragments": Written(
        IssueFragment,
        "issue__workshop",
        {"issue": "issue__key", "source": "fragment__source__key", "page": "fragment__page__number"}
        | {"start": "fragment__start", "end": "fragment__end", "text": "fragment__text"}
        | {"proof": _yes("is_proof"), "centrality": "centrality"},
        where=_ACCEPTED,
    ),
    "issue_parties": Written(
        IssueParty, "issue__workshop", {"issue": "issue__key", "party": "party__key", "role": "role"}, where=_ACCEPTED
    ),
    "groups": Written(Group, "workshop", _same("key", "name") | {"area": "area__code"}),
    "asks": Written(
        Ask,
        "workshop",
        _same(
            *("key", "title", "question", "still_unknown", "asker_function", "on_behalf_of", "asked_group", "minutes")
        )
        | _same(*("giver_gets", "asker_gets", "comes_back", "answer_by", "data_use", "state", "late_reason"))
        | {"asker": "asker__key", "asked_party": "asked_party__key", "area": "area__code"}
        | {"pays": _yes("pays"), "under_sixteen": _yes("under_sixteen"), "standing": _yes("is_standing")}
        | _same("opened_on", "closed_on")
        | _ISSUE,
        beside=("issue",),
    ),
    "voices": Written(
        Voice,
        "workshop",
        _same(*("key", "text", "language", "privacy", "channel", "given_at", "group", "contact", "come_back_on"))
        | _same("looked_at", "shared_text", "hidden_at", "hidden_reason")
        | {"ask": "ask__key", "area": "area__code", "come_back_by": "come_back_by__key", "withdrawn_at": _WITHDRAWN},
        beside=(
            *("language", "area", "group", "contact", "come_back_on", "come_back_by", "looked_at"),
            *("hidden_at", "hidden_reason", "state", "settled_at"),
        ),
    ),
    "voice_issues": Written(
        VoiceIssue, "voice__workshop", {"voice": "voice__key", "issue": "issue__key"}, where=_ACCEPTED
    ),
    "replies": Written(Reply, "workshop", {"ask": "ask__key", "party": "party__key"} | _same("key", "text", "at")),
    "reply_voices": Written(
        ReplyVoice,
        "reply__workshop",
        _same("fit", "fit_at") | {"reply": "reply__key", "voice": "voice__key"} | {"disputed": _yes("disputed")},
    ),
    "give_backs": Written(
        GiveBack, "ask__workshop", {"ask": "ask__key", "party": "party__key"} | _same("key", "text", "at")
    ),
    "catches": Written(
        Catch,
        "workshop",
        _same(*("key", "who", "what", "for_whom", "due_on", "caught_at", "became_kind", "became_key", "settled_at"))
        | {"waits": _yes("waits")},
    ),
    "chains": Written(Chain, "workshop", _same("key", "name", "wish")),
    "chain_issues": Written(
        ChainIssue, "chain__workshop", {"chain": "chain__key", "issue": "issue__key"}, where=_ACCEPTED
    ),
    "chain_versions": Written(
        ChainVersion, "chain__workshop", {"chain": "chain__key"} | _same("number", "since", "until")
    ),
    "chain_steps": Written(
        Step,
        "version__chain__workshop",
        {"chain": "version__chain__key", "version": "version__number"}
        | _same("number", "name", "desk", "documents", "term_days")
        | {"party": "lane__party__key", "lane": "lane__words"},
    ),
    "chain_handovers": Written(
        Handover,
        "step__version__chain__workshop",
        {"chain": "step__version__chain__key", "version": "step__version__number"}
        | {"step": "step__number", "then": "then__number"},
    ),
    "tables": Written(
        Table,
        "workshop",
        _same("key", "about", "held_at", "place", "lasts", "cancelled_at", "report") | _ISSUE,
        beside=("issue",),
    ),
    "seats": Written(
        Seat,
        "table__workshop",
        {"table": "table__key", "party": "party__key"}
        | _same("invited_at", "answer", "answered_at")
        | {"was_there": Column(("was_there",), _noted), "group": "group__key"},
    ),
    "promises": Written(
        Promise,
        "workshop",
        _same(*("key", "kind", "maker_function", "wording", "for_whom", "due_on", "depends_on", "source", "drafted_at"))
        | _same("asked_at", "denied_words")
        | {"maker": "maker__key", "table": "table_key"}
        | _ISSUE,
        beside=("issue",),
    ),
    "promise_receivers": Written(
        PromiseReceiver,
        "promise__workshop",
        {"promise": "promise__key", "party": "party__key", "voice": "voice__key"},
        where=Q(table_key=""),
    ),
    "decisions": Written(
        Decision,
        "table__workshop",
        {"table": "table__key", "promise": "promise__key", "catch": "catch_key", "noted_at": "noted_at"},
        where=Q(promise__isnull=False, catch_key="") | (Q(promise__isnull=True) & ~Q(catch_key="")),
    ),
    "trajectories": Written(
        Trajectory,
        "workshop",
        _same(*("key", "name", "phase", "benefit_for", "how_noticed", "started_on", "next_pause_on", "stopped_on"))
        | {"issue": "issue__key"},
        many={"groups": "benefit_groups"},
        where=_ACCEPTED,
    ),
    "trajectory_parties": Written(
        TrajectoryParty,
        "trajectory__workshop",
        {"trajectory": "trajectory__key", "party": "party__key"} | _same("role", "joined_on"),
    ),
    "pauses": Written(
        Pause,
        "workshop",
        {"trajectory": "trajectory__key"}
        | _same("key", "due_on", "opened_at", "asked_at", "outcome", "reason", "closed_at"),
    ),
    "pause_answers": Written(
        PauseAnswer,
        "pause__workshop",
        {"pause": "pause__key", "party": "party__key", "voice": "voice__key"} | _same("noticed", "text", "at"),
    ),
    "askings": Written(
        Asking,
        "move__workshop",
        {"kind": "move__kind", "party_a": "move__party_a__key", "party_b": "move__party_b__key"}
        | {"through": "move__through__key", "issue": "move__issue__key"}
        | _same("key", "stage", "asked_at", "agreed_at", "met_on", "closed_at"),
    ),
    "sides": Written(
        Side,
        "asking__move__workshop",
        {"asking": "asking__key", "party": "party__key"}
        | _same(*("number", "words", "by", "turn_at", "answer", "answered_at", "help_asked_at", "helped", "helped_at")),
    ),
}
"""Every table of the open folder but ``promise_events``: what happened to promises goes along as the ledger itself."""
