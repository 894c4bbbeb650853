"""The last round: what it tells, of whom it never tells, and that nothing leads back to who said what."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import workshop
from tests.issues.shelf import NOW
from werkplaats.config.sweeps import until_done
from werkplaats.neighbourhoods.rules import PartyKind
from werkplaats.tables import actions, analysis, queries
from werkplaats.tables.models import CheckOut, Round
from werkplaats.tables.records import TableLine
from werkplaats.tables.records.day import HeardLine, ScoreLine
from werkplaats.tables.refusals import AlreadyTold, DayNotCome, NotOpen, SheetIsThere, TableIsOff
from werkplaats.tables.rules import OPEN_HOURS, may_tell, told_apart
from werkplaats.tables.sweeps import END_ROUNDS
from werkplaats.workshops.actions import switch_on
from werkplaats.workshops.rules import Capability

SMALL = 5
INITIATIVE, GOVERNMENT, BUSINESS = PartyKind.INITIATIVE, PartyKind.GOVERNMENT, PartyKind.BUSINESS


def begun(*, eight: bool = False, about: str = "Wie heeft de sleutel?") -> Round:
    switch_on(workshop(), [Capability.HEARD_SCALE] if eight else [])
    return actions.open_round(actions.hold(workshop(), about=about, held_at=NOW), at=NOW)


def say(row: Round, kind: PartyKind, *heard: int, mattered: int = 4, words: str = "") -> None:
    for answer in heard:
        actions.check_out(
            row, key=actions.device_key(), kind=kind, answers=[answer], mattered=mattered, at=NOW, words=words
        )


# --- rules: what may be told


def leaks(arrivals: list[dict[str, int]], *, small: int) -> bool:
    """Whether anything about fewer than `small` people follows from all that was told, by adding and subtracting.

    A cell is who came of one kind between two tellings. What is told is a sum over cells; what follows is whatever the rows
    of told sums span. Something in it that rests on fewer people than `small` is a leak.
    """
    cells: list[tuple[str, int]] = []
    told: list[set[tuple[str, int]]] = []
    waiting: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    size: Counter[tuple[str, int]] = Counter()
    apart: tuple[str, ...] | None = None
    for moment, came in enumerate(arrivals):
        waiting.update(came)
        whole.update(came)
        if not may_tell(waiting, small=small, is_first=apart is None):
            continue
        for kind, count in waiting.items():
            if count:
                cells.append((kind, moment))
                size[kind, moment] = count
        waiting = Counter()
        apart = told_apart(whole, small=small) if apart is None else apart
        told.append(set(cells))
        told += [{cell for cell in cells if cell[0] == kind} for kind in apart]
    matrix = np.array([[cell in one for cell in cells] for one in told], dtype=float).reshape(len(told), len(cells))
    rank = np.linalg.matrix_rank(matrix) if matrix.size else 0
    few = [cell for cell in cells if size[cell] < small]
    for number in range(1, min(len(few), small) + 1):
        for some in combinations(few, number):
            if sum(size[cell] for cell in some) < small:
                others = matrix[:, [place for place, cell in enumerate(cells) if cell not in some]]
                if (np.linalg.matrix_rank(others) if others.size else 0) < rank:
                    return True
    return False


CAME = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), st.integers(0, 12), max_size=4)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CAME, max_size=6), st.integers(3, 7))
def test_no_sum_or_difference_of_what_was_ever_told_is_about_few_people(came: list[dict[str, int]], small: int) -> None:
    assert not leaks(came, small=small)


def test_the_search_for_leaks_finds_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures that are told anew after every answer tell who answered."""
    monkeypatch.setitem(globals(), "may_tell", lambda new, **_more: bool(sum(new.values())))
    assert leaks([{"a": 6, "b": 6}, {"a": 1}], small=5)
    monkeypatch.setitem(globals(), "told_apart", lambda counts, **_more: tuple(counts))
    assert leaks([{"a": 6, "b": 2}], small=5)


# --- figures


