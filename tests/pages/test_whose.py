import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import account, party, workshop
from werkplaats.accounts.rules import COORDINATORS, RoleName, Verb
from werkplaats.neighbourhoods.actions import say_whose
from werkplaats.neighbourhoods.rules import StewardRole
from werkplaats.pages.queries.whose import _OPEN, readers, whose

pytestmark = pytest.mark.django_db
WHOSE = reverse("pages:whose", args=["kanaalkwartier"])
TERMS_PAGE = reverse("pages:terms", args=["kanaalkwartier"])


def test_everybody_reads_who_pays_who_decides_and_who_sees_what(client: Client) -> None:
    here, city = workshop(), party("Gemeente Oeverstad", kind="government")
    ourselves = party("Wijkwerkplaats Kanaal", kind="other")
    say_whose(here, role=StewardRole.IS, party=ourselves, words="Wij zijn een partij zoals de andere.")
    say_whose(here, role=StewardRole.PAYS, party=city, words="De gemeente betaalt ons werk.")
    say_whose(here, role=StewardRole.DECIDES, party=ourselves, words="Bewoners en partijen beslissen samen.")
    account(RoleName.COORDINATOR)
    page = client.get(WHOSE).content.decode()
    assert "De gemeente betaalt ons werk." in page
    assert "Wijkwerkplaats Kanaal" in page
    assert "1 mens werkt hier als" in page
    assert "Nog niet alles staat erbij." not in page
    assert "Zeg van wie dit is" not in page


def test_what_is_not_told_is_said_to_be_missing(client: Client) -> None:
    workshop()
    assert "Nog niet alles staat erbij." in client.get(WHOSE).content.decode()
    client.force_login(account(RoleName.COORDINATOR))
    assert "Zeg van wie dit is" in client.get(WHOSE).content.decode()


def test_a_coordinator_sets_the_terms_and_everybody_reads_them(client: Client) -> None:
    workshop()
    client.force_login(account(RoleName.COORDINATOR))
    told = {"small_number": 7, "tie_months": 12, "pause_days": 60}
    assert client.post(TERMS_PAGE, told).status_code == 302
    client.logout()
    page = client.get(WHOSE).content.decode()
    assert "pas vanaf 7 mensen zien" in page
    assert "die 12 maanden niet is gezien" in page
    assert "Elke 60 dagen staan we stil" in page
    assert "Verander onze afspraken" not in page


def test_what_a_workshop_switches_off_shows_nowhere_and_its_doors_are_not_there(client: Client) -> None:
    workshop()
    mirrors, told = (
        reverse("mirror:mirrors", args=["kanaalkwartier"]),
        {"small_number": 5, "tie_months": 24, "pause_days": 90},
    )
    assert mirrors in client.get(WHOSE).content.decode()
    client.force_login(account(RoleName.COORDINATOR))
    client.post(TERMS_PAGE, told | {"capabilities": ["turns"]})
    assert mirrors not in client.get(WHOSE).content.decode()
    assert client.get(mirrors).status_code == 404
    client.post(TERMS_PAGE, told | {"capabilities": ["mirrors", "flying"]})
    assert client.get(mirrors).status_code == 404, "a word that is no capability changes nothing"
    client.post(TERMS_PAGE, told | {"capabilities": ["mirrors", "turns"]})
    assert client.get(mirrors).status_code == 200


@pytest.mark.parametrize(
    "told", [{"small_number": 1}, {"tie_months": 0}, {"pause_days": "morgen"}, {"pause_days": 9999}]
)
def test_a_term_out_of_reach_changes_nothing(client: Client, told: dict[str, object]) -> None:
    here = workshop()
    client.force_login(account(RoleName.COORDINATOR))
    assert client.post(TERMS_PAGE, {"small_number": 5, "tie_months": 24, "pause_days": 90} | told).status_code == 422
    before = (here.small_number, here.tie_months, here.pause_days)
    here.refresh_from_db()
    assert (here.small_number, here.tie_months, here.pause_days) == before


def test_nobody_but_a_coordinator_sets_the_terms(client: Client) -> None:
    workshop()
    client.force_login(account(RoleName.PARTY))
    assert client.get(TERMS_PAGE).status_code == 403


def test_every_page_leads_to_it(client: Client) -> None:
    workshop()
    assert WHOSE in client.get(reverse("issues:list", args=["kanaalkwartier"])).content.decode()


def test_who_sees_what_follows_from_the_doors_themselves() -> None:
    assert [str(sight.who) for sight in whose(workshop()).sights] == [str(readers(verb)) for verb, _what, _why in _OPEN]
    with pytest.raises(LookupError):
        readers(Verb("new.verb", COORDINATORS))
