from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.asks.street import NOW, TODAY, area, ask, draft, shared, voice
from tests.builders import party, workshop
from werkplaats.asks import actions, queries
from werkplaats.asks.models import Voice
from werkplaats.asks.rules import Fit, Privacy, State
from werkplaats.kit.refusal import Refusal

pytestmark = pytest.mark.django_db


def test_who_waits_is_counted_with_the_oldest_first() -> None:
    row = ask()
    for days in (20, 3, 14):
        voice(f"Al {days} dagen.", to=row, at=NOW - timedelta(days))
    found = queries.waiting(workshop(), today=TODAY)
    assert (found.count, found.oldest, found.over_14_days, found.days) == (3, 20, 1, (20, 14, 3))


def test_an_empty_workshop_keeps_nobody_waiting() -> None:
    found = queries.waiting(workshop(), today=TODAY)
    assert (found.count, found.oldest, found.oldest_since, found.days) == (0, 0, None, ())


def test_lists_and_pages_ask_the_database_a_bounded_number_of_times(django_assert_max_num_queries: Any) -> None:
    row = ask()
    for number in range(5):
        shared(f"Stem {number} over de zaal.", to=row)
        ask(f"Vraag {number}")
    given = voice(to=row)
    actions.reply(row, voices=[given], party=party("Kadeschool"), text="Ja.", at=NOW)
    home = workshop()
    with django_assert_max_num_queries(4):
        queries.ask_lines(home, today=TODAY)
    with django_assert_max_num_queries(5):
        queries.ask(home, row.key, today=TODAY)
    with django_assert_max_num_queries(4):
        queries.public_voices(row)
    with django_assert_max_num_queries(6):
        queries.receipt(home, given.key)
    with django_assert_max_num_queries(4):
        queries.to_look_at(home, today=TODAY)


def test_a_place_is_told_only_where_enough_people_spoke() -> None:
    row, busy, quiet = ask(), area("Kadebuurt"), area("Weverij")
    for number in range(5):
        shared(f"Uit de Kadebuurt {number}.", to=row, area=busy)
    shared("Ik ben de enige hier.", to=row, area=quiet)
    places = {one.text: one.place for one in queries.public_voices(row)}
    assert places["Uit de Kadebuurt 0."] == "Kadebuurt"
    assert places["Ik ben de enige hier."] == ""


def test_the_day_on_which_somebody_spoke_is_not_told() -> None:
    row = ask()
    shared("De lift is kapot.", to=row)
    assert queries.public_voices(row)[0].month.day == 1


def test_a_draft_is_in_nobody_elses_list() -> None:
    draft()
    assert queries.ask_lines(workshop(), today=TODAY) == ()


def test_a_receipt_tells_the_way_and_never_the_words() -> None:
    given = voice("PLANTED-WORDS", privacy=Privacy.NAMELESS)
    actions.reply(given.ask, voices=[given], party=party("Kadeschool"), text="Het kan.", at=NOW)
    story = queries.receipt(workshop(), given.key)
    assert "PLANTED-WORDS" not in repr(story)
    assert "Het kan." in repr(story)


EVENTS = st.sampled_from(
    ["reply", "fits", "does not fit", "dispute", "silence", "withdraw", "add", "come back", "hide"]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), EVENTS), max_size=14))
def test_whatever_happens_voices_follow_the_arrows_and_counts_equal_a_recount(
    events: list[tuple[int, str]],
) -> None:
    with transaction.atomic():
        row = ask()
        voices = [voice(f"Stem {number}.", to=row) for number in range(3)]
        school = party("Kadeschool")
        for number, event in events:
            given = Voice.objects.get(pk=voices[number].pk)
            before = State(given.state)
            with suppress(Refusal):
                _happen(given, event, school)
            after = State(Voice.objects.values_list("state", flat=True).get(pk=given.pk))
            assert after is before or after in _arrows(before)
        record = queries.ask(workshop(), row.key, today=TODAY)
        assert record is not None
        held = list(Voice.objects.filter(ask=row).values_list("state", flat=True))
        counts = record.line.counts
        assert {state: held.count(state) for state in State} == {state: getattr(counts, state.value) for state in State}
        assert counts.all == 3
        assert queries.waiting(workshop(), today=TODAY).count == held.count("waiting")
        transaction.set_rollback(True)


