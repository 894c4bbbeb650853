"""The doors of the last round: who comes in, says how it was, opens, closes and types in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.builders import account, party, workshop
from werkplaats.accounts.rules import RoleName
from werkplaats.tables import actions
from werkplaats.tables.models import CheckOut, Round, Table
from werkplaats.tables.views.checking_out import ANSWERS

KEY = "wie-heeft-de-sleutel"


def address(name: str, *more: str) -> str:
    return reverse(f"tables:{name}", args=["kanaalkwartier", *(more or (KEY,))])


def now_begun() -> Table:
    row = actions.hold(workshop(), about="Wie heeft de sleutel?", held_at=timezone.now(), parties=[party()])
    actions.open_round(row, at=timezone.now())
    return row


SAID = {"q0": "6", "mattered": "7", "kind": "initiative", "words": "Geheim woord"}


@pytest.mark.django_db(transaction=True)
def test_who_sits_at_the_table_comes_in_with_its_code_and_says_once_how_it_was(client: Client) -> None:
    row = now_begun()
    assert client.get(address("check_out")).status_code == 302
    digits = actions.make_code(row, at=timezone.now())
    come = client.get(reverse("tables:come", args=["kanaalkwartier", digits.replace(" ", "-")]))
    assert come["Location"] == address("at_table")
    assert "Zeg hoe het was" in client.get(address("at_table")).content.decode()
    assert client.post(address("check_out"), {"q0": "6"}).status_code == 422
    assert client.post(address("check_out"), {**SAID, "q0": "9"}).status_code == 422
    assert not CheckOut.objects.exists()
    assert client.post(address("check_out"), SAID).status_code == 302
    assert "Toch iets anders antwoorden" in client.get(address("check_out")).content.decode()
    again = client.post(address("check_out"), {**SAID, "q0": "1"}, follow=True).content.decode()
    assert "Je nieuwe antwoord komt in de plaats van het eerste." in again
    assert CheckOut.objects.get().heard == 1
    actions.close_round(row.round, at=timezone.now())
    late = client.post(address("check_out"), SAID)
    assert late.status_code == 422
    assert "Het rondje is nu niet open." in late.content.decode()
    assert "Toch iets anders" not in late.content.decode()
    actions.open_round(row, at=timezone.now())
    # The same code on the same device is the same seat.
    client.post(reverse("tables:enter", args=["kanaalkwartier"]), {"code": digits})
    client.post(address("check_out"), SAID)
    assert CheckOut.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_host_of_a_table_still_to_come_reads_when_its_round_can_open(client: Client) -> None:
    table = actions.hold(workshop(), about="Wie heeft de sleutel?", held_at=timezone.now() + timedelta(days=3))
    client.force_login(account(RoleName.HOST))
    page = client.get(address("round")).content.decode()
    assert "Op de dag zelf kun je het rondje openen." in page
    assert 'value="open"' not in page
    refused = client.post(address("round"), {"act": "open"}, follow=True).content.decode()
    assert "Het rondje kan open vanaf de dag zelf." in refused
    assert not Round.objects.filter(table=table).exists()


@pytest.mark.django_db(transaction=True)
def test_a_program_with_the_code_cannot_fill_a_table(client: Client) -> None:
    digits = actions.make_code(now_begun(), at=timezone.now())
    client.post(reverse("tables:enter", args=["kanaalkwartier"]), {"code": digits})
    for _time in range(ANSWERS.most):
        ANSWERS.count("kanaalkwartier 127.0.0.1", at=timezone.now())
    answer = client.post(address("check_out"), SAID)
    assert answer.status_code == 422
    assert "Er antwoorden nu heel veel mensen" in answer.content.decode()
    assert not CheckOut.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_wrong_code_opens_no_table(client: Client) -> None:
    now_begun()
    wrong = client.post(reverse("tables:enter", args=["kanaalkwartier"]), {"code": "111111111111"})
    assert wrong.status_code == 422
    assert client.get(reverse("tables:come", args=["kanaalkwartier", "111111111111"])).status_code == 404
    assert client.get(address("at_table"))["Location"].endswith("/tafels/kom/")


@pytest.mark.django_db(transaction=True)
def test_the_team_opens_and_ends_a_round_types_in_paper_and_reads_the_words(client: Client) -> None:
    table = actions.hold(workshop(), about="Wie heeft de sleutel?", held_at=timezone.now())
    client.force_login(account(RoleName.HOST))
    assert client.get(address("paper")).status_code == 404
    client.post(address("round"), {"act": "open"})
    for number in range(1, 6):
        assert client.post(address("paper"), {**SAID, "number": number}).status_code == 302
    assert client.post(address("paper"), {**SAID, "number": 5}).status_code == 422
    assert "Hoe mensen van tafel gingen" not in client.get(address("table")).content.decode()
    client.post(address("round"), {"act": "close"})
    assert "Allen samen: 6,0" in client.get(address("table")).content.decode()
    assert "Geheim woord" in client.get(address("round")).content.decode()
    assert "Geheim woord" not in client.get(address("table")).content.decode()
    assert "6,0 op een schaal" in client.get(reverse("tables:heard", args=["kanaalkwartier"])).content.decode()
    assert "Nummer de bladen" in client.get(address("check_out_sheet")).content.decode()
    assert table.round.closed_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "role"), [("round", RoleName.HELPER), ("paper", RoleName.RESIDENT)])
def test_a_round_is_for_the_team_and_its_paper_for_helpers_too(client: Client, name: str, role: RoleName) -> None:
    now_begun()
    assert "next=" in client.get(address(name))["Location"]
    client.force_login(account(role))
    assert client.get(address(name)).status_code == 403
    client.force_login(account(RoleName.HELPER, email="helper@example.org"))
    assert client.get(address("paper")).status_code == 200
