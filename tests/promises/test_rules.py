"""What may happen to a promise, and when it is late: with many values, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkplaats.promises.rules import (
    MAY_HAPPEN,
    Happened,
    Kind,
    State,
    Told,
    after,
    is_overdue,
    is_unanswered,
    may_be_judged,
    may_happen,
    may_renew,
)
from werkplaats.promises.verify import START, Line, canonical, digest_of, first_altered

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1))


def test_each_state_says_what_may_happen_in_it() -> None:
    assert MAY_HAPPEN.keys() == set(State)
    assert MAY_HAPPEN[State.DRAFT] == {Happened.CONFIRMED}
    assert not may_happen(Happened.CHANGED, state=State.WITHDRAWN, kind=Kind.DO)


@pytest.mark.parametrize(
    "happened", [Happened.DONE, Happened.EXTENDED, Happened.MAKER_VERDICT, Happened.RECEIVER_VERDICT]
)
def test_a_no_is_never_done_nor_late_nor_judged(happened: Happened) -> None:
    assert not may_happen(happened, state=State.RUNNING, kind=Kind.NO)
    assert may_happen(happened, state=State.RUNNING, kind=Kind.FIND_OUT)


@given(due=DAYS, today=DAYS, state=st.sampled_from(State), kind=st.sampled_from(Kind))
def test_overdue_is_only_what_runs_and_whose_day_has_passed(due: date, today: date, state: State, kind: Kind) -> None:
    expected = state is State.RUNNING and kind is not Kind.NO and today > due
    assert is_overdue(due, state=state, kind=kind, today=today) == expected
    assert not is_overdue(None, state=state, kind=kind, today=today)


@given(due=DAYS, today=DAYS, state=st.sampled_from(State))
def test_there_is_something_to_judge_when_it_is_done_or_late(due: date, today: date, state: State) -> None:
    late = is_overdue(due, state=state, kind=Kind.DO, today=today)
    assert may_be_judged(due, state=state, kind=Kind.DO, today=today) == (state is State.DONE or late)
    assert not may_be_judged(due, state=state, kind=Kind.NO, today=today)


def test_after_ten_days_a_draft_was_said_and_not_confirmed() -> None:
    said = date(2026, 5, 1)
    assert not is_unanswered(said, state=State.DRAFT, today=said + timedelta(days=10))
    assert is_unanswered(said, state=State.DRAFT, today=said + timedelta(days=11))
    assert not is_unanswered(said, state=State.RUNNING, today=said + timedelta(days=99))


@given(answers=st.integers(1, 40), small=st.integers(2, 8))
def test_two_breakdowns_never_differ_by_fewer_than_a_small_number_of_people(answers: int, small: int) -> None:
    shown: list[int] = []
    for number in range(1, answers + 1):
        changed = number - (shown[-1] if shown else 0)
        if may_renew(answered=number, changed=changed, shown_before=bool(shown), small_number=small):
            shown.append(number)
    assert all(later - earlier >= small for earlier, later in zip([0, *shown], shown, strict=False))


def told(happened: Happened, *, texts: dict[str, str] | None = None, **facts: object) -> Told:
    return Told(happened, "2026-05-12T09:30:00Z", facts, texts or {})


def test_history_is_followed_event_by_event() -> None:
    stands = after(
        None,
        told(
            Happened.CONFIRMED,
            promise_kind="do",
            maker="gemeente",
            due_on="2026-05-15",
            parties=["tafel"],
            texts={"wording": "We komen.", "voices": "v1\nv2"},
        ),
    )
    assert (stands.voices, stands.parties, stands.due_on) == (("v1", "v2"), ("tafel",), "2026-05-15")
    stands = after(stands, told(Happened.CHANGED, texts={"wording": "We komen zeker."}))
    stands = after(stands, told(Happened.EXTENDED, due_on="2026-06-01"))
    stands = after(stands, told(Happened.RECEIVER_VERDICT, giver_kind="party", giver="tafel", word="not"))
    stands = after(stands, told(Happened.RECEIVER_VERDICT, giver_kind="party", giver="tafel", word="kept"))
    stands = after(stands, told(Happened.ERASED))
    assert (stands.wording, stands.due_on, stands.verdicts) == (
        "We komen zeker.",
        "2026-06-01",
        (("party", "tafel", "kept"),),
    )
    assert after(stands, told(Happened.DONE)).state == State.DONE
    assert after(stands, told(Happened.WITHDRAWN)).state == State.WITHDRAWN


def chain(count: int) -> list[Line]:
    lines, before = [], START
    for number in range(1, count + 1):
        body = canonical({"kind": "confirmed", "promise": f"b{number}", "texts": {}})
        digest = digest_of(before, number, body)
        lines.append(Line(number, before, body, digest, {}))
        before = digest
    return lines


@given(st.data())
def test_whatever_is_taken_out_swapped_or_doubled_is_named_where_it_begins(data: st.DataObject) -> None:
    lines = chain(data.draw(st.integers(2, 12)))
    place = data.draw(st.integers(0, len(lines) - 2))
    assert first_altered(lines) is None
    for altered in (
        [*lines[:place], *lines[place + 1 :]],
        [*lines[:place], lines[place + 1], lines[place], *lines[place + 2 :]],
    ):
        fault = first_altered(altered)
        assert fault is not None
        assert fault.number == place + 1
    doubled = first_altered([*lines[: place + 1], *lines[place:]])
    assert doubled is not None
    assert doubled.number == place + 2
