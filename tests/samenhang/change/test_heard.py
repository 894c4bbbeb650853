import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenhang.change import COMPONENTS, Heard, feeling_heard, on_scale
from samenhang.shape import Floats

NAN = np.nan


def values(found: Heard) -> dict[str, float | None]:
    return {one.component: one.value for one in found.scores}


def test_the_scale_is_computed_as_by_hand() -> None:
    answers = [
        #  heard  voice  self-concerned  listened  my shoes  insensitive  respect  understood
        [5, 6, 2, 7, 4, 3, 7, 5],
        [3, 4, 5, 4, 2, 6, 5, 3],
    ]
    everybody, _ = feeling_heard(answers, ["huurder", "huurder"], threshold=1)
    # Turned: 8 - 2 = 6 and 8 - 3 = 5 for the first, 8 - 5 = 3 and 8 - 6 = 2 for the second.
    first = (5 + 6 + 6 + 7 + 4 + 5 + 7 + 5) / 8
    second = (3 + 4 + 3 + 4 + 2 + 2 + 5 + 3) / 8
    assert values(everybody) == {
        "whole": pytest.approx((first + second) / 2),
        "voice": pytest.approx((6 + 4) / 2),
        "attention": pytest.approx(((6 + 7) / 2 + (3 + 4) / 2) / 2),
        "empathy": pytest.approx(((4 + 5) / 2 + (2 + 2) / 2) / 2),
        "respect": pytest.approx((7 + 5) / 2),
        "common ground": pytest.approx((5 + 3) / 2),
    }


def test_the_interval_is_computed_as_by_hand() -> None:
    answers = np.full((5, 8), 4.0)
    answers[:, 1] = [2, 3, 4, 5, 6]
    voice = feeling_heard(answers, ["a"] * 5)[0].scores[1]
    # Squares 4 + 1 + 0 + 1 + 4, and half of 9 at each end, of six answers in all; t(5) = 2.5706.
    half = 2.5705818 * ((10 + 9) / 5 / 6) ** 0.5
    assert voice.low == pytest.approx(4 - half)
    assert voice.high == pytest.approx(4 + half)


def test_who_answered_half_of_a_component_does_not_count_in_it_and_six_items_make_a_whole() -> None:
    answers = [[7, 7, NAN, 7, 7, NAN, 7, 7], [1, 1, 7, 1, 1, 7, NAN, NAN], [1, 1, 1, 1, 1, NAN, NAN, NAN]]
    found = feeling_heard(answers, ["a", "b", "c"], threshold=1)
    scores = {(one.kind, score.component): score for one in found for score in one.scores}
    assert scores["a", "whole"].value == 7
    assert scores["a", "attention"].value is None
    assert scores["b", "whole"].value == 1
    assert scores["c", "whole"].value is None
    assert scores[None, "whole"].n == 2
    assert scores[None, "attention"].n == 2


def groups(*sizes: int) -> tuple[Floats, list[str]]:
    kinds = [f"kind{row}" for row, size in enumerate(sizes) for _ in range(size)]
    return np.random.default_rng(0).integers(1, 8, (len(kinds), 8)).astype(float), kinds


def shown(found: tuple[Heard, ...]) -> list[object]:
    return [one.kind for one in found if one.scores[0].n is not None]


def test_fewer_people_than_the_threshold_have_no_figure_and_no_count() -> None:
    assert shown(feeling_heard(*groups(4))) == []
    assert shown(feeling_heard(*groups(5))) == [None, "kind0"]
    assert shown(feeling_heard(*groups(5), threshold=6)) == []


