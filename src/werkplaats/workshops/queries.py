"""Reads of workshops."""

from werkplaats.workshops.models import Workshop

_BY_KEY = "SELECT * FROM workshops_workshop WHERE key = %s"


def workshop_of(key: str) -> Workshop | None:
    """The workshop with this key. 1 query, written out: every request begins with it, and making it took longer than the rest."""
    return next(iter(Workshop.objects.raw(_BY_KEY, [key])), None)
