"""What may happen to an issue, what is worth proposing, and when a proposal was refused before."""

import re
from collections.abc import Iterable, Mapping, Set
from datetime import datetime, timedelta
from enum import StrEnum

from werkplaats.accounts.rules import ANYONE, TEAM, Verb
from werkplaats.neighbourhoods.rules.needs import POST_FOR_OTHERS

READ = Verb("issues.read", ANYONE)
DECIDE = Verb("issues.decide", TEAM)
LEAD = Verb("issues.lead", TEAM)
PUT_NEED = Verb("issues.put_need", POST_FOR_OTHERS.roles, own=True)
"""Who may post a need says to which issue it belongs."""
"""To plan the joint work on an issue, let it start and go on, and say who takes part."""

SHOWN_WORDS = 5
"""Of the words that set a proposal apart, so many are shown."""

SAME_PROPOSAL = 0.5
"""Two sets of fragments with at least this Jaccard likeness are the same proposal."""

FEWEST_PASSAGES, FEWEST_SOURCES, FEWEST_THEMES, ENOUGH_SOURCES = 4, 2, 2, 3
"""What is worth showing: four different passages of two sources, across two themes or from three sources."""

AT_ONCE, REST = timedelta(seconds=30), 10
"""What proposing may take to be done again at every change; what takes longer rests ten times as long before the next."""


MOST_OTHERS = 200
"""Parties that may be chosen beside those that are proposed: a list that a person still looks through."""


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


class Why(StrEnum):
    """Why a party is proposed to work on an issue."""

    WORKS = "works"  # it already does
    NEEDS = "needs"  # a need or offer of it belongs to the issue
    HOLDS = "holds"  # a passage stands in a document of it
    NAMED = "named"  # a passage names it


MAY_BECOME: dict[State, frozenset[State]] = {
    State.PROPOSED: frozenset({State.ACCEPTED, State.REFUSED, State.JOINED}),
    State.ACCEPTED: frozenset({State.REFUSED, State.JOINED}),
    State.REFUSED: frozenset({State.ACCEPTED}),
    State.JOINED: frozenset(),
}

OPEN = frozenset({State.PROPOSED, State.ACCEPTED})
"""States in which an issue may be renamed, split, and given or denied passages and parties."""


def may_join(state: State, into: State) -> bool:
    """Whether an issue may go up in another: never in one that fewer people stand behind than behind itself."""
    return State.JOINED in MAY_BECOME[state] and (into is State.ACCEPTED or (into is state is State.PROPOSED))


def is_worth_showing(*, passages: int, sources: int, themes: int) -> bool:
    """Whether a cluster runs across enough drawers to bring to people. `passages` counts near duplicates once."""
    across = themes >= FEWEST_THEMES or sources >= ENOUGH_SOURCES
    return passages >= FEWEST_PASSAGES and sources >= FEWEST_SOURCES and across


def likeness(ours: Set[str], theirs: Set[str]) -> float:
    """Jaccard likeness of two sets of fragment texts (hashes), 0 to 1; two empty sets are not alike."""
    union = len(ours | theirs)
    return len(ours & theirs) / union if union else 0.0


def was_proposed_before(proposal: Set[str], earlier: Set[str]) -> bool:
    """Whether a proposal repeats an earlier one: alike, or lying wholly inside it."""
    return likeness(proposal, earlier) >= SAME_PROPOSAL or (bool(proposal) and proposal <= earlier)


def lies_in(proposal: Set[str], issue: Set[str]) -> bool:
    """Whether at least half of a proposal, or half of an issue, is in the other: it adds to the issue, it is no new one."""
    return 2 * len(proposal & issue) >= min(len(proposal), len(issue)) > 0


def alike_pairs(new: Mapping[int, Set[str]], old: Mapping[int, Set[str]]) -> dict[int, int]:
    """Which new set goes on as which old one: most alike first, each once, never below `SAME_PROPOSAL`.

    >>> alike_pairs({0: {"a", "b", "c"}, 1: {"x"}}, {7: {"a", "b"}, 8: {"y"}})
    {0: 7}
    """
    scores = ((likeness(ours, theirs), one, other) for one, ours in new.items() for other, theirs in old.items())
    pairs: dict[int, int] = {}
    for score, one, other in sorted(scores, key=lambda row: (-row[0], row[1], row[2])):
        if score >= SAME_PROPOSAL and one not in pairs and other not in pairs.values():
            pairs[one] = other
    return pairs


def named_in(text: str, names: Iterable[str]) -> frozenset[str]:
    """Which of these names stand in a text as whole words, capitals aside; names under four letters are left alone.

    >>> sorted(named_in("Buurtkeuken De Lange Tafel kookt door.", ["De Lange Tafel", "Lange", "Ab"]))
    ['De Lange Tafel', 'Lange']
    """
    lowered = text.casefold()
    return frozenset(
        name
        for name in names
        if len(name) >= 4
        and name.casefold() in lowered
        and re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", lowered)
    )


def proposed_name(words: tuple[str, ...], joined_by: str) -> str:
    """A first name for an issue out of its words, for people to change.

    >>> proposed_name(("sleutel", "zaal", "huur", "avond"), "{}, {} en {}")
    'Sleutel, zaal en huur'
    """
    name = joined_by.format(*words[:3]) if len(words) >= 3 else ", ".join(words)
    return name[:1].upper() + name[1:]


def rests_until(began: datetime, ended: datetime) -> datetime | None:
    """Before which moment issues are not proposed again: a large library is looked at as a whole now and then, not all day.

    >>> rests_until(datetime(2026, 5, 12, 9, 0), datetime(2026, 5, 12, 9, 2))
    datetime.datetime(2026, 5, 12, 9, 22)
    """
    took = ended - began
    return None if took <= AT_ONCE else ended + REST * took
