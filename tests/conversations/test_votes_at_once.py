"""A plain vote is answered before anything else is looked at; what is not plain goes on to the view, and nothing is stored."""

import re
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.asks import street
from tests.conversations.talk import NOW, conversation, lines
from werkplaats.asks.actions import close_ask
from werkplaats.conversations import actions, urls
from werkplaats.conversations.models import Conversation, Participant, Statement, Vote
from werkplaats.conversations.rules import State
from werkplaats.conversations.views.at_once import PAGE, VotesAtOnce

pytestmark = pytest.mark.django_db
TOKEN = "a" * 32
ON = 204  # what the view behind it would answer


def at(row: Conversation) -> str:
    return reverse("conversations:vote", args=["kanaalkwartier", row.key])


def begun(row: Conversation) -> Client:
    client = Client()
    client.post(reverse("conversations:begin", args=["kanaalkwartier", row.key]))
    return client


def pressed(here: Client, page: str) -> HttpRequest:
    """What comes in when somebody presses a button on their own device."""
    request = RequestFactory().post(page, {"csrfmiddlewaretoken": TOKEN, "number": 1, "value": 1})
    return on_device(here, request)


def short(here: Client, page: str, body: str) -> HttpRequest:
    return on_device(here, RequestFactory().post(page, body, content_type="application/x-www-form-urlencoded"))


def on_device(here: Client, request: HttpRequest) -> HttpRequest:
    request.COOKIES = {name: kept.value for name, kept in here.cookies.items()} | {"csrftoken": TOKEN}
    return request


def form(**told: Any) -> str:
    said = {"csrfmiddlewaretoken": TOKEN, "number": 1, "value": 1} | told
    return "&".join(f"{name}={value}" for name, value in said.items())


def answered(request: HttpRequest) -> HttpResponse:
    answer = VotesAtOnce(lambda request: HttpResponse(status=ON))(request)
    assert isinstance(answer, HttpResponse)
    return answer


def test_a_plain_vote_is_kept_without_the_view_and_leads_to_the_next_statement() -> None:
    row = conversation()
    here = begun(row)
    for number in (1, 2):
        answer = answered(short(here, at(row), form(number=number)))
        assert (answer.status_code, answer.headers["Location"]) == (302, at(row))
    assert sorted(Vote.objects.values_list("statement__number", "value")) == [(1, 1), (2, 1)]
    assert Participant.objects.get().voted_at is not None
    row.refresh_from_db()
    assert row.stale_since is not None


def test_the_address_is_that_of_the_page_where_one_votes_and_of_no_other() -> None:
    row = conversation()
    found = PAGE.fullmatch(at(row))
    assert found
    assert found.groups() == ("kanaalkwartier", row.key)
    others = [one.name for one in urls._ONE if one.name not in ("vote", "look")]
    assert len(others) > 15
    for name in others:
        assert PAGE.fullmatch(reverse(f"conversations:{name}", args=["kanaalkwartier", row.key])) is None


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(lambda here, page: short(here, page, form(csrfmiddlewaretoken="b" * 32)), id="another token"),
        pytest.param(lambda here, page: short(here, page, "number=1&value=1"), id="no token"),
        pytest.param(lambda here, page: short(Client(), page, form()), id="no seat"),
        pytest.param(lambda here, page: short(here, f"{page}?naar=mijn", form()), id="from the page of own answers"),
        pytest.param(pressed, id="a form with parts"),
        pytest.param(lambda here, page: short(here, page, form(text="x" * 3000)), id="a long form"),
        pytest.param(lambda here, page: short(here, page, ""), id="nothing"),
        pytest.param(lambda here, page: short(here, page, form(number=99)), id="a statement that is not there"),
        pytest.param(lambda here, page: short(here, page, form(number="een")), id="no number"),
        pytest.param(lambda here, page: short(here, page, form(value=5)), id="no such answer"),
        pytest.param(lambda here, page: on_device(here, RequestFactory().get(page)), id="only a look"),
    ],
)
def test_what_is_not_plain_goes_on_to_the_view_and_nothing_is_stored(
    asked: Callable[[Client, str], HttpRequest],
) -> None:
    row = conversation()
    assert answered(asked(begun(row), at(row))).status_code == ON
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    "happened",
    [
        pytest.param(lambda row: close_ask(row.ask, on=date(2026, 5, 12)), id="closed"),
        pytest.param(lambda row: actions.withdraw(row.participants.get(), at=NOW), id="taken back"),
        pytest.param(lambda row: Statement.objects.update(state=State.REFUSED.value, reason="Dubbel"), id="refused"),
        pytest.param(lambda row: Participant.objects.all().delete(), id="gone"),
    ],
)
@pytest.mark.parametrize("has_voted", [False, True])
def test_a_vote_that_may_not_be_kept_goes_on_to_the_view_that_says_why(
    happened: Callable[[Conversation], object], has_voted: bool
) -> None:
    row = conversation()
    here = begun(row)
    if has_voted:  # then one statement does it all
        answered(short(here, at(row), form(number=2)))
    happened(row)
    before = Vote.objects.count()
    assert answered(short(here, at(row), form())).status_code == ON
    assert Vote.objects.count() == before


def test_another_answer_the_same_answer_and_a_second_press_go_on_to_the_view() -> None:
    row = conversation()
    here = begun(row)
    answered(short(here, at(row), form(once="eens")))
    for again in (form(value=-1), form(), form(once="eens"), form(value=-1, once="eens")):
        assert answered(short(here, at(row), again)).status_code == ON
    assert Vote.objects.get().value == 1


@pytest.mark.parametrize(("minutes", "status"), [(29, 302), (31, ON)])
def test_a_seat_that_is_no_longer_open_goes_on_to_the_view(
    monkeypatch: pytest.MonkeyPatch, minutes: int, status: int
) -> None:
    row = conversation()
    here = begun(row)
    later = time.time() + minutes * 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert answered(short(here, at(row), form())).status_code == status


def test_a_seat_of_another_conversation_keeps_nothing() -> None:
    row, other = conversation(), conversation(ask=street.ask("Iets anders"))
    request = short(begun(row), at(other), form())
    assert answered(request).status_code == ON
    assert not Vote.objects.exists()


@pytest.mark.parametrize("through_the_view", [False, True])
def test_a_vote_is_kept_with_the_chance_that_its_statement_had_when_it_was_shown(through_the_view: bool) -> None:
    row = conversation(lines(4))
    here = begun(row)
    page = here.get(at(row)).content.decode()
    number, word = (re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("number", "once"))
    assert number
    assert word
    told = {"number": number.group(1), "value": 0, "once": word.group(1)}
    if through_the_view:
        here.post(at(row), told)  # in parts
    else:
        assert answered(short(here, at(row), form(**told))).status_code == 302
    assert Vote.objects.get().propensity == 0.25


@pytest.mark.parametrize("forge", ["of another statement", "of somebody else", "made up"])
def test_a_chance_that_was_not_given_here_is_not_kept(forge: str) -> None:
    row = conversation(lines(4))
    here, other = begun(row), begun(row)
    found = re.search(
        r'name="once" value="([^"]+)"', (other if forge == "of somebody else" else here).get(at(row)).content.decode()
    )
    shown = re.search(r'name="number" value="([^"]+)"', here.get(at(row)).content.decode())
    assert found
    assert shown
    number, word = int(shown.group(1)), found.group(1)
    if forge == "of another statement":
        number = number % 4 + 1
    if forge == "made up":
        word = f"{word[:8]}:{number}:1.0:seal"
    assert answered(short(here, at(row), form(number=number, once=word))).status_code == 302
    assert Vote.objects.get().propensity is None
