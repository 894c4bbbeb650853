import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.defrag.street import crowd, measured, street
from werkplaats.accounts.rules import RoleName
from werkplaats.defrag.models import Move
from werkplaats.defrag.rules import MoveState

pytestmark = pytest.mark.django_db


def signed_in(role: RoleName) -> Client:
    client = Client()
    client.force_login(builders.account(role))
    return client


def address(name: str, *more: object, workshop: str = "kanaalkwartier") -> str:
    return reverse(f"defrag:{name}", args=[workshop, *more])


def test_an_empty_workshop_says_what_to_do_first() -> None:
    page = signed_in(RoleName.PARTY).get(address("connections")).content.decode()
    assert "Er is nog niets te verbinden" in page


def test_the_parties_see_the_map_the_figure_and_the_moves() -> None:
    crowd(31)
    measured()
    page = signed_in(RoleName.PARTY).get(address("connections")).content.decode()
    for words in (
        "Wie bereikt wie in de wijk?",
        "31 verbindingen, per vraagstuk",
        "F is een bovengrens",
        "Drie zetten",
    ):
        assert words in page
    assert "Niet voorstellen" not in page


def test_with_few_connections_the_figure_is_explained_and_not_shown() -> None:
    street()
    measured()
    page = signed_in(RoleName.PARTY).get(address("connections")).content.decode()
    assert "Vanaf 30 verbindingen rekenen we een cijfer uit" in page
    assert "samen-figure" not in page


def test_a_long_list_comes_a_page_at_a_time_and_its_file_whole() -> None:
    crowd(52)
    measured()
    client = signed_in(RoleName.RESEARCHER)
    first, second, after = (
        client.get(address("demands"), {"deel": "people", "bladzijde": page}).content.decode()
        for page in ("1", "2", "9")
    )
    assert first.count('<th scope="row">') == 50
    assert second.count('<th scope="row">') == 2
    assert "52 verbindingen" in first
    assert 'rel="next" href="?deel=people&amp;bladzijde=2"' in first
    assert "Bladzijde 2 van 2" in second
    assert "Bladzijde 2 van 2" in after  # an address of a list that was longer then
    table = client.get(address("demands_csv"), {"deel": "people", "bladzijde": "2"}).content.decode("utf-8-sig")
    assert len(table.splitlines()) == 53


def test_the_list_and_its_file_pass_the_same_filters() -> None:
    crowd(3)
    measured()
    client = signed_in(RoleName.RESEARCHER)
    assert "3 verbindingen" in client.get(address("demands"), {"deel": "people", "bereik": "4"}).content.decode()
    assert "0 verbindingen" in client.get(address("demands"), {"bereik": "0"}).content.decode()
    table = client.get(address("demands_csv"), {"vraagstuk": "zonder"}).content.decode("utf-8-sig").splitlines()
    assert len(table) == 4
    assert table[1].startswith("people:vraag-00:groep-00,people,,groep-00,team,")


def test_a_coordinator_refuses_a_move_with_a_reason_and_takes_it_back() -> None:
    street()
    measured()
    move, client = Move.objects.get(key="introduction:keuken:wijkteam"), signed_in(RoleName.COORDINATOR)
    assert "Zo vraag je het" in client.get(address("move", move.pk)).content.decode()
    assert client.post(address("refuse_move", move.pk), {}).status_code == 400
    assert client.post(address("refuse_move", move.pk), {"weiger-reason": "Oud zeer."}).status_code == 302
    move.refresh_from_db()
    assert (move.state, move.reason) == (MoveState.REFUSED, "Oud zeer.")
    assert "Oud zeer." in client.get(address("connections")).content.decode()
    assert client.post(address("take_back", move.pk)).status_code == 302
    move.refresh_from_db()
    assert move.state == MoveState.OVERTAKEN


def test_a_refusal_stays_between_coordinators() -> None:
    street()
    measured()
    move = Move.objects.get(key="introduction:keuken:wijkteam")
    Move.objects.filter(pk=move.pk).update(state=MoveState.REFUSED.value, reason="Oud zeer.")
    client = signed_in(RoleName.PARTY)
    assert client.get(address("move", move.pk)).status_code == 404
    assert "Oud zeer" not in client.get(address("connections")).content.decode()


@pytest.mark.parametrize("name", ["connections", "demands", "demands_csv"])
def test_connections_are_for_the_parties_of_the_workshop(name: str, client: Client) -> None:
    builders.workshop("elders")
    assert client.get(address(name)).status_code in {302, 404}
    assert signed_in(RoleName.RESIDENT).get(address(name)).status_code == 403
    assert signed_in(RoleName.COORDINATOR).get(address(name, workshop="elders")).status_code == 403


def test_only_a_coordinator_decides_about_a_move() -> None:
    street()
    measured()
    move = Move.objects.get(key="introduction:keuken:wijkteam")
    for name in ("refuse_move", "take_back"):
        assert signed_in(RoleName.PARTY).post(address(name, move.pk)).status_code == 403
        assert Client().post(address(name, move.pk)).status_code == 302
        assert signed_in(RoleName.COORDINATOR).post(address(name, 0)).status_code == 404


def test_a_move_of_another_workshop_is_not_there() -> None:
    street()
    measured()
    elsewhere = builders.workshop("elders")
    client = Client()
    client.force_login(builders.account(RoleName.COORDINATOR, of=elsewhere))
    move = Move.objects.get(key="introduction:keuken:wijkteam")
    assert client.get(address("move", move.pk, workshop="elders")).status_code == 404
    assert client.post(address("refuse_move", move.pk, workshop="elders"), {"weiger-reason": "x"}).status_code == 404
    assert client.post(address("take_back", move.pk, workshop="elders")).status_code == 404
