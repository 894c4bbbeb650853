"""Which version holds and what is not reached any more, over many values."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from werkplaats.chains.rules import is_in_force, not_reached

numbers = st.integers(1, 7)
pairs = st.lists(st.tuples(numbers, numbers), max_size=20)


def chain(found: list[tuple[int, int]]) -> dict[int, set[int]]:
    """Of each step where it hands over to; there is always a first one."""
    steps = {1} | {number for pair in found for number in pair}
    return {step: {then for one, then in found if one == step} for step in steps}


days = st.dates(date(2025, 1, 1), date(2027, 1, 1))


def walks(then: dict[int, set[int]], number: int, *, without: set[int]) -> bool:
    """Whether a walk from a start, looked for backwards, leads to a step."""
    handed = {one for numbers in then.values() for one in numbers}
    starts = (set(then) - handed) or {min(then)}
    back = {number} - without
    while True:
        more = back | {one for one, nexts in then.items() if nexts & back and one not in without}
        if more == back:
            return bool(back & starts)
        back = more


@given(pairs, st.sets(numbers))
def test_a_step_is_missed_when_every_way_to_it_led_past_one_that_stopped(
    told: list[tuple[int, int]], stopped: set[int]
) -> None:
    then = chain(told)
    found = not_reached(then, stopped)
    for number in set(then) - stopped:
        before, after = walks(then, number, without=set()), walks(then, number, without=stopped)
        assert (number in found) == (before and not after)
    assert not found & stopped


@given(pairs)
def test_nothing_is_missed_when_nothing_stops_and_all_that_was_reached_when_all_does(
    told: list[tuple[int, int]],
) -> None:
    then = chain(told)
    assert not_reached(then, ()) == frozenset()
    assert not_reached(then, set(then)) == frozenset()


@given(days, st.integers(1, 400), days)
def test_of_two_versions_that_follow_each_other_exactly_one_holds(since: date, length: int, today: date) -> None:
    later = since + timedelta(days=length)
    old = is_in_force(since, later - timedelta(days=1), today=today)
    new = is_in_force(later, None, today=today)
    assert (old + new) == (since <= today)
