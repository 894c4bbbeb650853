"""Needs and offers: who posts and hides them, and how one stands."""

from datetime import date
from enum import StrEnum

from werkplaats.accounts.rules import ANYONE, COORDINATORS, TEAM, RoleName, Verb
from werkplaats.consent.rules import Purpose

READ_NEEDS = Verb("neighbourhoods.read_needs", ANYONE)
POST_NEED = Verb("neighbourhoods.post_need", frozenset(RoleName))
"""Whoever is known here: for their own party, or for themselves."""
POST_FOR_OTHERS = Verb("neighbourhoods.post_need_for_others", COORDINATORS | {RoleName.HOST, RoleName.HELPER})
"""To type in for another party, and say for whom."""
END_NEED = Verb("neighbourhoods.end_need", COORDINATORS | {RoleName.HOST, RoleName.HELPER}, own=True)
HIDE_NEED = Verb("neighbourhoods.hide_need", TEAM)

OWN = (Purpose.KEEP, Purpose.CONTACT, Purpose.INTRODUCE)
"""What a person says yes to who asks or offers something: to be kept, written to, and introduced."""
LONGEST = 1000
"""Characters of a need or offer: it is a request, not a story."""


class NeedState(StrEnum):
    OPEN = "open"
    MET = "met"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Ending(StrEnum):
    """How a need or offer ended, as somebody said or as its date did."""

    MET = "met"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def state_of(ending: str, until: date | None, *, today: date) -> NeedState:
    """How a need or offer stands. What somebody said goes before what its date says; the last day still counts.

    >>> today = date(2026, 5, 12)
    >>> state_of("", today, today=today).value, state_of("met", date(2026, 1, 1), today=today).value
    ('open', 'met')
    """
    if ending in {Ending.MET, Ending.WITHDRAWN}:
        return NeedState(ending)
    return NeedState.EXPIRED if until is not None and until < today else NeedState.OPEN
