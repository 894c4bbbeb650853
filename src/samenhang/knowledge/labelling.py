"""What a cluster is about, in words that its own texts use."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from simplemma import lemmatize

from samenhang.knowledge.languages import language
from samenhang.knowledge.records import Label
from samenhang.knowledge.stopwords import STOPWORDS

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PROOF = 3
_LEMMAS = ("nl", "en", "de", "fr", "es", "tr")


def labels(
    texts: Sequence[str],
    cl: NDArray[np.intp],
    vec: NDArray[np.float32] | None = None,
    languages: Sequence[str] | None = None,
    words: int = 5,
) -> tuple[Label, ...]:
    """Name each cluster of ``cl`` (n,) by the words that set it apart, with its most central texts as proof.

    A word counts once per text, by its lemma; its weight is (share of the cluster's texts with it) x log(1 + clusters /
    clusters with it), the mean over what it is in other clusters taken into account by the second factor. It is shown
    in the form that the texts use most. Words on the stop list, numbers, words in one text only (of four or more) and
    names (of people above all: nobody is to be made a subject) are left out. Most central: nearest to the mean row of the
    cluster in ``vec`` (n, d), or by shared words without. ``languages`` (n,) is found out when not given. A label is a
    hint for people, who give the issue its name.

    Labels come in order of their number; -1 gets none. Raises ``ValueError`` when lengths differ.

    >>> said = ["De lift staat stil", "Weer een kapotte lift", "Meer bomen in de straat", "Bomen geven schaduw"]
    >>> [label.words[0] for label in labels(said, np.array([0, 0, 1, 1]))]
    ['lift', 'bomen']
    """
    if len(cl) != len(texts) or (vec is not None and len(vec) != len(texts)):
        raise ValueError("texts, cluster numbers and rows must be equally many")
    spoken = tuple(languages) if languages is not None else language(texts)
    lemmas: dict[int, list[set[str]]] = defaultdict(list)
    members: dict[int, list[int]] = defaultdict(list)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for number, (text, code) in enumerate(zip(texts, spoken, strict=True)):
        group = int(cl[number])
        if group >= 0:
            lemmas[group].append(_lemmas(text, code, forms))
            members[group].append(number)
    spread = Counter(lemma for group in lemmas.values() for lemma in set().union(*group))
    made = []
    for group in sorted(members):
        weight = {
            lemma: much
            for lemma, much in _weights(lemmas[group], spread, len(members)).items()
            if not _is_name(forms[lemma])
        }
        shown = [_shown(forms[lemma]) for lemma in sorted(weight, key=lambda lemma: (-weight[lemma], lemma))]
        central = _central(members[group], lemmas[group], weight, vec)
        if not shown:  # nothing sets it apart: the longest words of its most central text
            shown = sorted({place.group().lower() for place in _WORD.finditer(texts[central[0]])}, key=_longest_first)
        made.append(Label(group, len(members[group]), _distinct(shown)[:words], central))
    return tuple(made)


def telling_lemmas(text: str, code: str) -> frozenset[str]:
    """The lemmas in a text of language ``code`` that may name a subject: no stop words, no numbers.

    >>> sorted(telling_lemmas("Er lopen weer ratten bij de containers.", "nl"))
    ['container', 'loop', 'rat']
    """
    return frozenset(_lemmas(text, code, defaultdict(Counter)))


def _lemmas(text: str, code: str, forms: dict[str, Counter[str]]) -> set[str]:
    """The same, and counts the forms in which each lemma was met."""
    found = set()
    for place in _WORD.finditer(text):
        word = place.group()
        plain = word.lower()
        if len(plain) < 3 or plain in STOPWORDS:
            continue
        lemma = _lemma(plain, code if code in _LEMMAS else "nl")
        if lemma not in STOPWORDS and len(lemma) > 2:
            found.add(lemma)
            opens = place.start() == 0 or text[: place.start()].rstrip()[-1:] in ".!?:\"“'‘"
            if not (opens and word[0].isupper()):  # a capital that opens a sentence tells nothing
                forms[lemma][word] += 1
    return found


@lru_cache(maxsize=200_000)
def _lemma(word: str, code: str) -> str:
    lemma: str = lemmatize(word, lang=code)
    return lemma.lower()


def _weights(group: list[set[str]], spread: Counter[str], groups: int) -> dict[str, float]:
    seen = Counter(lemma for text in group for lemma in text)
    least = 2 if len(group) >= 4 else 1
    return {
        lemma: count / len(group) * float(np.log1p(groups / spread[lemma]))
        for lemma, count in seen.items()
        if count >= least
    }


def _is_name(forms: Counter[str]) -> bool:
    """Whether a word is the name of somebody or something: inside sentences it was met with a capital, or not at all."""
    capital = sum(count for form, count in forms.items() if form[0].isupper())
    return 2 * capital >= forms.total()


def _shown(forms: Counter[str]) -> str:
    """The form met most, in lower case."""
    together: Counter[str] = Counter()
    for form, count in forms.items():
        together[form.lower()] += count
    return min(together, key=lambda form: (-together[form], form))


def _longest_first(word: str) -> tuple[int, str]:
    return -len(word), word


def _distinct(shown: list[str]) -> tuple[str, ...]:
    """Without words that lie within a word already shown ("woning" beside "woningen")."""
    kept: list[str] = []
    for word in shown:
        stem = word.lower()[:-2] if len(word) > 6 else word.lower()
        if not any(other.lower().startswith(stem) or word.lower().startswith(other.lower()) for other in kept):
            kept.append(word)
    return tuple(kept)


def _central(
    members: list[int], lemmas: list[set[str]], weight: dict[str, float], vec: NDArray[np.float32] | None
) -> tuple[int, ...]:
    if vec is not None:
        rows = vec[members].astype(np.float64)
        scores = np.round(rows @ rows.mean(axis=0), 6)
    else:
        scores = np.array([sum(weight.get(lemma, 0.0) for lemma in sorted(text)) for text in lemmas])
    order = np.argsort(-scores, kind="stable")[:_PROOF]
    return tuple(members[at] for at in order)
