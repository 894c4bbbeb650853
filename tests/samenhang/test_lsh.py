import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenhang import lsh
from samenhang.knowledge.duplicates import shingles


def test_equal_places_estimate_the_likeness_of_two_sets() -> None:
    rng = np.random.default_rng(0)
    errors = []
    for overlap in (0, 50, 90):
        both = rng.choice(2**32, 200 - overlap, replace=False).astype(np.uint32)
        codes = np.concatenate([both[:100], both[-100:]])
        one, other = lsh.signatures(codes, np.array([0, 100]), permutations=512)
        errors.append(float((one == other).mean()) - overlap / (200 - overlap))
    assert max(map(abs, errors)) < 0.07


def test_a_set_without_codes_is_refused() -> None:
    with pytest.raises(ValueError, match="without codes"):
        lsh.signatures(np.array([1], dtype=np.uint32), np.array([0, 0]))


def test_pairs_are_found_once_and_in_order() -> None:
    made = np.array([[1, 1, 2, 2], [9, 9, 2, 2], [1, 1, 2, 2]], dtype=np.uint32)
    assert lsh.candidates(made).tolist() == [[0, 1], [0, 2], [1, 2]]
    assert lsh.candidates(made[:0]).shape == (0, 2)


def test_a_crowd_that_agrees_gives_a_linear_number_of_pairs() -> None:
    made = np.ones((1000, 8), dtype=np.uint32)
    pairs = lsh.candidates(made, crowd=10)
    assert 999 <= len(pairs) <= 1000 * 10


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 80), st.lists(st.integers(0, 80), max_size=3), st.integers(1, 6))
def test_sets_that_come_in_parts_meet_as_when_they_come_at_once(
    seed: int, n: int, parts: list[int], crowd: int
) -> None:
    made = np.random.default_rng(seed).integers(0, 4, (n, 8)).astype(np.uint32)
    found: list[list[int]] = []
    begins = [0, *sorted(part for part in parts if part < n)]
    for begin, end in zip(begins, [*begins[1:], n], strict=True):
        found += lsh.candidates(made[:end], crowd=crowd, since=begin).tolist() if end > begin else []
    assert sorted(found) == lsh.candidates(made, crowd=crowd).tolist()


def test_shingles_never_reach_into_the_next_text() -> None:
    codes, starts = shingles(["abcdef", "ab", "bcdefg"], 5)
    alone = [shingles([text], 5)[0] for text in ("abcdef", "ab", "bcdefg")]
    assert np.array_equal(codes, np.concatenate(alone))
    assert starts.tolist() == [0, 2, 3]
