"""MinHash signatures and locality-sensitive hashing for many small sets, in whole-array steps.

A set is a run of 32-bit codes in one long array. Two sets agree in each place of their signatures with a chance equal
to their Jaccard likeness, and pairs that agree in one whole band of places are found by sorting, without comparing all.
Source: Broder (1997), "On the resemblance and containment of documents"; Indyk & Motwani (1998).
"""

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Signatures = NDArray[np.uint32]
Indices = NDArray[np.intp]

_BLOCK = 1 << 15  # codes at a time: the block and its hashes stay in the processor's cache
_SEED = 20_150_629  # fixed: a signature that was stored stays comparable


def signatures(codes: Codes, starts: Indices, permutations: int = 64) -> Signatures:
    """The MinHash signature of each set: uint32 (n, permutations).

    ``codes``: the codes of all sets, one set after the other; ``starts``: where each set begins, shape (n,), strictly
    rising, so no set may be empty. Raises ``ValueError`` for an empty set.

    >>> both = np.array([1, 2, 3, 3, 2, 1], dtype=np.uint32)
    >>> first, second = signatures(both, np.array([0, 3]))
    >>> bool((first == second).all())
    True
    """
    bounds = np.append(starts, len(codes))
    if np.any(np.diff(bounds) <= 0):
        raise ValueError("a set without codes has no signature; leave it out")
    draw = np.random.default_rng(_SEED)
    odd = draw.integers(0, 1 << 31, permutations, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    shift = draw.integers(0, 1 << 32, permutations, dtype=np.uint32)
    made = np.empty((permutations, len(starts)), dtype=np.uint32)
    mixed = mix(codes)
    first = 0
    while first < len(starts):
        last = max(first + 1, int(np.searchsorted(bounds, bounds[first] + _BLOCK, side="right")) - 1)
        block = mixed[bounds[first] : bounds[last]]
        inside = starts[first:last] - bounds[first]
        for row in range(permutations):
            made[row, first:last] = np.minimum.reduceat(block * odd[row] + shift[row], inside)
        first = last
    return np.ascontiguousarray(made.T)


def mix(codes: Codes) -> Codes:
    """Scatter codes over all 32 bits (the finishing step of MurmurHash3), so that multiplying them acts like chance."""
    mixed = codes ^ (codes >> np.uint32(16))
    mixed = mixed * np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed = mixed * np.uint32(0xC2B2AE35)
    return np.asarray(mixed ^ (mixed >> np.uint32(16)), dtype=np.uint32)


def candidates(made: Signatures, rows: int = 2, crowd: int = 40, since: int = 0) -> NDArray[np.intp]:
    """Pairs that agree in all places of at least one band of ``rows`` places: (m, 2), first < second, each once.

    A pair of likeness j is found with chance 1 - (1 - j^rows)^(bands). In a band in which more than ``crowd`` sets agree
    (a phrase that everybody uses) who comes later is paired only with those that agree in one more place, and if these are
    still a crowd with the first of them: that keeps the number of pairs linear.

    ``since``: only pairs whose second is there or later. What is found for a set depends on the sets before it alone, so
    sets that are added leave earlier pairs as they were, and adding them in parts gives the same pairs.

    >>> candidates(np.array([[1, 2], [1, 2], [3, 4]], dtype=np.uint32)).tolist()
    [[0, 1]]
    """
    n, places = made.shape
    if n < 2 or since >= n:
        return np.empty((0, 2), dtype=np.intp)
    found: list[NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]
    for place in range(0, places - rows + 1, rows):
        key = _key(made[:, place : place + rows])
        members = np.arange(n)
        if since:  # only what shares its key with something new
            new = np.unique(key[since:])
            at = np.minimum(np.searchsorted(new, key), len(new) - 1)
            members = np.flatnonzero(new[at] == key)
        order, begin = _standing(key[members])
        before, wanted = np.arange(len(order)) - begin, members[order] >= since
        found.append(_pairs(members[order], begin, wanted & (before <= crowd), crowd, n))
        late = np.zeros(len(members), dtype=bool)
        late[order[wanted & (before > crowd)]] = True
        if late.any():
            extra = made[members, (place + rows) % places].astype(np.uint64)
            order, begin = _standing(key[members] * np.uint64(0x9E3779B97F4A7C15) + extra)
            found.append(_pairs(members[order], begin, late[order], crowd, n))
    pairs = np.sort(np.concatenate(found))
    pairs = pairs[np.concatenate([[True], pairs[1:] != pairs[:-1]])] if len(pairs) else pairs
    return np.stack([pairs // n, pairs % n], axis=1).astype(np.intp)


def _key(band: Signatures) -> NDArray[np.uint64]:
    key = band[:, 0].astype(np.uint64)
    for place in range(1, band.shape[1]):
        key = key * np.uint64(0x9E3779B97F4A7C15) + band[:, place]
    return key


def _standing(keys: NDArray[np.uint64]) -> tuple[Indices, Indices]:
    """The keys in order, equal ones as they came, and for each where the first of its equals stands in that order."""
    order = np.argsort(keys, kind="stable")
    firsts = np.flatnonzero(np.concatenate([[True], keys[order][1:] != keys[order][:-1]]))
    return order, np.repeat(firsts, np.diff(np.append(firsts, len(order))))


def _pairs(ids: Indices, begin: Indices, wanted: NDArray[np.bool_], crowd: int, n: int) -> NDArray[np.int64]:
    """Each wanted one with the first ``crowd`` of its equals before it, as first * n + second."""
    found: list[NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]
    seconds = np.flatnonzero(wanted)
    for nth in range(crowd):
        seconds = seconds[begin[seconds] + nth < seconds]
        if not len(seconds):
            break
        found.append(ids[begin[seconds] + nth].astype(np.int64) * n + ids[seconds])
    return np.concatenate(found)
