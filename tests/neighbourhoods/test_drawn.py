"""A network that is too large to be drawn for every page: what is kept of it, and what a page makes of that."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import builders
from tests.neighbourhoods.test_drawing import swept
from werkplaats.accounts.actions import put_person
from werkplaats.accounts.rules import RoleName, Who
from werkplaats.neighbourhoods import actions
from werkplaats.neighbourhoods.actions.ties import no_longer
from werkplaats.neighbourhoods.models import DrawnNetwork, Membership, Party
from werkplaats.neighbourhoods.pictures import network
from werkplaats.neighbourhoods.queries import drawing
from werkplaats.neighbourhoods.queries.drawn import KeptLinks, drawn, in_chunks
from werkplaats.neighbourhoods.rules import TieKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def five_is_many(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(network, "MOST", 5)
    return iter(())


def row_of(count: int) -> list[Party]:
    """So many parties that each know the next, and one that knows nobody."""
    made = [builders.party(f"Partij {number:03}") for number in range(count)]
    for one, other in pairwise(made):
        actions.put_tie(
            one, party_b=other, kind=TieKind.KNOWS, reported_by=[one, other], last_seen=timezone.localdate()
        )
    builders.party("Zonder band")
    return made


def page(role: RoleName = RoleName.COORDINATOR, **asked: str) -> str:
    client = Client()
    client.force_login(builders.account(role))
    address = reverse("neighbourhoods:network", args=["kanaalkwartier"])
    return client.get(address, asked).content.decode()


def test_what_is_kept_tells_the_same_as_what_is_drawn_for_one_page() -> None:
    row_of(130)
    live = drawing.whole(builders.workshop(), today=timezone.localdate())
    swept()
    kept = drawn(builders.workshop(), own=())
    assert kept is not None
    assert (kept.count, kept.full, kept.half, kept.faded) == (live.count, live.full, live.half, live.faded)
    assert kept.kinds == live.kinds
    assert [spot.name for spot in kept.alone] == ["Zonder band"]
    told = [(link.a.name, link.b.name, link.is_full, link.kinds, link.last_seen) for link in live.links]
    assert [(link.a.name, link.b.name, link.is_full, link.kinds, link.last_seen) for link in kept.links[:]] == told
    assert set(kept.pictures) == {"nl", "en"}
    assert "Netwerk van 131 partijen" in kept.pictures["nl"]
    assert "Netwerk van" not in kept.pictures["en"]


@pytest.mark.parametrize(("first", "last"), [(0, 10), (95, 105), (100, 129), (129, 140), (7, 7)])
def test_a_part_of_the_ties_is_that_part_wherever_it_begins(first: int, last: int) -> None:
    row_of(130)
    live = drawing.whole(builders.workshop(), today=timezone.localdate()).links
    kept = KeptLinks(in_chunks(live), len(live))
    assert [(link.a.id, link.b.id) for link in kept[first:last]] == [
        (link.a.id, link.b.id) for link in live[first:last]
    ]


def test_a_large_network_costs_the_same_few_queries_and_draws_nothing(
    django_assert_max_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    row_of(120)
    swept()
    monkeypatch.setattr(network, "draw", None)  # whoever would draw now fails
    with django_assert_max_num_queries(7):
        found = drawing.network_page(builders.workshop(), Who(), today=timezone.localdate())
        assert len(found.whole.links[100:119]) == 19
    shown = page(bladzijde="2")
    assert "Het geheel: 121 partijen" in shown
    assert shown.count('<th scope="row">') == 19
    assert "Partij 118" in shown


def test_a_readers_own_party_is_marked_in_the_picture_that_was_kept() -> None:
    made = row_of(8)
    account = builders.account(RoleName.PARTY)
    person = put_person(builders.workshop(), key="gerda", name="Gerda")
    person.account = account
    person.save()
    Membership.objects.create(party=made[3], person=person)
    swept()
    client = Client()
    client.force_login(account)
    shown = client.get(reverse("neighbourhoods:network", args=["kanaalkwartier"])).content.decode()
    whole = shown[shown.index('class="samen-net"') :]
    assert whole.count("samen-party__own") == 1
    assert "samen-party__own" not in DrawnNetwork.objects.get().pictures["nl"]


def test_who_left_since_stands_in_no_row_and_a_small_network_keeps_nothing() -> None:
    made = row_of(8)
    swept()
    made[0].delete()
    assert "Partij 000" not in page().split('id="tabel"')[1]
    Party.objects.exclude(pk__in=[party.pk for party in made[1:4]]).delete()
    swept()
    assert not DrawnNetwork.objects.exists()
    assert "Het geheel: 3 partijen" in page()


def test_a_tie_that_an_end_says_is_over_is_half_and_that_both_say_is_over_is_not_drawn() -> None:
    one, other, *_rest = row_of(3)
    today, at = timezone.localdate(), timezone.now()
    no_longer(one, other=other, kind=TieKind.KNOWS, at=at, today=today)
    assert [link.is_full for link in drawing.whole(one.workshop, today=today).links] == [False, True]
    no_longer(other, other=one, kind=TieKind.KNOWS, at=at, today=today)
    found = drawing.whole(one.workshop, today=today)
    assert [link.a.name for link in found.links] == ["Partij 001"]
    assert found.faded == 1
