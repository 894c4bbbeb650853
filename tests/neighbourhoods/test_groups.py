import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import account, party, workshop
from werkplaats.accounts.rules import RoleName
from werkplaats.neighbourhoods.actions import name_group, put_group, say_whose
from werkplaats.neighbourhoods.models import Group, Steward
from werkplaats.neighbourhoods.queries.groups import groups
from werkplaats.neighbourhoods.rules import StewardRole

pytestmark = pytest.mark.django_db
GROUPS = reverse("neighbourhoods:groups", args=["kanaalkwartier"])
SAY = reverse("neighbourhoods:say_whose", args=["kanaalkwartier"])


def test_the_same_group_is_named_once() -> None:
    here = workshop()
    assert name_group(here, name="Jongeren") == name_group(here, name="jongeren")
    put_group(here, key="nieuw", name="Wie er pas woont")
    put_group(here, key="nieuw", name="Wie er pas woont")
    assert [line.name for line in groups(here)] == ["Jongeren", "Wie er pas woont"]


def test_a_group_has_no_list_of_members() -> None:
    assert {field.name for field in Group._meta.get_fields()} == {"id", "workshop", "key", "name", "sort_name", "area"}


def test_the_team_names_groups(client: Client) -> None:
    workshop()
    assert "next=" in client.get(GROUPS)["Location"]
    client.force_login(account(RoleName.RESIDENT))
    assert client.get(GROUPS).status_code == 403
    client.force_login(account(RoleName.HOST))
    assert client.post(GROUPS, {"name": "Huurders van de Havenblok"}).status_code == 302
    assert "Huurders van de Havenblok" in client.get(GROUPS).content.decode()
    assert client.post(GROUPS, {"name": " "}).status_code == 422


def test_one_party_has_each_role_and_it_can_be_taken_back() -> None:
    here, city, fund = workshop(), party("Gemeente", kind="government"), party("Fonds", kind="other")
    say_whose(here, role=StewardRole.PAYS, party=city, words="De gemeente betaalt.")
    say_whose(here, role=StewardRole.PAYS, party=fund, words="Het fonds betaalt.")
    assert [row.words for row in Steward.objects.all()] == ["Het fonds betaalt."]
    say_whose(here, role=StewardRole.PAYS, party=None, words="")
    assert not Steward.objects.exists()


def test_the_coordinator_says_whose_this_is_in_a_sentence(client: Client) -> None:
    party("Gemeente", kind="government")
    client.force_login(account(RoleName.HOST))
    assert client.get(SAY).status_code == 403
    client.force_login(account(RoleName.COORDINATOR))
    assert client.post(SAY, {"pays": "gemeente"}).status_code == 422
    said = {"pays": "gemeente", "pays_words": "De gemeente betaalt ons werk."}
    assert client.post(SAY, said).status_code == 302
    footer = client.get(GROUPS).content.decode()
    assert "De gemeente betaalt ons werk." in footer