def test_a_hidden_kind_cannot_be_had_by_subtracting() -> None:
    assert shown(feeling_heard(*groups(3, 9, 6, 12))) == [None, "kind1", "kind3"]
    assert shown(feeling_heard(*groups(4, 4, 9))) == [None, "kind2"]
    assert shown(feeling_heard(*groups(2, 2, 9, 8))) == [None, "kind2"]
    assert shown(feeling_heard(*groups(3, 9))) == [None]


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.integers(2, 6))
def test_what_subtracting_leaves_is_never_one_kind_nor_too_few(sizes: list[int], threshold: int) -> None:
    found = feeling_heard(*groups(*sizes), threshold=threshold)
    counts = {f"kind{row}": size for row, size in enumerate(sizes) if size}
    seen = shown(found)
    assert all(counts[str(kind)] >= threshold for kind in seen if kind is not None)
    rest = [size for kind, size in counts.items() if kind not in seen]
    if None in seen and rest:
        assert len(rest) > 1
        assert sum(rest) >= threshold


@pytest.mark.parametrize("n", [5, 6, 10, 30])
@pytest.mark.parametrize(
    "chance", [[0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.3], [0.01, 0, 0.04, 0, 0, 0.15, 0.8], [0.14] * 6 + [0.16]]
)
def test_intervals_hold_the_truth_of_simulated_groups_small_and_lopsided_too(n: int, chance: list[float]) -> None:
    rng = np.random.default_rng(n)
    truth = float(np.arange(1, 8) @ np.array(chance))
    held = 0
    for _ in range(400):
        answers = rng.choice(np.arange(1, 8), (n, 8), p=chance)
        voice = feeling_heard(answers, ["a"] * n)[1].scores[1]
        assert voice.low is not None
        assert voice.high is not None
        held += voice.low <= truth <= voice.high
    assert held >= 0.92 * 400


@settings(deadline=None, max_examples=50)
@given(st.integers(5, 12), st.integers(0, 9))
def test_the_order_of_people_changes_nothing_and_scores_stay_on_the_scale(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    answers, kinds = rng.integers(1, 8, (n, 8)), rng.choice(["a", "b"], n).tolist()
    order = rng.permutation(n)
    found, again = feeling_heard(answers, kinds), feeling_heard(answers[order], [kinds[one] for one in order])
    for one, other in zip(found, again, strict=True):
        assert [score.component for score in one.scores] == ["whole", *COMPONENTS]
        for score, twin in zip(one.scores, other.scores, strict=True):
            assert score.value == pytest.approx(twin.value)
            if score.value is not None and score.low is not None and score.high is not None:
                assert 1 <= score.low <= score.value <= score.high <= 7


def test_nobody_answered_is_an_answer() -> None:
    found = feeling_heard(np.zeros((0, 8)), [])
    assert [one.kind for one in found] == [None]
    assert set(values(found[0]).values()) == {None}


@pytest.mark.parametrize(
    ("answers", "kind", "reason"),
    [
        ([[1] * 7], ["a"], r"answers of shape \(1, 7\) for 1 people and 8 items"),
        ([[1] * 8], ["a", "b"], "for 2 people"),
        ([[1] * 8, [1, 1, 8, 1, 1, 1, 1, 1]], ["a", "b"], "row 1, item 3: 8 is not from 1 to 7"),
        ([[1] * 8], [None], "None is no kind"),
    ],
)
def test_answers_that_do_not_fit_are_refused(answers: list[list[int]], kind: list[str], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        feeling_heard(answers, kind)


def test_a_question_asked_alone_is_told_as_a_component_of_the_scale() -> None:
    """Voice is one item: alone it has the same means, intervals and hidden kinds as within the eight."""
    rng = np.random.default_rng(3)
    answers, kind = rng.integers(1, 8, (19, 8)), ["a"] * 9 + ["b"] * 8 + ["c"] * 2
    within = {one.kind: one.scores[1] for one in feeling_heard(answers, kind)}
    alone = {one.kind: one.scores[0] for one in on_scale({"voice": answers[:, 1]}, kind)}
    assert alone == within
    assert alone["c"].value is None


@pytest.mark.parametrize(
    ("answers", "kind", "reason"),
    [([4, 4], ["a"], "shape"), ([8], ["a"], "not from 1 to 7"), ([4], [None], "no kind of party")],
)
def test_a_question_that_does_not_fit_is_refused(answers: list[int], kind: list[str], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        on_scale({"heard": answers}, kind)
