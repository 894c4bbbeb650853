from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.builders import account, workshop
from werkplaats.accounts.rules import RoleName
from werkplaats.catches import actions
from werkplaats.catches.forms import CatchForm
from werkplaats.catches.models import Catch

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(client: Client) -> Client:
    client.force_login(account(RoleName.COORDINATOR))
    return client


def address(name: str = "list", *more: str, of: str = "kanaalkwartier") -> str:
    return reverse(f"catches:{name}", args=[of, *more])


def caught(what: str = "zoekt uit wie de sleutel heeft", *, of: str = "kanaalkwartier", waits: bool = False) -> Catch:
    return actions.catch(workshop(of), who="Gemeente", what=what, at=timezone.now(), waits=waits)


def test_a_coordinator_catches_one_line_and_comes_back_to_where_it_was_typed(team: Client) -> None:
    workshop()
    said = {
        "who": "Gemeente",
        "what": "belt terug",
        "due_on": "morgen",
        "waits": "on",
        "key": "eens",
        "terug": "/kanaalkwartier/zoeken/",
    }
    assert team.post(address(), said)["Location"] == "/kanaalkwartier/zoeken/"
    team.post(address(), said)
    row = Catch.objects.get()
    assert (row.what, row.waits, row.caught_by is not None) == ("belt terug", True, True)
    assert row.due_on is not None
    page = team.get(address()).content.decode()
    assert "Gemeente: belt terug" in page
    assert "Wacht op ons" in page


def test_a_way_back_to_another_site_is_not_followed(team: Client) -> None:
    workshop()
    for wrong in ("https://elders.example/", "//elders.example", "javascript:alert(1)"):
        assert team.post(address(), {"what": "iets", "terug": wrong})["Location"] == address()


def test_what_cannot_be_caught_says_why_and_keeps_what_was_typed(team: Client) -> None:
    workshop()
    for said, why in (
        ({"what": ""}, "Dit veld is verplicht"),
        ({"what": "belt terug", "due_on": "ooit"}, "We begrijpen “ooit” niet als dag"),
        ({"what": "belt terug", "due_on": "1-1-2020"}, "is al voorbij"),
        ({"what": "belt 06 1234 5678 terug"}, "telefoonnummer"),
        ({"what": "x" * 501}, "500"),
    ):
        page = team.post(address(), said | {"who": "De Weverij"}).content.decode()
        assert why in page
        assert 'value="De Weverij"' in page
    assert not Catch.objects.exists()


def test_what_was_typed_is_never_run(team: Client) -> None:
    caught("<script>alert(1)</script>")
    assert "<script>alert" not in team.get(address()).content.decode()


def test_a_line_is_let_go_and_taken_up_again(team: Client) -> None:
    row = caught()
    assert "Losgelaten" in team.post(address("drop", row.key), follow=True).content.decode()
    assert "Haal terug" in team.get(address()).content.decode()
    team.post(address("take_up", row.key))
    assert "1 regel ligt nog open" in team.get(address()).content.decode()


def test_a_line_that_became_something_cannot_be_let_go(team: Client) -> None:
    row = caught()
    actions.became(row, kind="promise", key="sleutel", at=timezone.now())
    page = team.post(address("drop", row.key), follow=True).content.decode()
    assert "Met deze regel is al iets gedaan." in page
    assert "Werd een belofte" in page


def test_strangers_are_asked_to_sign_in_and_parties_are_refused(client: Client) -> None:
    row = caught()
    doors = [address(), address("drop", row.key), address("take_up", row.key)]
    assert all("inloggen" in client.post(door)["Location"] for door in doors)
    client.force_login(account(RoleName.PARTY))
    assert {client.post(door).status_code for door in doors} == {403}


def test_a_line_of_another_workshop_is_not_there(team: Client) -> None:
    workshop()
    row = caught(of="elders")
    assert team.post(address("drop", row.key)).status_code == 404
    assert team.get(address(of="elders")).status_code == 403


def test_the_list_asks_the_database_as_often_for_many_lines_as_for_one(
    team: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        caught(f"regel {number}")
    with django_assert_max_num_queries(14):
        team.get(address())


def test_names_are_offered_while_typing() -> None:
    form = CatchForm(today=date(2026, 5, 12), names=("De Weverij",))
    assert 'list="vang-namen"' in str(form["who"])
    assert "list=" not in str(CatchForm(today=date(2026, 5, 12))["who"])