ASKED = st.tuples(
    st.sampled_from(["ask", "standing", "reported", "checked", "dropped"]),
    st.integers(0, 800),  # days ago
    st.integers(1, 60),  # minutes
    st.integers(0, 4),  # people
    st.booleans(),  # in the area, or somewhere else
    st.booleans(),  # whether anything came back
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ASKED, max_size=7))
def test_the_load_on_record_is_what_a_hand_would_count(
    history: list[tuple[str, int, int, int, bool, bool]],
) -> None:
    with transaction.atomic():
        place, standing = area(), actions.standing_ask(workshop(), on=TODAY)
        asks = minutes = back = lately = 0
        for number, (kind, days, long, people, is_here, came_back) in enumerate(history):
            on, counts = TODAY - timedelta(days), days < 365 and is_here
            if kind == "ask":
                told: dict[str, Any] = {"minutes": long, "area": place if is_here else None}
                row = actions.open_ask(draft(f"Vraag {number}", **told), on=on)
                given = [voice(f"Stem {one}.", to=row, at=NOW - timedelta(days)) for one in range(people)]
                for one in given[:1]:
                    actions.withdraw(one, at=NOW)  # the minutes were spent all the same
                if came_back:
                    actions.give_back(row, text="Dit kwam ervan.", party=party(f"Partij {number}"), at=NOW)
                asks, minutes, back = asks + counts, minutes + counts * long * people, back + (counts and came_back)
            elif kind == "standing":
                voice(f"Kwijt {number}.", to=standing, at=NOW - timedelta(days))
                lately += days < 365
            else:
                told = {"minutes": long, "people": people or None, "area": place if is_here else None}
                report = actions.report_asked(workshop(), what=f"Melding {number}.", at=NOW, asked_on=on, **told)
                if kind == "checked":
                    actions.check_report(report, at=NOW)
                elif kind == "dropped":
                    actions.drop_report(report, at=NOW)
                tells = counts and kind != "dropped"
                asks, minutes = asks + tells, minutes + tells * long * (people or 1)
        here = queries.load(workshop(), today=TODAY, area=place)
        assert (here.asks, here.resident_minutes, here.came_back) == (asks, minutes, back)
        everywhere = queries.load(workshop(), today=TODAY)
        elsewhere = queries.load(workshop(), today=TODAY, group="niemand")
        assert everywhere.resident_minutes >= minutes + lately * standing.minutes
        assert (elsewhere.asks, elsewhere.resident_minutes) == (0, 0)
        transaction.set_rollback(True)


def _arrows(state: State) -> frozenset[State]:
    from werkplaats.asks.rules import MAY_BECOME

    return MAY_BECOME[state]


def _happen(given: Voice, event: str, school: Any) -> None:
    link = given.replies.order_by("-reply_id").first()
    answer = link.reply if link else None
    if event == "reply":
        actions.reply(given.ask, voices=[given], party=school, text="Ja.", at=NOW)
    elif event == "silence":
        actions.settle_silence(given.workshop, at=NOW + timedelta(40))
    elif event == "withdraw":
        actions.withdraw(given, at=NOW)
    elif event == "add":
        actions.add_words(given, text="En nog iets.")
    elif event == "come back":
        actions.come_back(given, on=TODAY, today=TODAY)
    elif event == "hide":
        actions.hide(given, reason="Daarom.", at=NOW)
    elif answer is not None and event == "dispute":
        actions.dispute(given, reply=answer, at=NOW)
    elif answer is not None:
        actions.fit(given, reply=answer, fit=Fit.FITS if event == "fits" else Fit.DOES_NOT_FIT, at=NOW)
