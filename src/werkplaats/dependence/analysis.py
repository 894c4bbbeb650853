"""Which offers may be about which needs, by meaning and across languages. The only place that knows the encoder."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from samenhang import knowledge
from werkplaats.dependence.rules.fitting import LEAST_MEANING, LEAST_SCORE, SAME_MEANING, Fit, Wish, chosen, steps_apart
from werkplaats.search.queries import vectors
from werkplaats.search.rules import text_hash

_BLOCK = 256
"""Needs that are laid beside all offers at once: memory stays small however many there are."""
_CANDIDATES = 12
"""Of each need so many offers are looked at, the likest in meaning: enough to fill its places after what is barred."""
_NEIGHBOURS, _COMMON = 5, 0.15
"""How many others a text is compared with, and how alike two texts of needs and offers are when there are fewer."""

Numbers = NDArray[np.float32]


def fits(
    needs: Sequence[Wish],
    offers: Sequence[Wish],
    *,
    earlier: Collection[tuple[Wish, Wish]] = (),
    apart: Collection[tuple[str, str]] = frozenset(),
) -> tuple[Fit, ...]:
    """The few offers to propose for each need, best first.

    `earlier`: need and offer that were refused or asked before. That holds for what the same two ask and offer again in the
    same or nearly the same words. `apart`: owners, in either order, that are never introduced.
    Nobody's own offer fits their own need. Some texts are a little like everything ("one afternoon a week"). So a pair counts
    by how far its cosine lies above the mean of the five likest others of the need and of the offer, as in the cross-domain
    similarity local scaling of Conneau and others, "Word translation without parallel data" (2018).
    """
    if not needs or not offers:
        return ()
    meaning = _meanings([*needs, *offers])
    barred = _barred(needs, offers, meaning, earlier)
    asks, gives = meaning[: len(needs)], meaning[len(needs) :]
    of_offers = np.full((len(offers), _NEIGHBOURS + 1), _COMMON, dtype=np.float32)
    for block in _blocks(len(needs)):
        of_offers = _likest(np.hstack([of_offers, (asks[block] @ gives.T).T]))
    found: list[Fit] = []
    for block in _blocks(len(needs)):
        cosine = asks[block] @ gives.T
        common = np.full((len(cosine), _NEIGHBOURS + 1), _COMMON, dtype=np.float32)
        stands = cosine - (_others(_likest(np.hstack([common, cosine])), cosine) + _others(of_offers, cosine.T).T) / 2
        for at, need in enumerate(needs[block]):
            found += _fits(need, offers, cosine[at], stands[at], barred=barred, apart=apart)
    return chosen(found)


def _barred(
    needs: Sequence[Wish], offers: Sequence[Wish], meaning: Numbers, earlier: Collection[tuple[Wish, Wish]]
) -> set[tuple[int, int]]:
    """The needs and offers (ids) that say again what was refused or asked `earlier`, or still say it."""
    asks, gives = _again(needs, meaning, {need for need, _ in earlier}), meaning[len(needs) :]
    offered = _again(offers, gives, {offer for _, offer in earlier})
    return {(ask, give) for need, offer in earlier for ask in asks[need] for give in offered[offer]}


def _again(now: Sequence[Wish], meaning: Numbers, earlier: Collection[Wish]) -> dict[Wish, set[int]]:
    """Each of `earlier` itself (ids), and which of `now` it comes back as: the same owner says about the same."""
    of_owner: dict[str, list[int]] = {}
    for at, wish in enumerate(now):
        of_owner.setdefault(wish.owner, []).append(at)
    found = {before: {before.id} for before in earlier}
    pairs = [(before, at) for before in earlier for at in of_owner.get(before.owner, ())]
    if not pairs:
        return found
    words = knowledge.are_near([before.text for before, _ in pairs], [now[at].text for _, at in pairs])
    told = _meanings([before for before, _ in pairs])
    alike = (told * meaning[[at for _, at in pairs]]).sum(axis=1) >= SAME_MEANING
    for (before, at), is_same in zip(pairs, words | alike, strict=True):
        if is_same:
            found[before].add(now[at].id)
    return found


def _blocks(count: int) -> Iterable[slice]:
    return (slice(start, start + _BLOCK) for start in range(0, count, _BLOCK))


def _likest(rows: Numbers) -> Numbers:
    """Of each row its highest few, one more than are compared with, highest first."""
    few = np.partition(rows, rows.shape[1] - _NEIGHBOURS - 1, axis=1)[:, -_NEIGHBOURS - 1 :]
    return -np.sort(-few, axis=1)


def _others(likest: Numbers, cosine: Numbers) -> Numbers:
    """For each pair the mean of the highest of its row, itself left out."""
    among = cosine >= likest[:, -1:]
    without = likest.sum(axis=1, keepdims=True) - cosine
    mean: Numbers = np.where(among, without, likest[:, :-1].sum(axis=1, keepdims=True)) / _NEIGHBOURS
    return mean


def _fits(
    need: Wish,
    offers: Sequence[Wish],
    cosine: Numbers,
    stands: Numbers,
    *,
    barred: Collection[tuple[int, int]],
    apart: Collection[tuple[str, str]],
) -> Iterable[Fit]:
    kept = 0
    for at in np.argsort(-stands, kind="stable"):
        offer, stands_out = offers[at], float(stands[at])
        if stands_out < LEAST_SCORE or kept == _CANDIDATES:
            return
        pair = (need.owner, offer.owner)
        if need.owner == offer.owner or (need.id, offer.id) in barred or pair in apart or pair[::-1] in apart:
            continue
        if cosine[at] >= LEAST_MEANING:
            kept += 1
            yield Fit(need.id, offer.id, float(cosine[at]), stands_out, steps_apart(need.area, offer.area))


def _meanings(wishes: Sequence[Wish]) -> Numbers:
    """A row of length 1 for each; what the search knows already is not computed again."""
    hashes = [text_hash(wish.text) for wish in wishes]
    known, matrix = vectors(hashes, knowledge.encoder_name())
    place: Mapping[str, int] = {text: at for at, text in enumerate(known)}
    missing = [at for at, text in enumerate(hashes) if text not in place]
    made = knowledge.encode([wishes[at].text for at in missing]) if missing else matrix[:0]
    width = made.shape[1] if missing else matrix.shape[1]
    rows = np.empty((len(wishes), width), dtype=np.float32)
    for at, text in enumerate(hashes):
        if text in place:
            rows[at] = matrix[place[text]]
    rows[missing] = made
    return rows
