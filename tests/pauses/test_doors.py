import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import account, workshop
from tests.issues.shelf import NOW
from tests.pauses.street import school, standing_still, trajectory, voice
from werkplaats.accounts.models import Person
from werkplaats.accounts.rules import RoleName
from werkplaats.asks.actions.voices import new_receipt
from werkplaats.issues.models import Trajectory
from werkplaats.neighbourhoods.models import Membership
from werkplaats.pauses.models import Pause, PauseAnswer

KEY = "samen-een-zaal-2026-05-12"


def address(name: str, key: str = KEY, of: str = "kanaalkwartier") -> str:
    return reverse(f"pauses:{name}", args=[of, key])


@pytest.fixture
def team(client: Client) -> Client:
    client.force_login(account(RoleName.COORDINATOR))
    return client


@pytest.mark.django_db
def test_the_team_opens_a_pause_and_decides(team: Client) -> None:
    trajectory()
    page = team.get(address("of", "samen-een-zaal")).content.decode()
    assert "Sta nu stil" in page
    for _time in range(2):
        team.post(address("open", "samen-een-zaal"))
    pause = Pause.objects.get()
    assert team.post(address("close", pause.key), {"outcome": "continue", "reason": "Het werkt."}).status_code == 422
    said = {"outcome": "change", "then": "together", "reason": "Te weinig mensen merkten het."}
    assert team.post(address("close", pause.key), said).status_code == 302
    page = team.get(address("pause", pause.key)).content.decode()
    assert "We gaan het anders doen" in page
    assert "Te weinig mensen merkten het." in page
    assert Trajectory.objects.get().phase == "together"


@pytest.mark.django_db(transaction=True)
def test_somebody_with_a_receipt_answers_without_account(client: Client) -> None:
    pause = standing_still()
    digits = new_receipt(voice("een", pause.trajectory.issue), at=NOW)
    said = {"code": digits, "noticed": "no", "text": "Geheim woord"}
    page = client.post(address("answer"), said, follow=True).content.decode()
    assert "Dank je wel." in page
    assert PauseAnswer.objects.get().text == "Geheim woord"
    assert "Geheim woord" not in client.get(address("pause")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_wrong_receipt_and_one_of_something_else_are_refused(client: Client) -> None:
    standing_still()
    digits = new_receipt(voice("elders", None), at=NOW)
    wrong = client.post(address("answer"), {"code": "0000 0000 0001", "noticed": "no"})
    other = client.post(address("answer"), {"code": digits, "noticed": "no"})
    assert (wrong.status_code, other.status_code) == (422, 422)
    assert "hoort bij een ander onderwerp" in other.content.decode()
    assert not PauseAnswer.objects.exists()


@pytest.mark.django_db
def test_who_speaks_for_a_party_answers_for_it_and_nobody_else_does(client: Client) -> None:
    standing_still()
    member, stranger = account(RoleName.PARTY), account(RoleName.PARTY)
    person = Person.objects.create(workshop=workshop(), key="g", name="G", sort_name="g", account=member)
    Membership.objects.create(person=person, party=school(), role="rector")
    assert client.get(address("answer_for")).status_code in (302, 403)
    client.force_login(stranger)
    assert client.get(address("answer_for")).status_code == 403
    client.force_login(member)
    assert "Antwoord namens een partij" in client.get(address("pause")).content.decode()
    said = {"party": "kadeschool", "noticed": "partly", "text": "Twee groepen komen."}
    assert client.post(address("answer_for"), said).status_code == 302
    assert "Twee groepen komen." in client.get(address("pause")).content.decode()


@pytest.mark.django_db
def test_everybody_sees_what_there_is_to_see(client: Client) -> None:
    standing_still()
    page = client.get(address("pause")).content.decode()
    assert "Wat er te zien is" in page
    assert "Besluit hoe het verdergaat" not in page
    assert "Samen een zaal" in client.get(reverse("pauses:pauses", args=["kanaalkwartier"])).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["close", "open"])
def test_a_pause_is_held_by_the_team_of_its_own_workshop(client: Client, name: str) -> None:
    standing_still()
    key = "samen-een-zaal" if name == "open" else KEY
    assert "next=" in client.post(address(name, key))["Location"]
    client.force_login(account(RoleName.PARTY))
    assert client.post(address(name, key)).status_code == 403
    client.force_login(account(RoleName.COORDINATOR, of=workshop("zuidrand")))
    assert client.post(address(name, key, of="zuidrand")).status_code == 404
    assert client.get(address("pause", of="zuidrand")).status_code == 404
