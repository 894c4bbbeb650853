"""What the platform remembers beside the tables that people read: whole rows, and fields that no column holds."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Field, ForeignKey, ManyToManyField, Model, Q, QuerySet

from werkplaats.accounts.models import Account, Code
from werkplaats.asks.models import Reported, Slip
from werkplaats.chains.models import ChainIssue
from werkplaats.conversations.models import Conversation, Participant, Statement, Vote
from werkplaats.defrag.models import Demand, Measurement, Move, Reading
from werkplaats.dependence.models import Match, MatchSide
from werkplaats.exchange.queries.columns import TABLES
from werkplaats.exchange.rules import LEFT_OUT_FIELDS
from werkplaats.issues.models import Issue, IssueEvent, IssueNeed, TrajectoryEvent
from werkplaats.issues.rules import State as IssueState
from werkplaats.mail.models import Choice, Follow, Message, Question, Reader
from werkplaats.mirror.models import (
    Attempt,
    AttemptProof,
    Mirror,
    Rejoinder,
    ShownFigure,
    SideBySide,
    Snapshot,
    SnapshotEvent,
    SnapshotItem,
)
from werkplaats.neighbourhoods.models import Introduction, Need, PartyFact, TakeOver
from werkplaats.promises.models import DailyHash, PromiseReceiver
from werkplaats.sources.models import Source
from werkplaats.tables.models import (
    AgendaLine,
    CheckOut,
    Decision,
    Guest,
    Lot,
    Round,
    TableChange,
    TableDraw,
    TableGiveBack,
    Turn,
)
from werkplaats.threads.models import HandOver
from werkplaats.workshops.models import Area, Workshop

SEPARATOR = " / "
"""Between the parts of a row's name, such as ``party / person / role``."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A table of the folder ``memory/``: rows of `model` by their name, which is what stands at the paths `name`.

    `is_whole`: every field stands here, and a row that is not there is made; otherwise the columns of the tables that people
    read come first, and the other fields stand here. `renews`: the field of the row that these rows belong to; what loading
    made under a row that is new here is replaced by what was remembered.
    """

    table: str
    model: type[Model]
    of: str
    name: tuple[str, ...] = ("key",)
    is_whole: bool = False
    where: Q = field(default_factory=Q)
    renews: str = ""

    def fields(self) -> "tuple[Field[Any, Any], ...]":
        """The fields that stand here."""
        return tuple(one for one in _fields(self.model) if self.is_whole or not _is_told(self.model, one))

    def rows(self, workshop: Workshop) -> "QuerySet[Model]":
        """The rows of a workshop."""
        at = workshop.pk if self.of == "pk" else workshop
        return self.model._default_manager.filter(self.where, **{self.of: at})


_OF_AN_ISSUE = ~Q(issue__state=IssueState.PROPOSED)
_NUMBERED = ("table__key", "number")
_LINKS: dict[str, tuple[str, ...]] = {
    "related_themes": ("theme_a__key", "theme_b__key"),
    "consents": ("person__key", "purpose"),
    "memberships": ("party__key", "person__key", "role"),
    "ties": ("party_a__key", "party_b__key", "kind"),
    "able": ("need__key", "party__key"),
    "keep_apart": ("party_a__key", "party_b__key"),
    "doubles": ("party_a__key", "party_b__key"),
    "stewardship": ("role", "party__key"),
    "issue_fragments": ("issue__key", "fragment__source__key", "fragment__page__number", "fragment__start"),
    "issue_parties": ("issue__key", "party__key"),
    "voice_issues": ("voice__key", "issue__key"),
    "reply_voices": ("reply__key", "voice__key"),
    "give_backs": ("ask__key", "key"),
    "chain_issues": ("chain__key", "issue__key"),
    "chain_versions": ("chain__key", "number"),
    "chain_steps": ("version__chain__key", "version__number", "number"),
    "chain_handovers": ("step__version__chain__key", "step__version__number", "step__number", "then__number"),
    "seats": ("table__key", "party__key"),
    "trajectory_parties": ("trajectory__key", "party__key"),
    "pause_answers": ("pause__key", "party__key", "voice__key"),
    "sides": ("asking__key", "party__key"),
}
_WHOLE = (
    Remembered("areas", Area, "workshop", ("code",)),
    Remembered("issues", Issue, "workshop", is_whole=True, where=~Q(state=IssueState.PROPOSED)),
    Remembered("needs", Need, "workshop", is_whole=True),
    Remembered("introductions", Introduction, "party__workshop", ("party__key", "about"), is_whole=True),
    Remembered("readers", Reader, "workshop", ("token",), is_whole=True),
    Remembered("choices", Choice, "reader__workshop", ("reader__token", "kind"), is_whole=True),
    Remembered("follows", Follow, "reader__workshop", ("reader__token", "thing"), is_whole=True),
    Remembered(
        "messages", Message, "workshop", ("reader__token", "key"), is_whole=True, where=Q(taken_at__isnull=False)
    ),
    Remembered("questions", Question, "workshop", ("about", "key"), is_whole=True),
    Remembered("codes", Code, "workshop", ("purpose", "digest"), is_whole=True),
    Remembered(
        "issue_needs", IssueNeed, "issue__workshop", ("issue__key", "need__key"), is_whole=True, where=_OF_AN_ISSUE
    ),
    Remembered(
        *("issue_events", IssueEvent, "issue__workshop", ("issue__key", "kind", "at", "before", "reason")),
        is_whole=True,
        where=_OF_AN_ISSUE,
        renews="issue",
    ),
    Remembered(
        *(
            "trajectory_events",
            TrajectoryEvent,
            "trajectory__workshop",
            ("trajectory__key", "kind", "at", "phase", "reason"),
        ),
        is_whole=True,
        renews="trajectory",
    ),
    Remembered(
        *("chain_issues", ChainIssue, "chain__workshop", ("chain__key", "issue__key")),
        is_whole=True,
        where=_OF_AN_ISSUE,
    ),
    Remembered("party_facts", PartyFact, "party__workshop", ("party__key", "name"), is_whole=True),
    Remembered("take_overs", TakeOver, "workshop", is_whole=True),
    Remembered("slips", Slip, "ask__workshop", ("ask__key", "batch", "number"), is_whole=True),
    Remembered("reported", Reported, "workshop", is_whole=True),
    Remembered(
        *("promise_receivers", PromiseReceiver, "promise__workshop"),
        ("promise__key", "party__key", "voice__key", "table_key"),
        is_whole=True,
    ),
    Remembered("daily_hashes", DailyHash, "workshop", ("day",), is_whole=True),
    Remembered(
        *("decisions", Decision, "table__workshop", ("table__key", "promise__key", "catch_key", "noted_at")),
        is_whole=True,
    ),
    Remembered("table_changes", TableChange, "table__workshop", _NUMBERED, is_whole=True),
    Remembered("guests", Guest, "table__workshop", ("table__key", "person__key"), is_whole=True),
    Remembered("agenda_lines", AgendaLine, "table__workshop", _NUMBERED, is_whole=True),
    Remembered("table_give_backs", TableGiveBack, "table__workshop", _NUMBERED, is_whole=True),
    Remembered("table_draws", TableDraw, "table__workshop", _NUMBERED, is_whole=True),
    Remembered("lots", Lot, "draw__table__workshop", ("draw__table__key", "draw__number", "number"), is_whole=True),
    Remembered(
        *("turns", Turn, "table__workshop", ("table__key", "device", "number")),
        is_whole=True,
    ),
    Remembered("rounds", Round, "table__workshop", ("table__key",), is_whole=True),
    Remembered(
        *("check_outs", CheckOut, "round__table__workshop", ("round__table__key", "key")),
        is_whole=True,
    ),
    Remembered("hand_overs", HandOver, "workshop", is_whole=True),
    Remembered("conversations", Conversation, "workshop", is_whole=True),
    Remembered(
        *("participants", Participant, "conversation__workshop", ("conversation__key", "key")),
        is_whole=True,
    ),
    Remembered(
        *("statements", Statement, "conversation__workshop", ("conversation__key", "number")),
        is_whole=True,
    ),
    Remembered(
        *("votes", Vote, "participant__conversation__workshop"),
        ("participant__conversation__key", "participant__key", "statement__number", "at"),
        is_whole=True,
    ),
    Remembered("demands", Demand, "workshop", is_whole=True),
    Remembered("measurements", Measurement, "workshop", ("on",), is_whole=True),
    Remembered("readings", Reading, "measurement__workshop", ("measurement__on", "demand__key"), is_whole=True),
    Remembered("moves", Move, "workshop", is_whole=True),
    Remembered("matches", Match, "workshop", ("need__key", "offer__key"), is_whole=True),
    Remembered(
        *("match_sides", MatchSide, "match__workshop", ("match__need__key", "match__offer__key", "number")),
        is_whole=True,
    ),
    Remembered("attempts", Attempt, "workshop", is_whole=True),
    Remembered(
        *("attempt_proofs", AttemptProof, "attempt__workshop", ("attempt__key", "party__key", "source_key")),
        is_whole=True,
    ),
    Remembered("mirrors", Mirror, "workshop", ("party__key",), is_whole=True),
    Remembered("snapshots", Snapshot, "mirror__workshop", ("mirror__party__key", "on"), is_whole=True),
    Remembered(
        *("snapshot_items", SnapshotItem, "snapshot__mirror__workshop"),
        ("snapshot__mirror__party__key", "snapshot__on", "key"),
        is_whole=True,
    ),
    Remembered(
        *("snapshot_events", SnapshotEvent, "snapshot__mirror__workshop"),
        ("snapshot__mirror__party__key", "snapshot__on", "kind", "noted_at"),
        is_whole=True,
    ),
    Remembered("shown_figures", ShownFigure, "mirror__workshop", ("mirror__party__key", "name"), is_whole=True),
    Remembered("rejoinders", Rejoinder, "mirror__workshop", ("mirror__party__key", "item_key"), is_whole=True),
    Remembered("sides_by_side", SideBySide, "workshop", is_whole=True),
)
_OTHERS = {each.table for each in _WHOLE}
MEMORY: tuple[Remembered, ...] = (
    *(
        Remembered(table, written.model, written.of, _LINKS.get(table, ("key",)), where=written.where)
        for table, written in TABLES.items()
        if table not in _OTHERS and written.model is not Source
    ),
    *_WHOLE,
)
"""Every table of ``memory/``, in an order in which each finds the rows that it names. One without a field is not written."""

BY_MODEL = {each.model: each for each in MEMORY}


def name_of(parts: tuple[object, ...]) -> str:
    """What a row is called in a folder: ``huurders / noor / kok``."""
    return SEPARATOR.join(cell_of(part) for part in parts).strip()


def names(each: Remembered, workshop: Workshop) -> dict[int, str]:
    """What every row of a workshop is called, by its number."""
    rows = each.rows(workshop).order_by()
    return {pk: name_of(tuple(parts)) for pk, *parts in rows.values_list("pk", *each.name)}


def cell_of(value: object) -> str:
    """A value as it stands in a file of ``memory/``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def lines(each: Remembered, workshop: Workshop) -> Iterator[dict[str, str]]:
    """The rows of one table of ``memory/`` as cells. A row that needs one that stays at home stays there too."""
    fields = each.fields()
    named = {one.name: _names_of(one, workshop) for one in fields if isinstance(one, ForeignKey)}
    lists = {one.name: _listed(each, one, workshop) for one in fields if isinstance(one, ManyToManyField)}
    plain = [one for one in fields if not isinstance(one, ManyToManyField)]
    own = names(each, workshop)
    for pk, *values in each.rows(workshop).order_by().values_list("pk", *(one.attname for one in plain)):
        row = {"row": own[pk]}
        is_whole = True
        for one, value in zip(plain, values, strict=True):
            links = named.get(one.name)
            row[one.name] = cell_of(value) if links is None else links.get(value, "")
            is_whole &= links is None or one.null or value in links
        if is_whole:
            yield row | {name: listed.get(pk, "") for name, listed in lists.items()}


