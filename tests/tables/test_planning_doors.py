from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.builders import account, party, workshop
from tests.tables.hall import KEY, an_issue, coming, double, reachable
from werkplaats.accounts.models import Account
from werkplaats.accounts.rules import RoleName
from werkplaats.neighbourhoods.models import Party
from werkplaats.tables.actions import inviting, make_code
from werkplaats.tables.models import AgendaLine, Seat, Table
from werkplaats.tables.rules import Answer

POSTS = ("invite", "speak_for", "on_agenda", "move", "cancel")
PAGES = ("plan", "move", "cancel", "letters", "cards")


@pytest.fixture
def team(client: Client) -> Client:
    client.force_login(account(RoleName.COORDINATOR))
    return client


def address(name: str, key: str = KEY, of: str = "kanaalkwartier") -> str:
    return reverse(f"tables:{name}", args=[of, key])


def ahead(*names: str) -> Table:
    """A table in two weeks from now, on an issue of these parties."""
    return coming(about_issue=an_issue(*names), held_at=timezone.now() + timedelta(days=14))


def letter(party: Party) -> str:
    return inviting.letter(Seat.objects.get(party=party), at=timezone.now()).replace(" ", "")


@pytest.mark.django_db
def test_a_table_still_to_come_that_is_written_down_leads_to_whom_it_concerns(team: Client) -> None:
    an_issue("De Lange Tafel", "Gemeente:government")
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    form = {"about": "Wie heeft de sleutel?", "day": day, "hour": "19:30", "issue": "de-sleutel"}
    page = team.post(reverse("tables:hold", args=["kanaalkwartier"]), form, follow=True).content.decode()
    assert "Gemeente" in page
    assert "werkt aan dit vraagstuk" in page
    assert "Geen bewonersinitiatief aan deze tafel." in page


@pytest.mark.django_db
def test_the_team_invites_and_hears_that_two_names_are_one_party(team: Client) -> None:
    ahead("De Lange Tafel")
    double(Party.objects.get(), "Buurtkeuken")
    said = {"parties": ["de-lange-tafel"], "others": "Buurtkeuken\n"}
    page = team.post(address("invite"), said, follow=True).content.decode()
    assert "zijn één partij" in page
    assert "1 partij uitgenodigd." in page
    assert Seat.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "Een uitnodiging aan niemand gaat nergens heen."),
        ({"others": "De Onbekenden"}, "“De Onbekenden” staat hier niet als partij."),
    ],
)
def test_an_invitation_that_cannot_be_says_why_and_keeps_what_was_typed(
    team: Client, said: dict[str, str], told: str
) -> None:
    ahead("De Lange Tafel")
    answer = team.post(address("invite"), said)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert said.get("others", "") in answer.content.decode()
    assert not Seat.objects.exists()


@pytest.mark.django_db
def test_a_party_answers_with_the_code_of_its_letter_without_account(client: Client) -> None:
    table = ahead("De Lange Tafel")
    kitchen = Party.objects.get()
    inviting.invite(table, parties=[kitchen], at=timezone.now())
    digits = letter(kitchen)
    typed = client.post(reverse("tables:enter_seat", args=["kanaalkwartier"]), {"code": digits})
    page = client.get(typed["Location"]).content.decode()
    assert "Komen jullie?" in page
    for said in ("comes", "declines"):
        assert client.post(address("answer", digits), {"said": said}).status_code == 302
        assert Seat.objects.get().answer == said
    assert "Komt niet" in client.get(address("answer", digits)).content.decode()
    closed = client.get(address("answer", "000000000000"))
    assert (closed.status_code, "Deze code opent niets" in closed.content.decode()) == (404, True)


@pytest.mark.django_db
def test_who_speaks_for_a_party_answers_signed_in_and_nobody_else_does(client: Client) -> None:
    table = ahead("De Lange Tafel")
    kitchen = Party.objects.get()
    noor = reachable(kitchen)
    inviting.invite(table, parties=[kitchen], at=timezone.now())
    here = address("answer_for", Seat.objects.get().key)
    assert "next=" in client.get(here)["Location"]
    client.force_login(account(RoleName.PARTY))
    assert client.get(here).status_code == 403
    noor.account = Account.objects.create(email="noor@example.org")
    noor.save()
    client.force_login(noor.account)
    assert client.post(here, {"said": "comes"}).status_code == 302
    assert Seat.objects.get().answer == Answer.COMES


