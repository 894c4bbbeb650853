"""A library that grows in parts ends as one that came at once."""

import random
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samenhang.knowledge.test_duplicates import WORDS
from tests.sources.documents import added, swept
from werkplaats.search.records import Meanings
from werkplaats.search.rules import text_hash, text_key
from werkplaats.sources import analysis
from werkplaats.sources.models import Alike, Fragment, SaidBefore, Saying, Source
from werkplaats.sources.records import Kin, NewSaying, Repeat, Told
from werkplaats.sources.rules import MOST_ALIKE, MOST_EARLIER, SKETCH_PLACES, Likeness

DAYS = [date(2019, 1, 1) + timedelta(days=n) for n in range(4)]


def changed(words: list[str], at: int) -> str:
    return " ".join([*words[:at], "anders", *words[at + 1 :]])


def meanings(texts: list[str], chance: np.random.Generator) -> Meanings:
    """Meanings in which many texts lie close."""
    rows = np.repeat(chance.standard_normal((4, 8)), 1 + len(texts) // 4, axis=0)[: len(texts)]
    rows = rows + 0.3 * chance.standard_normal(rows.shape)
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    keys = np.array([text_key(text_hash(text)) for text in texts], dtype=np.uint64)
    count = np.arange(len(texts))
    return Meanings(count, np.full(len(texts), b"fragment"), keys, count, rows)


def shelved(texts: list[str], parts: list[int], table: Meanings | None) -> tuple[NewSaying, ...]:
    """What is found when the texts come in parts, each with a shelf of its own, as the sweep does it."""
    told = {text_hash(text): text for text in texts}
    found: list[NewSaying] = []
    for begin, end in zip([0, *parts], [*parts, len(texts)], strict=True):
        sketches = b"".join(one.sketch for one in found)
        before = np.frombuffer(sketches, dtype="<u4").reshape(-1, SKETCH_PLACES)
        shelf = analysis.Shelf(([one.text_hash for one in found], before), table)
        some = {text_hash(text): text for text in texts[begin:end]}
        found += shelf.add(some, earlier=lambda hashes: {one: told[one] for one in hashes}, beat=lambda: None)
    return tuple(found)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(0, 60), max_size=4).map(sorted), st.booleans())
def test_sayings_that_come_in_parts_are_alike_as_when_they_come_at_once(
    seed: int, parts: list[int], with_meanings: bool
) -> None:
    chance = random.Random(seed)
    sentences = [chance.choices(WORDS, k=12) for _ in range(6)]
    texts = [changed(chance.choice(sentences), chance.randrange(12)) for _ in range(60)]
    table = meanings(texts, np.random.default_rng(seed)) if with_meanings else None
    at_once = shelved(texts, [], table)
    assert any(one.alike for one in at_once)
    in_parts = shelved(texts, parts, table)
    assert [one.text_hash for one in in_parts] == [one.text_hash for one in at_once]
    for mine, other in zip(in_parts, at_once, strict=True):
        assert {pair.text_hash: pair.likeness for pair in mine.alike} == {
            pair.text_hash: pair.likeness for pair in other.alike
        }
        assert {pair.text_hash: pair.score for pair in mine.alike} == pytest.approx(
            {pair.text_hash: pair.score for pair in other.alike}, abs=1e-4
        )


def test_a_sentence_in_very_many_variants_makes_no_square_of_pairs() -> None:
    words = random.Random(1).choices(WORDS, k=14)
    texts = [f"{' '.join(words)} en dat is de stand van nummer {number}" for number in range(300)]
    found = shelved(texts, [100, 200], None)
    assert max(len(one.alike) for one in found) <= MOST_ALIKE
    assert sum(bool(one.alike) for one in found) == 299


def alike(texts: list[str], chance: random.Random) -> Kin:
    kin: Kin = {text: {} for text in texts}
    for _ in range(len(texts)):
        one, other = chance.sample(texts, 2)
        how = (chance.choice([Likeness.NEAR, Likeness.MEANING]), chance.randrange(80, 100) / 100)
        kin[one][other] = kin[other][one] = how
    return kin


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 100_000), st.integers(2, 90))
def test_whatever_the_order_in_which_places_come_the_same_was_said_before(seed: int, many: int) -> None:
    chance = random.Random(seed)
    texts = [f"t{n}" for n in range(chance.randint(2, 6))]
    kin = alike(texts, chance)
    days = [*DAYS, None]
    dated = {source: chance.choice(days) for source in range(1 + many // 2)}
    places = [
        Told(n, source := chance.randrange(1 + many // 2), dated[source], chance.choice(texts)) for n in range(many)
    ]
    chance.shuffle(places)
    noted: dict[int, tuple[Repeat, ...]] = {}
    for at, place in enumerate(places, start=1):
        there = places[:at]
        near = [one for one in there if one.text_hash in {place.text_hash, *kin[place.text_hash]}]
        for later in analysis.touched([place], near, kin):
            noted[later.fragment] = analysis.repeats([later], analysis.first_told(there), kin)
    whole = analysis.repeats(places, analysis.first_told(places), kin)
    assert {one for some in noted.values() for one in some} == set(whole)
    assert max((len(some) for some in noted.values()), default=0) <= MOST_EARLIER


def said() -> list[tuple[object, ...]]:
    rows = SaidBefore.objects.values_list(
        "earlier__source__key", "earlier__start", "later__source__key", "later__start", "likeness", "score"
    )
    return sorted(rows)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_a_library_that_grew_and_changed_says_the_same_as_one_that_came_at_once(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    sentences = [["De", *chance.choices(WORDS, k=12)] for _ in range(8)]
    text = {
        f"d{n:02}": "\n".join(f"{changed(one, chance.randrange(2, 12))}." for one in chance.sample(sentences, 4))
        for n in range(14)
    }
    day = {key: chance.choice(DAYS) for key in text}
    for n, key in enumerate(chance.sample(sorted(text), len(text))):
        added(tmp_path, text[key], key=key, published_on=chance.choice([*DAYS, None]))
        if n % 4 == 3:
            swept()
    for key in sorted(text):
        added(tmp_path, text[key], key=key, published_on=day[key])
    swept()
    grown = said()
    assert grown
    SaidBefore.objects.all().delete()
    Saying.objects.all().delete()
    Fragment.objects.update(is_compared=False)
    Source.objects.update(stale_since="2026-05-12T09:00:00Z")
    swept()
    assert said() == grown


@pytest.mark.django_db
def test_adding_a_document_compares_only_what_is_new_in_it(tmp_path: Path) -> None:
    chance = random.Random(3)
    for n in range(3):
        said_in_it = "\n".join(f"De {' '.join(chance.choices(WORDS, k=12))}." for _ in range(4))
        added(tmp_path, said_in_it, key=f"d{n}")
    swept()
    before = set(Saying.objects.values_list("pk", flat=True))
    added(tmp_path, said_in_it + "\nDe bewoners van de kade wachten al jaren op een zaal in de buurt.", key="nieuw")
    assert not Fragment.objects.filter(is_compared=False).exists()
    swept()
    assert len(set(Saying.objects.values_list("pk", flat=True)) - before) == 1
    assert not Alike.objects.exists()
    assert SaidBefore.objects.filter(later__source__key="nieuw").count() == 4
