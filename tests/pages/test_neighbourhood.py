import pytest
from django.test import Client

from tests.builders import TODAY, account, party, workshop
from werkplaats.accounts.rules import RoleName
from werkplaats.neighbourhoods.models import Able, Need

pytestmark = pytest.mark.django_db
NEIGHBOURHOOD = "/kanaalkwartier/wijk/"


def test_needs_for_which_nobody_is_known_stand_apart(client: Client) -> None:
    table, school = party(), party("Kadeschool", kind="professional")
    for key, kind in (("a-zaal", "need"), ("b-oven", "need"), ("c-soep", "offer")):
        Need.objects.create(workshop=table.workshop, key=key, party=table, kind=kind, text=key)
    met = Need.objects.get(key="a-zaal")
    Able.objects.create(need=met, party=school, confirmed_by=table, confirmed_on=TODAY)
    answer = client.get(NEIGHBOURHOOD)
    page = answer.context["page"]
    assert [[need.key for need in needs] for needs in (page.unmet, page.met, page.offers)] == [
        ["b-oven"],
        ["a-zaal"],
        ["c-soep"],
    ]
    assert page.needs_in_all == 2
    assert "Nog niemand bekend" in answer.content.decode()


def test_an_empty_neighbourhood_says_what_to_do(client: Client) -> None:
    workshop()
    page = client.get(NEIGHBOURHOOD).content.decode()
    assert "Zoek je iets? Schrijf het op." in page
    assert "Kun je iets missen?" in page


def test_who_may_not_see_the_connections_reads_why(client: Client) -> None:
    workshop()
    assert "Zo blijft het van hen" in client.get(NEIGHBOURHOOD).content.decode()
    client.force_login(account(RoleName.PARTY))
    assert "Zo blijft het van hen" not in client.get(NEIGHBOURHOOD).content.decode()
