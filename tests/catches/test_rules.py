from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import TODAY  # a Tuesday
from werkplaats.catches.rules import day_meant, tells_how_to_reach


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("vandaag", TODAY),
        ("Morgen", date(2026, 5, 13)),
        ("overmorgen", date(2026, 5, 14)),
        ("vrijdag", date(2026, 5, 15)),
        ("vr", date(2026, 5, 15)),
        ("voor vrijdag", date(2026, 5, 15)),
        ("Friday", date(2026, 5, 15)),
        ("dinsdag", date(2026, 5, 19)),
        ("over 3 dagen", date(2026, 5, 15)),
        ("over een week", date(2026, 5, 19)),
        ("over 2 weken", date(2026, 5, 26)),
        ("in 2 weeks", date(2026, 5, 26)),
        ("1 juni", date(2026, 6, 1)),
        ("1 mrt", date(2027, 3, 1)),
        ("12 mei", TODAY),
        ("11 mei", date(2027, 5, 11)),
        ("11 mei 2026", date(2026, 5, 11)),
        ("1-6", date(2026, 6, 1)),
        ("1/6/2026", date(2026, 6, 1)),
        ("2026-06-01", date(2026, 6, 1)),
        ("29 februari", date(2028, 2, 29)),
    ],
)
def test_a_day_is_understood_as_people_write_it(typed: str, day: date) -> None:
    assert day_meant(typed, today=TODAY) == day


@pytest.mark.parametrize(
    "typed", ["", "ooit", "31 juni", "30-2-2026", "2026-13-01", "vrijdag of zaterdag", "0 mei", "3", "d"]
)
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    assert day_meant(typed, today=TODAY) is None


@given(st.text(max_size=40), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_whatever_is_typed_is_a_day_or_nothing(typed: str, today: date) -> None:
    assert day_meant(typed, today=today) is None or isinstance(day_meant(typed, today=today), date)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["maandag", "zondag", "woensdag"]))
def test_a_day_of_the_week_is_one_of_the_next_seven_days(today: date, name: str) -> None:
    found = day_meant(name, today=today)
    assert found is not None
    assert 1 <= (found - today).days <= 7


@pytest.mark.parametrize("text", ["bel 06-12345678", "06 12 34 56 78", "+31 6 1234 5678", "mail an@voorbeeld.nl"])
def test_how_to_reach_somebody_is_noticed(text: str) -> None:
    assert tells_how_to_reach(text)


@pytest.mark.parametrize(
    "text", ["zoekt de sleutel", "05-12-2026 om 19.30 uur", "lokaal 012, 30 stoelen", "wij @ het plein"]
)
def test_days_and_numbers_are_not_taken_for_a_way_to_reach_somebody(text: str) -> None:
    assert not tells_how_to_reach(text)
