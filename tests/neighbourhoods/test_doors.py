from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from werkplaats.accounts.rules import RoleName
from werkplaats.neighbourhoods import actions
from werkplaats.neighbourhoods.models import Double
from werkplaats.neighbourhoods.rules import Verdict

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)


def signed_in(role: RoleName) -> Client:
    client = Client()
    client.force_login(builders.account(role))
    return client


def suspected() -> Double:
    return actions.put_double(builders.party("Tafel"), party_b=builders.party("Lange Tafel"), verdict=Verdict.SUSPECTED)


def address(name: str, *more: object) -> str:
    return reverse(f"neighbourhoods:{name}", args=["kanaalkwartier", *more])


def test_anyone_reads_the_parties_and_filters_them(client: Client) -> None:
    builders.party("De Lange Tafel")
    builders.party("Gemeente Oeverstad", kind="government")
    page = client.get(address("parties"), {"soort": "government", "tekst": "oever"}).content.decode()
    assert "Gemeente Oeverstad" in page
    assert "De Lange Tafel" not in page


def test_a_filter_that_is_not_known_filters_nothing(client: Client) -> None:
    builders.party("De Lange Tafel")
    assert "De Lange Tafel" in client.get(address("parties"), {"soort": "ufo", "thema": "niets"}).content.decode()


def test_the_file_holds_what_the_list_shows_and_no_formula(client: Client) -> None:
    builders.party("=HYPERLINK(1)")
    builders.party("Gemeente", kind="government")
    table = client.get(address("parties_csv"), {"soort": "initiative"}).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in table
    assert "Gemeente" not in table


def test_anyone_reads_the_map(client: Client) -> None:
    builders.workshop()
    assert client.get(address("map")).status_code == 200


def test_a_coordinator_says_that_two_are_one_and_takes_it_back() -> None:
    double, client = suspected(), signed_in(RoleName.COORDINATOR)
    assert "Dit is dezelfde partij" in client.get(address("doubles")).content.decode()
    for verdict in (Verdict.SAME, Verdict.SUSPECTED):
        answer = client.post(
            address("decide_double", double.pk), {"verdict": verdict.value, "stays": double.party_b_id}
        )
        assert answer.status_code == 302
        double.refresh_from_db()
        assert double.verdict == verdict
        double.party_a.refresh_from_db()
        assert double.party_a.canonical == (double.party_b if verdict is Verdict.SAME else None)


def test_nonsense_about_a_double_decides_nothing() -> None:
    double, client = suspected(), signed_in(RoleName.COORDINATOR)
    client.post(address("decide_double", double.pk), {"verdict": "perhaps"})
    client.post(address("decide_double", double.pk), {"verdict": "same", "stays": builders.party("Ander").pk})
    double.refresh_from_db()
    assert double.verdict == Verdict.SUSPECTED


def test_doubles_are_for_coordinators(client: Client) -> None:
    double = suspected()
    assert client.get(address("doubles")).status_code == 302
    assert client.post(address("decide_double", double.pk), {"verdict": "same"}).status_code == 302
    assert signed_in(RoleName.RESIDENT).get(address("doubles")).status_code == 403
    assert signed_in(RoleName.PARTY).post(address("decide_double", double.pk), {"verdict": "same"}).status_code == 403


def test_a_double_of_another_workshop_is_not_there() -> None:
    elsewhere = builders.workshop("elders")
    double = actions.put_double(
        builders.party("A", of=elsewhere), party_b=builders.party("B", of=elsewhere), verdict=Verdict.SUSPECTED
    )
    client = signed_in(RoleName.COORDINATOR)
    assert client.post(address("decide_double", double.pk), {"verdict": "same"}).status_code == 404
    assert client.get(reverse("neighbourhoods:doubles", args=["elders"])).status_code == 403


def test_a_human_sees_a_double_that_no_machine_suspects_and_what_was_decided_stays() -> None:
    client = signed_in(RoleName.COORDINATOR)
    builders.party("De Spil"), builders.party("Huis van de Wijk")
    seen = client.post(address("doubles"), {"one": "de-spil", "other": "huis-van-de-wijk"})
    assert seen.status_code == 302
    assert "De Spil en Huis van de Wijk" in client.get(address("doubles")).content.decode()
    actions.suspect(builders.workshop(), suspicions=(), up_to=NOW)
    row = Double.objects.get()  # what a human saw is taken away by no machine
    client.post(address("decide_double", row.pk), {"verdict": "different"})
    again = client.post(address("doubles"), {"one": "de-spil", "other": "huis-van-de-wijk"})
    assert again.status_code == 422
    assert "Hierover is net al besloten." in again.content.decode()
    assert client.post(address("doubles"), {"one": "de-spil", "other": "de-spil"}).status_code == 422
