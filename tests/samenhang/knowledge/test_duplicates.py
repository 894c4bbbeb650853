import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenhang import knowledge

WORDS = """buurt zaal sleutel bewoners gemeente wachten trap lift schimmel kade haven kinderen school oversteek brieven loket
formulier energie rekening keuken soep vrijwilligers ouderen rollator stage diploma container ratten speeltuin boom straat
verlichting bankje tuin markt fiets auto parkeren geluid avond ochtend winter zomer groep taal hulp schuld fonds plan""".split()


def made(chance: random.Random) -> list[str]:
    return ["De", *chance.choices(WORDS, k=chance.randint(9, 22))]


def one_word(words: list[str], chance: random.Random) -> str:
    return " ".join([*words[:4], chance.choice(WORDS), *words[5:]])


def two_words(words: list[str], chance: random.Random) -> str:
    return " ".join([*words[:2], chance.choice(WORDS), *words[3:7], chance.choice(WORDS), *words[8:]])


def typing_errors(words: list[str], chance: random.Random) -> str:
    text = " ".join(words)
    at = chance.randrange(5, len(text) - 5)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 : -4] + text[-3:]


def cut_short(words: list[str], chance: random.Random) -> str:
    text = " ".join(words)
    return text[: int(len(text) * chance.uniform(0.62, 1))]


@pytest.mark.parametrize("change", [one_word, two_words, typing_errors, cut_short])
def test_99_of_100_small_changes_are_recognised(change: object) -> None:
    assert callable(change)
    chance = random.Random(7)
    first = [made(chance) for _ in range(1000)]
    said = [" ".join(words) for words in first] + [change(words, chance) for words in first]
    found = knowledge.near_duplicates(said)
    assert (found[:1000] == found[1000:]).mean() >= 0.99
    assert len(set(found[:1000].tolist())) >= 999


def test_capitals_accents_and_punctuation_make_no_difference() -> None:
    found = knowledge.near_duplicates(["Financiële hulp!", "  financiele, HULP", "Financiële zorgen"])
    assert found.tolist() == [0, 0, 1]


def test_statements_on_one_subject_are_not_the_same_statement() -> None:
    said = [
        "De gemeente sluit de speeltuin aan de Kade.",
        "Ouders willen dat de speeltuin aan de haven 's avonds open blijft.",
        "De bibliotheek is stil en daarom fijn voor huiswerk.",
        "Kinderen vinden de speeltuin aan de Kade te klein.",
    ]
    assert knowledge.near_duplicates(said).tolist() == [0, 1, 2, 3]


def test_the_same_finding_with_another_figure_was_said_before() -> None:
    found = knowledge.near_duplicates(
        ["In 2019 stonden in de Kadebuurt 40 panden leeg.", "In 2023 stonden in de Kadebuurt 12 panden leeg."]
    )
    assert found.tolist() == [0, 0]


def test_no_texts_and_empty_texts_are_fine() -> None:
    assert knowledge.near_duplicates([]).tolist() == []
    assert knowledge.near_duplicates(["", "...", "a"]).tolist() == [0, 0, 1]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=9, max_size=14), st.randoms(use_true_random=False))
def test_the_division_is_the_same_in_any_order(words: list[str], chance: random.Random) -> None:
    said = [" ".join([*words[:at], "anders", *words[at + 1 :]]) for at in range(0, 9, 2)]
    said += [" ".join(chance.sample(WORDS, 10)) for _ in range(10)]
    order = chance.sample(range(len(said)), len(said))
    straight = knowledge.near_duplicates(said)[order]
    turned = knowledge.near_duplicates([said[at] for at in order])
    assert ((straight[:, None] == straight) == (turned[:, None] == turned)).all()
