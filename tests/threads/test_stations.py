"""The facts behind a line, read from the rooms."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.builders import TODAY, party, workshop
from werkplaats.asks.actions import give_voice, reply, standing_ask
from werkplaats.asks.models import Voice, VoiceIssue
from werkplaats.issues.models import Issue
from werkplaats.promises.actions import Said, confirm, draft
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import Channel, Kind
from werkplaats.tables.actions import hold
from werkplaats.threads.queries import facts_of_issue, stations_of_ask, stations_of_issue, stations_of_promise

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 12, 10, tzinfo=UTC)


def issue() -> Issue:
    made, _ = Issue.objects.get_or_create(
        workshop=workshop(),
        key="zaal",
        defaults={"name": "Een zaal", "sort_name": "een zaal", "state": "accepted", "decided_on": TODAY},
    )
    return made


def voice(*, days: int = 1, about: bool = True) -> Voice:
    ask = standing_ask(workshop(), on=TODAY)
    made, _digits = give_voice(ask, text="Er is geen zaal.", at=NOW - timedelta(days=days))
    if about:
        VoiceIssue.objects.create(voice=made, issue=issue(), ask=ask)
    return made


def story() -> Promise:
    """Three voices, one answered; a table of two parties; one promise with a yes and one without."""
    first, second, third = voice(days=20), voice(days=3), voice(days=2)
    voice(about=False)
    school, kitchen = party("Kadeschool"), party("De Lange Tafel")
    reply(first.ask, voices=[first], party=school, text="Vanaf zaterdag.", at=NOW)
    table = hold(workshop(), about="De zaal", held_at=NOW - timedelta(days=1), parties=[school, kitchen], issue=issue())
    said = Said(Kind.DO, school, "De zaal open", voices=(second, third), issue=issue(), table_key=table.key)
    draft(workshop(), Said(Kind.DO, kitchen, "Soep", for_whom="de buurt", issue=issue()), at=NOW)
    return confirm(draft(workshop(), said, at=NOW), at=NOW, channel=Channel.LINK)


def test_the_counts_of_an_issue_are_exact() -> None:
    story()
    facts = facts_of_issue(issue(), today=TODAY)
    assert (facts.told.voices, facts.told.waiting, facts.told.replied) == (3, 2, 1)
    assert facts.told.promised_by == TODAY + timedelta(days=11)
    assert (facts.met.days, facts.met.parties) == ((TODAY - timedelta(days=1),), 2)
    assert (facts.promised.made, facts.promised.waiting, facts.promised.done) == (1, 1, 0)


def test_a_withdrawn_voice_stays_counted_as_told_and_waits_no_more() -> None:
    made = voice()
    Voice.objects.filter(pk=made.pk).update(state="withdrawn", text="")
    told = facts_of_issue(issue(), today=TODAY).told
    assert (told.voices, told.gone, told.present, told.waiting) == (1, 1, 0, 0)


def test_the_line_of_a_promise_counts_its_own_givers_only() -> None:
    made = story()
    line = stations_of_promise(workshop(), made.key, today=TODAY)
    assert line is not None
    assert line.stations[0].text == "2 mensen vertelden iets"
    assert line.stations[2].text == "1 tafel, 2 partijen"


def test_the_line_of_an_ask_goes_on_with_what_came_of_its_voices() -> None:
    story()
    line = stations_of_ask(workshop(), standing_ask(workshop(), on=TODAY).key, today=TODAY)
    assert line is not None
    assert line.stations[0].text == "4 mensen vertelden iets"
    assert line.stations[3].text == "1 belofte met een ja"


def test_what_is_not_there_has_no_line() -> None:
    workshop()
    assert stations_of_ask(workshop(), "niets", today=TODAY) is None
    assert stations_of_promise(workshop(), "niets", today=TODAY) is None


def test_a_thing_of_another_workshop_has_no_line_here() -> None:
    made = story()
    assert stations_of_promise(workshop("noord"), made.key, today=TODAY) is None


def test_a_line_takes_a_bounded_number_of_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    story()
    row = Issue.objects.select_related("workshop").get(key="zaal")
    with django_assert_max_num_queries(9):
        stations_of_issue(row, today=TODAY)