@pytest.mark.django_db
def test_what_a_round_tells_is_what_a_hand_computes() -> None:
    """Residents 2 3 3 4 3 (mean 3), government 6 7 6 5 6 7 (mean 37/6): together 52/11."""
    row = begun()
    say(row, INITIATIVE, 2, 3, 3, 4, 3, mattered=2)
    say(row, GOVERNMENT, 6, 7, 6, 5, 6, 7, mattered=6)
    actions.close_round(row, at=NOW)
    told = queries.round_of(row.table_id)
    assert told is not None
    assert told.people == 11
    means = {(score.component, score.kind): (score.value, score.people) for score in told.scores}
    assert means == {
        ("heard", ""): (pytest.approx(52 / 11, abs=0.001), 11),
        ("heard", "initiative"): (3.0, 5),
        ("heard", "government"): (pytest.approx(37 / 6, abs=0.001), 6),
        ("mattered", ""): (pytest.approx(46 / 11, abs=0.001), 11),
        ("mattered", "initiative"): (2.0, 5),
        ("mattered", "government"): (6.0, 6),
    }
    assert all(score.low is not None and score.low <= score.value <= (score.high or 0) for score in told.scores)


@pytest.mark.django_db
def test_the_eight_items_make_the_five_components_by_hand() -> None:
    """Attention is the third, turned, and the fourth: (8 - 2 + 5) / 2 = 5.5. The whole: (6+7+6+5+4+5+7+3) / 8 = 5.375."""
    row = begun(eight=True)
    assert row.asks_eight
    for _who in range(SMALL):
        actions.check_out(
            row,
            key=actions.device_key(),
            kind=INITIATIVE,
            answers=[6, 7, 2, 5, 4, 3, 7, 3],
            mattered=5,
            at=NOW,
        )
    actions.close_round(row, at=NOW)
    told = queries.round_of(row.table_id)
    assert told is not None
    found = {score.component: score.value for score in told.scores if not score.kind}
    assert found == {
        "heard": 6.0,
        "mattered": 5.0,
        "whole": 5.375,
        "voice": 7.0,
        "attention": 5.5,
        "empathy": 4.5,
        "respect": 7.0,
        "common ground": 3.0,
    }


@pytest.mark.django_db
def test_of_few_people_nothing_is_told_and_more_sheets_wait_until_they_are_enough() -> None:
    row = begun()
    say(row, INITIATIVE, 2, 3, 3, 4)
    actions.close_round(row, at=NOW)
    assert queries.round_of(row.table_id).scores == ()  # type: ignore[union-attr]
    actions.type_in(row, number=1, kind=INITIATIVE, answers=[3], mattered=4, at=NOW + timedelta(hours=1))
    first = queries.round_of(row.table_id)
    assert first is not None
    assert (first.people, first.as_of) == (5, NOW + timedelta(hours=1))
    for number in range(2, 6):
        actions.type_in(row, number=number, kind=INITIATIVE, answers=[7], mattered=7, at=NOW + timedelta(days=number))
    assert queries.round_of(row.table_id) == first
    actions.type_in(row, number=6, kind=INITIATIVE, answers=[7], mattered=7, at=NOW + timedelta(days=9))
    later = queries.round_of(row.table_id)
    assert later is not None
    assert (later.people, later.as_of) == (10, NOW + timedelta(days=9))


@pytest.mark.django_db
def test_one_small_kind_hides_another_so_that_nobody_subtracts_it() -> None:
    row = begun()
    say(row, INITIATIVE, *[4] * 9)
    say(row, GOVERNMENT, *[6] * 6)
    say(row, BUSINESS, 1, 1)
    actions.close_round(row, at=NOW)
    told = queries.round_of(row.table_id)
    assert told is not None
    assert {score.kind for score in told.scores} == {"", "initiative"}


def line(value: float, low: float, high: float, days: int) -> HeardLine:
    table = TableLine(days, f"t{days}", "Tafel", NOW + timedelta(days=days), "", "", "", 3)
    return HeardLine(table, ScoreLine("heard", "", value, low, high, 9))


