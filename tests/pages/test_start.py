from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.builders import TODAY, party, workshop
from werkplaats.asks.actions import give_voice, standing_ask
from werkplaats.asks.models import Voice
from werkplaats.issues.models import Issue
from werkplaats.issues.rules import State
from werkplaats.kit.names import key_from, sort_key
from werkplaats.neighbourhoods.models import Need, Party
from werkplaats.pages.pictures import waiting
from werkplaats.promises.actions import Said, confirm, draft
from werkplaats.promises.rules import Channel, Kind
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
    assert "Nu wacht er niemand op antwoord" in page
    assert "Het begint met één document" in page


def waiting_since(days: int) -> Voice:
    at = timezone.now() - timedelta(days=days)
    return give_voice(standing_ask(workshop(), on=TODAY), text="Waarom bleef de inloop dicht?", at=at)[0]


def test_the_figure_counts_who_waits_and_a_dot_is_one_person(client: Client) -> None:
    for days in (1, 3, 3, 23):
        waiting_since(days)
    page = client.get(START).content.decode()
    assert "mensen wachten op antwoord" in page
    assert page.count("samen-wait__one") == 4
    assert page.count("samen-wait__long") == 1
    assert "1 mens wacht langer," in page


def test_the_front_page_shows_no_words_of_who_waits(client: Client) -> None:
    waiting_since(3)
    assert "Waarom bleef de inloop dicht?" not in client.get(START).content.decode()


def test_the_story_is_of_the_issue_with_the_latest_promise(client: Client) -> None:
    place, school = workshop(), party("Kadeschool")
    issue("Water", of=place)
    hall, now = issue("Een zaal", of=place), timezone.now()
    said = Said(
        Kind.DO, school, "De zaal open", for_whom="de buurt", due_on=(now + timedelta(days=5)).date(), issue=hall
    )
    confirm(draft(place, said, at=now), at=now, channel=Channel.LINK)
    page = client.get(START)
    assert page.context["page"].story.name == "Een zaal"
    assert [line.wording for line in page.context["page"].due] == ["De zaal open"]
    assert "samen-line" in page.content.decode()


def test_a_draft_is_nobodys_promise_on_the_front_page(client: Client) -> None:
    said = Said(Kind.DO, party("Kadeschool"), "Het geheime plan", for_whom="de buurt")
    draft(workshop(), said, at=timezone.now())
    assert "Het geheime plan" not in client.get(START).content.decode()


def test_a_no_with_its_reason_is_news_too(client: Client) -> None:
    now = timezone.now()
    said = Said(Kind.NO, party("Gemeente"), "Geen tweede speelplek: het potje is leeg", for_whom="de ouders")
    confirm(draft(workshop(), said, at=now), at=now, channel=Channel.LINK)
    [change] = client.get(START).context["page"].changes
    assert (change.kind, change.title) == ("no", "Geen tweede speelplek: het potje is leeg")


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
    assert (page.needs, page.changes, page.story) == (0, (), None)


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
    with django_assert_max_num_queries(45):
        client.get(START)


def test_who_waits_longer_than_the_scale_stands_at_its_end() -> None:
    drawn = waiting([0, 14, 15, 28, 90])
    assert drawn.count("<circle") == 5
    assert drawn.count("samen-wait__long") == 3
    assert drawn.count('cx="100.00%"') == 2
