from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from tests.builders import TODAY, workshop
from werkplaats.catches import actions, queries
from werkplaats.catches.models import Catch
from werkplaats.catches.refusals import AlreadySettled, DayIsOver, NothingHappened, TellsHowToReach
from werkplaats.catches.rules import State

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 12, 15, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def caught(what: str = "zoekt uit wie de sleutel heeft", **more: Any) -> Catch:
    said: dict[str, Any] = {"who": "Gemeente Oeverstad", "what": what, "at": NOW}
    return actions.catch(workshop(), **(said | more))


def test_one_line_is_kept_as_it_was_said() -> None:
    row = caught("  zoekt de sleutel ", for_whom="De Lange Tafel", due_on=date(2026, 5, 15), waits=True)
    line = queries.one_catch(workshop(), key=row.key, today=TODAY)
    assert line
    assert (line.who, line.what, line.for_whom) == ("Gemeente Oeverstad", "zoekt de sleutel", "De Lange Tafel")
    assert (line.due_on, line.waits, line.state) == (date(2026, 5, 15), True, State.OPEN)


def test_the_same_form_sent_twice_is_one_line() -> None:
    assert caught(key="eens").pk == caught(key="eens").pk
    assert queries.count_open(workshop()) == 1


def test_a_line_needs_only_what() -> None:
    assert caught(who="").what
    with pytest.raises(NothingHappened):
        caught("   ")


def test_a_line_is_never_due_in_the_past() -> None:
    assert caught(due_on=TODAY).due_on == TODAY
    with pytest.raises(DayIsOver) as refused:
        caught(due_on=TODAY - timedelta(days=1))
    assert "11 mei 2026" in refused.value.sentence


@pytest.mark.parametrize("field", ["who", "what", "for_whom"])
def test_nobody_is_noted_with_a_way_to_reach_them(field: str) -> None:
    with pytest.raises(TellsHowToReach):
        caught(**{"what": "iets", field: "mevrouw, 06 1234 5678"})
    assert not Catch.objects.exists()


def test_a_line_becomes_one_thing_and_says_which() -> None:
    row = caught()
    actions.became(row, kind="promise", key="sleutel", at=NOW)
    actions.became(row, kind="promise", key="sleutel", at=NOW)
    with pytest.raises(AlreadySettled):
        actions.became(row, kind="voice", key="7f3a", at=NOW)
    with pytest.raises(AlreadySettled):
        actions.drop(row, at=NOW)
    assert [line.became_key for line in queries.settled_catches(workshop(), today=TODAY)] == ["sleutel"]


def test_a_line_let_go_can_be_taken_up_again() -> None:
    row = caught()
    actions.drop(row, at=NOW)
    actions.drop(row, at=NOW)
    assert queries.open_catches(workshop(), today=TODAY) == ()
    actions.take_up(row, at=NOW)
    assert [line.key for line in queries.open_catches(workshop(), today=TODAY)] == [row.key]


def test_what_is_due_first_comes_first_and_what_is_late_says_so() -> None:
    caught("zonder dag")
    caught("later", due_on=date(2026, 6, 1))
    caught("eerst", due_on=date(2026, 5, 13))
    lines = queries.open_catches(workshop(), today=date(2026, 5, 20))
    assert [(line.what, line.is_overdue) for line in lines] == [
        ("eerst", True),
        ("later", False),
        ("zonder dag", False),
    ]


def test_catches_of_another_workshop_are_not_seen_here() -> None:
    elsewhere = actions.catch(workshop("elders"), who="", what="iets", at=NOW)
    assert queries.open_catches(workshop(), today=TODAY) == ()
    assert queries.one_catch(workshop(), key=elsewhere.key, today=TODAY) is None


def test_the_tables_refuse_a_catch_that_became_nothing_named() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Catch.objects.filter(pk=caught().pk).update(state=State.BECAME)
