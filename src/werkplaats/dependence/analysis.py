"""Which offers may be about which needs, by meaning and across languages. The only place that knows the encoder."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from samenhang import knowledge
from werkplaats.dependence.rules.fitting import LEAST_MEANING, Fit, Wish, chosen, steps_apart
from werkplaats.search.queries import vectors
from werkplaats.search.rules import text_hash

_BLOCK = 256
"""Needs that are laid beside all offers at once: memory stays small however many there are."""
_CANDIDATES = 12
"""Of each need so many offers are looked at, the likest in meaning: enough to fill its places after what is barred."""


def fits(
    needs: Sequence[Wish],
    offers: Sequence[Wish],
    *,
    barred: Collection[tuple[int, int]] = frozenset(),
    apart: Collection[tuple[str, str]] = frozenset(),
) -> tuple[Fit, ...]:
    """The few offers to propose for each need, best first.

    `barred`: (need, offer) that were refused or asked before; `apart`: owners, in either order, that are never introduced.
    Nobody's own offer fits their own need.
    """
    if not needs or not offers:
        return ()
    meaning = _meanings([*needs, *offers])
    lines = meaning[[len(needs) + at for at in range(len(offers))]]
    found: list[Fit] = []
    for start in range(0, len(needs), _BLOCK):
        block = needs[start : start + _BLOCK]
        cosine = meaning[start : start + len(block)] @ lines.T
        for need, row in zip(block, cosine, strict=True):
            found += _likest(need, row, offers, barred=barred, apart=apart)
    return chosen(found)


def _likest(
    need: Wish,
    row: NDArray[np.float32],
    offers: Sequence[Wish],
    *,
    barred: Collection[tuple[int, int]],
    apart: Collection[tuple[str, str]],
) -> Iterable[Fit]:
    kept = 0
    for at in np.argsort(-row, kind="stable"):
        offer, meaning = offers[at], float(row[at])
        if meaning < LEAST_MEANING or kept == _CANDIDATES:
            return
        pair = (need.owner, offer.owner)
        if need.owner == offer.owner or (need.id, offer.id) in barred or pair in apart or pair[::-1] in apart:
            continue
        kept += 1
        yield Fit(need.id, offer.id, meaning, steps_apart(need.area, offer.area))


def _meanings(wishes: Sequence[Wish]) -> NDArray[np.float32]:
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
