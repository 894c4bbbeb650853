"""Who is in at a table on a device: a sealed cookie of one table, so that people say how it was once, without account or name."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from werkplaats.accounts.records import Request
from werkplaats.tables.rules import OPEN_HOURS
from werkplaats.workshops.models import Workshop

_COOKIE = "tafel"
_SECONDS = OPEN_HOURS * 3600


def sit_down(answer: HttpResponse, workshop: Workshop, key: str, *, seat: str) -> None:
    """From now on this device is in at this table, for the length of an evening."""
    answer.set_signed_cookie(
        _COOKIE,
        seat,
        salt=_salt(workshop, key),
        max_age=_SECONDS,
        path=reverse("tables:table", args=[workshop.key, key]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def seat_here(request: Request, workshop: Workshop, key: str) -> str:
    """As which seat this device is in at this table; empty: it is not."""
    return str(request.get_signed_cookie(_COOKIE, default="", salt=_salt(workshop, key), max_age=_SECONDS))


def _salt(workshop: Workshop, key: str) -> str:
    return f"tables.seat.{workshop.key}.{key}"
