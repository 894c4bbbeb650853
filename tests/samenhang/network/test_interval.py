from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenhang.network import Demands, Reports, Ties, fragmentation
from samenhang.network.imputing import Unseen
from samenhang.network.reports import named
from samenhang.shape import Ints
from tests.samenhang.network.naming import asked
from tests.samenhang.network.test_fragmentation import Case, cases

ALL = [True] * 6


def clubs(rng: np.random.Generator, n: int) -> Ints:
    """Pairs of a neighbourhood in which people mostly know whom their acquaintances know."""
    club = rng.integers(0, n // 10, n)
    a, b = np.triu_indices(n, 1)
    return np.column_stack([a, b])[rng.random(len(a)) < np.where(club[a] == club[b], 0.5, 0.01)]


def drawn(rng: np.random.Generator, n: int, count: int) -> Demands:
    source = rng.integers(0, n, count)
    return Demands(source, (source + rng.integers(1, n, count)) % n, part=["people", "networks"] * (count // 2))


def test_recall_is_twice_the_ties_named_by_both_over_all_names() -> None:
    ties = Ties(6, [0, 1, 2, 3], [1, 2, 3, 4], [1, 1, 2, 2])
    found = named(ties, Reports([0, 1, 1, 2, 2, 4], [1, 0, 2, 1, 3, 3], ALL))
    assert (found.twice, found.once, found.half) == (2, 2, 0)
    assert found.recall == pytest.approx(4 / 6)


def test_a_report_twice_of_oneself_or_of_a_faded_tie_tells_nothing_more() -> None:
    ties = Ties(6, [0, 1], [1, 2], [1, 2])
    found = named(ties, Reports([0, 1, 1, 1, 3, 2, 5], [1, 0, 0, 2, 3, 5, 2], ALL))
    assert (found.twice, found.once) == (1, 1)


def test_only_who_was_asked_and_answered_can_have_forgotten() -> None:
    ties = Ties(6, [0, 1, 2, 3], [1, 2, 3, 4], [1, 2, 2, 2])
    reports = Reports([0, 1, 1, 2, 4], [1, 0, 2, 3, 3], [True, True, True, False, False, True])
    found = named(ties, reports)
    assert (found.twice, found.once, found.half) == (1, 1, 1)
    assert found.besides.tolist() == [0, 0, 0]
    assert len(found.vouched) == 4


def test_a_tie_that_an_event_shows_and_nobody_names_is_not_missing() -> None:
    found = named(Ties(6, [0, 2], [1, 3]), Reports([0, 1], [1, 0], ALL))
    assert found.besides.tolist() == [0, 0, 1]


def test_what_two_entries_of_one_party_report_is_one_report() -> None:
    ties = Ties(6, [0, 1], [2, 2], same=[(0, 1)])
    found = named(ties, Reports([0, 1, 2], [2, 2, 0], [True, False, True, False, False, False]))
    assert (found.twice, found.once, found.half) == (1, 0, 0)


def test_without_a_tie_that_both_ends_name_the_recall_is_unknown_and_the_figure_an_upper_bound() -> None:
    ties, demands = Ties(6, [0, 1], [1, 2], 2), Demands([0], [2])
    rng = np.random.default_rng(0)
    for reports in (None, Reports([], [], ALL), Reports([0, 1], [1, 2], ALL), Reports([0, 1], [1, 0], [False] * 6)):
        found = fragmentation(ties, demands, reports=reports, rng=rng)
        assert (found.low, found.high, found.recall) == (None, found.value, None)
        assert (found.parts[0].low, found.parts[0].high) == (None, found.value)


def test_the_draws_of_missing_ties_are_as_many_as_reciprocity_says() -> None:
    rng = np.random.default_rng(1)
    pairs = clubs(rng, 120)
    ties, reports = asked(120, pairs, 0.7, 0.0, rng)
    found = named(ties, reports)
    unseen = Unseen.of(ties.graph, found, rng)
    drawn_counts = [unseen.missing(recall, 0, rng).sum() for recall in found.recalls(rng, 400)]
    assert np.mean(drawn_counts) == pytest.approx(found.once**2 / (4 * found.twice), rel=0.1)
    uneven = [unseen.missing(recall, 0.2, rng).sum() for recall in found.recalls(rng, 400)]
    # mu + .04 / mu = recall, and (1 - mu)^2 + .04 of all ties are not seen.
    recall = found.recall or 0.0
    mean = (recall + (recall**2 - 0.16) ** 0.5) / 2
    hidden = (1 - mean) ** 2 + 0.04
    assert np.mean(uneven) == pytest.approx((found.twice + found.once) * hidden / (1 - hidden), rel=0.1)


# Of the first three the square is a last digit less than four times the square of the half.
@pytest.mark.parametrize("recall", [0.44001378005406544, 0.5562406670541876, 0.13786016491971254, 0.05, 0.9, 1.0])
def test_a_spread_that_the_recall_does_not_allow_is_the_most_that_it_does(recall: float) -> None:
    ties, reports = Ties(6, [0, 1], [1, 2], [1, 2]), Reports([0, 1, 1], [1, 0, 2], ALL)
    unseen = Unseen.of(ties.graph, named(ties, reports), np.random.default_rng(0))
    missing = [unseen.missing(recall, spread, np.random.default_rng(0)) for spread in (recall / 2, 0.5)]
    assert missing[0].tolist() == missing[1].tolist()
    assert missing[0].min() >= 0


def test_a_missing_tie_lies_where_there_is_none_and_near_as_often_as_the_others() -> None:
    rng = np.random.default_rng(2)
    ties, reports = asked(120, clubs(rng, 120), 0.8, 0.0, rng)
    unseen = Unseen.of(ties.graph, named(ties, reports), rng)
    pairs = unseen.place(np.array([0, 0, 400]), rng)
    assert len(np.unique(pairs)) == 400
    assert not np.isin(pairs, unseen.known).any()

    def near(keys: Ints) -> float:
        at = unseen.everybody.at
        return float(np.mean([len(np.intersect1d(at(key // 120), at(key % 120))) > 0 for key in keys.tolist()]))

    anywhere = replace(unseen, near=0.0).place(np.array([0, 0, 400]), rng)
    assert near(pairs) == pytest.approx(near(unseen.known), abs=0.1)
    assert near(anywhere) < near(unseen.known) - 0.2


@pytest.mark.parametrize("spread", [0.0, 0.3])
def test_the_interval_holds_what_complete_naming_would_have_shown(spread: float) -> None:
    held = []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        pairs = clubs(rng, 60)
        ties, reports = asked(60, pairs, 0.7, spread, rng)
        demands = drawn(rng, 60, 40)
        truth = fragmentation(Ties(60, pairs[:, 0], pairs[:, 1]), demands).value or 0.0
        found = fragmentation(ties, demands, reports=reports, rng=rng, draws=30)
        assert found.low is not None
        assert found.high is not None
        held.append(found.low <= truth <= found.high)
    assert np.mean(held) >= 0.9


@settings(deadline=None, max_examples=25)
@given(cases(), st.integers(0, 2**32 - 1))
def test_the_interval_is_the_same_in_whatever_order_rows_are_given_and_lies_under_the_figure(
    case: Case, seed: int
) -> None:
    ties, demands = case
    rng = np.random.default_rng(seed)
    who, whom = np.concatenate([ties.source, ties.target]), np.concatenate([ties.target, ties.source])
    told = rng.random(len(who)) < 0.8
    who, whom = who[told], whom[told]
    answered = rng.random(ties.n) < 0.8
    t, d, r = (rng.permutation(count) for count in (len(ties.source), len(demands), len(who)))
    mixed = Ties(ties.n, ties.target[t], ties.source[t], ties.length[t], ties.same)
    first = fragmentation(
        ties, demands, reports=Reports(who, whom, answered), rng=np.random.default_rng(seed), draws=10
    )
    second = fragmentation(
        mixed, demands.some(d), reports=Reports(who[r], whom[r], answered), rng=np.random.default_rng(seed), draws=10
    )
    assert first.recall == second.recall
    assert first.high == pytest.approx(second.high)
    if first.recall is not None:
        assert first.low == pytest.approx(second.low)
        spans = [(first.value, first.low, first.high), *((part.value, part.low, part.high) for part in first.parts)]
        for value, low, high in spans:
            assert value is None or -1e-9 <= (low or 0) <= (high or 0) + 1e-9 <= value + 2e-9


def test_where_everybody_knows_everybody_nothing_can_be_missing() -> None:
    ties = Ties(3, [0, 0, 1], [1, 2, 2])
    reports = Reports([0, 1, 0, 1], [1, 0, 2, 2], [True] * 3)
    found = fragmentation(ties, Demands([0], [2]), reports=reports, rng=np.random.default_rng(0), draws=20)
    assert (found.low, found.high, found.recall) == (0, 0, 0.5)


def test_without_demands_there_is_no_interval_either() -> None:
    reports = Reports([0, 1], [1, 0], [True] * 2)
    found = fragmentation(Ties(2, [0], [1]), Demands([], []), reports=reports, rng=np.random.default_rng(0))
    assert (found.value, found.low, found.high) == (None, None, None)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Reports([0], [1, 2], ALL), "1 reporters but 2 others"),
        (lambda: Reports([0, 7], [1, 1], ALL), "row 1: reporter 7 is not a party"),
        (lambda: Reports([0], [1], [[True]]), "answered has shape"),
        (lambda: named(Ties(2, [], []), Reports([0], [1], ALL)), "answered is given for 6 parties, there are 2"),
        (lambda: fragmentation(Ties(6, [0], [1]), Demands([0], [1]), reports=Reports([0], [1], ALL)), "give rng"),
        (
            lambda: fragmentation(
                Ties(6, [0], [1]),
                Demands([0], [1]),
                reports=Reports([0], [1], ALL),
                rng=np.random.default_rng(0),
                spread=2,
            ),
            "spread 2",
        ),
    ],
)
def test_reports_that_do_not_fit_are_refused(make: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()
