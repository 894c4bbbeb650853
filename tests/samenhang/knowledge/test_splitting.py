import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenhang import knowledge
from samenhang.knowledge.splitting import spans

# One sentence a line; the lines of a block stand behind each other in one paragraph.
BLOCKS = Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").strip().split("\n\n")


def ends(sentences: list[str]) -> set[int]:
    """Where each sentence ends when they stand behind each other with one space between; the last is no feat."""
    found, at = set(), 0
    for sentence in sentences[:-1]:
        at += len(sentence)
        found.add(at)
        at += 1
    return found


def test_sentences_of_the_test_set_are_found_with_an_f1_of_99_percent() -> None:
    right = wrong = missed = 0
    told = []
    for block in BLOCKS:
        lines = [part for line in block.split("\n") for part in line.split("|")]
        text = " ".join(lines)
        found = {sentence.end for sentence in knowledge.sentences(text)[:-1]}
        true = ends(lines)
        right, wrong, missed = right + len(found & true), wrong + len(found - true), missed + len(true - found)
        told += [text[max(0, at - 30) : at + 15] for at in found ^ true]
    assert right + missed >= 90
    assert 2 * right / (2 * right + wrong + missed) >= 0.99, told


@pytest.mark.parametrize(
    "whole",
    [
        "De woning aan de St. Jacobskade 3 staat leeg.",
        "Hij belde dhr. Smit a.u.b. terug over nr. 5.",
        "Zie art. 5 lid 2 van de verordening.",
        "Op 1 jan. 2020 begon het.",
        '"Kom je?" vroeg ze.',
        "Kijk op www.voorbeeld.nl/pagina.html?x=1.2 voor meer.",
        "Het is nu … bijna klaar.",
        "Mevr. A.B. van den Berg is er niet.",
        "1. Opening door de voorzitter.",
        "De eerste regel gaat\nop de tweede door.",
    ],
)
def test_one_sentence_stays_whole(whole: str) -> None:
    assert [sentence.text for sentence in knowledge.sentences(whole)] == [whole]


def test_a_blank_line_and_a_list_item_end_a_sentence() -> None:
    text = "Wat wij vragen\n\neen zaal\n- een sleutel\n- een stoel"
    assert [s.text for s in knowledge.sentences(text)] == ["Wat wij vragen", "een zaal", "- een sleutel", "- een stoel"]


def test_arabic_and_turkish_sentences_are_found_too() -> None:
    assert len(knowledge.sentences("المصعد معطل. نحن ننتظر منذ أشهر.")) == 2
    assert len(knowledge.sentences("Asansör bozuk. Şimdi ne olacak? İstanbul uzak.")) == 3


@given(st.text(alphabet="aB1. !?\n\"'…()dhr.-\u00e9\f\t", max_size=120))
def test_sentences_reproduce_the_text_and_lose_no_letter(text: str) -> None:
    found = knowledge.sentences(text)
    assert all(text[s.start : s.end] == s.text == s.text.strip() and s.text for s in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert "".join("".join(s.text for s in found).split()) == "".join(text.split())
    assert [(s.start, s.end) for s in found] == spans(text)
