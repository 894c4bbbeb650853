from dataclasses import replace

import numpy as np
import pytest

from samenhang.network import Demands, Move, Prediction, Ties, check, predict

# Six pairs that ought to reach each other and do not; the moves are to bring the first two together.
PAIRS = Demands([0, 2, 4, 6, 8, 10], [1, 3, 5, 7, 9, 11])
FIRST = Move(0, 1, None, 1, 100 / 6, (), "introduction")
SECOND = Move(2, 3, None, 1, 100 / 6, (), "introduction")


def frozen(
    ties: Ties, demands: Demands, moves: tuple[Move, ...], chance: list[float], theme: list[str] | None = None
) -> Prediction:
    return predict(ties, demands, moves, chance, rng=np.random.default_rng(0), theme=theme)


def test_moves_that_formed_are_scored_by_what_was_expected() -> None:
    kept = frozen(Ties(12, [], []), PAIRS, (FIRST, SECOND), [0.9, 0.6])
    found = check(kept, Ties(12, [0, 4], [1, 5]), [True, True])
    assert found.formed == (True, False)
    assert found.brier == pytest.approx((0.1**2 + 0.6**2) / 2)
    # One of two touched pairs came nearer; of the four others one did by itself.
    assert (found.touched, found.matched, found.controls) == (2, 2, 4)
    assert (found.fell, found.fell_anyway, found.effect) == (0.5, 0.25, 0.25)


def test_a_tie_that_only_the_workshop_wrote_down_does_not_count() -> None:
    kept = frozen(Ties(12, [], []), PAIRS, (FIRST,), [0.8])
    found = check(kept, Ties(12, [0], [1]), [False])
    assert (found.formed, found.effect) == ((False,), 0)
    assert found.brier == pytest.approx(0.64)
    assert check(kept, Ties(12, [0, 0], [1, 1]), [False, True]).formed == (True,)


def test_a_tie_that_was_there_before_stays_as_it_was_until_somebody_confirms_more() -> None:
    before = Ties(12, [0], [1], 2)
    kept = frozen(before, PAIRS, (SECOND,), [0.5])
    for confirmed, nearer in ((False, 0.0), (True, 0.2)):
        found = check(kept, Ties(12, [0], [1], 1), [confirmed])
        assert found.controls == 4  # the pair at two steps is not like the one out of reach
        assert found.fell_anyway == 0
        early = check(frozen(before, PAIRS, (FIRST,), [0.5]), Ties(12, [0], [1], 1), [confirmed])
        assert early.formed == (nearer > 0,)


def test_one_that_says_so_is_not_yet_the_tie_that_was_promised_but_a_bridge_is() -> None:
    met = Ties(12, [0], [1], 2)
    assert check(frozen(Ties(12, [], []), PAIRS, (FIRST,), [0.5]), met, [True]).formed == (False,)
    carried = replace(FIRST, kind="bridge", through=5, length=2)
    assert check(frozen(Ties(12, [], []), PAIRS, (carried,), [0.5]), met, [True]).formed == (True,)


def test_a_demand_whose_path_uses_a_new_tie_is_no_control() -> None:
    # 12 reaches 13 by the introduction of 0 and 1 and by 1 to 13, which came by itself: nobody meant it, but it is no
    # untouched demand either.
    ties = Ties(14, [12], [0])
    demands = Demands([0, 4, 12], [1, 5, 13])
    kept = frozen(ties, demands, (FIRST,), [0.5])
    later = Ties(14, [12, 0, 1], [0, 1, 13])
    found = check(kept, later, [True, True, True])
    assert (found.touched, found.controls, found.fell_anyway, found.effect) == (1, 1, 0, 1)
    # With a way of its own beside it, it is one, and it came nearer without the moves.
    own = Ties(14, [12, 0, 1, 12], [0, 1, 13, 13])
    other = check(kept, own, [True] * 4)
    assert (other.controls, other.fell_anyway, other.effect) == (2, 0.5, 0.5)


