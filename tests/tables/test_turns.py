"""Turns: however often and in whatever order a phone sends its taps, each is there once, in the order of the taps."""

import json
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import account, party, workshop
from tests.issues.shelf import NOW
from werkplaats.accounts.rules import RoleName
from werkplaats.promises.models import Promise
from werkplaats.tables import actions, queries
from werkplaats.tables.analysis import shares
from werkplaats.tables.models import Decision, Table, Turn
from werkplaats.tables.rules import MOST_AT_ONCE, Tap, together, told_moment
from werkplaats.workshops.actions import switch_on
from werkplaats.workshops.rules import Capability

KINDS = ["initiative", "government", "research"]
KEY = "wie-heeft-de-sleutel"


def held() -> Table:
    switch_on(workshop(), [Capability.TURNS])
    sitting = [party(), party("Gemeente", kind="government"), party("Hogeschool", kind="research")]
    return actions.hold(workshop(), about="Wie heeft de sleutel?", held_at=NOW, parties=sitting)


def kind_of(number: int) -> str:
    return KINDS[number % 3]


TAPS = [Tap(device, number, kind_of(number)) for device in ("a", "b") for number in range(1, 7)]
BACK = [Tap(tap.device, tap.number, tap.kind, is_back=True) for tap in TAPS]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    back=st.sets(st.sampled_from(BACK)),
    again=st.lists(st.sampled_from([*TAPS, *BACK]), max_size=12),
    cut=st.integers(0, 36),
    order=st.randoms(use_true_random=False),
)
def test_batches_in_any_order_and_doubled_give_one_list(
    back: set[Tap], again: list[Tap], cut: int, order: Random
) -> None:
    """Taps of two phones, some taken back, before or after the tap itself arrived; sent twice, cut and shuffled."""
    sent = [*TAPS, *back, *(tap for tap in again if tap in back or not tap.is_back)]
    order.shuffle(sent)
    batches = [sent[:cut], sent[cut:]]
    gone = {(tap.device, tap.number) for tap in back}
    found = together(*batches)
    assert [tap for tap in found if not tap.is_back] == [tap for tap in TAPS if (tap.device, tap.number) not in gone]
    assert together(*(together(batch) for batch in reversed(batches))) == found
    assert together(found, *batches) == found


@pytest.mark.django_db
def test_the_server_keeps_what_the_rule_says() -> None:
    """The same as the rule, with rows: batches turned round, doubled, and taking back before the tap itself."""
    table = held()
    taps = [Tap("a", number, kind_of(number)) for number in range(1, 41)]
    back = [Tap("a", number, kind_of(number), is_back=True) for number in (7, 40)]
    for batch in (back, taps[20:], taps[:25], taps[20:], back, taps):
        actions.count_turns(table, taps=batch, at=NOW)
    told = queries.turns_of(table.pk)
    assert [tap.number for tap in told.taps] == [number for number in range(1, 40) if number != 7]
    assert Turn.objects.count() == 40
    assert told.heard_of == 42


@pytest.mark.django_db
def test_the_clock_of_a_phone_does_not_change_the_order() -> None:
    table = held()
    early, late = NOW - timedelta(days=1), NOW + timedelta(days=1)
    taps = [Tap("a", 1, "government", late), Tap("a", 2, "research", early), Tap("a", 3, "initiative", None)]
    actions.count_turns(table, taps=[taps[2], taps[0]], at=NOW)
    actions.count_turns(table, taps=[taps[1]], at=NOW + timedelta(hours=1))
    assert [tap.kind for tap in queries.turns_of(table.pk).taps] == ["government", "research", "initiative"]


@given(st.one_of(st.text(), st.integers(), st.none(), st.datetimes().map(datetime.isoformat)))
def test_a_clock_that_tells_nonsense_is_not_believed_and_breaks_nothing(said: object) -> None:
    found = told_moment(said, at=NOW)
    assert found is None or abs(found - NOW) < timedelta(days=401)


def test_who_speaks_more_than_their_seats_is_said_only_outside_the_margin() -> None:
    """30 of 40 turns is 75 per cent; Wilson at 90 %: 62 to 84. A third of the seats lies below; of four turns nothing is sure."""
    more, less, same = shares(
        {"government": 30, "research": 8, "initiative": 2}, ["government", "research", "initiative"]
    )
    assert (more.kind, more.of_turns, more.low, more.high, more.of_seats) == ("government", 75, 62, 84, 33)
    assert (more.is_more, more.is_less) == (True, False)
    assert (same.kind, same.is_less) == ("initiative", True)
    assert less.is_less is False or (less.high is not None and less.high < 33)
    few = shares({"government": 3, "initiative": 1}, ["government", "initiative"])
    assert [(one.is_more, one.is_less) for one in few] == [(False, False), (False, False)]
    assert shares({"government": 3}, []) == ()


# --- doors


@pytest.fixture
def host(client: Client) -> Client:
    client.force_login(account(RoleName.HOST))
    return client


def address(name: str, key: str = KEY) -> str:
    return reverse(f"tables:{name}", args=["kanaalkwartier", key])


