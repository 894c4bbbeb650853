from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.builders import TODAY, account, party, workshop
from werkplaats.accounts.rules import RoleName
from werkplaats.issues.models import Issue, IssueParty
from werkplaats.issues.rules import State
from werkplaats.kit.names import key_from, sort_key
from werkplaats.neighbourhoods.models import Able, Double, Need, Party
from werkplaats.pages.pictures import dots
from werkplaats.workshops.models import Workshop

pytestmark = pytest.mark.django_db
START = "/kanaalkwartier/"


def need(of: Party, text: str, *, kind: str = "need", until: date | None = None) -> Need:
    return Need.objects.create(
        workshop=of.workshop, key=key_from(text), party=of, kind=kind, text=text, since=TODAY, until=until
    )


def issue(name: str, *, of: Workshop, state: State = State.ACCEPTED) -> Issue:
    return Issue.objects.create(
        workshop=of, key=key_from(name), name=name, sort_name=sort_key(name), state=state.value, decided_on=TODAY
    )


def test_the_only_workshop_is_the_front_page(client: Client) -> None:
    workshop()
    assert client.get("/")["Location"] == START


def test_of_two_workshops_one_chooses(client: Client) -> None:
    workshop()
    workshop("noord")
    page = client.get("/").content.decode()
    assert START in page
    assert "/noord/" in page


def test_without_a_workshop_the_front_page_says_how_to_begin(client: Client) -> None:
    assert "nog geen wijkwerkplaats" in client.get("/").content.decode()


def test_an_empty_workshop_says_how_to_begin(client: Client) -> None:
    workshop()
    page = client.get(START).content.decode()
    assert "Er staan nog geen vragen open" in page
    assert "Het begint met één document" in page


def test_the_figure_counts_the_needs_for_which_nobody_is_on_record(client: Client) -> None:
    table, school = party(), party("Kadeschool", kind="professional")
    met = need(table, "Een zaal")
    need(table, "Een ton")
    need(table, "Een oven", until=TODAY)
    need(table, "Soep", kind="offer")
    Able.objects.create(need=met, party=school, confirmed_by=table, confirmed_on=TODAY)
    answer = client.get(START)
    page = answer.context["page"]
    assert (page.needs, page.unmet, page.met) == (2, 1, 1)
    assert "Er staan er 2 open" in answer.content.decode()


def test_what_is_for_the_team_is_not_counted_for_others(client: Client) -> None:
    place = workshop()
    issue("Schimmel", of=place, state=State.PROPOSED)
    Double.objects.create(party_a=party(), party_b=party("Lange Tafel"))
    assert client.get(START).context["page"].attention.is_empty
    client.force_login(account(RoleName.COORDINATOR))
    attention = client.get(START).context["page"].attention
    assert (attention.proposed, attention.doubles) == (1, 1)


def test_an_issue_without_residents_asks_attention_until_an_initiative_joins(client: Client) -> None:
    spoken = issue("Schimmel in huis", of=workshop())
    IssueParty.objects.create(issue=spoken, party=party("Gemeente", kind="government"))
    assert client.get(START).context["page"].attention.without_residents == 1
    IssueParty.objects.create(issue=spoken, party=party())
    assert client.get(START).context["page"].attention.without_residents == 0


def test_issues_of_one_day_are_one_change(client: Client) -> None:
    for name in ("Schimmel", "Binnen", "Werk"):
        issue(name, of=workshop())
    [change] = client.get(START).context["page"].changes
    assert (change.kind, change.on, change.count) == ("issue", TODAY, 3)


def test_nothing_of_another_workshop_is_counted(client: Client) -> None:
    elsewhere = workshop("elders")
    need(party("Ver Weg", of=elsewhere), "Een brug")
    issue("Water", of=elsewhere)
    workshop()
    page = client.get(START).context["page"]
    assert (page.needs, page.issues, page.parties) == (0, 0, 0)


def test_an_unknown_workshop_is_a_page_that_is_not_there(client: Client) -> None:
    answer = client.get("/nergens/")
    assert answer.status_code == 404
    assert "Deze pagina is er niet" in answer.content.decode()


def test_the_demo_offers_three_ways_to_look_around(client: Client, settings: object) -> None:
    workshop()
    assert "Kijk rond in de demo" not in client.get(START).content.decode()
    settings.DEMO = True  # type: ignore[attr-defined]  # the fixture of pytest-django
    page = client.get(START).content.decode()
    for words in ("Als coördinator", "Als De Lange Tafel", "Als bewoner"):
        assert words in page


def test_the_front_page_costs_as_many_queries_with_much_as_with_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("Een", "Twee", "Drie", "Vier"):
        need(party(name), f"{name} zaal")
        issue(name, of=workshop())
    with django_assert_max_num_queries(20):
        client.get(START)


def test_one_dot_is_one_need_in_rows_of_ten() -> None:
    drawn = dots(met=12, unmet=3)
    assert drawn.count("<svg") == 2
    assert drawn.count("<circle") == 15
    assert drawn.count("samen-dot--open") == 3
