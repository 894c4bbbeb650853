import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenhang.neighbourhood import Issue, Need, Related, Report, Waiting, by_issue, demands, drawn, naming, ties

TODAY = dt.date(2026, 2, 28)
KEYS = ["a", "b", "c", "d"]


def test_a_need_asks_for_one_of_those_able_and_for_nobody_when_nobody_is_on_record() -> None:
    found = demands(KEYS, needs=[Need("room", "a", ("c", "a", "b"), "space"), Need("van", "b", ())])
    assert found.demands.target == ((1, 2), ())
    assert (found.demands.part, found.demands.unit) == (("people",) * 2, ("a", "b"))
    assert by_issue(found.reasons) == ("space", "van")


def test_who_holds_a_fragment_ought_to_reach_one_of_the_others_that_work_on_the_issue() -> None:
    found = demands(KEYS, issues=[Issue("space", ("a", "a", "b"), ("b", "c"))])
    pairs = [(reason.source, reason.targets, reason.part) for reason in found.reasons]
    assert pairs == [("a", ("b", "c"), "information"), ("b", ("c",), "information")]


def test_what_a_holder_knows_asks_for_nobody_while_nobody_else_works_on_the_issue() -> None:
    assert demands(KEYS, issues=[Issue("space", ("a",), ("a",)), Issue("work", ("b",), ())]).reasons == ()


def test_two_initiatives_on_one_issue_ought_to_know_each_other() -> None:
    found = demands(KEYS, issues=[Issue("space", (), ("d", "a", "b"))], initiatives=["a", "d"])
    assert [(r.source, r.targets, r.part, r.subject) for r in found.reasons] == [("a", ("d",), "networks", "space")]


def test_who_is_active_in_a_theme_ought_to_reach_somebody_in_a_related_one() -> None:
    found = demands(KEYS, related=[Related("housing", "health", ("a", "b"), ("b", "c"))])
    assert [(r.source, r.targets) for r in found.reasons] == [("a", ("b", "c"))]  # b brings the two together itself
    assert found.demands.unit == ("housing / health",)


def test_a_tie_counts_fully_when_both_ends_say_so_or_an_event_shows_it() -> None:
    reports = [
        Report("a", "b", ("a",)),
        Report("b", "a", ("b",)),
        Report("b", "c", ("c",)),
        Report("c", "d", ("c",), shown=True),
    ]
    assert ties(KEYS, reports, today=TODAY).length.tolist() == [1, 2, 1]


@pytest.mark.parametrize(("seen", "counts"), [("2024-02-28", 1), ("2024-02-27", 0), (None, 1)])
def test_a_tie_not_seen_for_two_years_no_longer_counts(seen: str | None, counts: int) -> None:
    day = dt.date.fromisoformat(seen) if seen else None
    assert len(ties(KEYS, [Report("a", "b", ("a", "b"), last_seen=day)], today=TODAY).source) == counts


def test_who_named_whom_is_every_end_that_reports_a_tie_that_has_not_faded() -> None:
    reports = [
        Report("a", "b", ("a", "b")),
        Report("c", "a", ("a",)),
        Report("c", "d", ("c", "d"), last_seen=dt.date(2023, 1, 1)),
    ]
    found = naming(KEYS, reports, today=TODAY)
    assert list(zip(found.reporter.tolist(), found.other.tolist(), strict=True)) == [(0, 1), (1, 0), (0, 2)]
    assert found.answered.tolist() == [True, True, False, False]
    assert naming(KEYS, reports, today=TODAY, answered=["b", "d"]).answered.tolist() == [False, True, False, True]


def test_a_demand_is_known_again_when_others_are_able_or_working_but_not_when_it_is_about_another_pair() -> None:
    def keys(able: tuple[str, ...], working: tuple[str, ...]) -> tuple[object, ...]:
        needs, issues = [Need("room", "a", able)], [Issue("space", ("a",), working)]
        return demands(KEYS, needs=needs, issues=issues, initiatives=KEYS).demands.key

    then, now = keys(("b",), ("a", "b")), keys(("c", "d"), ("a", "c"))
    assert then[:2] == now[:2] == (("people", "room", "a"), ("information", "space", "a"))
    assert then[2] != now[2]


def test_two_years_before_a_leap_day_is_the_last_of_february() -> None:
    report = Report("a", "b", ("a",), last_seen=dt.date(2022, 2, 28))
    assert len(ties(KEYS, [report], today=dt.date(2024, 2, 29)).source) == 1


def test_confirmed_doubles_are_one_party() -> None:
    assert ties(KEYS, [], today=TODAY, same=[("b", "d")]).entry.tolist() == [0, 1, 2, 1]


def test_drawn_demands_are_the_same_for_the_same_seed_and_never_on_oneself() -> None:
    first, second = (drawn(5, 40, np.random.default_rng(3)) for _ in range(2))
    assert first.target == second.target
    with pytest.raises(ValueError, match="two parties or more"):
        drawn(1, 5, np.random.default_rng(0))


def test_who_waits_through_a_party_asks_for_who_said_to_answer_or_is_able_on_that_issue() -> None:
    needs = [Need("room", "b", ("c",), "space"), Need("van", "b", ("d",), "other")]
    found = demands(
        KEYS, needs=needs, waiting=[Waiting("a", "evening", "d", "space"), Waiting("a", "evening", "d", None)]
    )
    waits = [(r.source, r.targets, r.subject, r.issue) for r in found.reasons if r.waits]
    assert waits == [("a", ("d",), "evening", None), ("a", ("c", "d"), "space", "space")]
    assert found.demands.unit == ("b", "b", "a", "a")


def test_nobody_on_record_to_answer_is_a_demand_without_targets_and_a_party_never_waits_for_itself() -> None:
    found = demands(KEYS, waiting=[Waiting("a", "open"), Waiting("b", "own", "b")])
    assert [(r.source, r.targets) for r in found.reasons] == [("a", ())]


@given(st.lists(st.sampled_from([Waiting("a", "x", "c"), Waiting("a", "x"), Waiting("b", "y", None, "i")]), min_size=1))
def test_how_many_wait_changes_no_demand(waiting: list[Waiting]) -> None:
    once = demands(KEYS, waiting=dict.fromkeys(waiting))
    many = demands(KEYS, waiting=waiting + waiting)
    assert once.reasons == many.reasons
    assert set(many.demands.weight.tolist()) == {1.0}
