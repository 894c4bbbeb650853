from datetime import date
from itertools import pairwise

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import builders
from werkplaats.neighbourhoods import actions, queries
from werkplaats.neighbourhoods.queries.between import ties_of
from werkplaats.neighbourhoods.rules import TieKind, Verdict
from werkplaats.workshops.models import Area

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 12)


def fill(count: int) -> None:
    theme = builders.theme()
    made = [builders.party(f"Partij {number}") for number in range(count)]
    for one, other in pairwise(made):
        one.themes.add(theme)
        actions.put_tie(one, party_b=other, kind=TieKind.KNOWS, reported_by=[one])


def test_lists_cost_the_same_number_of_queries_however_long(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    fill(12)
    workshop = builders.workshop()
    with django_assert_max_num_queries(6):
        assert len(queries.parties(workshop=workshop)) == 12
    with django_assert_max_num_queries(4):
        assert len(queries.network(workshop=workshop, today=TODAY).ties) == 11
    with django_assert_max_num_queries(2):
        queries.doubles(workshop=workshop)
    with django_assert_max_num_queries(3):
        queries.areas(workshop=workshop)


def test_a_place_counts_what_lies_inside_it() -> None:
    workshop = builders.workshop()
    outer = Area.objects.create(workshop=workshop, code="W", name="Wijk")
    inner = Area.objects.create(workshop=workshop, code="B", name="Buurt", parent=outer)
    party = builders.party()
    party.area = inner
    party.save()
    assert {line.code: line.parties for line in queries.areas(workshop=workshop)} == {"W": 1, "B": 1}
    assert len(queries.parties(workshop=workshop, area="W")) == 1
    assert queries.parties(workshop=workshop, area="elders") == ()


def test_parties_are_found_by_their_other_name() -> None:
    stays, goes = builders.party("De Lange Tafel"), builders.party("Buurtkeuken")
    actions.put_double(stays, party_b=goes, verdict=Verdict.SAME, stays=stays)
    assert [line.name for line in queries.parties(workshop=builders.workshop(), text="keuken")] == ["De Lange Tafel"]


def test_two_ties_with_one_party_stand_apart_by_kind() -> None:
    a, b = builders.party("A"), builders.party("B")
    for kind in (TieKind.KNOWS, TieKind.FUNDS):
        actions.put_tie(a, party_b=b, kind=kind, reported_by=[a])
    record = queries.party(workshop=builders.workshop(), key="a")
    assert record is not None
    found = ties_of(record, workshop=builders.workshop(), today=TODAY)
    assert [tie.tie.kind for tie in found] == ["funds", "knows"]


def test_the_network_of_another_workshop_is_not_there() -> None:
    fill(3)
    other = builders.workshop("elders")
    assert queries.network(workshop=other, today=TODAY).nodes == ()
    assert queries.party(workshop=other, key="partij-1") is None
