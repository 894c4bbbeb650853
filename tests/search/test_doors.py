from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from werkplaats.kit.claims import work_some
from werkplaats.search import actions
from werkplaats.search.records import EntryRow
from werkplaats.search.sweeps import INDEX

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)

HALL = "Er is in de Kadebuurt geen zaal die een groep bewoners 's avonds kan betalen."


@pytest.fixture
def address() -> str:
    rows = [EntryRow("fragment", "1", "Wijkplan 2019", HALL, "/plek#f-1", "nl", None, "4", title_counts=False)]
    actions.offer(builders.workshop(), rows, at=NOW)
    return reverse("search:search", args=[builders.workshop().key])


def test_without_a_question_the_page_helps(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert "Zo kun je vragen" in page


def test_an_answer_says_where_and_why(client: Client, address: str) -> None:
    work_some(INDEX)
    page = client.get(address, {"q": "zaal", "soort": "fragment"}).content.decode()
    assert "<mark>zaal</mark>" in page
    assert "bladzijde 4" in page
    assert "Gevonden op woord" in page
    assert 'href="/plek#f-1"' in page


def test_while_meanings_are_missing_the_page_says_so(client: Client, address: str) -> None:
    page = client.get(address, {"q": "zaal"}).content.decode()
    assert "alleen op woorden" in page
    assert "wordt nog gelezen" in page


def test_nothing_found_says_what_to_do(client: Client, address: str) -> None:
    work_some(INDEX)
    page = client.get(address, {"q": "kwantummechanica <b>"}).content.decode()
    assert "We vonden niets over “kwantummechanica &lt;b&gt;”" in page
    assert "Probeer een ander woord" in page


@pytest.mark.parametrize("asked", [{"q": "x" * 400}, {"q": "zaal", "soort": "bestaat niet"}, {"q": "   "}])
def test_a_strange_address_is_no_error(client: Client, address: str, asked: dict[str, str]) -> None:
    assert client.get(address, asked).status_code == 200


def test_a_workshop_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get(reverse("search:search", args=["nergens"])).status_code == 404


def test_searching_changes_nothing(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
