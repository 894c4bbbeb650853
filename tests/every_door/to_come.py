"""A table of the town that is still to come: parties and a person are invited, and lots were drawn for it."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from werkplaats.accounts.actions import put_person
from werkplaats.consent.actions import put_consent
from werkplaats.consent.rules import Channel, Purpose
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Party
from werkplaats.tables.actions import drawing, hold, inviting
from werkplaats.tables.models import Seat


def planned(issue: Issue, *, invited: Party, secret: str) -> dict[str, list[tuple[Any, ...]]]:
    """What may stand in the addresses of the table. Who is drawn by lot is for the team alone, and so is the first lottery."""
    home, now = issue.workshop, timezone.now()
    row = hold(home, about="Straks", held_at=now + timedelta(days=9), place="Kerk", issue=issue)
    inviting.invite(row, parties=[invited], at=now)
    guest = put_person(home, key="gast", name=f"{secret}gast")
    put_consent(guest, purpose=Purpose.CONTACT, wording="Dat mag.", channel=Channel.TALK, given_on=date(2026, 1, 1))
    inviting.invite_person(row, person=guest, at=now)
    draw = drawing.ask_draw(row, seats=1, quotas={}, at=now)
    drawing.put_drawn(draw, found=drawing.drawn(draw), at=now)
    seat = Seat.objects.get(table=row)
    digits = "-".join(inviting.letter(seat, at=now).split())
    return {
        "tables": [("overleg-zaal",), (row.key,)],
        "tables:answer": [(digits,)],
        "tables:answer_for": [(seat.key,)],
        "tables:decide": [(row.key, draw.number)],
    }
