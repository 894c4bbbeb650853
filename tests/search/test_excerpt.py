from hypothesis import given
from hypothesis import strategies as st

from werkplaats.search.analysis import excerpt, forms, stems

TEXTS = st.text(st.sampled_from("abcdé ABC .,zaal\n\u0301"), max_size=900)


@given(TEXTS, st.text(max_size=40))
def test_an_excerpt_is_a_run_of_the_text(text: str, question: str) -> None:
    pieces = [piece.text for piece in excerpt(text, forms(question)) if piece.text not in {"… ", " …"}]
    assert "".join(pieces) in text


@given(st.text(max_size=400))
def test_any_question_has_forms_and_stems(question: str) -> None:
    assert all(group for group in forms(question))
    assert stems(question, "tr") == stems(question, "")


def test_a_long_text_is_shown_around_the_first_match() -> None:
    pieces = excerpt("Inleiding. " * 60 + "De zaal is dicht. " + "Slot. " * 60, [("zaal",)])
    assert pieces[0].text == "… "
    assert pieces[-1].text == " …"
    assert [piece.text for piece in pieces if piece.matches] == ["zaal"]
    assert sum(len(piece.text) for piece in pieces) < 320


def test_of_a_question_of_small_words_the_longest_is_looked_for() -> None:
    assert forms("wie is er?") == (("wie",),)
