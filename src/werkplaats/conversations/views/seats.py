"""Whose votes are open on a device: a sealed cookie of one conversation, so that a full hall votes without anybody's session."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from werkplaats.accounts.records import Request
from werkplaats.conversations import rules
from werkplaats.conversations.models import Conversation, Participant
from werkplaats.conversations.records import Seat
from werkplaats.conversations.views.shown import address
from werkplaats.workshops.models import Workshop

_COOKIE = "gesprek"
_SECONDS = rules.OPEN_MINUTES * 60
_SEALED_ANEW_SECONDS = 60

View = Callable[[Request, Workshop, str], HttpResponse]
SeatedView = Callable[[Request, Workshop, str, Seat | None], HttpResponse]


def open_here(answer: HttpResponse, workshop: Workshop, key: str, participant_key: str) -> None:
    """From now on this device votes as this participant, for half an hour after the last look."""
    answer.set_signed_cookie(
        _COOKIE,
        participant_key,
        salt=_salt(workshop.key, key),
        max_age=_SECONDS,
        path=address(workshop, key, "conversation"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def seat(request: HttpRequest, workshop_key: str, key: str, *, seconds: int = _SECONDS) -> Seat | None:
    """Whose votes in this conversation are open on this device, if anybody's. Reads no row. `seconds`: sealed no longer ago."""
    kept = request.get_signed_cookie(_COOKIE, default="", salt=_salt(workshop_key, key), max_age=seconds)
    return Seat(workshop_key, key, kept) if kept else None


def opened(own: Seat | None, row: Conversation) -> Participant | None:
    """The participant whose votes are open on this device."""
    if own is None:
        return None
    return Participant.objects.filter(conversation=row, key=own.participant_key, withdrawn_at__isnull=True).first()


def close_here(answer: HttpResponse, row: Conversation) -> None:
    """From now on this device votes as nobody."""
    answer.delete_cookie(_COOKIE, path=address(row.workshop, row.key, "conversation"), samesite="Lax")


def stays_open(view: SeatedView) -> View:
    """Tells a view whose votes are open. Every look keeps them open a little longer: after a minute they are sealed anew."""

    @wraps(view)
    def looked(request: Request, workshop: Workshop, key: str) -> HttpResponse:
        fresh = seat(request, workshop.key, key, seconds=_SEALED_ANEW_SECONDS)
        own = fresh or seat(request, workshop.key, key)
        answer = view(request, workshop, key, own)
        if own is not None and fresh is None:
            open_here(answer, workshop, key, own.participant_key)
        return answer

    return looked


def _salt(workshop_key: str, key: str) -> str:
    return f"conversations.seat.{workshop_key}.{key}"
