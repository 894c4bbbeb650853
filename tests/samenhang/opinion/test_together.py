"""Common ground, what is distinctive, and the short list, by their own rules."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from samenhang.opinion.together import Counts, common_ground, distinctive, reluctant, short_list

NUMBERS = st.integers(0, 60)


@settings(deadline=None)
@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=4))
def test_common_ground_is_the_largest_share_of_which_it_is_nine_in_ten_sure_in_every_group(
    groups: list[tuple[int, int]],
) -> None:
    counts = Counts(*(np.array([[float(group[side])] for group in groups]) for side in (0, 1)))
    t, p = float(common_ground(counts)[0]), float(counts.rate.mean())

    def sure(share: float) -> float:
        return float(np.prod([beta.sf(share, agreed + p, against + 1 - p) for agreed, against in groups]))

    assert sure(t) >= 0.9 - 1e-6
    assert sure(t + 1e-4) < 0.9


@settings(deadline=None)
@given(NUMBERS, NUMBERS, st.integers(1, 20))
def test_more_opposition_in_one_group_never_adds_common_ground(agreed: int, against: int, more: int) -> None:
    before = Counts(np.array([[50.0], [float(agreed)]]), np.array([[5.0], [float(against)]]))
    after = Counts(before.agreed, before.against + np.array([[0.0], [float(more)]]))
    assert common_ground(after)[0] <= common_ground(before)[0] + 1e-9


def test_what_a_few_who_stand_together_oppose_is_no_common_ground() -> None:
    chance = np.full((400, 2), 0.9)
    chance[:10, 0] = 0.1
    assert reluctant(chance, np.ones(400)).round(2).tolist() == [0.1, 0.9]


def test_of_differences_by_chance_at_most_one_in_twenty_is_called_distinctive() -> None:
    rng = np.random.default_rng(0)
    claimed = 0
    for _ in range(40):
        agreed = rng.binomial(30, 0.6, (2, 50)).astype(float)
        claimed += bool(distinctive(Counts(agreed, 30 - agreed)).is_more.any())
    assert claimed <= 6


def test_the_short_list_gives_a_fifth_of_the_people_a_fifth_of_it() -> None:
    agrees = np.zeros((100, 20), dtype=bool)
    agrees[:80, :10] = True
    agrees[80:, 10:] = True
    found = short_list(agrees, np.ones(100), 5)
    assert (found.statements < 10).sum() == 4
    assert not found.overlooked.any()


def test_who_is_large_enough_and_got_nothing_is_told() -> None:
    agrees = np.zeros((90, 3), dtype=bool)
    agrees[:60, 0] = agrees[:60, 1] = True
    agrees[60:, 2] = True
    assert not short_list(agrees, np.ones(90), 3).overlooked.any()
    found = short_list(agrees[:, :2], np.ones(90), 2)
    assert not found.overlooked.any()  # there is nothing on which the others agree
    weighed = short_list(agrees, np.where(np.arange(90) < 60, 5.0, 1.0), 2)
    assert weighed.statements.tolist() == [0, 1]
