"""Ten thousand events and many promises."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.promises import table
from werkplaats.promises import actions, queries, verify
from werkplaats.promises.models import Event, EventText, Promise
from werkplaats.promises.records import Filters
from werkplaats.promises.rules import Giver, GiverKind, Kind, Word
from werkplaats.promises.sweeps import ASK_RECEIVERS, KEEP_HASH


@pytest.mark.django_db
def test_ten_thousand_events_hold_and_the_one_that_was_altered_is_named() -> None:
    place, before, events, salt = builders.workshop(), verify.START, [], "00" * 16
    for number in range(1, 10_001):
        texts = {name: verify.text_digest(salt, f"{name} {number}") for name in ("wording", "for_whom")}
        body = verify.canonical(
            {"workshop": place.key, "promise": f"b{number}", "kind": "changed", "texts": texts, "private": []}
        )
        digest = verify.digest_of(before, number, body)
        events.append(
            Event(
                workshop=place,
                number=number,
                promise_key=f"b{number}",
                kind="changed",
                body=body,
                before=before,
                digest=digest,
            )
        )
        before = digest
    made = Event.objects.bulk_create(events, batch_size=2_000)
    EventText.objects.bulk_create(
        (
            EventText(event=event, name=name, text=f"{name} {event.number}", salt=salt)
            for event in made
            for name in ("wording", "for_whom")
        ),
        batch_size=2_000,
    )
    assert queries.verify(place) is None
    lines = [verify.parse(line) for line in queries.export_lines(place)]
    assert len(lines) == 10_000
    assert verify.first_altered(lines) is None
    lines[7_654] = replace(lines[7_654], body=lines[7_654].body.replace("changed", "Changed"))
    assert verify.first_altered(lines) == verify.Fault(7_655, "digest")


def many(count: int) -> list[Promise]:
    kitchen, (voice,) = table.party("De Lange Tafel"), table.voices(1)
    made = [table.done(parties=(kitchen,), voices=(voice,)) for _ in range(count)]
    for row in made:
        actions.receiver_verdict(
            row, by=Giver(GiverKind.PARTY, kitchen.key), word=Word.NOT, at=table.NOW + timedelta(days=9)
        )
    return made


READS: tuple[tuple[Callable[[Any], Any], int], ...] = (
    (lambda place: queries.waiting_for_a_yes(place, today=table.TODAY), 6),
    (lambda place: queries.due(place, today=table.TODAY, most=5), 7),
    (lambda place: queries.lines_of_voice(place, "stem-0", today=table.TODAY), 6),
    (lambda place: queries.some(place, Filters(receiver="de-lange-tafel"), today=table.TODAY, most=5), 9),
    (lambda place: queries.asked_and_silent(place, today=table.TODAY), 6),
    (lambda place: queries.counts(place, today=table.TODAY), 1),
    (lambda place: queries.promise(place, Promise.objects.order_by("pk")[0].key, today=table.TODAY), 12),
)


@pytest.mark.django_db
@pytest.mark.parametrize(("read", "most"), READS)
def test_a_read_takes_a_fixed_number_of_queries(
    read: Callable[[Any], Any], most: int, django_assert_max_num_queries: Any
) -> None:
    many(6)
    place = builders.workshop()
    with django_assert_max_num_queries(most):
        assert read(place) is not None


@pytest.mark.django_db
def test_the_list_takes_a_fixed_number_of_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    many(6)
    with django_assert_max_num_queries(25):
        assert client.get(reverse("promises:list", args=[builders.workshop().key])).status_code == 200


@pytest.mark.django_db
def test_counts_are_what_counting_gives() -> None:
    table.draft()
    table.draft(at=table.NOW - timedelta(days=11), due_on=None)
    actions.deny(table.draft(), words="Nee.")
    table.promise(due_on=None)
    table.promise(kind=Kind.NO)
    table.promise(at=table.NOW - timedelta(days=20), due_on=table.TODAY - timedelta(days=1))
    table.done()
    counts = queries.counts(builders.workshop(), today=table.TODAY)
    assert (counts.waiting, counts.unanswered, counts.denied) == (1, 1, 1)
    assert (counts.running, counts.overdue, counts.done) == (2, 1, 1)
    said = queries.waiting_for_a_yes(builders.workshop(), today=table.TODAY)
    assert [line.is_unanswered for line in said] == [True, False, False]


@pytest.mark.django_db
def test_the_sweeps_find_what_is_due_and_then_nothing() -> None:
    from werkplaats.kit.claims import work_some

    row = table.done(at=table.NOW - timedelta(days=400), due_on=None, parties=(table.party("De Lange Tafel"),))
    assert list(ASK_RECEIVERS.find(9)) == [row.pk]
    assert list(KEEP_HASH.find(9)) == [row.workshop_id]
    for sweep in (ASK_RECEIVERS, KEEP_HASH):
        assert work_some(sweep) == 1
        assert list(sweep.find(9)) == []
    assert row.receivers.get().asked_at is not None


@pytest.mark.django_db
def test_no_body_of_an_event_holds_a_word_or_a_name() -> None:
    many(1)
    for body in Event.objects.values_list("body", flat=True):
        assert "sleutel" not in body
        assert "wijkmanager" not in body
        assert set(json.loads(body)["texts"].values()) == {
            one for one in json.loads(body)["texts"].values() if len(one) == 64
        }
