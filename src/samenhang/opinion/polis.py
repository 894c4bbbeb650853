"""Polis mode: the pipeline that Polis publishes, so that a conversation can be compared with what Polis says of it."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.linalg import LinearOperator, eigsh

from samenhang.opinion import polis_statistics as statistics
from samenhang.opinion.kmeans import kmeans_from
from samenhang.opinion.votes import Votes
from samenhang.shape import Floats, Ints

LEAST_VOTES, BASE, MOST = 7, 100, 5
STARTS = 10


@dataclass(frozen=True, eq=False)
class PolisMap:
    """What Polis says of a conversation.

    ``participants`` (P,): ids of who voted at least seven times (or on every statement); ``position`` (P, 2); ``group`` (P,), 0
    is the largest; ``statements`` (S,); ``representative``: per group the statements that set it apart; ``consensus``: what
    nearly all agree with, and disagree with; ``group_aware`` (S,): product over groups of the chance to agree; ``priority``
    (S,): how readily a statement is shown; ``extremity`` (S,): how far a statement lies from the middle; ``silhouette``: of
    2, 3, ... groups.
    """

    participants: Ints
    statements: Ints
    position: Floats
    group: Ints
    representative: tuple[statistics.Representative, ...]
    consensus: statistics.Consensus
    group_aware: Floats
    priority: Floats
    extremity: Floats
    silhouette: Floats


def polis_map(votes: Votes, groups: int | None = None) -> PolisMap:
    """Say what Polis would make of these votes.

    Each statement's votes are filled up with their mean where nobody voted, the two main components are taken, and each
    participant's projection is scaled by sqrt(S_all / n), with S_all all statements, and n the participant's votes on
    accepted statements plus the number of moderated ones: those are filled with noughts in Polis, and count as voted. Then
    base clusters, k-means on these, the number of groups by silhouette (or ``groups``), and the tests of
    `polis_statistics`. Filled up and centred, the table is the sparse table of differences from the mean: it is never made.

    Use it to compare with Polis; for who stands where, and how sure that is, use `opinion_map`. Raises ``ValueError`` for a
    number of groups below 2. Source: the description of the method by the Computational Democracy Project; no code was
    taken from it.

    >>> said = np.where(np.arange(20)[:, None] % 2 == np.arange(8) % 2, 1, -1)
    >>> who, what = np.indices(said.shape)
    >>> polis_map(Votes(who.ravel(), what.ravel(), said.ravel())).group.tolist()[:4]
    [1, 0, 1, 0]
    """
    if groups is not None and groups < 2:
        raise ValueError(f"polis_map: {groups} groups; there are at least 2")
    number = np.bincount(votes.row, minlength=votes.shape[0])
    who = np.flatnonzero(number >= min(LEAST_VOTES, max(votes.shape[1], 1)))
    mean = _means(votes)
    table = votes.matrix(votes.value - mean[votes.column])
    components = _components(table)
    scale = np.sqrt((votes.shape[1] + len(votes.moderated)) / np.maximum(number + len(votes.moderated), 1))
    position = np.asarray((table @ components.T) * scale[:, None])[who]
    label, silhouette = _grouped(position, groups)
    counts = statistics.counted(votes.of(who), label)
    extremity = np.sqrt((components**2).sum(axis=0)) * np.sqrt(votes.shape[1])
    return PolisMap(
        participants=votes.participants[who],
        statements=votes.statements,
        position=position,
        group=label,
        representative=statistics.representative(counts, votes.statements),
        consensus=statistics.consensus(counts, votes.statements),
        group_aware=statistics.group_aware(counts),
        priority=statistics.priority(votes, extremity),
        extremity=extremity,
        silhouette=silhouette,
    )


def _means(votes: Votes) -> Floats:
    """(S,) the mean vote on each statement, passes included."""
    number = np.bincount(votes.column, minlength=votes.shape[1])
    return np.asarray(np.bincount(votes.column, votes.value, minlength=votes.shape[1]) / np.maximum(number, 1))


def _components(table: csr_array) -> Floats:
    """(2, S) the two main directions; filled up with means and centred, what is missing is nought."""
    s = table.shape[1]
    found = np.zeros((2, s))
    k = min(2, min(table.shape) - 1)
    if k < 1 or not table.data.any():
        return found
    # X'X of S x S, or the operator when that would be large; the sign is that of the largest coordinate.
    if s <= 1500:
        square = (table.T @ table).toarray()
        main = np.linalg.eigh(square)[1][:, ::-1][:, :k].T
    else:
        operator = LinearOperator((s, s), matvec=lambda x: table.T @ (table @ x), dtype=np.float64)
        main = eigsh(operator, k=k, v0=np.random.default_rng(0).standard_normal(s))[1][:, ::-1].T
    largest = np.abs(main).argmax(axis=1)
    found[:k] = main * np.sign(main[np.arange(k), largest])[:, None]
    return found


def _grouped(position: Floats, groups: int | None) -> tuple[Ints, Floats]:
    """(P,) the group of each, the largest first; and the silhouette of each number of groups that was tried."""
    p = len(position)
    distinct = len(np.unique(position, axis=0))
    if distinct < 2 or p < 4:
        return np.zeros(p, dtype=np.int64), np.zeros(0)
    base_of, base = kmeans_from(position, np.ones(p), min(BASE, distinct), 1)
    size = np.bincount(base_of, minlength=len(base)).astype(np.float64)
    kept = np.flatnonzero(size > 0)
    tried = [groups] if groups else list(range(2, max(2, min(MOST, 2 + p // 12, len(kept) - 1)) + 1))
    labels, scores = [], []
    for k in tried:
        label = np.zeros(len(base), dtype=np.int64)
        label[kept] = kmeans_from(base[kept], size[kept], min(k, len(kept)), STARTS)[0]
        labels.append(label)
        scores.append(_silhouette(base[kept], label[kept]))
    chosen = labels[int(np.argmax(scores))][base_of]
    order = np.argsort(-np.bincount(chosen), kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[chosen], np.array(scores)


def _silhouette(at: Floats, label: Ints) -> float:
    """The mean of (b - a) / max(a, b): a the mean distance to one's own group, b to the nearest other; 0 for who is alone."""
    k = int(label.max()) + 1
    size = np.bincount(label, minlength=k)
    if (size > 0).sum() < 2:
        return -1.0
    far = np.sqrt(np.maximum(((at[:, None] - at) ** 2).sum(axis=2), 0))
    sums = far @ np.eye(k)[label]
    own = sums[np.arange(len(at)), label] / np.maximum(size[label] - 1, 1)
    others = np.where(size > 0, sums / np.maximum(size, 1), np.inf)
    others[np.arange(len(at)), label] = np.inf
    nearest = others.min(axis=1)
    score = np.where(size[label] > 1, (nearest - own) / np.maximum(np.maximum(nearest, own), 1e-12), 0)
    return float(score.mean())