@cache
def _fields(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    """What a row says: not its number, its workshop, an account, nor what `LEFT_OUT_FIELDS` gives a reason for."""
    found = (*model._meta.fields, *model._meta.many_to_many)
    return tuple(
        one
        for one in found
        if not one.primary_key
        and one.related_model not in {Account, Workshop}
        and one.name not in LEFT_OUT_FIELDS
        and f"{model._meta.label}.{one.name}" not in LEFT_OUT_FIELDS
    )


@cache
def _told(model: type[Model]) -> frozenset[str]:
    """The fields that a column of the tables that people read holds already."""
    for written in TABLES.values():
        if written.model is model:
            paths = [
                path for one in written.columns.values() for path in ((one,) if isinstance(one, str) else one.paths)
            ]
            told = {path.partition("__")[0] for path in paths} | set(written.many.values())
            return frozenset(told - set(written.beside))
    return frozenset(("code", "name", "kind", "parent", "population", "polygons")) if model is Area else frozenset()


def _is_told(model: type[Model], one: "Field[Any, Any]") -> bool:
    return one.name in _told(model)


def _names_of(one: "Field[Any, Any]", workshop: Workshop) -> dict[Any, str]:
    target = one.related_model
    assert isinstance(target, type)
    return names(BY_MODEL[target], workshop)


def _listed(each: Remembered, one: "Field[Any, Any]", workshop: Workshop) -> dict[int, str]:
    links = _names_of(one, workshop)
    found: dict[int, list[str]] = {}
    for pk, other in each.rows(workshop).order_by().values_list("pk", one.name):
        if other in links:
            found.setdefault(pk, []).append(links[other])
    return {pk: json.dumps(sorted(listed), ensure_ascii=False) for pk, listed in found.items()}
