"""What may happen to a promise, when it is late, and when somebody may judge it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from werkplaats.accounts.rules import ANYONE, TEAM, Verb

READ = Verb("promises.read", ANYONE)
DRAFT = Verb("promises.draft", TEAM)
ANSWER = Verb("promises.answer", TEAM, own=True)
"""To say yes, to tell how it goes, or to judge from the side of the maker: whoever speaks for the maker. The team helps out."""
JUDGE = Verb("promises.judge", frozenset(), own=True)
"""To judge as a receiving party: only who speaks for it."""
BY_LINK = Verb("promises.by_link", ANYONE)
"""A door that a secret code opens, without an account."""

CONFIRM, RECEIPT, TABLE = "confirm", "receipt", "table"
"""Purposes of codes: the link of a maker, the receipt of a voice, the code on a table."""

RECEIVE_CODES = (RECEIPT, TABLE)

DAYS_FOR_A_YES = 10
"""After so many days without a yes it is no longer asked about: it was said, not confirmed."""
QUESTION_AFTER = timedelta(weeks=4)
"""Receivers are asked once, so long after it was reported done, whether they notice it."""


class Kind(StrEnum):
    DO = "do"
    FIND_OUT = "find_out"
    NO = "no"


class State(StrEnum):
    DRAFT = "draft"
    DENIED = "denied"  # its maker says that this was not promised
    RUNNING = "running"
    DONE = "done"  # reported done by its maker; whether it is kept, people say
    WITHDRAWN = "withdrawn"


class Happened(StrEnum):
    """The kinds of events in the ledger."""

    CONFIRMED = "confirmed"
    LINKED = "linked"  # more voices that it comes from
    CHANGED = "changed"
    EXTENDED = "extended"
    DONE = "done"
    MAKER_VERDICT = "maker_verdict"
    RECEIVER_VERDICT = "receiver_verdict"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class Word(StrEnum):
    """A verdict."""

    KEPT = "kept"
    PARTLY = "partly"
    NOT = "not"
    NOT_NOTICED = "not_noticed"


class GiverKind(StrEnum):
    """Who may judge: the maker, a receiving party, the giver of a linked voice, the people of a table."""

    MAKER = "maker"
    PARTY = "party"
    RECEIPT = "receipt"
    TABLE = "table"


class Channel(StrEnum):
    """How a yes came in."""

    LINK = "link"
    ACCOUNT = "account"
    TEAM = "team"  # the team wrote down what the maker said elsewhere


MAKERS_WORDS = (Word.KEPT, Word.PARTLY, Word.NOT)
RECEIVERS_WORDS = tuple(Word)

MAY_HAPPEN: dict[State, frozenset[Happened]] = {
    State.DRAFT: frozenset({Happened.CONFIRMED}),
    State.DENIED: frozenset(),
    State.RUNNING: frozenset(
        {
            Happened.LINKED,
            Happened.CHANGED,
            Happened.EXTENDED,
            Happened.DONE,
            Happened.WITHDRAWN,
            Happened.MAKER_VERDICT,
            Happened.RECEIVER_VERDICT,
            Happened.ERASED,
        }
    ),
    State.DONE: frozenset(
        {Happened.LINKED, Happened.MAKER_VERDICT, Happened.RECEIVER_VERDICT, Happened.WITHDRAWN, Happened.ERASED}
    ),
    State.WITHDRAWN: frozenset({Happened.ERASED}),
}
"""What may be added to the ledger about a promise in each state."""

ONLY_IF_SOMETHING_IS_DUE = frozenset(
    {Happened.EXTENDED, Happened.DONE, Happened.MAKER_VERDICT, Happened.RECEIVER_VERDICT}
)
"""A "no, because" has no date, is never done, and asks for no verdict."""


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives a verdict, by the key of the party, voice or table."""

    kind: GiverKind
    key: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A promise as the ledger says it, after its events so far. Dates and moments as ISO text, as in the ledger; "": none."""

    kind: str
    maker: str
    state: str = State.RUNNING.value
    maker_function: str = ""
    wording: str = ""
    for_whom: str = ""
    depends_on: str = ""
    source: str = ""
    due_on: str = ""
    issue: str = ""
    table: str = ""
    parties: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    confirmed_at: str = ""
    done_at: str = ""
    ended_at: str = ""
    verdicts: tuple[tuple[str, str, str], ...] = ()  # (kind of giver, giver, word), the last of each


@dataclass(frozen=True, slots=True)
class Told:
    """One event: what its body says, and the words beside it ("" where they were erased)."""

    kind: Happened
    at: str
    facts: Mapping[str, object]
    texts: Mapping[str, str]


def may_happen(happened: Happened, *, state: State, kind: Kind) -> bool:
    """Whether this may be added about a promise of this kind in this state."""
    return happened in MAY_HAPPEN[state] and not (kind is Kind.NO and happened in ONLY_IF_SOMETHING_IS_DUE)


def is_overdue(due_on: date | None, *, state: State, kind: Kind, today: date) -> bool:
    """Whether the day has passed and nobody reported it done. Never stored; a "no" and a draft are never overdue."""
    return state is State.RUNNING and kind is not Kind.NO and due_on is not None and due_on < today


def is_unanswered(drafted_on: date, *, state: State, today: date) -> bool:
    """Whether a draft waited so long for a yes that it is no longer asked about: said, not confirmed."""
    return state is State.DRAFT and (today - drafted_on).days > DAYS_FOR_A_YES


def may_be_judged(due_on: date | None, *, state: State, kind: Kind, today: date) -> bool:
    """Whether there is something to judge: it was reported done, or its day has passed."""
    if kind is Kind.NO:
        return False
    return state is State.DONE or is_overdue(due_on, state=state, kind=kind, today=today)


def may_renew(*, answered: int, changed: int, shown_before: bool, small_number: int) -> bool:
    """Whether the breakdown of residents' verdicts may be shown as it is now.

    A first time from `small_number` answers on, and again when at least so many people answered since: else one could
    subtract two breakdowns and see what one person said.
    """
    return changed >= small_number if shown_before else answered >= small_number


def after(standing: Standing | None, told: Told) -> Standing:
    """How a promise stands after one more event. `Standing` is None before the first, its confirmation."""
    if standing is None or told.kind is Happened.CONFIRMED:
        return _confirmed(told)
    return replace(standing, **_changes(standing, told))


def _changes(standing: Standing, told: Told) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    match told.kind:
        case Happened.LINKED:
            changes = {"voices": (*standing.voices, *told.texts.get("voices", "").split())}
        case Happened.CHANGED:
            changes = {"wording": told.texts.get("wording", "")}
        case Happened.EXTENDED:
            changes = {"due_on": _said(told, "due_on")}
        case Happened.DONE:
            changes = {"state": State.DONE.value, "done_at": told.at}
        case Happened.WITHDRAWN:
            changes = {"state": State.WITHDRAWN.value, "ended_at": told.at}
        case Happened.MAKER_VERDICT | Happened.RECEIVER_VERDICT:
            changes = {"verdicts": _with_verdict(standing.verdicts, told)}
    return changes


def _confirmed(told: Told) -> Standing:
    return Standing(
        kind=_said(told, "promise_kind"),
        maker=_said(told, "maker"),
        due_on=_said(told, "due_on"),
        issue=_said(told, "issue"),
        table=_said(told, "table"),
        parties=_list(told, "parties"),
        tables=_list(told, "tables"),
        voices=tuple(told.texts.get("voices", "").split()),
        confirmed_at=told.at,
        maker_function=told.texts.get("maker_function", ""),
        wording=told.texts.get("wording", ""),
        for_whom=told.texts.get("for_whom", ""),
        depends_on=told.texts.get("depends_on", ""),
        source=told.texts.get("source", ""),
    )


def _with_verdict(verdicts: tuple[tuple[str, str, str], ...], told: Told) -> tuple[tuple[str, str, str], ...]:
    giver_kind, giver = _said(told, "giver_kind"), _said(told, "giver") or told.texts.get("giver", "")
    word = _said(told, "word") or told.texts.get("word", "")
    others = tuple(row for row in verdicts if row[:2] != (giver_kind, giver))
    return tuple(sorted((*others, (giver_kind, giver, word))))


def _said(told: Told, name: str) -> str:
    return str(told.facts.get(name) or "")


def _list(told: Told, name: str) -> tuple[str, ...]:
    found = told.facts.get(name)
    return tuple(str(each) for each in found) if isinstance(found, list | tuple) else ()
