import json
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings

from samenhang.network import Demands, Move, Ties, after, fragmentation, plan, predict, read_prediction
from tests.samenhang.network.test_fragmentation import Case, cases

TIES = Ties(6, [0, 1, 2, 3, 4], [1, 2, 3, 4, 5])
ASKED = Demands([0, 0, 1], [5, 4, 5], part=["people", "networks", "people"], unit=["a", "b", "c"])
MOVES = (
    Move(0, 5, None, 1, 30.0, (), "introduction"),
    Move(1, 3, 2, 2, 2.0, (), "bridge", chance=0.5),
    Move(2, -1, None, 0, 1.0, (), "joining", unit="a"),
)


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@settings(deadline=None, max_examples=20)
@given(cases())
def test_with_few_moves_every_combination_of_yes_and_no_is_weighed(case: Case) -> None:
    ties, demands = case
    moves = plan(ties, demands, budget=3)
    chance = [0.9, 0.5, 0.2][: len(moves)]
    expected = 0.0
    for answers in product([True, False], repeat=len(moves)):
        share = np.prod([c if yes else 1 - c for c, yes in zip(chance, answers, strict=True)])
        accepted = [move for move, yes in zip(moves, answers, strict=True) if yes]
        expected += float(share) * (fragmentation(*after(ties, demands, accepted)).value or 0.0)
    found = predict(ties, demands, moves, chance, rng=rng())
    assert found.expected == pytest.approx(expected)
    assert found.low is not None
    assert found.high is not None
    assert found.low - 1e-9 <= expected <= found.high + 1e-9
    assert found.intact


def test_many_moves_are_drawn_and_come_near_the_exact_mean() -> None:
    exact = predict(TIES, ASKED, MOVES, 0.5, rng=rng())
    assert predict(TIES, ASKED, MOVES, 0.5, rng=rng(), draws=8).hash == exact.hash
    assert predict(TIES, ASKED, MOVES, 0.5, rng=rng(), draws=7).hash != exact.hash
    eleven = plan(Ties(24, [], []), Demands(np.arange(12), np.arange(12, 24)), budget=12)
    many = predict(Ties(24, [], []), Demands(np.arange(12), np.arange(12, 24)), eleven, 0.5, rng=rng())
    assert many.expected == pytest.approx(50, abs=2)
    assert many.low == pytest.approx(100 * 3 / 12, abs=9)
    assert many.high == pytest.approx(100 * 9 / 12, abs=9)


def test_who_says_yes_for_certain_or_never_leaves_nothing_open() -> None:
    sure, never = predict(TIES, ASKED, MOVES, 1, rng=rng()), predict(TIES, ASKED, MOVES, 0, rng=rng())
    done, now = fragmentation(*after(TIES, ASKED, MOVES)).value, fragmentation(TIES, ASKED).value
    assert (sure.low, sure.expected, sure.high) == pytest.approx((done, done, done))
    assert (never.low, never.expected, never.high) == pytest.approx((now, now, now))
    none = predict(TIES, ASKED, [], None, rng=rng())
    assert none.expected == pytest.approx(now)


def test_each_move_has_its_own_chance_when_none_is_given() -> None:
    assert sorted(predict(TIES, ASKED, MOVES, None, rng=rng()).chance) == [0.5, 1.0, 1.0]


def test_the_hash_is_the_same_in_whatever_order_rows_are_given() -> None:
    first = predict(TIES, ASKED, MOVES, [0.9, 0.5, 0.2], rng=rng())
    order = np.array([2, 0, 1])
    mixed = Ties(6, TIES.target[::-1], TIES.source[::-1])
    second = predict(mixed, ASKED.some(order), MOVES[::-1], [0.2, 0.5, 0.9], rng=rng())
    assert second.hash == first.hash
    plain = Demands([0, 1], [2, 3]), Demands([1, 0], [3, 2])
    assert len({predict(TIES, asked, [], None, rng=rng()).hash for asked in plain}) == 1


