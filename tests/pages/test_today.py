"""Today: what comes first, and what becomes of a line."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.builders import account, party, workshop
from werkplaats.accounts.rules import RoleName, Who
from werkplaats.asks.actions import give_voice, standing_ask
from werkplaats.asks.models import Ask, Voice
from werkplaats.catches.actions import catch
from werkplaats.catches.models import Catch
from werkplaats.neighbourhoods.models import Tie
from werkplaats.pages.queries import today_page
from werkplaats.pages.rules import MOST_OF_A_KIND, SHOWN_TASKS, TaskKind, first_ones
from werkplaats.promises.actions import Said, confirm, draft
from werkplaats.promises.rules import Channel, Kind
from werkplaats.tables.actions import hold
from werkplaats.workshops.models import Workshop

AT = "/kanaalkwartier/"
NOW = datetime(2026, 5, 12, 7, tzinfo=UTC)
TEAM = Who(workshop_id=None, account_id=None, roles=frozenset({RoleName.COORDINATOR}))


@given(st.lists(st.tuples(st.sampled_from(TaskKind), st.integers(-30, 60)), max_size=40))
def test_one_kind_never_hides_the_others(tasks: list[tuple[TaskKind, int]]) -> None:
    shown = first_ones(tasks)
    kinds = [tasks[place][0] for place in shown]
    others = len({kind for kind, _over in tasks})
    assert len(set(shown)) == len(shown) == min(SHOWN_TASKS, len(tasks))
    if any(kinds.count(kind) > MOST_OF_A_KIND for kind in kinds):
        assert set(kinds) == {kind for kind, _over in tasks} or others > SHOWN_TASKS


def test_the_longest_over_its_term_comes_first() -> None:
    assert first_ones([(TaskKind.TABLE, 0), (TaskKind.VOICE, 9), (TaskKind.DRAFT, -2)]) == (1, 0, 2)


def full(place: Workshop) -> None:
    ask = standing_ask(place, on=NOW.date())
    for days in (23, 3):
        give_voice(ask, text="Waarom bleef de inloop dicht?", at=NOW - timedelta(days=days))
    school = party("Kadeschool")
    said = Said(Kind.DO, school, "De zaal open", for_whom="De Lange Tafel", due_on=(NOW - timedelta(days=6)).date())
    confirm(draft(place, said, at=NOW - timedelta(days=20)), at=NOW - timedelta(days=19), channel=Channel.LINK)
    draft(place, Said(Kind.DO, school, "Het licht aan", for_whom="de ouders"), at=NOW - timedelta(days=8))
    catch(place, who="Een ouder", what="Belt over de lamp", waits=True, at=NOW, due_on=NOW.date() + timedelta(days=3))
    hold(place, about="Werk voor jongeren", held_at=NOW + timedelta(hours=10), parties=[school])


@pytest.mark.django_db
def test_today_says_what_cannot_wait(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    place = workshop()
    full(place)
    with timezone.override(place.timezone), django_assert_max_num_queries(32):
        page = today_page(place, who=TEAM, now=timezone.localtime(NOW))
    assert [task.kind for task in page.tasks][:2] == [TaskKind.VOICE, TaskKind.OVERDUE]
    assert {task.kind for task in page.tasks} >= {TaskKind.DRAFT, TaskKind.TABLE}
    assert page.sentences[:2] == ("1 mens wacht te lang.", "1 belofte wacht op een ja.")
    assert "1 mens wacht op jou, voor vrijdag." in page.sentences
    assert (page.conscience.waiting, page.conscience.too_long) == (2, 1)
    assert page.later == 1


@pytest.mark.django_db
def test_the_week_has_the_table_and_the_day_of_the_caught_line() -> None:
    place = workshop()
    full(place)
    with timezone.override(place.timezone):
        week = today_page(place, who=TEAM, now=timezone.localtime(NOW)).week
    assert [len(day.items) for day in week][:4] == [1, 0, 0, 1]


@pytest.fixture
def team(client: Client) -> Client:
    workshop()
    client.force_login(account(RoleName.COORDINATOR))
    return client


@pytest.mark.django_db
def test_the_page_shows_everything_when_asked(team: Client) -> None:
    full(workshop())
    assert "Geef antwoord" in team.get(f"{AT}vandaag/?alles=1").content.decode()
    assert "Waarom bleef de inloop dicht?" in team.get(f"{AT}vandaag/blad/").content.decode()


@pytest.mark.django_db
def test_who_waits_becomes_a_voice_with_a_receipt(team: Client) -> None:
    line = catch(workshop(), who="Een moeder", what="Wanneer gaat de inloop open?", at=timezone.now(), waits=True)
    page = team.post(f"{AT}vandaag/regel/{line.key}/", {"wordt": "stem"})
    assert "samen-code" in page.content.decode()
    line.refresh_from_db()
    assert (line.became_kind, line.became_key) == ("voice", Voice.objects.get().key)


@pytest.mark.django_db
def test_a_line_becomes_one_thing_only(team: Client) -> None:
    line = catch(workshop(), who="Een moeder", what="Wanneer gaat de inloop open?", at=timezone.now())
    team.post(f"{AT}vandaag/regel/{line.key}/", {"wordt": "stem"})
    team.post(f"{AT}vandaag/regel/{line.key}/", {"wordt": "uitvraag"})
    assert not Ask.objects.filter(is_standing=False).exists()


@pytest.mark.django_db
def test_what_somebody_wants_to_know_becomes_a_draft_of_an_ask(team: Client) -> None:
    party("Kadeschool")
    line = catch(workshop(), who="kadeschool", what="Wie wil de zaal?", for_whom="de buurt", at=timezone.now())
    team.post(f"{AT}vandaag/regel/{line.key}/", {"wordt": "uitvraag"})
    made = Ask.objects.get(is_standing=False)
    assert made.state == "draft"
    assert made.asker is not None


@pytest.mark.django_db
def test_a_tie_needs_two_parties_on_record(team: Client) -> None:
    party("Kadeschool")
    line = catch(workshop(), who="Kadeschool", what="Doen al samen de moestuin", for_whom="Tuinclub", at=timezone.now())
    answer = team.post(f"{AT}vandaag/regel/{line.key}/", {"wordt": "band"}, follow=True)
    assert "staat nog niet bij de partijen" in answer.content.decode()
    party("Tuinclub")
    team.post(f"{AT}vandaag/regel/{line.key}/", {"wordt": "band"})
    assert Tie.objects.count() == 1
    assert Catch.objects.get().became_kind == "tie"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["vandaag/", "vandaag/blad/", "vandaag/regel/x/"])
def test_today_is_for_who_works_in_the_workshop(client: Client, address: str) -> None:
    workshop()
    assert client.get(AT + address).status_code == 302
    client.force_login(account(RoleName.RESIDENT))
    assert client.get(AT + address).status_code == 403


@pytest.mark.django_db
def test_only_the_team_has_today_in_its_menu(team: Client, client: Client) -> None:
    assert "/vandaag/" in team.get(AT).content.decode()
    assert "/vandaag/" not in Client().get(AT).content.decode()
