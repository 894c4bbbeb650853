"""What is proposed, on vectors made by hand: three subjects that lie at right angles, and some passages about nothing."""

import numpy as np
import pytest

from werkplaats.issues import analysis
from werkplaats.issues.records import Passage, Proposal

WASTE = (
    "Ratten eten uit de volle containers aan de kade",
    "Naast de containers ligt afval en daar komen ratten op af",
    "De gemeente zet twaalf containers neer tegen de ratten",
    "Sinds het hok dicht is lopen er ratten langs de containers",
    "Een proef met twee keer legen van containers moet ratten verminderen",
    "Mijn kleinkind dacht dat de ratten bij de containers huisdieren waren",
    "Het aantal meldingen over ratten steeg, ook met nieuwe containers",
)
MOULD = (
    "Schimmel groeit op de muren van de koude slaapkamer",
    "De slaapkamer ruikt muf en achter het bed zit schimmel",
    "De corporatie pakt klachten over schimmel binnen twaalf weken aan",
    "Kinderen hoesten in een slaapkamer waar schimmel op het plafond staat",
    "Wij telden in zestig huizen in elke derde slaapkamer schimmel",
    "Ventileren helpt niet als de schimmel uit de kruipruimte komt",
    "Niemand legde de foto's van de schimmel naast het meetrapport van de slaapkamer",
)
SIZE = 8


def passages(subject: tuple[str, ...], *, first: int) -> list[Passage]:
    """The passages on one subject, each from a source of its own, in two themes."""
    return [
        Passage(
            text,
            f"{first + number:064d}",
            "nl",
            frozenset({number % 2}),
            fragment_id=first + number,
            source_id=first + number,
        )
        for number, text in enumerate(subject)
    ]


def near(axis: int, count: int, rng: np.random.Generator) -> np.ndarray:
    rows = rng.normal(0, 0.08, (count, SIZE)).astype(np.float32)
    rows[:, axis] += 1
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def library() -> tuple[list[Passage], np.ndarray]:
    rng = np.random.default_rng(7)
    said = [*passages(WASTE, first=1), *passages(MOULD, first=101)]
    return said, np.vstack([near(0, 7, rng), near(1, 7, rng)])


def propose(said: list[Passage], vectors: np.ndarray) -> tuple[Proposal, ...]:
    texts = analysis.texts(said, [one.text_hash for one in said], vectors)
    return analysis.proposals(texts, before={}, rng=np.random.default_rng(0))


def test_passages_that_mean_alike_are_proposed_together_with_words_and_proof(
    library: tuple[list[Passage], np.ndarray],
) -> None:
    found = propose(*library)
    assert {frozenset(one.fragment_ids) for one in found} == {frozenset(range(1, 8)), frozenset(range(101, 108))}
    for one in found:
        assert len(one.proof) == 3
        assert set(one.proof) <= set(one.fragment_ids)
        assert list(one.closeness) == sorted(one.closeness, reverse=True)
        assert one.theme_ids == (0, 1)
    assert any("ratten" in one.words for one in found)


def test_the_order_in_which_passages_come_does_not_matter(library: tuple[list[Passage], np.ndarray]) -> None:
    said, vectors = library
    order = np.random.default_rng(3).permutation(len(said))
    assert propose(said, vectors) == propose([said[at] for at in order], vectors[order])


def test_what_only_one_document_says_is_not_proposed(library: tuple[list[Passage], np.ndarray]) -> None:
    said, vectors = library
    alone = [
        Passage(one.text, one.text_hash, "nl", one.themes, fragment_id=one.fragment_id, source_id=1) for one in said
    ]
    assert propose(alone, vectors) == ()


def test_a_sentence_that_every_document_repeats_is_one_passage() -> None:
    rng = np.random.default_rng(1)
    text = "Dit rapport kwam tot stand dankzij de ratten en de containers op de kade"
    same = [
        Passage(
            f"{text} {number}", f"{number:064d}", "nl", frozenset({number % 2}), fragment_id=number, source_id=number
        )
        for number in range(1, 9)
    ]
    assert propose(same, near(0, 8, rng)) == ()


def test_passages_that_share_no_words_are_about_nothing() -> None:
    rng = np.random.default_rng(1)
    words = "abcdefghijklmnopqrstuvwxyz"
    said = [
        Passage(
            " ".join(words[(number * 3 + step) % 26] * (5 + step) for step in range(7)),
            f"{number:064d}",
            "nl",
            frozenset({number % 2}),
            fragment_id=number,
            source_id=number,
        )
        for number in range(1, 9)
    ]
    assert propose(said, near(0, 8, rng)) == ()


def test_headings_and_passages_without_a_vector_are_left_out(library: tuple[list[Passage], np.ndarray]) -> None:
    said, vectors = library
    heading = Passage("Ratten op de kade", f"{999:064d}", "nl", frozenset({1}), fragment_id=999, source_id=999)
    unread = passages(WASTE[:1], first=500)
    hashes = [*(one.text_hash for one in said), heading.text_hash]
    texts = analysis.texts([*said, heading, *unread], hashes, np.vstack([vectors, vectors[:1]]))
    assert {one.fragment_id for row in texts.of for one in row} == {one.fragment_id for one in said}


def test_an_empty_library_proposes_nothing() -> None:
    texts = analysis.texts([], [], np.zeros((0, 0), dtype=np.float32))
    assert analysis.proposals(texts, before={}, rng=np.random.default_rng(0)) == ()
    assert analysis.additions(texts, accepted={1: frozenset("a")}, denied={}) == ()


def test_what_an_accepted_issue_has_is_not_proposed_again(library: tuple[list[Passage], np.ndarray]) -> None:
    said, vectors = library
    texts = analysis.texts(said, [one.text_hash for one in said], vectors)
    found = propose(said, vectors)
    accepted = {5: frozenset(one.text_hash for one in said[:2])}
    assert [set(one.fragment_ids) for one in analysis.without(texts, found, accepted)] == [set(range(101, 108))]


def test_the_rest_of_an_accepted_issue_is_suggested_to_it_without_what_people_denied(
    library: tuple[list[Passage], np.ndarray],
) -> None:
    said, vectors = library
    texts = analysis.texts(said, [one.text_hash for one in said], vectors)
    accepted = {5: frozenset(one.text_hash for one in said[:3])}
    denied = {5: frozenset({said[3].text_hash})}
    added = analysis.additions(texts, accepted=accepted, denied=denied)
    assert {one.issue_id for one in added} == {5}
    assert {one.fragment_id for one in added} <= {5, 6, 7}
    assert added
    assert [one.closeness for one in added] == sorted((one.closeness for one in added), reverse=True)
