from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings

from samenhang.network import Demands, Ties, after, fragmentation, plan
from samenhang.network.gain import gains
from samenhang.network.reach import Reach
from samenhang.network.routes import Asked
from tests.samenhang.network import brute
from tests.samenhang.network.test_fragmentation import Case, cases


def value(ties: Ties, demands: Demands) -> float:
    found = fragmentation(ties, demands).value
    assert found is not None
    return found


@settings(deadline=None, max_examples=25)
@given(cases())
def test_the_gain_of_every_pair_is_exact_for_both_lengths(case: Case) -> None:
    ties, demands = case
    reach = Reach(ties.graph, Asked.of(ties, demands), demands.shares())
    before = value(ties, demands)
    for length in (1, 2):
        found = gains(reach, np.arange(len(demands)), length).toarray() * 100 / 24 / reach.scale
        for a, b in combinations(range(ties.graph.n), 2):
            wider = ties.adding([ties.lowest[a]], [ties.lowest[b]], length)
            assert found[a, b] == pytest.approx(before - value(wider, demands), abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(cases())
def test_what_the_moves_promise_together_is_what_the_figure_falls(case: Case) -> None:
    ties, demands = case
    units = sorted({str(unit) for unit in demands.unit})
    moves = plan(ties, demands, budget=3, joinable=[(0, int(unit)) for unit in units])
    promised = sum(move.gain for move in moves)
    assert value(ties, demands) - promised == pytest.approx(value(*after(ties, demands, moves)), abs=1e-6)
    assert all(move.gain >= 0 for move in moves)
    assert not moves or moves[-1].gain > 0


def test_no_naive_greedy_plan_does_better() -> None:
    for seed in range(4):
        rng = np.random.default_rng(seed)
        source = rng.integers(0, 12, 10)
        ties = Ties(12, rng.integers(0, 12, 12), rng.integers(0, 12, 12))
        demands = Demands(source, (source + rng.integers(1, 12, 10)) % 12, part=["people", "networks"] * 5)
        found = value(*after(ties, demands, plan(ties, demands, budget=3, cap=2)))
        assert found <= brute.greedy(ties, demands, moves=3, cap=2) + 1e-6


def test_three_moves_come_close_to_the_best_of_all_plans() -> None:
    rng = np.random.default_rng(5)
    source = rng.integers(0, 8, 8)
    ties = Ties(8, rng.integers(0, 8, 6), rng.integers(0, 8, 6))
    demands = Demands(source, (source + rng.integers(1, 8, 8)) % 8)
    graph = brute.graph_of(ties)
    best = min(
        brute.figure(brute.with_ties(graph, three), demands)
        for three in combinations(brute.strangers(graph), 3)
        if max(np.bincount(np.ravel(three))) <= 2
    )
    now = value(ties, demands)
    assert now - value(*after(ties, demands, plan(ties, demands, budget=3, cap=2))) >= 0.95 * (now - best)


LINE = Ties(6, [0, 1, 2, 3, 4], [1, 2, 3, 4, 5])
ENDS = Demands([0, 0, 1], [5, 4, 5])


def test_a_move_says_what_it_shortens_from_what_to_what() -> None:
    (move,) = plan(LINE, ENDS, budget=1)
    assert (move.a, move.b, move.kind, move.length) == (0, 5, "introduction", 1)
    assert move.shortened == ((0, -1, 1), (1, 4, 2), (2, 4, 2))
    assert move.gain == pytest.approx(50)


def test_the_plan_is_the_same_whatever_the_order_of_the_rows() -> None:
    mixed = Ties(6, LINE.target[::-1], LINE.source[::-1])
    first = [(move.a, move.b) for move in plan(LINE, ENDS, budget=3)]
    assert [(move.a, move.b) for move in plan(mixed, Demands([1, 0, 0], [5, 4, 5]), budget=3)] == first


def test_nobody_gets_more_new_ties_than_their_own_cap() -> None:
    star = Demands([0] * 5, [1, 2, 3, 4, 5])
    moves = plan(Ties(6, [], []), star, cap=[2, 1, 1, 1, 1, 1])
    assert max(np.bincount([party for move in moves for party in (move.a, move.b)])) <= 2
    assert len([move for move in moves if 0 in {move.a, move.b}]) == 2


def test_who_did_not_agree_is_not_introduced() -> None:
    moves = plan(LINE, ENDS, allowed=[False, True, True, True, True, True])
    assert moves
    assert all(0 not in {move.a, move.b} for move in moves)


def test_pairs_kept_apart_or_refused_are_never_proposed_not_even_their_doubles() -> None:
    ties = Ties(7, LINE.source, LINE.target, same=[(5, 6)])
    moves = plan(ties, ENDS, apart=[(0, 6)], refused=[(4, 0)])
    assert moves
    assert not {(0, 5), (0, 4)} & {(move.a, move.b) for move in moves}


def test_the_budget_is_the_total_cost() -> None:
    cheap = plan(LINE, ENDS, budget=2, cost={(0, 5): 3.0})
    assert (0, 5) not in {(move.a, move.b) for move in cheap}
    assert plan(LINE, ENDS, budget=0) == ()


def test_a_move_that_is_seldom_accepted_gives_way() -> None:
    (move,) = plan(LINE, ENDS, budget=1, acceptance={(0, 5): 0.1})
    assert (move.a, move.b) != (0, 5)
    assert move.chance == 1
    (sure,) = plan(LINE, ENDS, budget=1, acceptance=[0.9, 1, 1, 1, 1, 0.5])
    assert sure.chance in {0.5, 0.45, 0.9, 1.0}


def test_part_of_the_budget_is_kept_for_small_parties() -> None:
    demands = Demands([0, 1, 4], [2, 3, 5], weight=[5, 5, 1], unit="all")
    small = [False, False, False, False, True, False]
    assert [(m.a, m.b) for m in plan(Ties(6, [], []), demands, budget=2, small=small, reserve=0.5)] == [(0, 2), (4, 5)]


def test_a_bridge_is_carried_by_somebody_who_knows_both_and_spares_who_will_not_be_introduced() -> None:
    ties = Ties(3, [0, 1], [1, 2], 2)
    (move,) = plan(ties, Demands([0], [2]), allowed=[False, True, True])
    assert (move.kind, move.a, move.b, move.through, move.length) == ("bridge", 0, 2, 1, 2)
    assert move.shortened == ((0, 4, 2),)


def test_joining_makes_a_party_one_that_can_be_reached() -> None:
    ties = Ties(4, [0], [1])
    demands = Demands([0, 1], [3, 3], part="information", unit="park")
    moves = plan(ties, demands, allowed=[False] * 4, joinable=[(1, "park"), (2, "park")])
    assert [(move.kind, move.a, move.unit, move.shortened) for move in moves] == [("joining", 1, "park", ((0, -1, 1),))]


def test_who_already_has_a_tie_is_not_introduced() -> None:
    assert plan(Ties(2, [0], [1], 2), Demands([0], [1])) == ()


def test_nothing_to_do_is_an_empty_plan() -> None:
    assert plan(Ties(0, [], []), Demands([], [])) == ()
    assert plan(Ties(2, [0], [1]), Demands([0], [1])) == ()
    assert plan(Ties(3, [], []), Demands([0], [()])) == ()
    assert plan(Ties(2, [], []), Demands([0], [1], weight=0)) == ()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: plan(LINE, ENDS, budget=-1), "budget -1"),
        (lambda: plan(LINE, ENDS, reserve=2), "reserve 2"),
        (lambda: plan(LINE, ENDS, allowed=[True]), "allowed has shape"),
        (lambda: plan(LINE, ENDS, acceptance={(0, 1): 1.5}), "acceptance 1.5 is not a probability"),
        (lambda: plan(LINE, ENDS, cost=[0] * 6), "cost 0.0 is not above 0"),
        (lambda: plan(LINE, ENDS, apart=[(0, 9)]), "party 9 is not a party"),
    ],
)
def test_conditions_that_do_not_fit_are_refused(make: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()
