from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind, ttest_rel

from samenhang.change import Difference, Drawn, Estimate, against_untouched, difference, false_discovery
from samenhang.shape import Floats

NUMBERS = st.lists(st.floats(-100, 100).map(lambda one: round(one, 3)), min_size=2, max_size=12)


def share(found: list[Difference], truth: float) -> float:
    """How often the interval holds the truth."""
    return float(
        np.mean([one.low is not None and one.high is not None and one.low <= truth <= one.high for one in found])
    )


def test_pairs_are_compared_as_students_test_does() -> None:
    rng = np.random.default_rng(0)
    before = rng.normal(4, 1, 9)
    after = before + rng.normal(1, 0.4, 9)
    found, peer = difference(before, after), ttest_rel(after, before)
    low, high = peer.confidence_interval()
    assert (found.low, found.high, found.p) == pytest.approx((low, high, peer.pvalue))
    assert found.n == 9
    assert not found.within_noise


def test_different_people_are_compared_as_welchs_test_does() -> None:
    rng = np.random.default_rng(1)
    before, after = rng.normal(4, 1, 9), rng.normal(4, 3, 5)
    found, peer = difference(before, after, paired=False), ttest_ind(after, before, equal_var=False)
    low, high = peer.confidence_interval()
    assert (found.low, found.high, found.p) == pytest.approx((low, high, peer.pvalue))
    assert found.n == 14


@pytest.mark.parametrize("paired", [True, False])
@pytest.mark.parametrize("n", [5, 8, 20])
def test_intervals_hold_the_true_difference_of_simulated_groups(n: int, paired: bool) -> None:
    rng = np.random.default_rng(n)
    found = []
    for _ in range(600):
        person = rng.normal(4, 1, n)
        before = np.clip(np.rint(person + rng.normal(0, 0.8, n)), 1, 7)
        after = np.clip(np.rint((person if paired else rng.normal(4, 1, n)) + rng.normal(0, 0.8, n)), 1, 7)
        found.append(difference(before, after, paired=paired, bounds=(1, 7)))
    assert share(found, 0.0) >= 0.93
    assert sum(one.within_noise for one in found) >= 0.93 * len(found)


def test_what_is_not_known_leaves_its_pair_out() -> None:
    found = difference([1, 2, np.nan, 4], [2, 4, 9, np.nan])
    assert (found.value, found.n) == (1.5, 2)


def test_nobody_to_compare_is_an_answer() -> None:
    assert difference([], []) == Difference(None, None, None, None, 0, within_noise=True)
    assert difference([np.nan], [3]).value is None


def test_equal_differences_leave_no_false_certainty() -> None:
    assert difference([3, 3, 3, 3], [4, 4, 4, 4]) == Difference(1.0, None, None, None, 4, within_noise=True)
    known = difference([3, 3, 3, 3], [4, 4, 4, 4], bounds=(1, 7))
    assert known.low is not None
    assert known.high is not None
    assert known.low < 0 < known.high


@given(NUMBERS, st.randoms(use_true_random=False))
def test_the_order_of_the_pairs_changes_nothing_and_turning_time_turns_the_sign(
    numbers: list[float], chance: Callable[[], float]
) -> None:
    later = numbers[::-1]
    found, turned = difference(numbers, later), difference(later, numbers)
    assert turned.value == pytest.approx(-(found.value or 0.0), abs=1e-9)
    assert found.within_noise == turned.within_noise
    order = np.random.default_rng(0).permutation(len(numbers))
    again = difference(np.array(numbers)[order], np.array(later)[order])
    assert again.value == pytest.approx(found.value)


def test_paired_draws_lose_what_is_unknown_at_both_moments() -> None:
    rng = np.random.default_rng(0)
    unknown = rng.normal(0, 10, 2000)
    before, after = Drawn(50.0, 50 + unknown), Drawn(46.0, 46 + unknown + rng.normal(0, 1, 2000))
    paired, apart = difference(before, after), difference(before, after, paired=False, rng=rng)
    assert not paired.within_noise
    assert paired.low == pytest.approx(-4 - 1.96, abs=0.2)
    assert apart.within_noise
    assert apart.p is not None
    assert paired.p is not None
    assert paired.p < 0.05 < apart.p


def test_of_several_suppositions_the_interval_covers_each() -> None:
    rng = np.random.default_rng(0)
    noise = rng.normal(0, 1, (1000, 2))
    found = difference(Drawn(0.0, np.zeros((1000, 2))), Drawn(2.0, noise + np.array([1.0, 6.0])))
    assert found.low == pytest.approx(1 - 1.96, abs=0.2)
    assert found.high == pytest.approx(6 + 1.96, abs=0.2)
    assert found.within_noise


def test_intervals_alone_are_put_together() -> None:
    apart = difference(Estimate(40, 36, 44), Estimate(50, 47, 56), paired=False)
    assert (apart.value, apart.low, apart.high) == pytest.approx((10, 10 - 5, 10 + np.hypot(6, 4)))
    assert not apart.within_noise
    together = difference(Estimate(40, 36, 44), Estimate(50, 47, 56))
    assert (together.low, together.high) == (3, 20)
    assert difference(Estimate(40, None, None), Estimate(50, 47, 56)).within_noise


