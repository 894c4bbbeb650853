from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkplaats.asks.rules import (
    MAY_BECOME,
    Asking,
    AskState,
    Fit,
    State,
    after_fit,
    ask_load,
    due_on,
    has_words,
    is_late,
    may_become,
    receipt_of,
    voice_key_in,
    year_before,
)

TODAY = date(2026, 5, 12)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))


def test_a_voice_goes_only_along_the_arrows() -> None:
    assert may_become(State.WAITING, State.REPLIED)
    assert not may_become(State.WAITING, State.FITS)
    assert not any(may_become(State.WITHDRAWN, to) for to in State)
    assert all(State.WITHDRAWN in MAY_BECOME[state] for state in State if state is not State.WITHDRAWN)


def test_what_does_not_fit_opens_a_voice_once_and_never_again() -> None:
    assert after_fit(Fit.DOES_NOT_FIT, reopened=False) is State.WAITING
    assert after_fit(Fit.DOES_NOT_FIT, reopened=True) is State.DOES_NOT_FIT
    assert after_fit(Fit.FITS, reopened=True) is State.FITS


@pytest.mark.parametrize(
    ("text", "says"), [("", False), (" \n\t\u200b\u00a0", False), ("\u202e", False), ("👍", True), ("نعم", True)]
)
def test_spaces_and_unseen_signs_say_nothing_and_an_emoji_does(text: str, says: bool) -> None:
    assert has_words(text) is says


def test_a_voice_is_answered_on_the_nearest_promise_made_for_it() -> None:
    given_on, answer_by, own = date(2026, 5, 1), date(2026, 6, 1), date(2026, 5, 20)
    assert due_on(given_on=given_on, answer_by=answer_by, come_back_on=own) == own
    assert due_on(given_on=given_on, answer_by=answer_by, come_back_on=None) == answer_by
    assert due_on(given_on=given_on, answer_by=None, come_back_on=None) == date(2026, 5, 15)
    assert due_on(given_on=given_on, answer_by=date(2026, 4, 1), come_back_on=None) == date(2026, 5, 15)


@pytest.mark.parametrize(
    ("state", "answer_by", "came_back_on", "late"),
    [
        (AskState.OPEN, TODAY - timedelta(1), None, True),
        (AskState.CLOSED, TODAY - timedelta(1), None, True),
        (AskState.OPEN, TODAY, None, False),
        (AskState.OPEN, TODAY - timedelta(9), TODAY, False),
        (AskState.DRAFT, TODAY - timedelta(9), None, False),
        (AskState.OPEN, None, None, False),
    ],
)
def test_lateness_is_one_rule_for_whoever_asks(
    state: AskState, answer_by: date | None, came_back_on: date | None, late: bool
) -> None:
    assert is_late(state=state, answer_by=answer_by, came_back_on=came_back_on, today=TODAY) is late


@given(st.lists(st.builds(Asking, DAYS, st.integers(0, 120), st.integers(0, 500), st.booleans())), DAYS)
def test_the_load_is_what_a_hand_would_count(askings: list[Asking], today: date) -> None:
    load = ask_load(askings, today=today)
    asks = minutes = back = 0
    for one in askings:
        if one.on <= today and one.on > year_before(today):
            asks, minutes, back = asks + 1, minutes + one.minutes * one.people, back + int(one.came_back)
    assert (load.asks, load.resident_minutes, load.came_back) == (asks, minutes, back)


def test_a_year_before_a_leap_day_is_the_28th() -> None:
    assert year_before(date(2024, 2, 29)) == date(2023, 2, 28)


def test_a_receipt_opens_a_voice_and_no_other_thing() -> None:
    assert voice_key_in(receipt_of("v7f3a")) == "v7f3a"
    assert voice_key_in("promise:abc") == ""
