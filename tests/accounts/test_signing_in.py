import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from tests.builders import TODAY, account, workshop
from werkplaats.accounts import actions
from werkplaats.accounts.models import Account, Person, Role
from werkplaats.accounts.rules import RoleName

pytestmark = pytest.mark.django_db
ASK = "/account/inloggen/"


@pytest.fixture(autouse=True)
def mails_in_memory(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def code() -> str:
    body = str(mail.outbox[-1].body)
    found = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]+)*)\s*$", body, re.MULTILINE)
    assert found, body
    return found.group(1)


def test_who_was_invited_signs_in_with_the_code_from_the_mail(client: Client) -> None:
    actions.give_role(workshop(), email="Noor@Example.org", name=RoleName.COORDINATOR, since=TODAY)
    asked = client.post(ASK, {"email": "noor@example.org", "next": "/kanaalkwartier/"})
    assert asked["Location"].startswith("/account/code/")
    entered = client.post("/account/code/", {"code": code(), "next": "/kanaalkwartier/"})
    assert entered["Location"] == "/kanaalkwartier/"
    assert int(client.session["_auth_user_id"]) == Account.objects.get().pk


def test_an_unknown_address_gets_the_same_page_and_opens_no_account(client: Client) -> None:
    actions.give_role(workshop(), email="noor@example.org", name=RoleName.RESIDENT, since=TODAY)
    known, unknown = Client(), client
    pages = []
    for visitor, address in ((known, "noor@example.org"), (unknown, "niet@example.org")):
        answer = visitor.post(ASK, {"email": address}, follow=True)
        pages.append(re.sub(r'value="[^"]{20,}"', "", answer.content.decode().replace(address, "ADRES")))
    assert pages[0] == pages[1]
    assert "Vraag de coördinator om een uitnodiging" in mail.outbox[-1].body
    assert Account.objects.count() == 1


def test_a_wrong_code_opens_nothing_and_says_so(client: Client) -> None:
    actions.give_role(workshop(), email="noor@example.org", name=RoleName.RESIDENT, since=TODAY)
    client.post(ASK, {"email": "noor@example.org"})
    answer = client.post("/account/code/", {"code": "FOUT99"})
    assert answer.status_code == 200
    assert "samen-form-field__error" in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "address", ["/account/signup/", "/account/password/reset/", "/account/email/", "/account/password/set/"]
)
def test_there_are_no_passwords_sign_ups_and_address_books(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_asking_for_an_account_leads_to_the_sign_in_page(client: Client) -> None:
    assert client.get("/account/uitnodiging/")["Location"] == ASK
    assert client.get("/account/?next=/x/")["Location"] == f"{ASK}?next=%2Fx%2F"


def test_outside_the_demo_the_mail_is_not_on_the_screen(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    actions.give_role(workshop(), email="noor@example.org", name=RoleName.RESIDENT, since=TODAY)
    answer = client.post(ASK, {"email": "noor@example.org"}, follow=True)
    assert code() not in answer.content.decode()
    assert "demo_mail" not in client.session


def test_in_the_demo_the_mail_is_on_the_screen(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    actions.give_role(workshop(), email="noor@example.org", name=RoleName.RESIDENT, since=TODAY)
    answer = client.post(ASK, {"email": "noor@example.org"}, follow=True)
    assert "In de demo laten we de mail hier zien" in answer.content.decode()
    assert code() in answer.content.decode()


@pytest.mark.parametrize("guest", ["coordinator", "party", "resident"])
def test_a_visitor_of_the_demo_looks_around_as_somebody(client: Client, settings: Settings, guest: str) -> None:
    settings.DEMO = True
    place = workshop()
    for _ in range(2):
        assert client.post("/kanaalkwartier/demo-inloggen/", {"guest": guest})["Location"] == "/kanaalkwartier/"
    role = Role.objects.get(workshop=place, name=guest)
    assert int(client.session["_auth_user_id"]) == role.account_id


def test_outside_the_demo_nobody_signs_in_without_a_code(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    workshop()
    assert client.post("/kanaalkwartier/demo-inloggen/", {"guest": "coordinator"}).status_code == 404
    assert not Account.objects.exists()


def test_the_demo_knows_no_other_guests(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    workshop()
    assert client.post("/kanaalkwartier/demo-inloggen/", {"guest": "moderator"}).status_code == 404
    assert client.get("/kanaalkwartier/demo-inloggen/").status_code == 405


def test_signing_out_asks_first_and_then_does_it(client: Client) -> None:
    client.force_login(account(RoleName.RESIDENT))
    assert "Wil je uitloggen?" in client.get("/account/uitloggen/").content.decode()
    client.post("/account/uitloggen/")
    assert "_auth_user_id" not in client.session


def test_a_closed_account_cannot_sign_in(client: Client) -> None:
    role = actions.give_role(workshop(), email="noor@example.org", name=RoleName.RESIDENT, since=TODAY)
    Account.objects.filter(pk=role.account_id).update(is_active=False)
    client.post(ASK, {"email": "noor@example.org"})
    assert "Vul de code in" not in mail.outbox[-1].body


def test_a_person_is_linked_to_the_account_of_their_mail_whichever_came_first() -> None:
    place = workshop()
    early = actions.put_person(place, key="noor", name="Noor", email="Noor@example.org")
    opened = actions.open_account("noor@example.org")
    late = actions.put_person(place, key="noor-2", name="Noor", email="noor@example.org")
    early.refresh_from_db()
    assert early.account == late.account == opened


def test_a_person_with_another_address_loses_the_account() -> None:
    place = workshop()
    actions.open_account("noor@example.org")
    actions.put_person(place, key="noor", name="Noor", email="noor@example.org")
    assert actions.put_person(place, key="noor", name="Noor", email="elders@example.org").account is None
    assert Person.objects.count() == 1


def test_a_person_without_mail_has_no_account() -> None:
    actions.open_account("noor@example.org")
    assert actions.put_person(workshop(), key="noor", name="Noor").account is None


def test_a_role_is_given_once_and_can_be_taken() -> None:
    place = workshop()
    for _ in range(2):
        actions.give_role(place, email="noor@example.org", name=RoleName.HOST, since=TODAY)
    assert Role.objects.count() == 1
    actions.take_role(place, email="NOOR@example.org", name=RoleName.HOST)
    assert not Role.objects.exists()
    assert Account.objects.exists()