def sends(client: Client, *items: Any) -> Any:
    return client.post(address("send"), json.dumps({"items": items}), content_type="application/json")


def item(number: int, **more: Any) -> dict[str, Any]:
    return {
        "device": "5f0a",
        "number": number,
        "kind": "government",
        "at": "2026-05-11T09:30:00Z",
        "back": False,
    } | more


@pytest.mark.django_db
def test_without_script_a_press_is_a_turn_and_a_press_twice_is_one(host: Client) -> None:
    table = held()
    for once in ("aa", "aa", "bb"):
        assert host.post(address("turn"), {"kind": "government", "once": once}).status_code == 302
    assert queries.turns_of(table.pk).counts == {"government": 2}
    last = queries.turns_of(table.pk).last
    assert last is not None
    for _time in range(2):
        host.post(address("turn"), {"kind": last.kind, "back": f"{last.device}.{last.number}"})
    assert queries.turns_of(table.pk).counts == {"government": 1}
    told = host.post(address("turn"), {"kind": "koning"}, follow=True).content.decode()
    assert "Kies wie er sprak." in told


@pytest.mark.django_db
def test_a_phone_sends_taps_and_lines_together_and_each_is_there_once(host: Client) -> None:
    table = held()
    note = {"kind": "find_out", "party": "gemeente", "text": "Wie betaalt de sleutel?", "for_whom": "", "on": ""}
    items = [item(1), item(2, kind="research"), {"device": "5f0a", "number": 3, "note": note}]
    for _time in range(2):
        answer = sends(host, *items).json()
    assert answer["answers"] == [
        {"device": "5f0a", "number": 1, "back": False},
        {"device": "5f0a", "number": 2, "back": False},
        {"device": "5f0a", "number": 3},
    ]
    assert answer["counts"] == {"government": 1, "research": 1}
    assert (Turn.objects.count(), Promise.objects.count(), Decision.objects.count()) == (2, 1, 1)
    assert Turn.objects.get(number=1).counted_at == datetime(2026, 5, 11, 9, 30, tzinfo=UTC)
    assert Promise.objects.get().table_key == table.key


@pytest.mark.django_db
def test_a_line_that_cannot_be_comes_back_with_its_reason_and_the_rest_is_kept(host: Client) -> None:
    held()
    note = {"kind": "do", "party": "", "text": "De zaal gaat open."}
    first, second = sends(host, {"device": "5f0a", "number": 1, "note": note}, item(2)).json()["answers"]
    assert first == {"device": "5f0a", "number": 1, "why": "Kies eerst welke partij dit zei."}
    assert second == {"device": "5f0a", "number": 2, "back": False}
    assert not Decision.objects.exists()


@pytest.mark.django_db
def test_what_is_neither_a_tap_nor_a_line_is_refused_in_words(host: Client) -> None:
    held()
    odd: list[Any] = [
        None,
        7,
        "x",
        [],
        {},
        item(0),
        item(True),
        item(1, device="../"),
        item(1, kind=["x"]),
        item(10**12),
    ]
    answers = sends(host, *odd).json()["answers"]
    assert {answer.get("why") for answer in answers} == {"Dit is niet bewaard, want het is niet te lezen."}
    assert not Turn.objects.exists()
    assert sends(host, *[item(1)] * (MOST_AT_ONCE + 1)).status_code == 422
    assert host.post(address("send"), {"items": "[]"}).status_code == 422  # a form in place of what a phone sends
    for body in ("", "[]", "{", '{"items": 7}', "[" * 100_000):
        assert host.post(address("send"), body, content_type="application/json").status_code == 422


@pytest.mark.django_db
def test_where_turns_are_off_they_show_nowhere_and_are_not_kept(host: Client) -> None:
    table = held()
    actions.count_turns(table, taps=[Tap("a", 1, "government")], at=NOW)
    assert "Wie er sprak" in host.get(address("table")).content.decode()
    switch_on(workshop(), [])
    assert "Wie er sprak" not in host.get(address("table")).content.decode()
    assert "Wie spreekt er?" not in host.get(address("day")).content.decode()
    assert host.post(address("turn"), {"kind": "government"}).status_code == 404
    (answer,) = sends(host, item(1)).json()["answers"]
    assert answer["why"] == "Beurten tellen staat uit in deze werkplaats."
    assert Turn.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["day", "turn", "send"])
def test_the_day_is_for_the_team_of_its_own_workshop(client: Client, name: str) -> None:
    held()
    knock = client.get if name == "day" else client.post
    assert "next=" in knock(address(name))["Location"]
    client.force_login(account(RoleName.RESIDENT))
    assert knock(address(name)).status_code == 403


@pytest.mark.django_db
def test_the_script_without_connection_may_do_so_for_tables_only(client: Client) -> None:
    workshop()
    answer = client.get(reverse("tables:worker", args=["kanaalkwartier"]))
    assert answer["Service-Worker-Allowed"] == "/kanaalkwartier/tafels/"
    assert answer["Content-Type"].startswith("text/javascript")
    assert "addEventListener" in answer.content.decode()
