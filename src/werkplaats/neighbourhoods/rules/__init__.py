"""Words of the neighbourhood, and who may change what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from werkplaats.accounts.rules import ANYONE, COORDINATORS, PARTIES, TEAM, Verb

READ = Verb("neighbourhoods.read", ANYONE)
READ_NETWORK = Verb("neighbourhoods.read_network", PARTIES)
DECIDE_DOUBLES = Verb("neighbourhoods.decide_doubles", COORDINATORS)
KEEP_TIES = Verb("neighbourhoods.keep_ties", COORDINATORS, own=True)
NAME_GROUPS = Verb("neighbourhoods.name_groups", TEAM)
SAY_WHOSE = Verb("neighbourhoods.say_whose", COORDINATORS)
TAKE_OVER = Verb("neighbourhoods.take_over", ANYONE)
DECIDE_TAKE_OVERS = Verb("neighbourhoods.decide_take_overs", COORDINATORS)
TELL_OWN = Verb("neighbourhoods.tell_own", COORDINATORS, own=True)

MOST_OPEN = 5
"""People who may ask at once to speak for one party; who comes later waits until the coordinator looked."""
OWN_FACTS = ("description", "address", "website", "introductions_per_month", "open_to_introductions")
"""What a party tells of itself; a list of somebody else does not change it any more."""


class PartyKind(StrEnum):
    INITIATIVE = "initiative"
    GOVERNMENT = "government"
    RESEARCH = "research"
    PROFESSIONAL = "professional"
    BUSINESS = "business"
    OTHER = "other"


class Size(StrEnum):
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class TieKind(StrEnum):
    WORKS_TOGETHER = "works_together"
    REFERS = "refers"
    FUNDS = "funds"
    SHARES_SPACE = "shares_space"
    ADVISES = "advises"
    KNOWS = "knows"


class NeedKind(StrEnum):
    NEED = "need"
    OFFER = "offer"


class Verdict(StrEnum):
    SUSPECTED = "suspected"
    SAME = "same"
    DIFFERENT = "different"


class Asked(StrEnum):
    """How it stands with somebody who says: this is us."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class StewardRole(StrEnum):
    PAYS = "pays"
    HOSTS = "hosts"
    DECIDES = "decides"
    IS = "is"  # the workshop itself, as a party like the others


def is_confirmed(*, reported_by_a: bool, reported_by_b: bool, shown_by: str) -> bool:
    """A tie counts fully when both ends report it or an event shows it."""
    return (reported_by_a and reported_by_b) or bool(shown_by)


def is_over(*, said: int, shown_by: str, ended: int) -> bool:
    """Whether nobody says any more that a tie is there: of its ends `said` still do, and `ended` say that it is no longer so."""
    return not said and (not shown_by or ended > 0)


def has_faded(last_seen: date | None, *, today: date, months: int) -> bool:
    """Whether a tie was not seen for longer than the workshop's term. A tie without a date has not faded."""
    if last_seen is None:
        return False
    return (today.year - last_seen.year) * 12 + today.month - last_seen.month - (today.day < last_seen.day) >= months


@dataclass(frozen=True, slots=True)
class Same:
    """A human's word that two entries (ids) are one party, and which of the two gives its name."""

    stays: int
    goes: int


def settled(decisions: Iterable[Same]) -> dict[int, int]:
    """Which entry stands for which: {entry that goes: entry that stays}, in one step, whatever the order of chains.

    Decisions are given oldest first. Where one joins two groups of entries, the group of the entry that stays gives its
    name to all, so that no circle can arise and leaving a decision out undoes it wholly.

    >>> settled([Same(stays=2, goes=1), Same(stays=3, goes=2)])
    {1: 3, 2: 3}
    """
    stands: dict[int, int] = {}
    for decision in decisions:
        into, out = stands.get(decision.stays, decision.stays), stands.get(decision.goes, decision.goes)
        if into == out:
            continue
        stands[out] = into
        stands.update({entry: into for entry, old in stands.items() if old == out})
    return dict(sorted(stands.items()))


def stays_by_default(a: tuple[date | None, str, str], b: tuple[date | None, str, str]) -> bool:
    """Whether the first of two doubles keeps its name when nobody chose: known longer, else the fuller name, else by key.

    Each is (recorded on, name, key); an entry without a date counts as the newer.
    """
    return (a[0] or date.max, -len(a[1]), a[2]) <= (b[0] or date.max, -len(b[1]), b[2])
