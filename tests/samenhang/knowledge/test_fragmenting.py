import itertools

from hypothesis import given
from hypothesis import strategies as st

from samenhang import knowledge
from samenhang.knowledge.fragmenting import LONGEST
from samenhang.knowledge.lines import paragraphs, running_lines


def texts(text: str) -> list[str]:
    return [fragment.text for fragment in knowledge.fragments(text)]


def test_a_very_short_sentence_joins_its_neighbour_in_the_paragraph() -> None:
    assert texts("Dat klopt. De zaal aan de kade staat al drie jaar leeg. Echt.") == [
        "Dat klopt. De zaal aan de kade staat al drie jaar leeg. Echt."
    ]
    assert texts("Echt waar, mensen!\nDe zaal aan de kade staat leeg.") == [
        "Echt waar, mensen!",
        "De zaal aan de kade staat leeg.",
    ]


def test_a_very_long_sentence_is_cut_at_a_pause() -> None:
    text = "Wij vragen om licht in de straat, om bankjes bij het water; " * 12
    found = texts(text)
    assert len(found) > 1
    assert all(len(piece) <= LONGEST for piece in found)
    assert all(piece.endswith((";", ",")) for piece in found)


def test_list_items_stand_alone_without_their_marks() -> None:
    assert texts("- Meer bankjes\n• Minder auto's\n3. Een zaal erbij\nb) Licht op straat") == [
        "Meer bankjes",
        "Minder auto's",
        "Een zaal erbij",
        "Licht op straat",
    ]


def test_a_heading_behind_a_sentence_is_no_part_of_it() -> None:
    first, second = "Bij veel mensen is Nederlands niet de eerste taal.", "Het oordeel over de woning is een 6,4."
    assert texts(f"{first} Wonen\n{second}") == [first, second]
    assert texts(f"Dat is zo. Wat wij niet weten\n{second}") == ["Dat is zo.", "Wat wij niet weten", second]
    assert texts(f"{first} Echt.\n{second}") == [f"{first} Echt.", second]
    assert texts(f"{first} Een kop\n- Meer bankjes op het plein") == [f"{first} Een kop", "Meer bankjes op het plein"]


def test_a_heading_behind_a_full_line_is_a_line_of_its_own() -> None:
    lines = [
        "Wij maken geen ranglijst. Wie er toch een maakt, mag ons bellen; dan leggen wij uit",
        "waarom dat met deze aantallen op geen enkele manier en in geen enkele buurt kan.",
        "Bevolking",
        "Het Kanaalkwartier heeft 19.230 inwoners, en dat zijn er 770 meer dan in 2019 in de",
        "Oude telling. De groei zit in de nieuwbouw van De Rietkade, zegt de gemeente nu aan",
        "Kanaalzicht.",
    ]
    assert paragraphs(lines).split("\n") == [
        f"{lines[0]} {lines[1]}",
        "Bevolking",
        f"{lines[3]} {lines[4]} {lines[5]}",
    ]


def test_lines_without_a_statement_are_left_out() -> None:
    assert texts("Inleiding ................ 3\n12 | 34 | 56\n\ue001\ue002\ue003 \ufffd\ufffd ab cdef\n2026") == []


def test_each_fragment_knows_its_language() -> None:
    found = knowledge.fragments("De lift is al weken kapot.\nThe lift has been broken for weeks.")
    assert [fragment.language for fragment in found] == ["nl", "en"]


def test_a_language_outside_the_choice_is_never_given() -> None:
    assert set(knowledge.language(["Der Aufzug ist kaputt", "", "123"], among=("nl", "tr"))) <= {"nl", "tr"}
    assert knowledge.language(["123", ""], among=("nl", "en")) == ("nl", "nl")


@given(
    st.lists(st.sampled_from(["De zaal is leeg", ".", "! ", "\n", "- ", " dhr. ", "3", "\f", "é", "…", "a" * 90])).map(
        "".join
    )
)
def test_fragments_reproduce_the_text_and_never_overlap(text: str) -> None:
    found = knowledge.fragments(text)
    assert all(text[f.start : f.end] == f.text and len(f.text) <= LONGEST for f in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


def test_words_broken_at_a_line_end_are_made_whole() -> None:
    assert paragraphs(["De bewo-", "ners van de be-", "heer- en de", "SER-", "adviezen \u00ad"]) == (
        "De bewoners van de beheer- en de SER-adviezen "
    )
    assert paragraphs(["zorg-", "en welzijn"]) == "zorg- en welzijn"


def test_a_page_of_its_own_has_no_running_lines() -> None:
    assert running_lines([["Een kop", "tekst"]]) == frozenset()
    assert running_lines([["Kop 1", "a b", "voet"], ["Kop 2", "c d", "voet"]]) == {"kop #", "voet"}
