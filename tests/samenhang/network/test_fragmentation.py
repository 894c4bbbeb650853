from collections.abc import Callable
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenhang.network import PARTS, Demands, SelfDemand, Ties, fragmentation, phi
from tests.samenhang.network import brute

Case = tuple[Ties, Demands]


@st.composite
def cases(draw: Callable[[st.SearchStrategy[int]], int]) -> Case:
    """Any small neighbourhood: ties of both lengths, doubles, self-ties, empty sets of targets, all four parts."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n = draw(st.integers(2, 10))
    count, asked = draw(st.integers(0, 2 * n)), draw(st.integers(1, 6))
    same = [(int(rng.integers(n)), int(rng.integers(n)))] if rng.random() < 0.3 else []
    ties = Ties(n, rng.integers(0, n, count), rng.integers(0, n, count), rng.integers(1, 3, count), same)
    source = rng.integers(0, n, asked)
    parts = [PARTS[row] for row in rng.integers(0, 4, asked)]
    target = [
        tuple(int(t) for t in rng.integers(0, n, rng.integers(0, 2 if part == "networks" else 4)) if t != s)
        for s, part in zip(source, parts, strict=True)
    ]
    units = [int(unit) for unit in rng.integers(0, 3, asked)]
    return ties, Demands(source, target, rng.random(asked) + 0.1, parts, units)


@settings(deadline=None, max_examples=60)
@given(cases())
def test_the_figure_is_what_trying_every_path_by_hand_gives(case: Case) -> None:
    ties, demands = case
    assert fragmentation(ties, demands).value == pytest.approx(brute.figure(brute.graph_of(ties), demands))


@settings(deadline=None, max_examples=80)
@given(cases(), st.integers(0, 99), st.integers(0, 99), st.integers(1, 2))
def test_adding_a_tie_never_raises_the_figure(case: Case, a: int, b: int, length: int) -> None:
    ties, demands = case
    before = fragmentation(ties, demands).value
    after = fragmentation(ties.adding([a % ties.n], [b % ties.n], length), demands).value
    assert before is not None
    assert after is not None
    assert after <= before + 1e-9


@settings(deadline=None, max_examples=40)
@given(cases(), st.randoms(use_true_random=False))
def test_the_figure_splits_exactly_by_any_label_and_by_part(case: Case, random: Random) -> None:
    found = fragmentation(*case)
    labels = [random.choice("abc") for _ in found.phi]
    slices = found.by(labels)
    assert sum(piece.points for piece in slices) == pytest.approx(found.value)
    assert sum(part.value * part.share for part in found.parts if part.value is not None) == pytest.approx(found.value)
    assert found.value == pytest.approx(100 * float(found.weight @ (1 - found.phi)))


@settings(deadline=None, max_examples=40)
@given(cases(), st.integers(0, 2**32 - 1))
def test_the_order_of_the_rows_does_not_matter(case: Case, seed: int) -> None:
    ties, demands = case
    rng = np.random.default_rng(seed)
    t, d = rng.permutation(len(ties.source)), rng.permutation(len(demands))
    mixed = Ties(ties.n, ties.target[t], ties.source[t], ties.length[t], ties.same)
    asked = Demands(
        demands.source[d],
        [demands.target[q] for q in d],
        demands.weight[d],
        [demands.part[q] for q in d],
        [demands.unit[q] for q in d],
    )
    first, second = fragmentation(ties, demands), fragmentation(mixed, asked)
    assert second.value == pytest.approx(first.value)
    assert second.distance.tolist() == first.distance[d].tolist()
    assert second.hinge.tolist() == first.hinge[d].tolist()


def test_phi_halves_and_ends_after_four_steps() -> None:
    assert phi([0, 1, 2, 3, 4, 5, -1]).tolist() == [1, 1, 1 / 2, 1 / 3, 1 / 4, 0, 0]


def test_a_tie_reported_by_one_side_counts_as_two_steps() -> None:
    assert fragmentation(Ties(2, [0], [1], 2), Demands([0], [1])).value == 50


def test_a_tie_given_twice_takes_the_shortest_and_a_tie_with_oneself_is_dropped() -> None:
    ties = Ties(3, [0, 1, 2], [1, 0, 2], [2, 1, 1])
    assert ties.graph.pairs()[2].tolist() == [1]
    assert fragmentation(ties, Demands([0], [1])).value == 0


def test_confirmed_doubles_are_one_party() -> None:
    ties = Ties(4, [0, 2], [1, 3], same=[(1, 2)])
    assert fragmentation(ties, Demands([0, 1], [3, 2])).distance.tolist() == [2, 0]


def test_nobody_on_record_to_act_counts_as_not_reached() -> None:
    found = fragmentation(Ties(2, [0], [1]), Demands([0], [()]))
    assert (found.value, found.distance.tolist()) == (100, [-1])


def test_without_demands_there_is_no_figure() -> None:
    found = fragmentation(Ties(3, [], []), Demands([], []))
    assert found.value is None
    assert [part.value for part in found.parts] == [None] * 4


def test_a_part_without_demands_gives_its_share_to_the_others() -> None:
    demands = Demands([0, 0], [1, 2], part=["people", "themes"])
    found = fragmentation(Ties(3, [0], [1]), demands, shares={"people": 3, "networks": 5, "themes": 1})
    assert found.value == pytest.approx(25)
    assert [part.value for part in found.parts] == [0, None, None, 100]


@settings(deadline=None, max_examples=40)
@given(cases(), st.integers(0, 2**32 - 1))
def test_a_demand_of_weight_0_is_shown_and_changes_no_figure(case: Case, seed: int) -> None:
    ties, demands = case
    counts = np.random.default_rng(seed).random(len(demands)) < 0.6
    weight = np.where(counts, demands.weight, 0)
    told = fragmentation(ties, Demands(demands.source, demands.target, weight, demands.part, demands.unit))
    alone = fragmentation(ties, demands.some(np.flatnonzero(counts)))
    assert told.value == (None if alone.value is None else pytest.approx(alone.value))
    assert [part.value is None for part in told.parts] == [part.value is None for part in alone.parts]
    assert len(told.phi) == len(demands)


def test_units_of_one_part_weigh_the_same_however_many_demands_they_have() -> None:
    demands = Demands([0, 0, 0, 1], [2, 3, 3, 2], weight=[1, 1, 2, 5], part="information", unit=["a", "a", "a", "b"])
    found = fragmentation(Ties(4, [0], [2]), demands)
    assert found.weight.tolist() == [1 / 8, 1 / 8, 1 / 4, 1 / 2]
    assert found.value == pytest.approx(87.5)
    # Doubles that are confirmed restate it: 1 is one party with 0, and so knows 2.
    assert fragmentation(Ties(4, [0], [2], same=[(0, 1)]), demands).value == pytest.approx(37.5)


def test_one_demand_of_a_party_without_ties_is_the_whole_figure() -> None:
    found = fragmentation(Ties(2, [], []), Demands([0], [1]))
    assert (found.value, found.high, found.weight.tolist()) == (100, 100, [1])
    assert fragmentation(Ties(1, [0], [0]), Demands([0], [()])).value == 100


def test_shares_of_0_for_every_part_on_record_leave_no_figure() -> None:
    assert fragmentation(Ties(2, [], []), Demands([0], [1]), shares={"themes": 1}).value is None


def test_depending_on_one_broker_costs_and_a_second_way_round_does_not() -> None:
    demands = Demands([0], [2], part="networks")
    one, two = Ties(4, [0, 1], [1, 2]), Ties(4, [0, 1, 0, 3], [1, 2, 3, 2])
    assert fragmentation(one, demands).value == 75
    assert fragmentation(one, demands).hinge.tolist() == [1]
    assert fragmentation(two, demands).value == 50
    assert fragmentation(two, demands).hinge.tolist() == [-1]


def test_a_demand_of_a_party_on_itself_is_refused_by_name() -> None:
    with pytest.raises(SelfDemand, match="row 1: party 3"):
        Demands([0, 3], [(1,), (2, 3)])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Ties(2, [0], [2]), "row 0: target 2 is not a party"),
        (lambda: Ties(2, [0, -1], [1, 1]), "row 1: source -1"),
        (lambda: Ties(2, [0], [1], 3), "row 0: length 3"),
        (lambda: Ties(2, [0, 1], [1]), "2 sources but 1 targets"),
        (lambda: Ties(2, [0.5], [1]), "row 0: 0.5 is not a whole number"),
        (lambda: Ties(2, ["a"], [1]), "expected whole numbers"),
        (lambda: Demands([0], [1], part="friends"), "row 0: part 'friends'"),
        (lambda: Demands([0, 0], [1, 1], weight=[1, -1]), "row 1: weight -1.0"),
        (lambda: Demands([0], [1], weight=float("nan")), "row 0: weight nan"),
        (lambda: Demands([0, 0], [1, 2], key=["a", "a"]), "row 1: key 'a' stands on row 0 already"),
        (lambda: Demands([0, 0], [1, 2], key=["a"]), "2 sources but 1 keys"),
        (lambda: Demands([0], [(1, 2)], part="networks"), "row 0: .* one target"),
        (lambda: fragmentation(Ties(2, [], []), Demands([0, 1], [1, 7])), "row 1: target 7"),
        (lambda: fragmentation(Ties(2, [], []), Demands([0], [1]), shares={"friends": 1}), "friends"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_row(make: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()
