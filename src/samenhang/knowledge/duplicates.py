"""What was said before: the same text, or nearly the same."""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from samenhang import lsh

SHINGLE = 5  # characters
ALIKE = 80  # percent of letters that stay in place, for a pair to be near duplicates
CUT = 0.55  # a text that was cut short keeps at least this share of its letters ...
REMAINS = 92  # ... and this percentage of what remains equals the beginning or the end of the whole
_NO_WORD = re.compile(r"[^\w]+")
_SMALLEST = 20  # a shorter text is a near duplicate only of an equal one: one word of three is another statement
_SLICE = 8192  # pairs at a time: their signatures stay in the processor's cache


def near_duplicates(texts: Sequence[str]) -> NDArray[np.intp]:
    """Number the texts so that near duplicates share a number: int (n,), numbers in order of first appearance.

    Two texts are near duplicates when they are equal but for capitals, accents and punctuation, or when one or two
    words or some letters differ, or one is the other cut short: at least 80 % of the letters stay in place (longest
    common subsequence), or the shorter, at least 55 % as long, is the longer's beginning or end for 92 %. So "in 2019 stonden 40
    panden leeg" and "in 2023 stonden 12 panden leeg" are: said before, with other figures. It compares letters, never
    meaning, and does not tell whether two statements agree. Near duplicates are chained: a number may join texts that
    resemble each other only through a third. The division does not depend on the order of the texts.

    Pairs to compare are found by MinHash over runs of five letters, 64 permutations in 32 bands (``samenhang.lsh``).

    >>> near_duplicates(["De lift is al weken kapot.", "De speeltuin is dicht.", "de lift is al weken kapot"]).tolist()
    [0, 1, 0]
    """
    plain = [plain_text(text) for text in texts]
    unique = sorted(set(plain), key=lambda text: (len(text), text))
    place = {text: number for number, text in enumerate(unique)}
    family = _families(unique)
    chosen = family[[place[text] for text in plain]] if plain else np.empty(0, dtype=np.intp)
    return _in_order_of_appearance(chosen)


def plain_text(text: str) -> str:
    """Lower case words with single spaces, without accents and punctuation."""
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return _NO_WORD.sub(" ", text.lower()).strip()


def _families(unique: list[str]) -> NDArray[np.intp]:
    """The component of each distinct text, in which an edge joins near duplicates."""
    first = next((number for number, text in enumerate(unique) if len(text) >= _SMALLEST), len(unique))
    long = unique[first:]
    pairs = _alike(long) + first if len(long) > 1 else np.empty((0, 2), dtype=np.intp)
    links = coo_array((np.ones(len(pairs), dtype=bool), (pairs[:, 0], pairs[:, 1])), shape=(len(unique), len(unique)))
    _, family = connected_components(links, directed=False)
    return np.asarray(family, dtype=np.intp)


def sketches(texts: Sequence[str]) -> lsh.Signatures:
    """What each text is looked up by among near duplicates: uint32 (n, 64), equal for texts that are equal but for signs.

    It may be kept: it changes with nothing but the text.

    >>> sketches([]).shape
    (0, 64)
    """
    # A text without letters is a set of its own.
    plain = [plain_text(text) or "\0" for text in texts]
    return lsh.signatures(*shingles(plain)) if plain else np.empty((0, 64), dtype=np.uint32)


def look_alikes(made: lsh.Signatures, since: int = 0) -> NDArray[np.intp]:
    """Pairs of rows of ``sketches`` that may be near duplicates: (m, 2), first < second, second at least ``since``.

    Agreement in three of sixteen places throws out nearly every chance meeting before letters are compared. Rows that are
    added leave the pairs of earlier rows as they were (``lsh.candidates``).
    """
    pairs = lsh.candidates(made, since=since)
    # The last eight bits of a place tell as much as all of it, and four times as many fit into the processor's cache.
    short = np.ascontiguousarray(made.astype(np.uint8))
    least = made.shape[1] * 3 // 16
    kept = [np.empty((0, 2), dtype=np.intp)]
    for at in range(0, len(pairs), _SLICE):
        part = pairs[at : at + _SLICE]
        kept.append(part[np.count_nonzero(short[part[:, 0]] == short[part[:, 1]], axis=1) >= least])
    return np.concatenate(kept)


def are_near(one: Sequence[str], other: Sequence[str]) -> NDArray[np.bool_]:
    """Whether each pair of texts is a near duplicate, by the rule of ``near_duplicates`` and without chaining: bool (n,).

    >>> are_near(["De lift is al weken kapot.", "Te klein."], ["De lift is al maanden kapot!", "Te groot."]).tolist()
    [True, False]
    """
    plain = [sorted((plain_text(a), plain_text(b)), key=len) for a, b in zip(one, other, strict=True)]
    alike = _compared([a for a, _ in plain], [b for _, b in plain])
    return np.array(
        [a == b or (len(a) >= _SMALLEST and near) for (a, b), near in zip(plain, alike, strict=True)], dtype=np.bool_
    )


def _alike(texts: list[str]) -> NDArray[np.intp]:
    likely = look_alikes(lsh.signatures(*shingles(texts)))
    return likely[_compared([texts[a] for a in likely[:, 0]], [texts[b] for b in likely[:, 1]])]


def _compared(shorter: list[str], longer: list[str]) -> NDArray[np.bool_]:
    """Which pairs (the first never longer than the second) are near duplicates by their letters."""
    if not shorter:
        return np.empty(0, dtype=bool)
    alike = process.cpdist(shorter, longer, scorer=fuzz.ratio, score_cutoff=ALIKE) > 0
    rest = [i for i in np.flatnonzero(~alike) if len(shorter[i]) >= CUT * len(longer[i])]
    if rest:
        cut = [shorter[i] for i in rest]
        heads = [longer[i][: len(shorter[i])] for i in rest]
        tails = [longer[i][-len(shorter[i]) :] for i in rest]
        head = process.cpdist(cut, heads, scorer=fuzz.ratio, score_cutoff=REMAINS)
        tail = process.cpdist(cut, tails, scorer=fuzz.ratio, score_cutoff=REMAINS)
        alike[rest] = np.maximum(head, tail) > 0
    return np.asarray(alike, dtype=np.bool_)


def shingles(texts: Sequence[str], size: int = SHINGLE) -> tuple[lsh.Codes, lsh.Indices]:
    """The runs of ``size`` letters of each text as 32-bit codes, one text after the other, and where each begins.

    A text shorter than ``size`` is one run, filled up. Texts must not be empty.
    """
    padded = [text if len(text) >= size else text.ljust(size) for text in texts]
    letters = np.frombuffer("".join(padded).encode("utf-32-le"), dtype=np.uint32)
    code = np.zeros(len(letters) - size + 1, dtype=np.uint32)
    for offset in range(size):
        code = code * np.uint32(0x01000193) + letters[offset : offset + len(code)]
    lengths = np.array([len(text) for text in padded])
    ends = np.cumsum(lengths)
    # Runs that begin in the last letters of a text would reach into the next one.
    inside = np.ones(len(letters), dtype=bool)
    for back in range(1, size):
        inside[ends - back] = False
    starts = np.concatenate([[0], np.cumsum(lengths - size + 1)[:-1]]).astype(np.intp)
    return code[inside[: len(code)]], starts


def _in_order_of_appearance(numbers: NDArray[np.intp]) -> NDArray[np.intp]:
    _, first, inverse = np.unique(numbers, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.intp)
    rank[np.argsort(first)] = np.arange(len(first))
    return np.asarray(rank[inverse], dtype=np.intp)
