"""The first ten minutes of a coordinator."""

import pytest
from django.test import Client

from tests.builders import account, party, workshop
from werkplaats.accounts.rules import RoleName
from werkplaats.catches.models import Catch
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.models import Promise
from werkplaats.tables.models import Table

pytestmark = pytest.mark.django_db
AT = "/kanaalkwartier/"


def formset(*rows: dict[str, str], total: int = 5) -> dict[str, str]:
    data = {"form-TOTAL_FORMS": str(total), "form-INITIAL_FORMS": "0", "once": "eenkeer"}
    for number, row in enumerate(rows):
        data |= {f"form-{number}-{name}": value for name, value in row.items()}
    return data


@pytest.fixture
def coordinator(client: Client) -> Client:
    workshop()
    client.force_login(account(RoleName.COORDINATOR))
    return client


def met(coordinator: Client) -> str:
    """After question 2: the address of question 3."""
    told = {"about": "De zaal", "held_on": "2026-05-04", "parties": "De Lange Tafel\nKadeschool\n\nde lange tafel"}
    return str(coordinator.post(f"{AT}begin/2/", told)["Location"])


def test_a_coordinator_of_an_empty_workshop_starts_at_the_first_question(coordinator: Client) -> None:
    assert coordinator.get("/")["Location"] == f"{AT}begin/1/"


def test_from_sign_in_to_what_waits_in_five_screens(coordinator: Client) -> None:
    assert (
        coordinator.post(f"{AT}begin/1/", {"name": "Kanaalkwartier", "city": "Oeverstad"})["Location"]
        == f"{AT}begin/2/"
    )
    said = met(coordinator)
    lines = (
        {"who": "kadeschool", "kind": "do", "what": "De zaal open op zaterdag", "for_whom": "De Lange Tafel"},
        {"who": "kadeschool", "kind": "find_out", "what": "Wie de sleutel heeft", "for_whom": "De Lange Tafel"},
        {"who": "de-lange-tafel", "kind": "do", "what": "Soep voor de eerste avond", "for_whom": "de buurt"},
    )
    links = coordinator.post(said, formset(*lines))["Location"]
    page = coordinator.post(links).content.decode()
    assert page.count("/beloften/ja/") >= 3
    waits = {"who": "Een moeder uit de Kadebuurt", "what": "Waarom de inloop dicht bleef", "due_on": "morgen"}
    today = coordinator.post(links.replace("/4/", "/5/"), formset(waits, total=3))["Location"]
    page = coordinator.get(today).content.decode()
    assert "3 beloften wachten op een ja." in page
    assert "1 mens wacht op jou" in page


def test_parties_of_the_meeting_are_on_record_once_each(coordinator: Client) -> None:
    party("De Lange Tafel")
    met(coordinator)
    assert sorted(Party.objects.values_list("name", flat=True)) == ["De Lange Tafel", "Kadeschool"]
    assert Table.objects.get().seats.count() == 2


def test_a_form_sent_twice_is_one_set_of_promises(coordinator: Client) -> None:
    said = met(coordinator)
    line = {"who": "kadeschool", "kind": "do", "what": "De zaal open", "for_whom": "de buurt"}
    coordinator.post(said, formset(line))
    coordinator.post(said, formset(line))
    assert Promise.objects.count() == 1


def test_a_day_that_is_not_understood_keeps_what_was_typed(coordinator: Client) -> None:
    said = met(coordinator)
    line = {
        "who": "kadeschool",
        "kind": "do",
        "what": "De zaal open",
        "for_whom": "de buurt",
        "due_on": "ooit misschien",
    }
    page = coordinator.post(said, formset(line)).content.decode()
    assert "Deze dag begrijpen we niet" in page
    assert "De zaal open" in page
    assert not Promise.objects.exists()


def test_who_waits_is_kept_without_any_meeting(coordinator: Client) -> None:
    answer = coordinator.post(f"{AT}begin/5/", formset({"who": "Een buurman", "what": "Het licht op het pad"}, total=3))
    assert answer["Location"] == f"{AT}vandaag/"
    assert Catch.objects.get().waits


def test_a_table_of_another_workshop_is_not_there(coordinator: Client) -> None:
    met(coordinator)
    key = Table.objects.get().key
    workshop("noord")
    coordinator.force_login(account(RoleName.COORDINATOR, of=workshop("noord")))
    assert coordinator.get(f"/noord/begin/3/?tafel={key}").status_code == 404


@pytest.mark.parametrize("number", range(1, 6))
def test_the_questions_are_for_the_coordinator(client: Client, number: int) -> None:
    workshop()
    assert client.get(f"{AT}begin/{number}/").status_code == 302
    client.force_login(account(RoleName.RESIDENT))
    assert client.get(f"{AT}begin/{number}/").status_code == 403
