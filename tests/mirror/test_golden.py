"""On a planted set of records a mirror holds exactly what is expected by hand."""

import json

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.builders import party
from tests.mirror import street
from tests.mirror.street import EXPECTED, NOW, TODAY, planted
from werkplaats.mirror import queries
from werkplaats.mirror.actions import hold_mirror, look
from werkplaats.mirror.models import SnapshotItem
from werkplaats.mirror.rules import sources
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.models import Promise, Verdict

pytestmark = pytest.mark.django_db


def test_a_mirror_holds_exactly_the_expected_items() -> None:
    items = queries.compute(planted(), today=TODAY, figures={})
    assert [(item.section.value, item.key, item.title) for item in items] == EXPECTED
    assert all(sources(item.records) >= 2 for item in items)


def test_the_frozen_state_holds_the_same_with_every_record() -> None:
    office = planted()
    look(hold_mirror(office, at=NOW), at=NOW)
    rows = SnapshotItem.objects.all()
    assert [(row.section, row.key, row.title) for row in rows] == EXPECTED
    lamp = rows.get(key="promise:lamp")
    assert [(one["kind"], one["origin"]) for one in lamp.records] == [
        ("promise", "party:havenbureau"),
        ("verdict", "party:buurtkeuken"),
    ]
    assert lamp.facts["verdicts"] == [{"who": "buurtkeuken", "name": "Buurtkeuken", "word": "kept", "words": ""}]
    assert rows.get(key="promise:formulier").facts["late_days"] == 11
    assert rows.get(key="answers:hek").facts["people"] == {"fits": 4, "does_not_fit": 2}


def test_no_words_of_residents_stand_in_a_mirror() -> None:
    office = planted()
    look(hold_mirror(office, at=NOW), at=NOW)
    told = json.dumps(list(SnapshotItem.objects.values("title", "facts", "records")))
    assert "heeft de sleutel" not in told
    assert "te weinig om te tellen" not in told


def test_a_verdict_of_the_party_itself_confirms_nothing() -> None:
    office = planted()
    wall = Promise.objects.get(key="alleen-wij")
    Verdict.objects.create(promise=wall, giver_kind="maker", giver=office.key, word="kept", at=NOW)
    Verdict.objects.create(promise=wall, giver_kind="party", giver=office.key, word="kept", at=NOW)
    assert "promise:alleen-wij" not in {item.key for item in queries.compute(office, today=TODAY, figures={})}


def test_two_names_of_one_party_are_one_source() -> None:
    office = planted()
    double = party("Havenbureau Noord", kind="government")
    Party.objects.filter(pk=double.pk).update(canonical=office)
    wall = Promise.objects.get(key="alleen-wij")
    Verdict.objects.create(promise=wall, giver_kind="party", giver=double.key, word="kept", at=NOW)
    keys = {item.key for item in queries.compute(office, today=TODAY, figures={})}
    assert "promise:alleen-wij" not in keys
    street.promise("van-noord", double, "Beloofd onder de andere naam", table_key="overleg")
    assert "promise:van-noord" in {item.key for item in queries.compute(office, today=TODAY, figures={})}


def test_the_mirror_of_the_other_side_tells_of_the_same_records_its_own_side() -> None:
    planted()
    items = queries.compute(Party.objects.get(key="buurtkeuken"), today=TODAY, figures={})
    keys = [item.key for item in items]
    assert "promise:sleutels" in keys
    assert "to-us:sleutels" not in keys
    assert "own-need:hulp" in keys


def test_the_number_of_queries_does_not_grow_with_the_records(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    office = planted()
    kitchen = Party.objects.get(key="buurtkeuken")
    for n in range(40):
        row = street.promise(f"p{n}", office, f"Belofte {n}")
        Verdict.objects.create(promise=row, giver_kind="party", giver=kitchen.key, word="kept", at=NOW)
    with django_assert_max_num_queries(30):
        assert len(queries.compute(office, today=TODAY, figures={})) == len(EXPECTED) + 40
