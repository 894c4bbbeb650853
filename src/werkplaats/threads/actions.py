"""What happens when somebody leaves: their open things go over, or are visibly left open."""

import secrets
from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from werkplaats.neighbourhoods.models import Party
from werkplaats.threads.models import HandOver
from werkplaats.threads.queries import left_behind
from werkplaats.threads.records import Item
from werkplaats.threads.refusals import NobodyNamed, NothingLeft, SameParty
from werkplaats.threads.rules import is_settled
from werkplaats.workshops.models import Workshop


@transaction.atomic
def hand_over(
    workshop: Workshop,
    *,
    leaver: Party,
    function: str,
    at: datetime,
    receiver: Party | None = None,
    receiver_function: str = "",
    left_open: bool = False,
    key: str = "",
) -> HandOver:
    """Keeps what is open of a party in a function at this moment, and says where it goes.

    The same `key` again changes nothing. Raises `NobodyNamed`, `SameParty` and `NothingLeft`.
    """
    if not is_settled(has_receiver=receiver is not None, left_open=left_open):
        raise NobodyNamed
    if receiver == leaver and receiver_function.strip().casefold() == function.strip().casefold():
        raise SameParty
    today = at.astimezone(ZoneInfo(workshop.timezone)).date()
    items = left_behind(workshop, leaver=leaver, function=function, today=today)
    if not items:
        raise NothingLeft
    row, _made = HandOver.objects.get_or_create(
        workshop=workshop,
        key=key or secrets.token_hex(6),
        defaults={
            "leaver": leaver,
            "leaver_function": function.strip(),
            "receiver": receiver,
            "receiver_function": receiver_function.strip() if receiver else "",
            "made_at": at,
            "items": [_kept(item) for item in items],
            "left_open": left_open,
        },
    )
    return row


def _kept(item: Item) -> dict[str, str]:
    return asdict(item) | {"due_on": item.due_on.isoformat() if item.due_on else ""}
