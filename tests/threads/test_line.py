"""How the line is drawn and told, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import TODAY
from werkplaats.threads.queries.telling import line
from werkplaats.threads.records import Facts, Met, Promised, Told
from werkplaats.threads.rules import StationState, is_settled, states

HALL = Facts(
    told=Told(voices=41, waiting=41, first_on=date(2025, 11, 3), promised_by=date(2026, 6, 1)),
    met=Met(days=(date(2026, 2, 5), date(2026, 2, 26)), parties=9),
    promised=Promised(made=3, done=1, first_on=date(2026, 3, 10), next_due=date(2026, 6, 1)),
    issue_name="Waar kunnen we binnen samenkomen?",
    issue_on=date(2026, 1, 12),
    issues=1,
)


def test_the_line_is_filled_as_far_as_the_story_came() -> None:
    drawn = [station.state.value for station in line(HALL, today=TODAY).stations]
    assert drawn == ["done", "done", "done", "done", "now", "open", "open"]


def test_the_line_and_the_sentences_say_the_same() -> None:
    told = line(HALL, today=TODAY)
    assert [station.text for station in told.stations] == [
        "41 mensen vertelden iets",
        "Waar kunnen we binnen samenkomen?",
        "2 tafels, 9 partijen",
        "3 beloften met een ja",
        "1 van de 3 is klaar",
        "Nog niet",
        "Nog niet gevraagd",
    ]
    assert told.sentence == (
        "41 mensen vertelden iets. 9 partijen gingen aan tafel. Er zijn 3 dingen beloofd. 1 daarvan is klaar. "
        "41 mensen wachten op antwoord, beloofd voor 1 juni 2026."
    )


def test_a_story_without_anything_says_so_and_starts_at_the_voice() -> None:
    told = line(Facts(Told(), Met(), Promised()), today=TODAY)
    assert told.stations[0].state is StationState.NOW
    assert told.sentence == "Nog niemand vertelde hier iets over."


def test_a_no_with_its_reason_is_a_promise_station_reached() -> None:
    told = line(Facts(Told(voices=1), Met(), Promised(refused=1)), today=TODAY)
    assert told.stations[3].state is StationState.DONE
    assert "nee, omdat" in told.sentence


def test_an_overdue_promise_is_said_to_have_been_promised() -> None:
    late = Facts(Told(), Met(), Promised(made=1, next_due=date(2026, 5, 6)))
    assert line(late, today=TODAY).stations[4].when == "was beloofd voor 6 mei 2026"


def test_who_said_that_an_answer_does_not_fit_is_in_the_sentence() -> None:
    facts = Facts(Told(voices=3, waiting=1, replied=2, does_not_fit=1), Met(), Promised())
    assert "1 mens zei: dit antwoord past niet." in line(facts, today=TODAY).sentence


def test_everybody_answered_reaches_the_answer() -> None:
    facts = Facts(Told(voices=3, gone=1, replied=2, replied_on=TODAY), Met(), Promised())
    told = line(facts, today=TODAY)
    assert told.stations[5].state is StationState.DONE
    assert "Iedereen die iets vertelde, kreeg antwoord." in told.sentence


@given(st.lists(st.booleans(), min_size=7, max_size=7))
def test_there_is_one_now_at_most_and_nothing_is_reached_after_it(reached: list[bool]) -> None:
    drawn = states(reached)
    assert [state is StationState.DONE for state in drawn] == reached
    places = [place for place, state in enumerate(drawn) if state is StationState.NOW]
    assert len(places) == (0 if reached[-1] else 1)
    assert all(not any(reached[place:]) for place in places)


@pytest.mark.parametrize(
    ("has_receiver", "left_open", "settled"),
    [(True, False, True), (False, True, True), (False, False, False), (True, True, False)],
)
def test_a_hand_over_goes_to_somebody_or_is_visibly_left_open(
    has_receiver: bool, left_open: bool, settled: bool
) -> None:
    assert is_settled(has_receiver=has_receiver, left_open=left_open) is settled
