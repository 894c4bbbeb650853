"""Promises in a mirror: those of the party, and those to it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from werkplaats.mirror.queries.subject import Subject, people_facts
from werkplaats.mirror.rules import Figure, Item, ItemKind, Record, RecordKind, Section
from werkplaats.promises.models import Promise, PromiseReceiver, Verdict
from werkplaats.promises.rules import GiverKind, Kind, State, Word, is_overdue
from werkplaats.tables.models import Seat, Table

_WELL = {Word.KEPT.value, Word.PARTLY.value}
_ILL = {Word.NOT.value, Word.NOT_NOTICED.value}
_COLUMNS = (
    *("pk", "key", "kind", "state", "maker_id", "wording", "due_on", "done_at", "confirmed_at", "ended_at"),
    *("table_key", "shown_tally"),
)


def promised(subject: Subject) -> Iterator[Item]:
    """What came of the promises of the party and of those to it. 5 queries."""
    own = Q(maker__in=subject.entries)
    to_us = Q(receivers__party__in=subject.entries)
    rows = Promise.objects.filter(own | to_us, workshop=subject.workshop, confirmed_at__isnull=False)
    found = list(rows.order_by("key").distinct().only(*_COLUMNS))
    pks = [row.pk for row in found]
    verdicts: dict[int, list[Verdict]] = defaultdict(list)
    for verdict in Verdict.objects.filter(promise__in=pks).exclude(giver_kind=GiverKind.RECEIPT):
        verdicts[verdict.promise_id].append(verdict)
    receivers: dict[int, list[int]] = defaultdict(list)
    for promise, party in PromiseReceiver.objects.filter(promise__in=pks, party__isnull=False).values_list(
        "promise_id", "party_id"
    ):
        receivers[promise].append(party)
    tables = _tables(subject)
    for row in found:
        figure = subject.people(f"promise:{row.key}", row.shown_tally)
        records = tuple(_records(subject, row, verdicts[row.pk], tables, figure))
        facts = _facts(subject, row, verdicts[row.pk], receivers[row.pk], figure)
        if subject.is_other(row.maker_id):
            yield from _to_us(subject, row, records, facts)
        else:
            yield from _own(subject, row, records, facts)


def _own(subject: Subject, row: Promise, records: tuple[Record, ...], facts: Mapping[str, Any]) -> Iterator[Item]:
    on = _on(subject, row)
    yield Item(Section.PROMISES, ItemKind.PROMISE, f"promise:{row.key}", row.wording, records, facts, on)
    if row.state == State.DONE and _says(facts, _WELL) and not _says(facts, _ILL):
        told = {"promise": row.key, "on": facts["done_on"], "parties": facts["for_parties"]}
        yield Item(Section.GAVE, ItemKind.KEPT, f"kept:{row.key}", row.wording, records, told, on)


def _to_us(subject: Subject, row: Promise, records: tuple[Record, ...], facts: Mapping[str, Any]) -> Iterator[Item]:
    says_ill = any(one["word"] in _ILL and one["who"] == subject.key for one in facts["verdicts"])
    if row.kind != Kind.NO and (facts["late_days"] or row.state == State.WITHDRAWN or says_ill):
        told = {**facts, "maker": subject.name_of(row.maker_id)}
        key = f"to-us:{row.key}"
        yield Item(Section.NEVER_BACK, ItemKind.PROMISED_TO_US, key, row.wording, records, told, _on(subject, row))


def _records(
    subject: Subject, row: Promise, verdicts: Iterable[Verdict], tables: Mapping[str, str], figure: Figure
) -> Iterator[Record]:
    maker = subject.name_of(row.maker_id)
    yield Record(RecordKind.PROMISE, row.key, maker, subject.origin_of(row.maker_id))
    if row.table_key in tables:
        yield Record(RecordKind.TABLE, row.table_key, tables[row.table_key], f"table:{row.table_key}")
    for verdict in verdicts:
        if verdict.giver_kind == GiverKind.TABLE:
            label = tables.get(verdict.giver, "")
            if label:
                yield Record(RecordKind.TABLE, verdict.giver, label, f"table:{verdict.giver}")
        elif verdict.giver_kind == GiverKind.PARTY and verdict.giver in subject.by_key:
            key, name = subject.by_key[verdict.giver]
            yield Record(RecordKind.VERDICT, row.key, name, f"party:{key}")
    if people := sum(figure.counts.values()):
        yield Record(RecordKind.PEOPLE, row.key, "", f"people:promise:{row.key}", people=people)


def _facts(
    subject: Subject, row: Promise, verdicts: Iterable[Verdict], receivers: Iterable[int], figure: Figure
) -> dict[str, Any]:
    state, kind = State(row.state), Kind(row.kind)
    is_late = is_overdue(row.due_on, state=state, kind=kind, today=subject.today)
    own = next((one for one in verdicts if one.giver_kind == GiverKind.MAKER), None)
    others = [
        {
            "who": subject.by_key[one.giver][0],
            "name": subject.by_key[one.giver][1],
            "word": one.word,
            "words": one.words,
        }
        for one in verdicts
        if one.giver_kind == GiverKind.PARTY and one.giver in subject.by_key
    ]
    tables = [{"who": "", "name": "", "word": one.word, "words": ""} for one in verdicts if one.giver_kind == "table"]
    return {
        "promise": row.key,
        "kind": row.kind,
        "state": row.state,
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "done_on": subject.day(row.done_at).isoformat() if row.done_at else "",
        "late_days": (subject.today - row.due_on).days if is_late and row.due_on else 0,
        "own_word": own.word if own else "",
        "own_words": own.words if own else "",
        "verdicts": [*sorted(others, key=lambda one: one["who"]), *tables],
        **people_facts(figure),
        "for_parties": sorted({subject.name_of(party) for party in receivers if subject.is_other(party)}),
    }


def _says(facts: Mapping[str, Any], words: set[str]) -> bool:
    """Whether anybody but the maker said one of these words."""
    return any(one["word"] in words for one in facts["verdicts"]) or any(facts["people"].get(word) for word in words)


def _on(subject: Subject, row: Promise) -> str:
    assert row.confirmed_at is not None  # asked for
    return (row.due_on or subject.day(row.confirmed_at)).isoformat()


def _tables(subject: Subject) -> dict[str, str]:
    """The tables at which somebody else than the party sat: an event that others were part of."""
    with_others = Seat.objects.sat().filter(table__workshop=subject.workshop).exclude(party__in=subject.entries)
    rows = Table.objects.filter(pk__in=with_others.values("table"))
    return dict(rows.order_by().values_list("key", "about"))
