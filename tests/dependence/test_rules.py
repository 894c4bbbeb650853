from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from werkplaats.dependence.rules import MatchState, state_of
from werkplaats.dependence.rules.falling import STEPS, Subject, falls, loose, within
from werkplaats.dependence.rules.fitting import LEAST_SCORE, Fit, chosen, closeness, steps_apart
from werkplaats.dependence.rules.waiting import Asked, HandsOver, Promised, on_each_other, waits
from werkplaats.neighbourhoods.rules.asking import Answer, whose_turn
from werkplaats.neighbourhoods.rules.needs import NeedState
from werkplaats.neighbourhoods.rules.needs import state_of as state_of_need

TODAY = date(2026, 5, 12)
small = st.integers(0, 8)
answers = st.lists(st.sampled_from([Answer.YES, Answer.NO, None]), min_size=2, max_size=2)
fits = st.lists(
    st.builds(Fit, small, small, st.floats(0, 1), st.floats(0, 1), st.sampled_from([-1, 0, 1, 2, 99])),
    unique_by=lambda fit: (fit.need, fit.offer),
)
graphs = st.lists(st.tuples(small, small), max_size=20).map(
    lambda ties: {one: {b if a == one else a for a, b in ties if one in (a, b) and a != b} for one in range(9)}
)
subjects = st.builds(Subject, st.just("zorg"), st.frozensets(small), st.frozensets(small))


@given(answers)
def test_one_no_closes_and_nobody_is_asked_after_it(said: list[Answer | None]) -> None:
    assert (state_of(said) is MatchState.NOT_NOW) == (Answer.NO in said)
    assert (state_of(said) is MatchState.INTRODUCED) == (said == [Answer.YES, Answer.YES])
    if said[0] is not Answer.YES:
        assert whose_turn(said) != 1


@given(fits)
def test_nobody_looks_at_more_proposals_than_there_is_room_for(found: list[Fit]) -> None:
    kept = chosen(found, per_need=2, per_offer=3)
    assert all(fit.score >= LEAST_SCORE for fit in kept)
    assert all(sum(one.need == fit.need for one in kept) <= 2 for fit in kept)
    assert all(sum(one.offer == fit.offer for one in kept) <= 3 for fit in kept)
    assert list(kept) == sorted(kept, key=lambda fit: -fit.score)
    assert chosen(reversed(found), per_need=2, per_offer=3) == kept


@given(st.lists(small, unique=True, max_size=4), st.lists(small, unique=True, max_size=4))
def test_nearer_is_never_worth_less(inner: list[int], other: list[int]) -> None:
    a, b = [str(code) for code in inner], [str(code) for code in other]
    assert steps_apart(a, b) == steps_apart(b, a)
    assert closeness(steps_apart(a, a)) >= closeness(steps_apart(a, b))
    if a:
        assert steps_apart(a, a) == steps_apart(a, a[-1:]) == 0, "what lies inside is as near as the same place"


@given(st.sampled_from(["", "met", "withdrawn", "expired"]), st.none() | st.dates(), st.dates())
def test_what_somebody_said_goes_before_what_a_date_says(ending: str, until: date | None, today: date) -> None:
    state = state_of_need(ending, until, today=today)
    if ending in {"met", "withdrawn"}:
        assert state == ending
    else:
        assert (state is NeedState.EXPIRED) == (until is not None and until < today)


promised = st.builds(
    Promised, st.text(max_size=3), small, small, st.dates(date(2025, 1, 1), TODAY), st.none() | st.dates()
)
asked = st.builds(
    Asked, st.text(max_size=3), small, st.frozensets(small), st.none() | st.dates(date(2025, 1, 1), TODAY)
)


@given(st.lists(promised), st.lists(asked))
def test_every_thing_that_somebody_waits_for_is_counted_once(promises: list[Promised], needs: list[Asked]) -> None:
    lines = waits(promises, needs, today=TODAY)
    assert len({(line.waiter, line.on) for line in lines}) == len(lines)
    assert all(line.waiter != line.on and line.overdue <= line.promises for line in lines)
    assert sum(line.promises for line in lines) == sum(one.maker != one.receiver for one in promises)
    assert sum(line.needs for line in lines) == sum(len(need.able - {need.party}) for need in needs)
    for line in lines:
        days = [one.since for one in promises if (one.receiver, one.maker) == (line.waiter, line.on)]
        assert not days or (line.since is not None and line.since <= min(days))


@given(st.lists(promised))
def test_who_waits_for_each_other_is_told_from_both_ends(promises: list[Promised]) -> None:
    lines = waits(promises, [], today=TODAY)
    ends = {(line.waiter, line.on) for line in lines}
    both = on_each_other(lines)
    assert {(a.waiter, a.on) for a, _b in both} == {(a, b) for a, b in ends if a < b and (b, a) in ends}
    assert all((a.waiter, a.on) == (b.on, b.waiter) for a, b in both)


handed = st.builds(HandsOver, st.text(max_size=2), small, small, small, small)


@given(st.lists(handed))
def test_a_step_that_comes_after_one_of_another_waits_for_it_once(steps: list[HandsOver]) -> None:
    lines = waits([], [], steps, today=TODAY)
    pairs = {(one.to, one.by, one.key, one.then) for one in steps if one.to != one.by}
    assert sum(line.steps for line in lines) == len(pairs)
    assert {(line.waiter, line.on) for line in lines} == {pair[:2] for pair in pairs}
    assert not any(line.promises or line.needs or line.since for line in lines)


def test_a_promise_is_overdue_from_the_day_after_its_date() -> None:
    told = Promised("a", 1, 2, TODAY, TODAY)
    assert [told.is_overdue(TODAY + timedelta(days=days)) for days in (0, 1)] == [False, True]


@given(small, graphs, subjects)
def test_who_falls_reached_somebody_before_and_reaches_nobody_after(
    party: int, graph: dict[int, set[int]], subject: Subject
) -> None:
    """Laid beside a count by hand: every asker alone, every way again."""
    found = falls(party, graph, [subject])
    lost = dict(found.unreached).get("zorg", frozenset())
    cut = {one: {other for other in others if other != party} for one, others in graph.items() if one != party}
    for asker in range(9):
        others = subject.able - {asker}
        before = bool(within(graph, [asker]) & others)
        after = bool(within(cut, [asker]) & (others - {party}))
        assert (asker in lost) == (asker in subject.askers and asker != party and before and not after)


@given(small, graphs)
def test_who_comes_loose_hung_together_with_the_rest_only_through_the_party(
    party: int, graph: dict[int, set[int]]
) -> None:
    gone = loose(party, graph)
    whole = within(graph, [party], steps=9) - {party}
    assert gone <= whole
    rest = whole - gone
    if rest:
        part = within(graph, [min(rest)], without=party, steps=9)
        assert part == rest, "the largest part stays together"
        assert all(one not in part for one in gone)


def test_a_way_of_more_steps_than_counted_is_no_way() -> None:
    chain = {one: {one - 1, one + 1} & set(range(9)) for one in range(9)}
    assert within(chain, [0]) == set(range(STEPS + 1))
