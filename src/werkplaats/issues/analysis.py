"""What belongs together in the documents and needs of a workshop, as proposals for people to decide on."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samenhang import knowledge
from werkplaats.issues.records import Addition, Passage, Proposal
from werkplaats.issues.rules import is_worth_showing, lies_in

Vectors = NDArray[np.float32]

FEWEST_WORDS = 6
"""A shorter fragment (a heading, a date, a name) says too little to belong anywhere."""
TELLING_WORDS, SHARED_WORDS, FEWEST_SHARING = 12, 0.5, 5
"""A group is about something when at least this share, and this many, of its passages have two of its telling words."""
NEAR = 0.7
"""A group whose middle has at least this cosine with the middle of an accepted issue is that issue, not a new one."""
SUGGESTED = 0.5
"""A passage with at least this cosine with the middle of an accepted issue, and no other nearer, is suggested to it."""
MOST_PROPOSALS, MOST_ADDITIONS = 12, 8
"""A list that a person reads to the end."""
_PROOF = 3
_THEME_SHARE, _MOST_THEMES = 0.12, 4  # a theme with less of the passages is left out


@dataclass(frozen=True)
class Texts:
    """Every different text once: the passages that say it, what it means, and a number that near duplicates share."""

    of: tuple[tuple[Passage, ...], ...]
    hashes: tuple[str, ...]
    vectors: Vectors
    family: NDArray[np.intp]


def encoder_name() -> str:
    """What compares meanings here; vectors are stored under its name."""
    return knowledge.encoder_name()


def texts(passages: Iterable[Passage], hashes: Sequence[str], vectors: Vectors) -> Texts:
    """The passages that can be compared: long enough, and with a vector. `hashes[i]` is the text of ``vectors[i]`` (n, d)."""
    row = {text_hash: number for number, text_hash in enumerate(hashes)}
    same: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.text_hash in row and (passage.need_id is not None or len(passage.text.split()) >= FEWEST_WORDS):
            same[passage.text_hash].append(passage)
    order = sorted(same)
    if not order:
        return Texts((), (), np.zeros((0, 0), dtype=np.float32), np.empty(0, dtype=np.intp))
    family = knowledge.near_duplicates([same[text_hash][0].text for text_hash in order])
    meaning = vectors if order == list(hashes) else vectors[[row[one] for one in order]]
    return Texts(tuple(tuple(same[text_hash]) for text_hash in order), tuple(order), meaning, family)


def proposals(
    all_texts: Texts, *, before: Mapping[str, int], rng: np.random.Generator, beat: Callable[[], None] | None = None
) -> tuple[Proposal, ...]:
    """The groups that are worth showing, those first that hold together most. `before`: the group of a text yesterday, by hash.

    Groups by `knowledge.belongs_together`. Near duplicates count once for size: a sentence that every report repeats is one
    passage.
    A group counts for as many different passages as have two of its words in common; see `rules.is_worth_showing`.
    """
    if not all_texts.of:
        return ()
    start = np.array([before.get(text_hash, -1) for text_hash in all_texts.hashes], dtype=np.intp) if before else None
    said = [passages[0] for passages in all_texts.of]
    told, languages = [one.text for one in said], [one.language or "nl" for one in said]
    group = knowledge.belongs_together(told, all_texts.vectors, rng=rng, start=start, languages=languages, beat=beat)
    closeness = _closeness(all_texts.vectors, group)
    labels = knowledge.labels(told, group, all_texts.vectors, languages, words=TELLING_WORDS)
    found = [(np.flatnonzero(group == label.cluster), label.words) for label in labels]
    shared = [(_sharing(all_texts, rows, words), rows, words) for rows, words in found]
    shared.sort(key=lambda one: (-one[0], all_texts.hashes[one[1][0]]))
    made = (_proposal(all_texts, rows, closeness, words) for _, rows, words in shared)
    return tuple(proposal for proposal in made if proposal)


def without(all_texts: Texts, found: Iterable[Proposal], accepted: Mapping[int, Set[str]]) -> tuple[Proposal, ...]:
    """What is new in proposals beside the accepted issues (by id, the hashes of their passages); at most `MOST_PROPOSALS`.

    A proposal that shares half of its passages with an accepted issue, or whose middle lies near its middle, is that
    issue again. From the others, passages that an accepted issue has are left out.
    """
    row = {text_hash: number for number, text_hash in enumerate(all_texts.hashes)}
    middles = _middles(all_texts, accepted)
    taken = frozenset[str]().union(*accepted.values())
    new: list[Proposal] = []
    for proposal in found:
        rows = np.array([row[one] for one in sorted(proposal.hashes)], dtype=np.intp)
        middle = _middle(all_texts.vectors, rows)
        again = any(lies_in(proposal.hashes, own) for own in accepted.values())
        if again or any(float(middle @ other) >= NEAR for other in middles.values()):
            continue
        if proposal.hashes & taken:
            rows = rows[[all_texts.hashes[one] not in taken for one in rows]]
            rest = _proposal(all_texts, rows, all_texts.vectors @ middle, proposal.words)
            new += [rest] if rest else []
        else:
            new.append(proposal)
    return tuple(new[:MOST_PROPOSALS])


def additions(
    all_texts: Texts, *, accepted: Mapping[int, Set[str]], denied: Mapping[int, Set[str]]
) -> tuple[Addition, ...]:
    """The passages nearest to the middle of each accepted issue that no issue has, without those that people `denied` it."""
    middles = sorted(_middles(all_texts, accepted).items())
    if not middles:
        return ()
    cosines = np.round(all_texts.vectors @ np.stack([middle for _, middle in middles]).T, 6)
    home = cosines.argmax(axis=1)
    taken = frozenset[str]().union(*accepted.values())
    added: list[Addition] = []
    for number, (pk, _) in enumerate(middles):
        rows = np.flatnonzero((home == number) & (cosines[:, number] >= SUGGESTED))
        left_out = taken | denied.get(pk, frozenset())
        near_first = sorted(rows.tolist(), key=lambda one: (-cosines[one, number], all_texts.hashes[one]))
        fresh = [one for one in near_first if all_texts.hashes[one] not in left_out]
        for one in _once(all_texts, fresh)[:MOST_ADDITIONS]:
            placed = next((own for own in all_texts.of[one] if own.fragment_id is not None), None)
            if placed is not None and placed.fragment_id is not None:
                added.append(Addition(pk, placed.fragment_id, float(cosines[one, number])))
    return tuple(added)


def _once(all_texts: Texts, rows: list[int]) -> list[int]:
    """The first of each family of near duplicates."""
    first: dict[int, int] = {}
    for row in rows:
        first.setdefault(int(all_texts.family[row]), row)
    return list(first.values())


def _middles(all_texts: Texts, groups: Mapping[int, Set[str]]) -> dict[int, Vectors]:
    row = {text_hash: number for number, text_hash in enumerate(all_texts.hashes)}
    known = {pk: [row[one] for one in sorted(hashes) if one in row] for pk, hashes in groups.items()}
    return {pk: _middle(all_texts.vectors, rows) for pk, rows in known.items() if rows}


def _closeness(vectors: Vectors, group: NDArray[np.intp]) -> NDArray[np.float64]:
    """The cosine of each row with the middle of its group; -1 where it is alone."""
    close = np.full(len(vectors), -1.0)
    for number in np.unique(group[group >= 0]):
        rows = np.flatnonzero(group == number)
        close[rows] = np.round(vectors[rows] @ _middle(vectors, rows), 6)
    return close


def _sharing(all_texts: Texts, rows: NDArray[np.intp], words: tuple[str, ...]) -> int:
    """How many different passages of a group have at least two of its words, in any form ("brief" is in "brieven")."""
    stems = [word.lower()[: max(4, len(word) - 2)] for word in words]
    sharing = {
        int(all_texts.family[row])
        for row in rows.tolist()
        if sum(stem in all_texts.of[row][0].text.lower() for stem in stems) >= 2
    }
    return len(sharing)


def _middle(vectors: Vectors, rows: NDArray[np.intp] | list[int]) -> Vectors:
    total = vectors[rows].sum(axis=0, dtype=np.float64)
    return np.asarray(total / (np.linalg.norm(total) or 1.0), dtype=np.float32)


def _proposal(
    all_texts: Texts, rows: NDArray[np.intp], closeness: NDArray[np.floating], words: tuple[str, ...]
) -> Proposal | None:
    near_first = sorted(rows.tolist(), key=lambda row: (-closeness[row], all_texts.hashes[row]))
    passages = [(passage, row) for row in near_first for passage in all_texts.of[row]]
    placed = [(passage.fragment_id, row) for passage, row in passages if passage.fragment_id is not None]
    sources = {passage.source_id for passage, _ in passages if passage.source_id is not None}
    themes = _themes([passage for passage, _ in passages])
    different = len({int(all_texts.family[row]) for _, row in placed})
    about_something = _sharing(all_texts, rows, words) >= max(FEWEST_SHARING, SHARED_WORDS * different)
    if not about_something or not is_worth_showing(passages=different, sources=len(sources), themes=len(themes)):
        return None
    return Proposal(
        fragment_ids=tuple(pk for pk, _ in placed),
        closeness=tuple(float(closeness[row]) for _, row in placed),
        need_ids=tuple(passage.need_id for passage, _ in passages if passage.need_id is not None),
        proof=_proof(all_texts, passages),
        theme_ids=themes,
        words=words,
        hashes=frozenset(
            all_texts.hashes[row] for row in rows.tolist() if any(one.fragment_id for one in all_texts.of[row])
        ),
    )


def _themes(passages: list[Passage]) -> tuple[int, ...]:
    """The themes across which these passages run, the strongest first, at most four.

    A passage of a document with several themes counts for a part in each: which of them it is about is not known.
    """
    weight: dict[int, float] = defaultdict(float)
    for passage in passages:
        for theme in passage.themes:
            weight[theme] += 1 / len(passage.themes)
    least = _THEME_SHARE * sum(weight.values())
    strongest = sorted(weight, key=lambda theme: (-round(weight[theme], 6), theme))
    return tuple(theme for theme in strongest if weight[theme] >= least)[:_MOST_THEMES]


def _proof(all_texts: Texts, passages: list[tuple[Passage, int]]) -> tuple[int, ...]:
    """The most central passages that say different things, from different sources as far as there are."""
    families: set[int] = set()
    fresh: list[Passage] = []
    for passage, row in passages:
        family = int(all_texts.family[row])
        if passage.fragment_id is not None and family not in families:
            families.add(family)
            fresh.append(passage)
    sources: set[int | None] = set()
    first: list[Passage] = []
    later: list[Passage] = []
    for passage in fresh:
        (later if passage.source_id in sources else first).append(passage)
        sources.add(passage.source_id)
    return tuple(passage.fragment_id for passage in (*first, *later)[:_PROOF] if passage.fragment_id is not None)
