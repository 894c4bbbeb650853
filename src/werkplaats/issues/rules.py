"""What may happen to an issue, and when a proposal was refused before."""

from collections.abc import Set
from enum import StrEnum

from werkplaats.accounts.rules import ANYONE, TEAM, Verb

READ = Verb("issues.read", ANYONE)
DECIDE = Verb("issues.decide", TEAM)

SAME_PROPOSAL = 0.5
"""Two sets of fragments with at least this Jaccard likeness are the same proposal."""


class State(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    JOINED = "joined"


class EventKind(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    RENAMED = "renamed"
    SPLIT = "split"
    JOINED = "joined"
    ADDED = "added"
    REMOVED = "removed"


MAY_BECOME: dict[State, frozenset[State]] = {
    State.PROPOSED: frozenset({State.ACCEPTED, State.REFUSED, State.JOINED}),
    State.ACCEPTED: frozenset({State.REFUSED, State.JOINED}),
    State.REFUSED: frozenset({State.ACCEPTED}),
    State.JOINED: frozenset(),
}


def likeness(ours: Set[str], theirs: Set[str]) -> float:
    """Jaccard likeness of two sets of fragment texts (hashes), 0 to 1; two empty sets are not alike."""
    union = len(ours | theirs)
    return len(ours & theirs) / union if union else 0.0


def was_proposed_before(proposal: Set[str], earlier: Set[str]) -> bool:
    """Whether a proposal repeats an earlier one: alike, or lying wholly inside it."""
    return likeness(proposal, earlier) >= SAME_PROPOSAL or (bool(proposal) and proposal <= earlier)