def test_controls_have_the_same_distance_at_the_start_and_the_same_theme() -> None:
    ties = Ties(12, [6, 7], [7, 8], [1, 2])
    demands = Demands([0, 2, 4, 6], [1, 3, 5, 8])
    kept = frozen(ties, demands, (FIRST,), [0.5], theme=["green", "green", "poor", "green"])
    found = check(kept, ties.adding([0, 4], [1, 5]), [True] * 4)
    assert (found.controls, found.fell_anyway, found.effect) == (1, 0, 1)


def test_without_theme_units_are_compared_within_themselves() -> None:
    demands = Demands([0, 2, 4], [1, 3, 5], part="information", unit=["park", "park", "heat"])
    found = check(frozen(Ties(12, [], []), demands, (FIRST,), [0.5]), Ties(12, [0, 4], [1, 5]), [True, True])
    assert (found.controls, found.fell_anyway) == (1, 0)
    alone = Demands([0, 2, 4], [1, 3, 5], part="information")
    found = check(frozen(Ties(12, [], []), alone, (FIRST,), [0.5]), Ties(12, [0, 4], [1, 5]), [True, True])
    assert (found.controls, found.fell_anyway) == (2, 0.5)


def test_without_an_untouched_demand_like_it_there_is_no_effect_to_tell() -> None:
    found = check(frozen(Ties(12, [], []), Demands([0], [1]), (FIRST,), [0.5]), Ties(12, [0], [1]), [True])
    assert (found.effect, found.fell, found.fell_anyway) == (None, None, None)
    assert (found.controls, found.touched, found.matched) == (0, 1, 0)
    assert found.brier == 0.25


def test_without_moves_or_demands_there_is_nothing_to_score() -> None:
    none = check(frozen(Ties(12, [], []), PAIRS, (), []), Ties(12, [0], [1]), [True])
    assert (none.brier, none.effect, none.touched) == (None, None, 0)
    empty = check(frozen(Ties(12, [], []), Demands([], []), (FIRST,), [0.5]), Ties(12, [], []), [])
    assert (empty.brier, empty.effect) == (0.25, None)


def test_a_joining_came_about_when_the_party_says_so_itself() -> None:
    ties = Ties(4, [0], [1])
    demands = Demands([0, 2], [3, 3], part="information", unit=["park", "heat"])
    joining = Move(1, -1, None, 0, 50.0, (), "joining", unit="park")
    kept = frozen(ties, demands, (joining,), [0.5])
    assert check(kept, ties, [True]).formed == (False,)
    found = check(kept, ties, [True], joined=[(1, "park")])
    assert (found.formed, found.touched) == ((True,), 1)
    told = frozen(ties, demands, (joining,), [0.5], theme=["all", "all"])
    assert check(told, ties, [True], joined=[(1, "park")]).effect == 1
    assert check(told, ties, [True]).effect == 0


def test_entries_that_turn_out_to_be_one_party_bring_nobody_nearer() -> None:
    kept = frozen(Ties(12, [], []), PAIRS, (FIRST,), [0.5])
    found = check(kept, Ties(12, [], [], same=[(4, 5)]), [])
    assert (found.fell_anyway, found.controls) == (0, 4)


def test_new_parties_may_have_come_and_none_may_have_gone() -> None:
    kept = frozen(Ties(12, [], []), PAIRS, (FIRST,), [0.5])
    assert check(kept, Ties(14, [0, 12], [1, 13]), [True, True]).formed == (True,)
    with pytest.raises(ValueError, match="12 parties then and 11 now"):
        check(kept, Ties(11, [], []), [])


def test_a_prediction_that_was_changed_is_not_checked() -> None:
    kept = frozen(Ties(12, [], []), PAIRS, (FIRST,), [0.5])
    with pytest.raises(ValueError, match="changed since it was frozen"):
        check(replace(kept, chance=(1.0,)), Ties(12, [0], [1]), [True])
    with pytest.raises(ValueError, match="expected one per tie"):
        check(kept, Ties(12, [0], [1]), [])
