"""The line from voice to difference comes in with a folder."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core import mail

from tests.exchange.folders import TABLES, folder
from werkplaats.accounts.models import Code
from werkplaats.asks.models import Ask, Voice
from werkplaats.exchange.actions import load
from werkplaats.exchange.refusals import FolderRefused
from werkplaats.issues.models import Trajectory
from werkplaats.mail.models import Message
from werkplaats.pauses.models import Pause
from werkplaats.promises.models import Event, Promise, Verdict
from werkplaats.tables.models import Table

AT = datetime(2026, 5, 12, 9, tzinfo=UTC)
LATER = datetime(2026, 5, 13, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def faults_of(path: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(FolderRefused) as refused:
        load(path, at=AT)
    return [(fault.file, fault.line, fault.column) for fault in refused.value.faults]


def test_the_state_of_a_voice_follows_from_its_replies(tmp_path: Path) -> None:
    load(folder(tmp_path), at=AT)
    states = dict(Voice.objects.values_list("key", "state"))
    assert states == {"v1": "fits", "v2": "replied", "v3": "withdrawn", "v4": "waiting"}
    voice = Voice.objects.get(key="v1")
    assert voice.reopened
    assert voice.settled_at is not None


def test_nobody_is_mailed_about_what_happened_before_and_no_code_is_made(tmp_path: Path) -> None:
    load(folder(tmp_path), at=AT)
    load(tmp_path, at=LATER)
    assert not mail.outbox
    assert not Message.objects.exists()
    assert list(Code.objects.values_list("purpose", "thing", "digest")) == [("receipt", "voice:v1", "a" * 64)]


def test_events_make_one_ledger_in_the_order_of_time_whatever_the_order_of_the_rows(tmp_path: Path) -> None:
    load(folder(tmp_path), at=AT)
    told = list(Event.objects.order_by("number").values_list("promise_key", "kind"))
    assert told == [
        ("b1", "confirmed"),
        ("b2", "confirmed"),
        ("b1", "done"),
        ("b1", "receiver_verdict"),
        ("b1", "receiver_verdict"),
    ]
    assert Promise.objects.get(key="b1").state == "done"
    assert set(Verdict.objects.values_list("giver_kind", "word")) == {("party", "partly"), ("receipt", "kept")}


def test_a_table_brings_who_sat_there_and_what_came_of_it(tmp_path: Path) -> None:
    load(folder(tmp_path), at=AT)
    table = Table.objects.get()
    assert sorted(table.seats.values_list("party__key", flat=True)) == ["huurders", "wijkteam"]
    assert sorted(table.decisions.values_list("kind", "on")[:3], key=repr) == [
        ("date", date(2026, 4, 2)),
        ("no", None),
        ("promise", None),
    ]


def test_a_pause_that_closed_elsewhere_keeps_its_evidence(tmp_path: Path) -> None:
    load(folder(tmp_path), at=AT)
    assert Trajectory.objects.get().benefit_groups.get().key == "flat"
    pause = Pause.objects.get()
    assert pause.outcome == "change"
    assert pause.evidence["until"] == "2026-04-12"
    assert pause.answers.count() == 2


@pytest.mark.parametrize(
    ("table", "text", "place"),
    [
        ("voices", TABLES["voices"] + "v9,winter,,nl,workshop,web,2026-03-06,,,,,\n", ("voices.csv", 6, "text")),
        (
            "voices",
            TABLES["voices"] + "v9,winter,Ja,nl,workshop,web,2026-03-06,,,,,1234\n",
            ("voices.csv", 6, "receipt"),
        ),
        (
            "voices",
            TABLES["voices"] + "v9,winter,Ja,nl,workshop,web,2026-03-06,,2026-03-07,Ja,,\n",
            ("voices.csv", 6, ""),
        ),
        ("asks", TABLES["asks"].replace("zicht", ""), ("asks.csv", 2, "")),
        ("voice_issues", TABLES["voice_issues"] + "v3,kou\n", ("voice_issues.csv", 4, "")),
        ("promise_receivers", "promise,party,voice\nb1,huurders,v1\n", ("promise_receivers.csv", 2, "party")),
        (
            "promise_events",
            "promise,kind,at,word\nb1,confirmed,2026-03-16,\nb1,maker_verdict,2026-04-20,\n",
            ("promise_events.csv", 3, "word"),
        ),
        ("promise_events", "promise,kind,at,words\nb1,done,2026-04-10,Klaar\n", ("promise_events.csv", 2, "")),
        ("decisions", "table,promise,catch,noted_at\noverleg,,,2026-03-15\n", ("decisions.csv", 2, "promise")),
        ("pauses", TABLES["pauses"].replace("change,", ","), ("pauses.csv", 2, "")),
        ("seats", TABLES["seats"] + "overleg,wijkteam\n", ("seats.csv", 4, "")),
    ],
)
def test_what_cannot_be_is_told_with_its_line_and_nothing_is_loaded(
    tmp_path: Path, table: str, text: str, place: tuple[str, int, str]
) -> None:
    assert place in faults_of(folder(tmp_path, **{table: text}))
    assert not Ask.objects.exists()
    assert not Event.objects.exists()