def test_a_difference_within_the_noise_is_not_called_a_change() -> None:
    lines = [line(3.0, 2.0, 4.0, 1), line(3.5, 2.5, 4.5, 2), line(6.0, 5.5, 6.5, 3), line(2.0, 1.5, 2.5, 4)]
    assert [step for _line, step in analysis.steps(lines)] == [None, 0, 1, -1]


# --- events


@pytest.mark.django_db
def test_a_check_out_keeps_no_identity_and_no_moment() -> None:
    row = begun()
    say(row, INITIATIVE, 5, words="Fijn dat ik mocht uitpraten.")
    kept = CheckOut.objects.get()
    assert {field.name for field in CheckOut._meta.fields} == {
        *("id", "round", "key", "kind", "channel", "heard", "mattered", "items", "words", "is_told"),
    }
    assert kept.key.startswith("d")


@pytest.mark.django_db
def test_the_last_word_of_a_device_counts_once_and_a_sheet_is_typed_once() -> None:
    row = begun()
    for answer in (2, 7):
        actions.check_out(row, key="d1", kind=INITIATIVE, answers=[answer], mattered=4, at=NOW)
    assert CheckOut.objects.get().heard == 7
    actions.type_in(row, number=1, kind=INITIATIVE, answers=[3], mattered=4, at=NOW)
    with pytest.raises(SheetIsThere):
        actions.type_in(row, number=1, kind=INITIATIVE, answers=[3], mattered=4, at=NOW)
    assert CheckOut.objects.count() == 2


@pytest.mark.django_db
def test_what_counts_in_figures_that_were_told_is_not_changed_any_more() -> None:
    """Otherwise two pages, before and after, tell what one person changed."""
    row = begun()
    actions.check_out(row, key="d1", kind=INITIATIVE, answers=[2], mattered=4, at=NOW)
    say(row, INITIATIVE, 3, 3, 4, 3)
    actions.close_round(row, at=NOW)
    again = actions.open_round(row.table, at=NOW)
    with pytest.raises(AlreadyTold):
        actions.check_out(again, key="d1", kind=INITIATIVE, answers=[7], mattered=4, at=NOW)
    assert CheckOut.objects.get(key="d1").heard == 2


@pytest.mark.django_db
def test_a_round_opens_on_the_day_of_its_table_at_the_earliest_and_never_of_one_that_is_off() -> None:
    evening = datetime(2026, 5, 12, 20, tzinfo=ZoneInfo("Europe/Amsterdam"))
    table = actions.hold(workshop(), about="Wie heeft de sleutel?", held_at=evening)
    with pytest.raises(DayNotCome):
        actions.open_round(table, at=evening - timedelta(hours=20, minutes=1))
    assert not Round.objects.exists()
    actions.open_round(table, at=evening - timedelta(hours=20))
    Round.objects.all().delete()
    table.cancelled_at = evening - timedelta(days=1)
    with pytest.raises(TableIsOff):
        actions.open_round(table, at=evening)


@pytest.mark.django_db
def test_a_round_that_is_over_takes_no_phones_and_opens_again() -> None:
    row = begun()
    late = NOW + timedelta(hours=OPEN_HOURS)
    with pytest.raises(NotOpen):
        actions.check_out(row, key="d1", kind=INITIATIVE, answers=[3], mattered=4, at=late)
    actions.close_round(row, at=late + timedelta(hours=3))
    assert Round.objects.get().closed_at == late
    again = actions.open_round(row.table, at=late + timedelta(days=1))
    actions.check_out(again, key="d1", kind=INITIATIVE, answers=[3], mattered=4, at=late + timedelta(days=1))
    assert CheckOut.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_round_that_was_left_open_ends_by_itself_and_tells() -> None:
    row = begun()
    say(row, INITIATIVE, 2, 3, 3, 4, 3)
    assert until_done([END_ROUNDS]) == 1
    assert queries.round_of(row.table_id).people == 5  # type: ignore[union-attr]
    assert until_done([END_ROUNDS]) == 0
