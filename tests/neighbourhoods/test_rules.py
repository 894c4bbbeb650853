from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkplaats.neighbourhoods.rules import Same, has_faded, is_confirmed, settled, stays_by_default

entries = st.integers(min_value=0, max_value=7)
decisions = st.lists(
    st.tuples(entries, entries)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: Same(stays=pair[0], goes=pair[1])),
    max_size=12,
)


@given(decisions)
def test_every_double_points_in_one_step_to_a_party_that_stays(made: list[Same]) -> None:
    stands = settled(made)
    assert all(stays not in stands for stays in stands.values())


@given(decisions)
def test_all_entries_of_one_party_point_to_the_same_one(made: list[Same]) -> None:
    stands = settled(made)
    for same in made:
        assert stands.get(same.stays, same.stays) == stands.get(same.goes, same.goes)


@given(decisions, decisions)
def test_taking_the_last_decisions_back_leaves_what_was_before(made: list[Same], later: list[Same]) -> None:
    assert settled((made + later)[: len(made)]) == settled(made)


def test_a_circle_of_decisions_keeps_one_name() -> None:
    assert settled([Same(2, 1), Same(3, 2), Same(1, 3)]) == {1: 3, 2: 3}


@pytest.mark.parametrize(
    ("reported_a", "reported_b", "shown", "expected"),
    [
        (True, True, "", True),
        (True, False, "", False),
        (False, False, "buurtfeest 2025", True),
        (True, False, "brief", True),
    ],
)
def test_a_tie_counts_fully_when_both_say_so_or_an_event_shows_it(
    reported_a: bool, reported_b: bool, shown: str, expected: bool
) -> None:
    assert is_confirmed(reported_by_a=reported_a, reported_by_b=reported_b, shown_by=shown) is expected


@pytest.mark.parametrize(
    ("last_seen", "faded"),
    [
        (None, False),
        (date(2024, 5, 13), False),
        (date(2024, 5, 12), True),
        (date(2020, 1, 1), True),
        (date(2026, 5, 12), False),
    ],
)
def test_a_tie_fades_after_the_term_and_not_a_day_before(last_seen: date | None, faded: bool) -> None:
    assert has_faded(last_seen, today=date(2026, 5, 12), months=24) is faded


def test_the_entry_that_was_known_first_keeps_its_name() -> None:
    old, new = (date(2020, 1, 1), "Tafel", "tafel"), (date(2024, 1, 1), "Stichting De Lange Tafel", "stichting")
    assert stays_by_default(old, new)
    assert not stays_by_default((None, "Tafel", "tafel"), old)


def test_without_dates_the_fuller_name_stays() -> None:
    assert stays_by_default((None, "Stichting De Lange Tafel", "z"), (None, "Tafel", "a"))
