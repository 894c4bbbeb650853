"""Which entries of a register may be one and the same party."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from scipy.sparse import csr_array

from samenhang.knowledge.duplicates import shingles
from samenhang.knowledge.naming import house_number, plain_address, plain_name
from samenhang.knowledge.records import Pair

SAME = 0.62  # fixed on a register of 3,337 sites with known identities
ASK = 0.55
OTHER_NUMBER = 0.3  # what different house numbers take off the score
NAME_ALONE = 0.75  # without both addresses a name must be this alike to ask
OWN_NAME = 0.5  # neighbours in one building are not the same party: the names must agree too
_NAMES_MEET, _ADDRESSES_MEET = 0.35, 0.5  # cosine from which two entries are compared at all
_BLOCK = 512

# One of these in one name only tells branches apart ("Kadeschool", "Kadeschool Oost"): a human is asked.
_BRANCH = frozenset(
    "noord zuid oost west centrum nieuw oud jong junior senior north south east west central new old i ii iii iv v".split()
)

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


def same_parties(names: Sequence[str], addresses: Sequence[str]) -> tuple[Pair, ...]:
    """Compare parties by name and address; the most alike pairs first, in three bands.

    ``same``: one party under two names, as far as letters tell; ``ask``: a human decides; ``different``: near enough to
    be compared, and not the same. Pairs that share too few letters to be compared are not in the answer. An address
    may be "". Nothing is merged by this: also ``same`` is a suspicion until a human confirms it.

    Score = half the name (0.7 token set + 0.3 plain ratio) and half the address (token sort), less 0.3 when house
    numbers differ; without both addresses the name alone, which is never ``same`` unless the names are equal. Names that
    agree for less than half, or of which one names another branch, are never ``same``, whatever the address.

    Raises ``ValueError`` when names and addresses are not equally many. Source: Cohen, Ravikumar & Fienberg (2003), "A
    comparison of string distance metrics for name-matching tasks". Not for people: nobody is merged by machine.

    >>> names = ["Stichting De Lange Tafel", "Buurtkeuken de Lange Tafel", "Kadeschool"]
    >>> [(pair.a, pair.b, pair.band) for pair in same_parties(names, ["Weverskade 12", "Weverskade 12", "Kade 1"])]
    [(0, 1, 'same')]
    """
    if len(names) != len(addresses):
        raise ValueError(f"{len(names)} names and {len(addresses)} addresses")
    told = [plain_name(name) for name in names]
    lives = [plain_address(address) for address in addresses]
    a, b = _met(told, lives)
    if not len(a):
        return ()
    name, score = _scores(told, lives, a, b)
    bands = [_band(score[i], name[i], (told[a[i]], told[b[i]]), (lives[a[i]], lives[b[i]])) for i in range(len(a))]
    order = np.lexsort((b, a, -np.round(score, 6)))
    return tuple(Pair(int(a[i]), int(b[i]), round(float(score[i]), 4), bands[i]) for i in order)


def _met(names: list[str], addresses: list[str]) -> tuple[Indices, Indices]:
    """Rows that share enough runs of three letters in name or address: a < b."""
    found = np.concatenate([_meeting(names, _NAMES_MEET), _meeting(addresses, _ADDRESSES_MEET)])
    pairs = np.unique(found)
    return pairs // max(len(names), 1), pairs % max(len(names), 1)


def _meeting(texts: list[str], least: float) -> NDArray[np.int64]:
    """Pairs whose TF-IDF rows over runs of three letters have a cosine of at least ``least``, as a * n + b."""
    n = len(texts)
    filled = [row for row, text in enumerate(texts) if text]
    if len(filled) < 2:
        return np.empty(0, dtype=np.int64)
    rows = _tfidf([f" {texts[row]} " for row in filled])
    place = np.array(filled, dtype=np.int64)
    other_way = rows.T.tocsr()
    found = []
    for at in range(0, len(filled), _BLOCK):
        cosine = (rows[at : at + _BLOCK] @ other_way).tocoo()
        one, other = place[cosine.row + at], place[cosine.col]
        kept = (cosine.data >= least) & (one < other)
        found.append(one[kept] * n + other[kept])
    return np.concatenate(found)


def _tfidf(texts: list[str]) -> csr_array:
    codes, starts = shingles(texts, 3)
    vocabulary, column = np.unique(codes, return_inverse=True)
    sizes = np.diff(np.append(starts, len(codes)))
    owner = np.repeat(np.arange(len(texts)), sizes)
    counts = csr_array((np.ones(len(codes)), (owner, column)), shape=(len(texts), len(vocabulary)))
    counts.sum_duplicates()
    spread = np.bincount(counts.indices, minlength=len(vocabulary))
    weights = (1 + np.log(counts.data)) * (np.log((1 + len(texts)) / (1 + spread)) + 1)[counts.indices]
    lengths = np.sqrt(np.add.reduceat(weights**2, counts.indptr[:-1]))
    weights /= np.repeat(lengths, np.diff(counts.indptr))
    return csr_array((weights, counts.indices, counts.indptr), shape=counts.shape)


def _scores(names: list[str], addresses: list[str], a: Indices, b: Indices) -> tuple[Floats, Floats]:
    one, other = [names[i] for i in a], [names[i] for i in b]
    here, there = [addresses[i] for i in a], [addresses[i] for i in b]
    tokens = process.cpdist(one, other, scorer=fuzz.token_set_ratio, dtype=np.float64) / 100
    ratio = process.cpdist(one, other, scorer=fuzz.ratio, dtype=np.float64) / 100
    place = process.cpdist(here, there, scorer=fuzz.token_sort_ratio, dtype=np.float64) / 100
    numbers = [house_number(address) for address in addresses]
    apart = np.array([bool(numbers[i] and numbers[j] and numbers[i] != numbers[j]) for i, j in zip(a, b, strict=True)])
    placed = np.array([bool(x and y) for x, y in zip(here, there, strict=True)])
    name = 0.7 * tokens + 0.3 * ratio
    together = 0.5 * name + 0.5 * place - OTHER_NUMBER * apart
    return name, np.clip(np.where(placed, together, name), 0.0, 1.0)


def _band(score: float, name: float, names: tuple[str, str], addresses: tuple[str, str]) -> str:
    if not all(addresses):
        if names[0] == names[1]:
            return "same"
        return "ask" if score >= NAME_ALONE else "different"
    if name < OWN_NAME or score < ASK:
        return "different"
    # At one address a branch word is a way of writing; at two it may be another school.
    apart = addresses[0] != addresses[1] and _other_branch(*names)
    return "same" if score >= SAME and not apart else "ask"


def _other_branch(one: str, other: str) -> bool:
    apart = set(one.split()) ^ set(other.split())
    return bool(apart & _BRANCH) or any(word.isdigit() for word in apart)
