"""Words of the neighbourhood, and who may change what."""

from datetime import date
from enum import StrEnum

from werkplaats.accounts.rules import ANYONE, COORDINATORS, PARTIES, Verb

READ = Verb("neighbourhoods.read", ANYONE)
READ_NETWORK = Verb("neighbourhoods.read_network", PARTIES)
DECIDE_DOUBLES = Verb("neighbourhoods.decide_doubles", COORDINATORS)


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


class StewardRole(StrEnum):
    PAYS = "pays"
    HOSTS = "hosts"
    DECIDES = "decides"


def is_confirmed(*, reported_by_a: bool, reported_by_b: bool, shown_by: str) -> bool:
    """A tie counts fully when both ends report it or an event shows it."""
    return (reported_by_a and reported_by_b) or bool(shown_by)


def has_faded(last_seen: date | None, *, today: date, months: int) -> bool:
    """Whether a tie was not seen for longer than the workshop's term. A tie without a date has not faded."""
    if last_seen is None:
        return False
    return (today.year - last_seen.year) * 12 + today.month - last_seen.month - (today.day < last_seen.day) >= months
