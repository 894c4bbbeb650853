"""Words and meaning: how a question is compared with what the rooms offered."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from threading import Thread

import numpy as np
import Stemmer
from numpy.typing import NDArray

from samenhang import knowledge
from samenhang.knowledge.stopwords import STOPWORDS
from werkplaats.accounts.rules import Who, may
from werkplaats.kit.names import plain
from werkplaats.search import queries, rules
from werkplaats.search.models import Entry
from werkplaats.search.records import Found, Hit, Meanings, Piece, Wanted, Why
from werkplaats.workshops.models import Workshop

LEAST_LIKE = 0.27
"""Cosine from which a passage is about the question. Unrelated ones lie between -0.1 and 0.2, also across languages."""

PARTY = "party"
"""The kind of entry of which several may be one thing: a party that goes under two names."""

_CANDIDATES = 100  # of each ranking: enough to fill a page after what is not public is left out
_AROUND = 140  # characters of an excerpt on each side of the first word that matches
_WORD = re.compile(r"[^\W_]+")
_STEMMED = {"nl": "dutch", "en": "english"}


def encoder_name() -> str:
    """What compares meanings here; stored with every vector."""
    return knowledge.encoder_name()


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """One row of length 1 per text, shape (n, d)."""
    return knowledge.encode(texts)


def warm() -> None:
    """Loads the encoder beside what a new web process does first: the first text takes a second, the next two milliseconds."""
    Thread(target=lambda: encode(["zoeken"]), daemon=True).start()


def stems(text: str, language: str) -> str:
    """The words of a text as they stand in the index: without accents, each as its stem in that language.

    >>> stems("De woningen zijn vochtig.", "nl")
    'de woon zijn vocht'
    """
    return " ".join(_stem(word, language) for word in _WORD.findall(plain(text)))


def forms(question: str) -> tuple[tuple[str, ...], ...]:
    """Per word of a question the forms that count as it: as written, and its Dutch and English stem.

    Words that say nothing are left out; where nothing else was asked the longest stays, since half of all texts hold the others.

    >>> forms("de woningen"), forms("wie is er")
    ((('woningen', 'woon'),), (('wie',),))
    """
    words = list(dict.fromkeys(_WORD.findall(plain(question[: rules.LONGEST_QUESTION]))))
    telling = [word for word in words if word not in STOPWORDS] or sorted(words, key=len)[-1:]
    return tuple(tuple(sorted({word, *(_stem(word, language) for language in _STEMMED)})) for word in telling)


def find(workshop: Workshop, question: str, *, who: Who, kinds: Sequence[str] = (), limit: int = 20) -> Found:
    """What a workshop has on a question, by word and by meaning, best first; only what `who` may see.

    Two rankings are fused by reciprocal rank: how well the words fit, and how close the meaning lies (of what is close, and
    of what has the words). Of what is found by word, passages with every word go before those with only some of them: a
    short sentence with one word can lie close to the question and still be about something else. By word alone where the
    meanings are not there yet.
    """
    within = may(who, rules.READ_WITHIN, workshop)
    wanted = Wanted(forms(question), tuple(kinds), within)
    words = queries.by_words(workshop, wanted, most=_CANDIDATES)
    table = queries.meanings(workshop.pk, encoder_name())
    likeness = _by_meaning(table, question, words, kinds) if table is not None and wanted.words else {}
    meaning = sorted(likeness, key=lambda pk: -likeness[pk])
    every = frozenset(pk for pk, held in words.items() if held == len(wanted.words))
    order = _every_word_first(knowledge.fuse([list(words), meaning]), words, every)
    rows = islice(_once(queries.in_order(order, workshop=workshop, within=within, kinds=kinds)), limit)
    hits = tuple(
        _hit(row, wanted.words, _why(row.pk in words, likeness.get(row.pk, 0.0) >= LEAST_LIKE)) for row in rows
    )
    return Found(hits, by_meaning=table is not None, waiting=queries.waiting(workshop))


def _once(rows: Iterable[Entry]) -> Iterator[Entry]:
    """The same rows, in which a party that goes under several names stands once."""
    seen: set[str] = set()
    for row in rows:
        if row.kind != PARTY or row.url not in seen:
            yield row
        if row.kind == PARTY:
            seen.add(row.url)


def _every_word_first(order: Sequence[int], words: Collection[int], every: Collection[int]) -> list[int]:
    """The same order, except that what has every word takes the first of the places that go to what was found by word."""
    found = iter(sorted((pk for pk in order if pk in words), key=lambda pk: pk not in every))
    return [next(found) if pk in words else pk for pk in order]


def _by_meaning(table: Meanings, question: str, words: Iterable[int], kinds: Sequence[str]) -> dict[int, float]:
    """The cosine with the question, of the entries that lie close to it and of those that have its words."""
    stands = table.stands
    if kinds:
        stands = stands[np.isin(table.kind[stands], [kind.encode() for kind in kinds])]
    row = encode([question[: rules.LONGEST_QUESTION]])[0]
    near, score = knowledge.nearest(table.values, row, k=_CANDIDATES, among=stands)
    close = {
        int(pk): float(cosine) for pk, cosine in zip(table.entry[near], score, strict=True) if cosine >= LEAST_LIKE
    }
    others = stands[np.isin(table.entry[stands], [pk for pk in words if pk not in close])]
    return close | {int(table.entry[at]): float(table.values[at] @ row) for at in others}


def _why(by_words: bool, by_meaning: bool) -> Why:
    if by_words and by_meaning:
        return Why.BOTH
    return Why.WORDS if by_words else Why.MEANING


def _hit(entry: Entry, words: tuple[tuple[str, ...], ...], why: Why) -> Hit:
    return Hit(
        kind=entry.kind,
        key=entry.key,
        title=entry.title,
        url=entry.url,
        excerpt=excerpt(entry.text, words),
        why=why,
        place=entry.place,
        dated_on=entry.dated_on,
        language=entry.language,
    )


def excerpt(text: str, words: Sequence[Sequence[str]]) -> tuple[Piece, ...]:
    """The part of a text around the first word that was asked for, with such words marked; else its beginning.

    >>> [piece.text for piece in excerpt("Er is te weinig huiswerkplek.", [("huiswerk",)]) if piece.matches]
    ['huiswerkplek']
    """
    marks = [found.span() for found in _WORD.finditer(text) if _matches(plain(found.group()), words)]
    first = marks[0][0] if marks else 0
    start = 0 if first <= _AROUND else text.find(" ", first - _AROUND) + 1
    end = len(text) if len(text) - start <= 2 * _AROUND else text.rfind(" ", start, start + 2 * _AROUND)
    end = end if end > start else start + 2 * _AROUND
    pieces, at = [Piece("… ")] if start else [], start
    for mark_start, mark_end in marks:
        if mark_start < start or mark_end > end:
            continue
        pieces += [Piece(text[at:mark_start]), Piece(text[mark_start:mark_end], matches=True)]
        at = mark_end
    pieces += [Piece(text[at:end]), Piece(" …" if end < len(text) else "")]
    return tuple(piece for piece in pieces if piece.text)


def _matches(word: str, words: Sequence[Sequence[str]]) -> bool:
    own = {word, *(_stem(word, language) for language in _STEMMED)}
    return any(
        form in own or (len(form) >= queries.PREFIX and word.startswith(form)) for group in words for form in group
    )


def _stem(word: str, language: str) -> str:
    algorithm = _STEMMED.get(language)
    return str(_stemmer(algorithm).stemWord(word)) if algorithm else word


@lru_cache(maxsize=2)
def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(algorithm)
