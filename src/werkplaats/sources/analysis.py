"""Reading files, cutting them into passages, and finding what was said before."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray
from rapidfuzz import fuzz

from samenhang import knowledge
from samenhang.knowledge.duplicates import plain_text
from werkplaats.kit.refusal import Refusal
from werkplaats.sources.records import Passage, Reading, Repeat, Statement
from werkplaats.sources.rules import LONGEST_DOCUMENT, MOST_EARLIER, Likeness, is_statement, when

SAME_MEANING = 0.8
"""Cosine from which two passages say the same in other words."""

_LEAST_ALIKE = 60  # near duplicates are chained; a pair is kept only if it is alike itself, in percent of letters
_NEIGHBOURS = 10
_BLOCK = 512

Vectors = tuple[tuple[str, ...], NDArray[np.float32]]


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


def repeats(statements: Sequence[Statement], vectors: Vectors, *, beat: Callable[[], None]) -> tuple[Repeat, ...]:
    """What was said before, in other documents: by the same letters, or nearly, or by meaning.

    Short passages and passages of the same document are left out. A passage points at most `MOST_EARLIER` documents back,
    at one place in each: the most alike. `beat` is called now and then.
    """
    told = [each for each in statements if is_statement(each.text)]
    best: dict[tuple[int, int], Repeat] = {}  # (later fragment, earlier source)
    source = {each.fragment: each.source for each in told}
    for repeat in (*_by_letters(told), *_by_meaning(told, vectors, beat)):
        at = (repeat.later, source[repeat.earlier])
        if at not in best or _rank(repeat) > _rank(best[at]):
            best[at] = repeat
    return _earliest(best.values(), {each.fragment: each for each in told})


def _rank(repeat: Repeat) -> tuple[bool, float, int]:
    """Letters go before meaning; then the most alike; then one of the two, always the same."""
    return repeat.likeness is not Likeness.MEANING, repeat.score, -repeat.earlier


def _earliest(found: Iterable[Repeat], by_fragment: dict[int, Statement]) -> tuple[Repeat, ...]:
    earlier: dict[int, list[Repeat]] = defaultdict(list)
    for repeat in found:
        earlier[repeat.later].append(repeat)
    kept: list[Repeat] = []
    for later in sorted(earlier):
        kept += sorted(earlier[later], key=lambda each: _when(by_fragment[each.earlier]))[:MOST_EARLIER]
    return tuple(kept)


def _when(statement: Statement) -> tuple[object, ...]:
    return (*when(statement.published_on, statement.source), statement.fragment)


def _by_letters(told: Sequence[Statement]) -> Iterator[Repeat]:
    families: dict[int, list[Statement]] = defaultdict(list)
    for statement, family in zip(told, knowledge.near_duplicates([each.text for each in told]).tolist(), strict=True):
        families[family].append(statement)
    for family in families.values():
        yield from _within(sorted(family, key=_when))


def _within(family: Sequence[Statement]) -> Iterator[Repeat]:
    """The pairs of one family, each passage with the first ones of other documents before it."""
    plain = [plain_text(each.text) for each in family]
    for number, later in enumerate(family):
        sources: set[int] = set()
        for other, earlier in enumerate(family[:number]):
            if earlier.source == later.source or len(sources) >= MOST_EARLIER:
                continue
            exact = plain[other] == plain[number]
            score = 100.0 if exact else fuzz.partial_ratio(plain[other], plain[number])
            if exact or score >= _LEAST_ALIKE:
                sources.add(earlier.source)
                likeness = Likeness.EXACT if exact else Likeness.NEAR
                yield Repeat(earlier.fragment, later.fragment, likeness, score / 100)


def _by_meaning(told: Sequence[Statement], vectors: Vectors, beat: Callable[[], None]) -> Iterator[Repeat]:
    hashes, matrix = vectors
    place = {text: number for number, text in enumerate(hashes)}
    known = [each for each in told if each.text_hash in place]
    if len(known) < 2:
        return
    rows = matrix[[place[each.text_hash] for each in known]]
    source = np.array([each.source for each in known])
    for at in range(0, len(known), _BLOCK):
        beat()
        likeness = rows[at : at + _BLOCK] @ rows.T
        likeness[source[at : at + _BLOCK, None] == source[None, :]] = 0
        for here, there in _pairs(likeness):
            one, other = known[at + here], known[there]
            if _when(other) < _when(one):
                yield Repeat(other.fragment, one.fragment, Likeness.MEANING, min(float(likeness[here, there]), 1.0))


def _pairs(likeness: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """Of each row the places that mean the same, the best few."""
    for here in np.flatnonzero((likeness >= SAME_MEANING).any(axis=1)).tolist():
        best = np.argsort(-likeness[here], kind="stable")[:_NEIGHBOURS]
        yield from ((here, int(there)) for there in best if likeness[here, there] >= SAME_MEANING)
