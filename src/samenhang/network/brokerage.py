"""Brokerage: who stands between others, to explain why a move was proposed."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from samenhang.network.ties import Ties
from samenhang.shape import Floats, Ints

ROLES = ("coordinator", "consultant", "gatekeeper", "liaison")


@dataclass(frozen=True, eq=False)
class Brokerage:
    """``constraint``: (n,) how much the ties of a party lead back to each other, NaN for a party without ties.

    ``roles``: (n, 4) how often a party is the only step between two that have no tie themselves, per role of ``ROLES``.
    """

    constraint: Floats
    roles: Ints


def brokerage(ties: Ties, groups: Sequence[Hashable] | None = None) -> Brokerage:
    """Who already stands between others, and whose contacts all know each other: why an introduction would matter.

    ``constraint``: Burt's, sum over j of (p_ij + sum_k p_ik p_kj)^2, with p the share of a party's ties that goes to j
    (a tie of length 2 counts half). ``groups``: the kind of each entry; a party between two of its own group is a
    coordinator, between two of another group a consultant, between its own and another a gatekeeper (ties have no
    direction here, so this includes the representative), between two different others a liaison. None = all one group.

    It explains a move; it is never a score of anyone, and it is not shown as a list of parties.
    Sources: Burt (1992), "Structural holes"; Gould and Fernandez (1989), "Structures of mediation".

    >>> found = brokerage(Ties(3, [0, 1], [1, 2]), groups=["resident", "resident", "city"])
    >>> found.constraint.tolist(), dict(zip(ROLES, found.roles[1].tolist()))
    ([1.0, 0.5, 1.0], {'coordinator': 0, 'consultant': 0, 'gatekeeper': 1, 'liaison': 0})
    """
    if groups is not None and len(groups) != ties.n:
        raise ValueError(f"brokerage: {len(groups)} groups for {ties.n} parties")
    m = len(ties.lowest)
    a, b, length = ties.graph.pairs()
    strength = np.concatenate([1.0 / length, 1.0 / length])
    weights = csr_array((strength, (np.concatenate([a, b]), np.concatenate([b, a]))), shape=(m, m))
    numbers: dict[Hashable, int] = {}
    kinds = [0] * ties.n if groups is None else [numbers.setdefault(group, len(numbers)) for group in groups]
    roles = _roles(ties, np.array(kinds, dtype=np.int64)[ties.lowest])
    return Brokerage(_constraint(weights)[ties.entry], roles[ties.entry])


def _constraint(weights: csr_array) -> Floats:
    degree = np.asarray(weights.sum(axis=1)).ravel()
    known = degree > 0
    share = csr_array(weights / np.where(known, degree, 1.0)[:, None])
    # Only j that are tied to i count, as in Burt: the indirect share is taken where there is a direct one.
    effort = share + csr_array((share @ share) * (weights > 0))
    total = np.asarray((effort * effort).sum(axis=1)).ravel()
    found: Floats = np.where(known, total, np.nan)
    return found


def _roles(ties: Ties, kind: Ints) -> Ints:
    graph = ties.graph
    counts = np.zeros((graph.n, len(ROLES)), dtype=np.int64)
    contacts = [graph.known_to(v) for v in range(graph.n)]
    for v in range(graph.n):
        for place, x in enumerate(contacts[v]):
            apart = np.setdiff1d(contacts[v][place + 1 :], contacts[x])
            own, ends = kind[x] == kind[v], kind[apart]
            counts[v, 0] += int(own and (ends == kind[v]).sum())
            counts[v, 1] += int(not own and (ends == kind[x]).sum())
            counts[v, 2] += int((ends != kind[v]).sum() if own else (ends == kind[v]).sum())
            counts[v, 3] += int(not own and ((ends != kind[v]) & (ends != kind[x])).sum())
    return counts