def test_independent_intervals_hold_the_true_difference() -> None:
    rng = np.random.default_rng(3)
    a, b = rng.normal(10, 2, 2000), rng.normal(13, 1, 2000)
    found = [
        difference(Estimate(x, x - 3.92, x + 3.92), Estimate(y, y - 1.96, y + 1.96), paired=False)
        for x, y in zip(a.tolist(), b.tolist(), strict=True)
    ]
    assert 0.935 <= share(found, 3.0) <= 0.965


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ([1, 2], [1, 2, 3], "2 numbers before and 3 after are no pairs"),
        ([[1, 2]], [1, 2], "numbers in one row"),
        ([1, np.inf], [1, 2], "numbers in one row"),
        (Estimate(1, 0, 2), [1, 2], "two kinds of figure"),
        (Estimate(1, 2, 3), Estimate(1, 0, 2), "outside its own interval"),
        (Drawn(1, np.zeros(3)), Drawn(1, np.zeros(4)), "do not fit"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    before: list[float] | Estimate | Drawn, after: list[float] | Estimate | Drawn, reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        difference(before, after)


def test_draws_that_are_not_paired_need_chance() -> None:
    with pytest.raises(ValueError, match="give rng"):
        difference(Drawn(1, np.zeros(3)), Drawn(1, np.zeros(3)), paired=False)


def changes(rng: np.random.Generator, n: int, effect: float) -> Floats:
    before = rng.normal(3, 1, n)
    return np.column_stack([before, before + 0.7 + effect + rng.normal(0, 1, n)])


def test_against_untouched_finds_the_planted_effect_and_not_what_went_by_itself() -> None:
    rng = np.random.default_rng(0)
    found = [against_untouched(changes(rng, 12, 0.5), changes(rng, 20, 0.0)) for _ in range(600)]
    assert share(found, 0.5) >= 0.93
    assert np.mean([one.value for one in found]) == pytest.approx(0.5, abs=0.05)
    nothing = [against_untouched(changes(rng, 12, 0.0), changes(rng, 20, 0.0)) for _ in range(600)]
    assert np.mean([one.within_noise for one in nothing]) >= 0.93


def test_demands_that_move_together_are_compared_by_unit() -> None:
    rng = np.random.default_rng(1)
    labels = np.repeat(np.arange(6), 5)

    def together() -> Floats:
        rows = changes(rng, 30, 0.0)
        rows[:, 1] += rng.normal(0, 1, 6)[labels]
        return rows

    pairs = [(together(), together()) for _ in range(300)]
    alone = [against_untouched(*pair) for pair in pairs]
    by_unit = [against_untouched(*pair, units=(labels.tolist(), labels.tolist())) for pair in pairs]
    assert share(alone, 0.0) < 0.85
    assert share(by_unit, 0.0) >= 0.92


def test_what_cannot_be_set_against_each_other_is_refused_or_nothing() -> None:
    with pytest.raises(ValueError, match=r"rows of \(before, after\)"):
        against_untouched([1, 2], [[1, 2]])
    with pytest.raises(ValueError, match="1 units for 2 rows of control"):
        against_untouched([[1, 2]], [[1, 2], [1, 2]], units=(["a"], ["a"]))
    assert against_untouched(np.zeros((0, 2)), [[1, 2], [2, 4]]).value is None
    assert against_untouched([[1.0, np.nan], [1.0, 2.0]], [[1, 2], [2, 4]]).within_noise


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.sampled_from([0.01, 0.05, 0.2]))
def test_false_discovery_is_the_step_up_rule(p: list[float], level: float) -> None:
    ranked = sorted(p)
    passed = [row for row in range(len(p)) if ranked[row] <= level * (row + 1) / len(p)]
    limit = ranked[passed[-1]] if passed else -1.0
    found = false_discovery(p, level).found.tolist()
    # Where p lies on the limit itself rounding decides.
    sure = [abs(one - level * (row + 1) / len(p)) > 1e-9 for row, one in enumerate(ranked)]
    if all(sure):
        assert found == [one <= limit for one in p]


def test_of_many_figures_without_change_hardly_any_is_found() -> None:
    rng = np.random.default_rng(0)
    any_found = [false_discovery(rng.random(40)).found.any() for _ in range(1000)]
    assert np.mean(any_found) <= 0.07


def test_an_unknown_figure_is_never_found_and_does_not_count() -> None:
    found = false_discovery([0.04, np.nan])
    assert found.found.tolist() == [True, False]
    assert np.isnan(found.adjusted[1])
    assert false_discovery([np.nan]).found.tolist() == [False]
    assert false_discovery([]).found.tolist() == []


def test_a_p_that_is_no_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        false_discovery([1.2])
    with pytest.raises(ValueError, match="from 0 to 1"):
        false_discovery([0.2], level=0.0)
