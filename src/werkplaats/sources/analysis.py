"""Reading files, cutting them into passages, and finding what was said before."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray
from rapidfuzz import fuzz

from samenhang import knowledge
from samenhang.knowledge.duplicates import plain_text
from werkplaats.kit.refusal import Refusal
from werkplaats.search.records import Meanings
from werkplaats.search.rules import text_key
from werkplaats.sources.records import Kin, NewSaying, Pair, Passage, Passed, Reading, Repeat, Told
from werkplaats.sources.rules import LONGEST_DOCUMENT, MOST_ALIKE, MOST_EARLIER, Likeness, is_statement

SAME_MEANING = 0.8
"""Cosine from which two passages say the same in other words."""

_BLOCK = 512  # sayings that are compared by meaning at once


class UnreadableDocument(Refusal):
    """A file that cannot be read as a document. `reason` is one of the codes of `samenhang.knowledge.Unreadable`."""

    def __init__(self, sentence: str, *, reason: str) -> None:
        super().__init__(sentence)
        self.reason = reason


def read(path: Path, *, file_name: str, largest: int) -> Reading:
    """The text of a file of at most `largest` bytes, per page. Raises `UnreadableDocument`, which names `file_name`.

    It is read in a process of its own with limits: what makes a reader crash or hang stops there.
    """
    try:
        document = knowledge.read_apart(path, largest)
    except knowledge.Unreadable as problem:
        raise UnreadableDocument(
            _sentence(problem.reason_code, file_name, largest), reason=problem.reason_code
        ) from problem
    if sum(map(len, document.pages)) > LONGEST_DOCUMENT:
        raise too_large(file_name, largest=largest)
    return Reading(document.sha256, document.media_type, document.pages)


def too_large(file_name: str, *, largest: int) -> UnreadableDocument:
    """The refusal of a file over the limit of `largest` bytes, or with more text than a document has."""
    return UnreadableDocument(_sentence("too_large", file_name, largest), reason="too_large")


def _sentence(reason: str, file_name: str, largest: int) -> str:
    sentences = {
        "empty": _("“%(file)s” is leeg. Kies een bestand waar tekst in staat."),
        "encrypted": _(
            "“%(file)s” zit op slot met een wachtwoord. Bewaar het zonder wachtwoord en probeer het opnieuw."
        ),
        "broken": _("“%(file)s” is niet heel. Haal het bestand opnieuw op of bewaar het opnieuw."),
        "no_text": _("In “%(file)s” staat geen tekst, alleen plaatjes van bladzijden. Maak er eerst tekst van (OCR)."),
        "too_large": _("“%(file)s” is te groot. Een bestand mag %(limit)s MB zijn. Knip het op in delen."),
        "bad_encoding": _("De letters in “%(file)s” zijn niet te lezen. Bewaar het bestand als tekst in UTF-8."),
        "unsupported": _(
            "“%(file)s” is geen document dat we kunnen lezen. Kies PDF, Word (docx), HTML, Markdown of tekst."
        ),
        "too_heavy": _(
            "“%(file)s” lezen duurt te lang of kost te veel geheugen. Knip het in delen of bewaar het opnieuw als PDF."
        ),
        "crashed": _("Het lezen van “%(file)s” liep vast. Bewaar het bestand opnieuw, bijvoorbeeld als PDF."),
        "missing": _("“%(file)s” is niet gevonden of niet te openen."),
    }
    return sentences.get(reason, sentences["broken"]) % {"file": file_name, "limit": largest // 1_000_000}


def passages(pages: Sequence[str], *, languages: Sequence[str]) -> tuple[Passage, ...]:
    """The statement-sized passages of a document with their place; running headers and footers are left out."""
    document = knowledge.Document("", "", tuple(pages))
    found = knowledge.fragments_of(document, tuple(languages) or ("nl", "en"))
    return tuple(Passage(each.page, each.start, each.end, each.text, each.language) for each in found)


class Shelf:
    """The sayings of a workshop in the order in which they came, to compare new ones with.

    What is found for a saying depends on those before it alone: it does not matter in how many parts they come.
    """

    def __init__(self, passed: Passed, meanings: Meanings | None) -> None:
        self._hashes, self._sketches = passed
        self._known = set(self._hashes)
        self._values = np.zeros((0, 0), dtype=np.float32) if meanings is None else meanings.values
        text = np.empty(0, dtype=np.uint64) if meanings is None else meanings.text
        order = np.argsort(text, kind="stable")
        self._sorted, self._place = text[order], order
        self._rows = self._rows_of(self._hashes)

    def has_meaning(self, text_hash: str) -> bool:
        """Whether the meaning of a text can be compared."""
        return bool(self._rows_of([text_hash])[0] >= 0)

    def add(
        self, texts: dict[str, str], *, earlier: Callable[[Iterable[str]], dict[str, str]], beat: Callable[[], None]
    ) -> tuple[NewSaying, ...]:
        """Puts texts (by their hash) behind the others, as far as they state something and are new, and compares them.

        `earlier` gives the texts of hashes that came before; `beat` is called now and then.
        """
        new = {text_hash: text for text_hash, text in texts.items() if self._is_new(text_hash, text)}
        since = len(self._hashes)
        self._hashes += new
        self._known |= new.keys()
        made = knowledge.sketches(list(new.values()))
        self._sketches = np.concatenate([self._sketches, made])
        self._rows = np.concatenate([self._rows, self._rows_of(list(new))])
        found: dict[int, dict[int, tuple[Likeness, float]]] = defaultdict(dict)
        for one, other, score in self._by_meaning(since, beat):
            found[other][one] = (Likeness.MEANING, score)
        for one, other, likeness, score in self._by_letters(since, new, earlier):
            found[other][one] = (likeness, score)  # letters go before meaning
        return tuple(
            NewSaying(text_hash, row.astype("<u4").tobytes(), bool(self._rows[at] >= 0), self._most_alike(found[at]))
            for at, (text_hash, row) in enumerate(zip(new, made, strict=True), start=since)
        )

    def _is_new(self, text_hash: str, text: str) -> bool:
        return text_hash not in self._known and is_statement(text)

    def _rows_of(self, hashes: Sequence[str]) -> NDArray[np.intp]:
        """Where the meaning of each text stands; -1: nowhere."""
        keys = np.array([text_key(text_hash) for text_hash in hashes], dtype=np.uint64)
        if not len(self._sorted):
            return np.full(len(keys), -1, dtype=np.intp)
        at = np.minimum(np.searchsorted(self._sorted, keys), len(self._sorted) - 1)
        return np.where(self._sorted[at] == keys, self._place[at], -1)

    def _most_alike(self, found: dict[int, tuple[Likeness, float]]) -> tuple[Pair, ...]:
        best = sorted(found, key=lambda one: (found[one][0] is Likeness.MEANING, -found[one][1], one))[:MOST_ALIKE]
        return tuple(Pair(self._hashes[one], *found[one]) for one in best)

    def _by_letters(
        self, since: int, new: dict[str, str], earlier: Callable[[Iterable[str]], dict[str, str]]
    ) -> Iterator[tuple[int, int, Likeness, float]]:
        pairs = knowledge.look_alikes(self._sketches, since)
        texts = new | earlier({self._hashes[one] for one in set(pairs[:, 0].tolist()) if one < since})
        standing = [(one, other) for one, other in pairs.tolist() if self._hashes[one] in texts]
        said = [(texts[self._hashes[one]], texts[self._hashes[other]]) for one, other in standing]
        near = knowledge.are_near([one for one, _ in said], [other for _, other in said])
        for (one, other), (first, second), is_near in zip(standing, said, near.tolist(), strict=True):
            if is_near:
                plain, again = plain_text(first), plain_text(second)
                exact = plain == again
                score = 1.0 if exact else fuzz.partial_ratio(plain, again) / 100
                yield one, other, Likeness.EXACT if exact else Likeness.NEAR, score

    def _by_meaning(self, since: int, beat: Callable[[], None]) -> Iterator[tuple[int, int, float]]:
        known = np.flatnonzero(self._rows >= 0)
        first = int(np.searchsorted(known, since))
        rows = self._rows[known]
        for at in range(first, len(known), _BLOCK):
            beat()
            pairs = knowledge.near_before(self._values, rows, at, at + _BLOCK, least=SAME_MEANING, most=MOST_ALIKE)
            for one, other, score in pairs:
                yield int(known[one]), int(known[other]), score


def first_told(places: Iterable[Told]) -> dict[str, tuple[Told, ...]]:
    """Of each text the places where it stood first, one in each document, one document more than a passage points at.

    What stands later is nobody's earliest: so many others went before it, of which at most one is one's own document.
    """
    found: dict[str, dict[int, Told]] = defaultdict(dict)
    for place in sorted(places, key=lambda place: place.when):
        sources = found[place.text_hash]
        if place.source not in sources and len(sources) <= MOST_EARLIER:
            sources[place.source] = place
    return {text_hash: tuple(sources.values()) for text_hash, sources in found.items()}


def touched(fresh: Iterable[Told], places: Sequence[Told], kin: Kin) -> tuple[Told, ...]:
    """The places whose earlier ones may have changed because these are fresh: themselves, and who says the same after them."""
    of_text: dict[str, list[Told]] = defaultdict(list)
    for place in places:
        of_text[place.text_hash].append(place)
    first = first_told(places)
    found = {one.fragment: one for one in fresh}
    for one in tuple(found.values()):
        if one not in first.get(one.text_hash, ()):
            continue
        for text_hash in (one.text_hash, *kin.get(one.text_hash, ())):
            found |= {place.fragment: place for place in of_text[text_hash] if place.when > one.when}
    return tuple(found[fragment] for fragment in sorted(found))


def repeats(laters: Iterable[Told], first: Mapping[str, Sequence[Told]], kin: Kin) -> tuple[Repeat, ...]:
    """What was said before these, in other documents.

    A passage points at most `MOST_EARLIER` documents back, at one place in each: the most alike.
    """
    return tuple(repeat for later in laters for repeat in _earliest(later, first, kin.get(later.text_hash, {})))


def _earliest(
    later: Told, first: Mapping[str, Sequence[Told]], alike: Mapping[str, tuple[Likeness, float]]
) -> tuple[Repeat, ...]:
    best: dict[int, tuple[Told, Repeat]] = {}  # by the earlier document
    for text_hash, (likeness, score) in {**alike, later.text_hash: (Likeness.EXACT, 1.0)}.items():
        for place in first.get(text_hash, ()):
            if place.source == later.source or place.when >= later.when:
                continue
            repeat = Repeat(place.fragment, later.fragment, likeness, score)
            if place.source not in best or _rank(repeat) > _rank(best[place.source][1]):
                best[place.source] = (place, repeat)
    in_time = sorted(best.values(), key=lambda one: one[0].when)
    return tuple(repeat for _, repeat in in_time[:MOST_EARLIER])


def _rank(repeat: Repeat) -> tuple[bool, float, int]:
    """Letters go before meaning; then the most alike; then one of the two, always the same."""
    return repeat.likeness is not Likeness.MEANING, repeat.score, -repeat.earlier


def encoder_name() -> str:
    """What compares meanings here."""
    return knowledge.encoder_name()