@pytest.mark.parametrize(
    "other",
    [
        lambda: predict(TIES.adding([0], [3]), ASKED, MOVES, 0.5, rng=rng()),
        lambda: predict(Ties(7, TIES.source, TIES.target), ASKED, MOVES, 0.5, rng=rng()),
        lambda: predict(Ties(6, TIES.source, TIES.target, same=[(4, 5)]), ASKED, MOVES, 0.5, rng=rng()),
        lambda: predict(TIES, ASKED.some(np.array([0, 1])), MOVES, 0.5, rng=rng()),
        lambda: predict(TIES, ASKED, MOVES[:2], 0.5, rng=rng()),
        lambda: predict(TIES, ASKED, MOVES, 0.6, rng=rng()),
        lambda: predict(TIES, ASKED, MOVES, 0.5, rng=rng(), shares={"people": 2, "networks": 1}),
        lambda: predict(TIES, ASKED, MOVES, 0.5, rng=rng(), theme=["x", "y", "z"]),
    ],
)
def test_whatever_else_is_predicted_has_another_hash(other: Callable[[], object]) -> None:
    assert getattr(other(), "hash", "") != predict(TIES, ASKED, MOVES, 0.5, rng=rng()).hash


def test_what_is_kept_as_text_is_read_again_whole() -> None:
    ties = Ties(6, [0, 1, 2, 3, 4], [1, 2, 3, 4, 5], 2, same=[(2, 5)])
    asked = Demands([0, 1], [(5, 4), ()], [0.1, 0.7], "information", [("a", 1), ("a", 1)], [("k", 1), ("k", 2)])
    kept = predict(ties, asked, MOVES, 1 / 3, rng=rng())
    again = read_prediction(kept.text)
    assert again.hash == kept.hash
    assert again.text == kept.text
    assert again.demands.key == kept.demands.key == (("k", 1), ("k", 2))
    assert again.moves == kept.moves
    assert json.loads(kept.text)["form"] == 1


def test_what_was_changed_since_is_noticed() -> None:
    kept = predict(TIES, ASKED, MOVES, 0.5, rng=rng())
    assert not replace(kept, chance=(0.5, 0.5, 0.6)).intact
    assert not replace(kept, expected=1.0).intact
    assert read_prediction(kept.text.replace("0.5", "0.6", 1)).hash != kept.hash


def test_without_demands_nothing_is_predicted() -> None:
    found = predict(TIES, Demands([], []), MOVES[:2], 0.5, rng=rng())
    assert (found.low, found.expected, found.high) == (None, None, None)
    assert read_prediction(found.text).hash == found.hash


@pytest.mark.parametrize(
    ("make", "refusal", "words"),
    [
        (lambda: predict(TIES, ASKED, MOVES, 1.5, rng=rng()), ValueError, "1.5 is not a probability"),
        (lambda: predict(TIES, ASKED, MOVES, [0.5], rng=rng()), None, ""),
        (lambda: predict(TIES, ASKED, MOVES, [0.5, 0.5], rng=rng()), ValueError, "shape"),
        (lambda: predict(TIES, ASKED, MOVES, 0.5, rng=rng(), theme=["x"]), ValueError, "1 themes for 3 demands"),
        (lambda: predict(TIES, ASKED, MOVES, 0.5, rng=rng(), theme=[object()] * 3), TypeError, "object"),
        (lambda: read_prediction("{}"), ValueError, "no prediction"),
        (lambda: read_prediction("?"), ValueError, "no prediction"),
        (lambda: read_prediction('{"form": 9}'), ValueError, "form 9 is not known"),
    ],
)
def test_what_cannot_be_predicted_or_read_is_refused(
    make: Callable[[], object], refusal: type[Exception] | None, words: str
) -> None:
    if refusal is None:
        assert make() is not None
        return
    with pytest.raises(refusal, match=words):
        make()
