"""What somebody with bad intentions tries at the door."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.builders import TODAY, account, workshop
from werkplaats.accounts import actions
from werkplaats.accounts.rules import RoleName

pytestmark = pytest.mark.django_db
ASK, ENTER = "/account/inloggen/", "/account/code/"
ELSEWHERE = ("https://kwaad.example/", "//kwaad.example/", "/\\kwaad.example", "javascript:alert(1)")


@pytest.fixture(autouse=True)
def mails_on_the_screen(settings: Settings) -> None:
    settings.DEMO = True


def asked(client: Client, where: str = "") -> str:
    """Asks for a code; the code."""
    actions.give_role(workshop(), email="noor@example.org", name=RoleName.COORDINATOR, since=TODAY)
    client.post(ASK, {"email": "noor@example.org", "next": where})
    body: str = client.session["demo_mail"]["body"]
    return next(line.strip() for line in body.splitlines() if line.strip().replace("-", "").isupper())


@pytest.mark.parametrize("where", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(client: Client, where: str) -> None:
    code = asked(client, where)
    answer = client.post(ENTER, {"code": code, "next": where})
    assert answer.status_code == 302
    assert answer["Location"] == "/"


@pytest.mark.parametrize("where", ELSEWHERE)
def test_choosing_a_language_leads_to_no_other_site(client: Client, where: str) -> None:
    answer = client.post("/taal/setlang/", {"language": "en", "next": where})
    assert "kwaad" not in answer["Location"]
    assert "javascript" not in answer["Location"]


def test_a_session_from_before_signing_in_is_not_the_one_after_it(client: Client) -> None:
    code = asked(client)
    before = client.session.session_key
    client.post(ENTER, {"code": code})
    assert "_auth_user_id" in client.session
    assert client.session.session_key != before


def test_guessing_codes_ends_after_a_few_tries(client: Client) -> None:
    code = asked(client)
    for _ in range(5):
        client.post(ENTER, {"code": "FOUT-99"})
    client.post(ENTER, {"code": code})
    assert "_auth_user_id" not in client.session


def test_asking_for_codes_without_end_is_refused(client: Client) -> None:
    actions.give_role(workshop(), email="noor@example.org", name=RoleName.COORDINATOR, since=TODAY)
    visitors = [Client() for _ in range(8)]
    for visitor in visitors:
        visitor.post(ASK, {"email": "noor@example.org"})
    mailed = ["demo_mail" in visitor.session for visitor in visitors]
    assert mailed == [True] * 5 + [False] * 3


@pytest.mark.parametrize(
    "address",
    [
        "partijen/?tekst=%00&soort=%00&gebied=%00&thema=%00",
        "partijen.csv?tekst=%00&soort=x",
        "bibliotheek/?tekst=%00&soort=%00&thema=%00&houder=%00&jaar=%00",
        "bibliotheek.csv?jaar=99999999999999999999",
        "vraagstukken/?thema=%00",
        "zoeken/?q=%00&soort=%00",
        "verbindingen/lijst/?vraagstuk=%00&deel=%00&bereik=%00",
    ],
)
def test_a_strange_filter_filters_nothing_and_breaks_nothing(client: Client, address: str) -> None:
    workshop()
    client.force_login(account(RoleName.COORDINATOR))
    assert client.get(f"/kanaalkwartier/{address}").status_code == 200


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("verbindingen/zet/99999999999999999999999/", None),
        ("dubbelen/99999999999999999999999/", {"verdict": "same", "stays": "1"}),
        ("bibliotheek/geen/", None),
        ("bibliotheek/geen/bestand/", None),
        ("vraagstukken/geen/erbij/", {"fragment": "99999999999999999999999"}),
    ],
)
def test_what_is_not_there_is_not_there(client: Client, address: str, sent: dict[str, str] | None) -> None:
    workshop()
    client.force_login(account(RoleName.COORDINATOR))
    answer = client.post(f"/kanaalkwartier/{address}", sent) if sent else client.get(f"/kanaalkwartier/{address}")
    assert answer.status_code == 404


@pytest.mark.parametrize("address", ["post/%00/", "post/a%00b/uit/news/", "bibliotheek/%00/"])
def test_an_address_with_a_sign_that_no_database_keeps_leads_nowhere(client: Client, address: str) -> None:
    workshop()
    assert client.get(f"/kanaalkwartier/{address}").status_code == 404
