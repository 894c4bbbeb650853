"""Which receipt is open on this device: after its code was typed, for half an hour, in the session. The code is kept nowhere."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from werkplaats.accounts.actions import open_code
from werkplaats.accounts.queries import address_of
from werkplaats.asks.rules import voice_key_in
from werkplaats.threads.rules import OPEN_MINUTES, RECEIPT
from werkplaats.workshops.models import Workshop

_KEY = "receipts"


def open_with_code(request: HttpRequest, workshop: Workshop, *, digits: str, at: datetime) -> None:
    """Opens a receipt on this device. Raises `WrongCode` and `TooManyTries` of accounts."""
    code = open_code(workshop, digits, purpose=RECEIPT, address=address_of(request), at=at)
    opened = dict(request.session.get(_KEY, {}))
    opened[workshop.key] = [voice_key_in(code.thing), at.timestamp()]
    request.session[_KEY] = opened


def opened(request: HttpRequest, workshop: Workshop, *, at: datetime) -> str | None:
    """The key of the voice whose receipt is open here, or nothing. Every look keeps it open a little longer."""
    kept = request.session.get(_KEY, {}).get(workshop.key)
    if not kept or at - datetime.fromtimestamp(kept[1], tz=at.tzinfo) > timedelta(minutes=OPEN_MINUTES):
        return None
    key = str(kept[0])
    request.session[_KEY] = request.session[_KEY] | {workshop.key: [key, at.timestamp()]}
    return key


def close(request: HttpRequest, workshop: Workshop) -> None:
    """Closes the receipt on this device."""
    kept = dict(request.session.get(_KEY, {}))
    kept.pop(workshop.key, None)
    request.session[_KEY] = kept
