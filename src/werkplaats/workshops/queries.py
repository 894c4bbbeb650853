"""Reads of workshops."""

from werkplaats.kit import prepared
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.rules import WRITTEN

_BY_KEY = """
    SELECT id, key, name, city, timezone, languages, opened_on, introduction, small_number, tie_months, pause_days, capabilities
    FROM workshops_workshop WHERE key = %s"""


def workshop_of(key: str) -> Workshop | None:
    """The workshop with this key. 1 query, written out: every request begins with it, and making it took longer than the rest."""
    return prepared.first(Workshop, _BY_KEY, [key])


def language_of(workshop: Workshop) -> str:
    """The language in which people are asked: the first of the workshop that we write, whatever the coordinator reads in."""
    return next((language for language in workshop.languages if language in WRITTEN), WRITTEN[0])
