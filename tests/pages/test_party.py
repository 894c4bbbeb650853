import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.builders import TODAY, account, party, workshop
from werkplaats.accounts.actions import put_person
from werkplaats.accounts.rules import RoleName
from werkplaats.consent.actions import put_consent, withdraw
from werkplaats.consent.rules import Channel, Purpose
from werkplaats.neighbourhoods.models import Membership, Need, Tie

pytestmark = pytest.mark.django_db
TABLE = "/kanaalkwartier/partijen/de-lange-tafel/"


def test_a_party_shows_what_is_on_record_and_where_it_came_from(client: Client) -> None:
    table = party()
    table.description, table.source, table.recorded_on = "Kookt voor veertig mensen.", "eigen opgave", TODAY
    table.save()
    Need.objects.create(workshop=table.workshop, key="zaal", party=table, kind="need", text="Een zaal")
    page = client.get(TABLE).content.decode()
    for words in ("Kookt voor veertig mensen.", "eigen opgave", "12 mei 2026", "Een zaal", "We weten nog niemand"):
        assert words in page


def test_the_address_of_a_double_leads_to_the_entry_that_stays(client: Client) -> None:
    party("Lange Tafel", kind="initiative")
    double = party("De Lange Tafel, buurtkeuken")
    double.canonical = party()
    double.save()
    assert client.get("/kanaalkwartier/partijen/de-lange-tafel-buurtkeuken/")["Location"] == TABLE
    assert "De Lange Tafel, buurtkeuken" in client.get(TABLE).content.decode()


def test_a_name_shows_only_with_consent_and_goes_when_it_is_withdrawn(client: Client) -> None:
    table = party()
    for key, name in (("noor", "Noor Bakker"), ("ali", "Ali Demir")):
        person = put_person(table.workshop, key=key, name=name)
        Membership.objects.create(person=person, party=table, role="kok")
    put_consent(person, purpose=Purpose.SHOW_NAME, wording="Ja.", channel=Channel.TALK, given_on=TODAY)
    page = client.get(TABLE).content.decode()
    assert "Ali Demir" in page
    assert "Noor Bakker" not in page
    withdraw(person, purpose=Purpose.SHOW_NAME, on=TODAY)
    assert "Ali Demir" not in client.get(TABLE).content.decode()


def test_who_no_longer_wants_to_be_kept_is_named_nowhere(client: Client) -> None:
    table = party()
    person = put_person(table.workshop, key="noor", name="Noor Bakker")
    Membership.objects.create(person=person, party=table, role="kok")
    for purpose in (Purpose.SHOW_NAME, Purpose.KEEP):
        put_consent(person, purpose=purpose, wording="Ja.", channel=Channel.TALK, given_on=TODAY)
    assert "Noor Bakker" in client.get(TABLE).content.decode()
    withdraw(person, purpose=Purpose.KEEP, on=TODAY)
    assert "Noor Bakker" not in client.get(TABLE).content.decode()


def test_who_left_a_party_is_not_named_there(client: Client) -> None:
    table = party()
    person = put_person(table.workshop, key="noor", name="Noor Bakker")
    put_consent(person, purpose=Purpose.SHOW_NAME, wording="Ja.", channel=Channel.TALK, given_on=TODAY)
    Membership.objects.create(person=person, party=table, role="kok", until=TODAY.replace(year=2020))
    assert "Noor Bakker" not in client.get(TABLE).content.decode()


@pytest.mark.parametrize(("role", "sees"), [(None, False), (RoleName.RESIDENT, False), (RoleName.PARTY, True)])
def test_who_works_with_whom_is_for_the_parties(client: Client, role: RoleName | None, *, sees: bool) -> None:
    table, school = party(), party("Kadeschool", kind="professional")
    Tie.objects.create(party_a=table, party_b=school, kind="works_together", reported_by_a=True)
    if role:
        client.force_login(account(role))
    page = client.get(TABLE).content.decode()
    assert ("Kadeschool" in page) == sees
    assert ("Zo blijft het van hen" in page) != sees


def test_a_party_of_another_workshop_is_not_there(client: Client) -> None:
    workshop()
    party(of=workshop("elders"))
    assert client.get(TABLE).status_code == 404


def test_a_party_costs_as_many_queries_with_much_as_with_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    table = party()
    for name in ("Een", "Twee", "Drie", "Vier"):
        Tie.objects.create(party_a=table, party_b=party(name), kind="knows", reported_by_a=True)
        Need.objects.create(workshop=table.workshop, key=name.lower(), party=table, kind="need", text=name)
    client.force_login(account(RoleName.PARTY))
    with django_assert_max_num_queries(40):
        client.get(TABLE)
