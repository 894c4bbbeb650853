from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkplaats.asks.rules.marking import COVER, covered, is_bsn, is_iban, marks, only_covers


@pytest.mark.parametrize(
    ("text", "tells", "words"),
    [
        ("Bel 06-12345678 even", "phone", "06-12345678"),
        ("Bel 020 123 45 67 even", "phone", "020 123 45 67"),
        ("Bel +31 6 1234 5678.", "phone", "+31 6 1234 5678"),
        ("Bel +90 532 123 45 67.", "phone", "+90 532 123 45 67"),
        ("Mail naar fatima.b@example.org!", "mail", "fatima.b@example.org"),
        ("Ik woon op 1056 BJ 12 hoog", "postcode", "1056 BJ 12"),
        ("postcode 1056bj", "postcode", "1056bj"),
        ("mijn nummer is 111222333 ja", "bsn", "111222333"),
        ("mijn nummer is 1112.22.333", "bsn", "1112.22.333"),
        ("stort op NL91 ABNA 0417 1643 00 graag", "iban", "NL91 ABNA 0417 1643 00"),
        ("op nl91abna0417164300, ja", "iban", "nl91abna0417164300"),
        ("Ik woon in de Jan van Galenstraat 12-hs", "street", "Jan van Galenstraat 12-hs"),
        ("in de kerkstraat 4b is het donker", "street", "kerkstraat 4b"),
        ("Kadeplein nr 7", "street", "Kadeplein nr 7"),
        ("Toen zei samira: nee", "name", "samira"),
    ],
)
def test_what_could_tell_who_somebody_is_is_marked(text: str, tells: str, words: str) -> None:
    assert [(text[one.start : one.end], one.tells.value) for one in marks(text, ["Samira"])] == [(words, tells)]


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 waren er 40 mensen.",
        "Het nummer 111222334 is geen burgerservicenummer.",
        "Op de weg lagen 3 tegels.",
        "De samiraatjes staan op tafel.",
        "Wij wachten al 1000 dagen en 12 uur.",
        "De Kadestraat is donker.",
    ],
)
def test_plain_words_are_left_alone(text: str) -> None:
    assert marks(text, ["Samira"]) == ()


@given(st.text(max_size=300), st.lists(st.text(min_size=3, max_size=12), max_size=4))
def test_marks_never_overlap_and_covering_them_changes_no_other_sign(text: str, names: list[str]) -> None:
    found = marks(text, names)
    assert all(a.end <= b.start for a, b in pairwise(found))
    if COVER not in text:
        assert only_covers(text, covered(text, found))


@given(st.lists(st.tuples(st.text("abc d", max_size=12), st.text("xyz", max_size=6)), min_size=1, max_size=5))
def test_any_covering_by_a_human_is_seen_as_one(pieces: list[tuple[str, str]]) -> None:
    text = "".join(kept + gone for kept, gone in pieces)
    assert only_covers(text, "".join(f"{kept}{COVER}" for kept, _gone in pieces))


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        ("Mijn zoon slaapt slecht.", "Mijn zoon slaapt goed."),
        ("Mijn zoon slaapt slecht.", "[…] en dat is jullie schuld."),
        ("Mijn zoon slaapt slecht.", "slaapt […] zoon"),
        ("abab", "ab[…]bab"),
        ("Nee.", ""),
    ],
)
def test_a_changed_word_is_no_covering(text: str, shared: str) -> None:
    assert not only_covers(text, shared)


def test_one_wrong_digit_is_no_bsn_and_no_iban() -> None:
    assert is_bsn("123456782")
    assert not any(is_bsn(f"12345678{digit}") for digit in "013456789")
    assert not is_bsn("000000000")
    assert is_iban("BE71 0961 2345 6769")
    assert not is_iban("BE71 0961 2345 6768")


def test_a_text_of_twenty_thousand_signs_is_marked_at_once() -> None:
    for word in ("Aa ", "1 ", "weg ", "a@", "NL12", "0 6 "):
        marks((word * 20_000)[:20_000], ["Samira"])