@pytest.mark.django_db
def test_letters_show_their_code_once_and_wait_again_after_news(team: Client) -> None:
    table = ahead("De Lange Tafel")
    inviting.invite(table, parties=[Party.objects.get()], at=timezone.now())
    assert "samen-slips__code" in team.post(address("letters")).content.decode()
    assert "samen-slips__code" not in team.get(address("letters")).content.decode()
    assert "Er is nu geen brief" in team.post(address("letters"), follow=True).content.decode()
    team.post(address("cancel"), {"reason": "De aula lekt."})
    page = team.post(address("letters")).content.decode()
    assert "De aula lekt." in page


@pytest.mark.django_db
def test_a_table_is_moved_and_called_off_by_the_team_and_its_pages_say_so(team: Client) -> None:
    table = ahead("De Lange Tafel")
    inviting.invite(table, parties=[Party.objects.get()], at=timezone.now())
    digits = letter(Party.objects.get())
    past = team.post(address("move"), {"day": "2020-01-01", "hour": "10:00"})
    assert (past.status_code, "die nog komen" in past.content.decode()) == (422, True)
    to = (timezone.localdate() + timedelta(days=20)).isoformat()
    assert team.post(address("move"), {"day": to, "hour": "10:00", "place": "Kerk"}).status_code == 302
    team.post(address("cancel"), {"reason": "Te weinig stoelen."})
    for page in (address("answer", digits), address("table"), reverse("tables:tables", args=["kanaalkwartier"])):
        assert "aat niet door" in team.get(page).content.decode(), page
    again = team.post(address("cancel"), {"reason": ""})
    assert (again.status_code, "gaat niet door" in again.content.decode()) == (422, True)
    assert "STATUS:CANCELLED" in Client().get(address("calendar")).content.decode()


@pytest.mark.django_db
def test_the_team_writes_on_the_agenda_and_takes_off_again(team: Client) -> None:
    ahead("De Lange Tafel")
    page = team.post(address("on_agenda"), {"text": "De koffie"}, follow=True).content.decode()
    assert "De koffie" in page
    assert "De koffie" in team.get(address("sheet")).content.decode()
    team.post(address("on_agenda"), {"line": str(AgendaLine.objects.get().number)})
    assert not AgendaLine.objects.exists()
    assert "Schrijf eerst waar" in team.post(address("on_agenda"), {"text": " "}, follow=True).content.decode()


@pytest.mark.django_db
def test_name_cards_hold_parties_that_come(team: Client) -> None:
    table = ahead("De Lange Tafel", "Gemeente:government")
    inviting.invite(table, parties=list(Party.objects.all()), at=timezone.now())
    inviting.answer(Seat.objects.get(party__name="Gemeente"), said=Answer.DECLINES, at=timezone.now())
    page = team.get(address("cards")).content.decode()
    assert "De Lange Tafel" in page
    assert "<b>Gemeente</b>" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_planning_is_for_the_team_of_its_own_workshop(client: Client, name: str) -> None:
    ahead("De Lange Tafel")
    assert "next=" in client.get(address(name))["Location"]
    client.force_login(account(RoleName.RESIDENT))
    assert client.get(address(name)).status_code == 403
    client.force_login(account(RoleName.COORDINATOR, of=workshop("zuidrand")))
    assert client.get(address(name, of="zuidrand")).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("name", POSTS)
def test_inviting_and_moving_is_for_the_team_of_its_own_workshop(client: Client, name: str) -> None:
    ahead("De Lange Tafel")
    assert "next=" in client.post(address(name))["Location"]
    client.force_login(account(RoleName.RESIDENT))
    assert client.post(address(name)).status_code == 403
    client.force_login(account(RoleName.COORDINATOR, of=workshop("zuidrand")))
    assert client.post(address(name, of="zuidrand")).status_code == 404


@pytest.mark.django_db
def test_planning_a_table_takes_a_fixed_number_of_queries(
    team: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    table = ahead(*(f"Partij {number}" for number in range(12)))
    inviting.invite(table, parties=list(Party.objects.all()[:8]), at=timezone.now())
    party("Los")
    with django_assert_max_num_queries(60):
        team.get(address("plan"))


@pytest.mark.django_db
def test_who_said_no_does_not_sit_there_for_who_comes_in_with_the_code(client: Client) -> None:
    table = ahead("Keuken", "Koor")
    inviting.invite(table, parties=list(Party.objects.all()), at=timezone.now())
    inviting.answer(table.seats.get(party__name="Koor"), said=Answer.DECLINES, at=timezone.now())
    digits = make_code(table, at=timezone.now())
    client.post(reverse("tables:enter", args=["kanaalkwartier"]), {"code": digits})
    page = client.get(address("at_table")).content.decode()
    assert "Keuken" in page
    assert "Koor" not in page
