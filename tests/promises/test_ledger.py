"""The ledger: added to only, and altered by nobody unseen."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import builders
from tests.ledger import without_guard
from tests.promises import table
from werkplaats.kit.refusal import Refusal
from werkplaats.promises import actions, queries, verify
from werkplaats.promises.models import DailyHash, Event, EventText, Promise
from werkplaats.promises.refusals import LedgerDiffers, NothingToErase
from werkplaats.promises.rules import Giver, GiverKind, Word

pytestmark = pytest.mark.django_db
SCRIPT = Path(verify.__file__)


def a_full_ledger() -> Promise:
    """Every kind of event once, and an erasure."""
    (voice,) = table.voices(1)
    row = table.promise(voices=(voice,), parties=(table.party("De Lange Tafel"),))
    later = table.NOW + timedelta(days=1)
    actions.change(row, wording="De sleutel ligt er op woensdagavond.", reason="Dinsdag is bezet.", at=later)
    actions.extend(row, due_on=table.FRIDAY + timedelta(days=7), reason="De sleutelmaker is ziek.", at=later)
    actions.report_done(row, evidence="Hij ligt er.", at=later)
    actions.maker_verdict(row, word=Word.KEPT, words="Gelukt.", at=later)
    actions.receiver_verdict(row, by=Giver(GiverKind.RECEIPT, voice.key), word=Word.NOT_NOTICED, at=later)
    actions.receiver_verdict(
        row, by=Giver(GiverKind.PARTY, "de-lange-tafel"), word=Word.PARTLY, words="Te laat.", at=later
    )
    actions.erase_text(row, number=2, name="reason", reason="Er stond een naam in.", at=later)
    actions.withdraw(row, reason="Het pand is verkocht.", at=later)
    return row


def exported(*, private: bool = False) -> list[str]:
    return list(queries.export_lines(builders.workshop(), private=private))


def test_a_ledger_with_every_kind_of_event_holds() -> None:
    a_full_ledger()
    assert Event.objects.count() == 9
    assert queries.verify(builders.workshop()) is None
    assert verify.first_altered(map(verify.parse, exported())) is None
    assert verify.first_altered(map(verify.parse, exported(private=True))) is None


@pytest.mark.parametrize("statement", ["UPDATE promises_event SET body = '{}'", "DELETE FROM promises_event"])
def test_the_database_refuses_to_change_or_remove_an_event(statement: str) -> None:
    table.promise()
    with (
        pytest.raises(DatabaseError, match="never changed or removed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def columns(table: type[Model]) -> list[str]:
    """Every column of a table except the number by which the database knows a row: a new column is tried by itself."""
    return [str(field.column) for field in table._meta.concrete_fields if not field.primary_key]


def otherwise(column: str, value: Any, *, other_workshop: int) -> Any:
    """Another value than what stands there."""
    if column == "workshop_id":
        return other_workshop
    if column == "event_id":
        first = min(Event.objects.values_list("pk", flat=True))
        return (value - first + 1) % 9 + first  # the next of the nine, wherever the database counts from
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 70
    if column.endswith("_at"):
        return None if value else table.NOW
    return f"{value[:-1]}{'0' if value[-1:] != '0' else '1'}" if value else "iets"


@pytest.mark.parametrize("column", columns(Event))
def test_any_column_of_any_event_that_is_changed_is_named(column: str) -> None:
    a_full_ledger()
    other = builders.workshop("zuiderpark")
    for event in Event.objects.all():
        fault = altered(event, column, otherwise(column, getattr(event, column), other_workshop=other.pk))
        if (column, event.number) == ("workshop_id", 9):  # the last one gone is a cut tail: a whole, shorter ledger
            assert fault == verify.Fault(9, "cut")
        else:
            assert fault is not None
            assert fault.number == event.number
    assert queries.verify(builders.workshop()) is None


@pytest.mark.parametrize("column", columns(EventText))
def test_any_column_of_any_words_that_is_changed_is_named_or_refused(column: str) -> None:
    a_full_ledger()
    refused = 0
    for text in EventText.objects.select_related("event"):
        value = otherwise(column, getattr(text, column), other_workshop=0)
        try:
            fault = altered(text, column, value)
        except IntegrityError:  # such as words that are said to be erased and are there
            refused += 1
            continue
        assert fault is not None, (text.event.number, text.name)
        assert fault.number in {text.event.number, other_event(value) if column == "event_id" else 0}
    assert refused < EventText.objects.count() or column == "erased_at"
    assert queries.verify(builders.workshop()) is None


def altered(row: Event | EventText, column: str, value: Any) -> verify.Fault | None:
    """What the check says when somebody who owns the database changed one column of one row; it is put back."""
    kept = queries.head(builders.workshop())
    assert kept is not None
    with transaction.atomic():
        with without_guard(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s", [value, row.pk])
        fault = queries.verify(builders.workshop(), kept=f"9:{kept.digest}")
        transaction.set_rollback(True)
    return fault


def other_event(pk: int) -> int:
    return Event.objects.values_list("number", flat=True).get(pk=pk)


def test_words_that_are_removed_without_saying_so_are_named() -> None:
    a_full_ledger()
    EventText.objects.filter(event__number=4, name="evidence").update(text="", salt="", erased_at=table.NOW)
    assert queries.verify(builders.workshop()) == verify.Fault(4, "gone")
    EventText.objects.filter(event__number=4, name="evidence").delete()
    assert queries.verify(builders.workshop()) == verify.Fault(4, "gone")


@pytest.mark.parametrize("field", ["number", "before", "body", "digest", "texts"])
@pytest.mark.parametrize("place", [0, 4, 8])
def test_any_field_of_any_line_of_an_export_that_is_changed_is_named(field: str, place: int, tmp_path: Path) -> None:
    a_full_ledger()
    rows = [json.loads(line) for line in exported()]
    told = {
        "number": 99,
        "before": "a" * 64,
        "body": rows[place]["body"].replace("2026", "2025"),
        "digest": "b" * 64,
        "texts": {"extra": {"text": "x", "salt": "y"}},
    }
    rows[place][field] = told[field]
    file = tmp_path / "grootboek.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    answer = offline(file)
    assert answer.returncode == 1
    assert f"gebeurtenis {place + 1}" in answer.stdout


def test_any_words_of_any_line_of_an_export_that_are_changed_are_named() -> None:
    a_full_ledger()
    whole = [json.loads(line) for line in exported(private=True)]
    changes = {"text": "Iets anders.", "salt": "00", "private": None, "erased": None}
    for place, line in enumerate(whole):
        for name, said in line["texts"].items():
            for field, value in changes.items():
                other = {**said, field: not said.get(field, False) if value is None else value}
                texts = {**line["texts"], name: other}
                rows = [*whole[:place], {**line, "texts": texts}, *whole[place + 1 :]]
                fault = verify.first_altered(verify.parse(json.dumps(row)) for row in rows)
                assert fault is not None, (place + 1, name, field)
                assert fault.number == place + 1


def offline(file: Path, *more: str) -> "subprocess.CompletedProcess[str]":
    """As somebody at home does it: the file, and Python without anything of ours."""
    script = file.with_name("verify.py")
    script.write_bytes(SCRIPT.read_bytes())
    return subprocess.run(
        [sys.executable, "-I", "-S", str(script), str(file), *more], capture_output=True, text=True, check=False
    )


def test_an_export_is_checked_with_python_alone_and_against_a_sheet(tmp_path: Path) -> None:
    a_full_ledger()
    file = tmp_path / "grootboek.jsonl"
    file.write_text("".join(exported()), encoding="utf-8")
    assert "Alles klopt: 9 gebeurtenissen" in offline(file).stdout
    head = queries.head(builders.workshop())
    assert head is not None
    assert offline(file, "--kept", f"{head.number}:{head.digest[:12]}").returncode == 0
    file.write_text("".join(exported()[:-1]), encoding="utf-8")
    assert offline(file).returncode == 0
    assert "houdt op vóór gebeurtenis 9" in offline(file, "--kept", f"9:{head.digest}").stdout
    file.write_text("geen json\n", encoding="utf-8")
    assert "regel 1 is niet te lezen" in offline(file).stdout


def test_a_cut_tail_is_seen_by_the_hash_of_that_day() -> None:
    a_full_ledger()
    actions.mail_the_hash(builders.workshop(), at=table.NOW)
    kept = DailyHash.objects.get()
    with without_guard():
        EventText.objects.filter(event__number=9).delete()
        Event.objects.filter(number=9).delete()
    assert queries.verify(builders.workshop()) == verify.Fault(kept.number, "cut")


def test_erased_words_leave_every_other_event_verifiable() -> None:
    row = a_full_ledger()
    assert EventText.objects.get(event__number=2, name="reason").text == ""
    assert "Dinsdag is bezet" not in "".join(exported(private=True))
    assert queries.verify(builders.workshop()) is None
    with pytest.raises(NothingToErase):
        actions.erase_text(table.promise(), number=2, name="reason", reason="Nog eens.", at=table.NOW)
    assert row.key


def test_the_words_of_a_promise_are_gone_everywhere_once_erased() -> None:
    row = table.promise(wording="Bel mevrouw Jansen terug over de trap in het portiek.")
    actions.erase_text(row, number=1, name="wording", reason="Er stond een naam in.", at=table.NOW)
    assert Promise.objects.get().wording == ""
    assert "Jansen" not in "".join(exported(private=True))
    from werkplaats.search.models import Entry

    assert not Entry.objects.filter(kind="promise").exists()


def test_a_public_export_never_tells_who_gave_a_verdict_by_receipt_nor_which() -> None:
    a_full_ledger()
    public = "".join(exported())
    assert "stem-0" not in {
        text for line in map(json.loads, public.splitlines()) for text in map(str, line["texts"].values())
    }
    given = [json.loads(json.loads(line)["body"]) for line in public.splitlines() if '\\"receipt\\"' in line]
    assert [(facts.get("word"), facts.get("giver"), facts["at"]) for facts in given] == [(None, None, "2026-05-13")]
    assert "not_noticed" not in public
    assert "not_noticed" in "".join(exported(private=True))


def test_each_promise_stands_as_its_events_say() -> None:
    row = a_full_ledger()
    row.refresh_from_db()
    standing = queries.standing(row)
    assert (row.state, row.wording, row.due_on and row.due_on.isoformat()) == (
        standing.state,
        standing.wording,
        standing.due_on,
    )
    assert {(one.giver_kind, one.giver, one.word) for one in row.verdicts.all()} == set(standing.verdicts)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["change", "extend", "done", "maker", "party", "receipt", "withdraw"]), max_size=8))
def test_whatever_happens_a_promise_stands_as_its_events_say(history: list[str]) -> None:
    (voice,), kitchen = table.voices(1), table.party("De Lange Tafel")
    row = table.promise(voices=(voice,), parties=(kitchen,))
    for step, act in enumerate(history):
        at = table.NOW + timedelta(days=5 + step)
        try:
            happens(row, act, at=at, giver=voice.key)
        except Refusal:
            continue
    row.refresh_from_db()
    standing = queries.standing(row)
    assert (row.state, row.wording, str(row.due_on)) == (standing.state, standing.wording, standing.due_on)
    assert (row.done_at is None, row.ended_at is None) == (not standing.done_at, not standing.ended_at)
    assert {(one.giver_kind, one.giver, one.word) for one in row.verdicts.all()} == set(standing.verdicts)
    assert queries.verify(builders.workshop()) is None


def happens(row: Promise, act: str, *, at: datetime, giver: str) -> None:
    match act:
        case "change":
            actions.change(row, wording=f"Op {at:%A}.", reason="Anders.", at=at)
        case "extend":
            actions.extend(row, due_on=at.date() + timedelta(days=1), reason="Later.", at=at)
        case "done":
            actions.report_done(row, evidence="Foto.", at=at)
        case "maker":
            actions.maker_verdict(row, word=Word.PARTLY, at=at)
        case "party":
            actions.receiver_verdict(row, by=Giver(GiverKind.PARTY, "de-lange-tafel"), word=Word.NOT, at=at)
        case "receipt":
            actions.receiver_verdict(row, by=Giver(GiverKind.RECEIPT, giver), word=Word.KEPT, at=at)
        case _:
            actions.withdraw(row, reason="Verkocht.", at=at)


def test_a_ledger_that_comes_in_is_taken_over_word_for_word() -> None:
    row = a_full_ledger()
    lines = exported(private=True)
    row.refresh_from_db()
    verdicts = set(row.verdicts.values_list("giver_kind", "giver", "word"))
    with emptied():
        assert actions.bring_in(builders.workshop(), lines, at=table.NOW) == 9
        assert exported(private=True) == lines
        assert queries.verify(builders.workshop()) is None
        back = Promise.objects.get()
        same = ("key", "kind", "state", "wording", "for_whom", "maker_function", "due_on", "confirmed_at", "ended_at")
        assert [getattr(back, name) for name in same] == [getattr(row, name) for name in same]
        assert set(back.verdicts.values_list("giver_kind", "giver", "word")) == verdicts
        assert actions.bring_in(builders.workshop(), lines, at=table.NOW) == 0


def test_a_public_export_comes_in_too_without_what_it_keeps_back() -> None:
    a_full_ledger()
    lines = exported()
    with emptied():
        actions.bring_in(builders.workshop(), lines, at=table.NOW)
        assert exported() == lines
        assert queries.verify(builders.workshop()) is None


@contextmanager
def emptied() -> Iterator[None]:
    with without_guard():
        EventText.objects.all().delete()
        Event.objects.all().delete()
        Promise.objects.all().delete()
    yield


def test_an_altered_or_other_ledger_does_not_come_in() -> None:
    a_full_ledger()
    lines = exported(private=True)
    place = builders.workshop()
    with pytest.raises(LedgerDiffers):
        actions.bring_in(place, [lines[0].replace("2026-05", "2025-05"), *lines[1:]], at=table.NOW)
    with pytest.raises(LedgerDiffers):
        actions.bring_in(builders.workshop("zuiderpark"), lines, at=table.NOW)
    with pytest.raises(LedgerDiffers):
        actions.bring_in(place, ["{}"], at=table.NOW)
    assert Event.objects.count() == 9
