"""Reads of catches, to records."""

from datetime import date

from django.db.models import F

from werkplaats.catches.models import Catch
from werkplaats.catches.records import CatchLine
from werkplaats.catches.rules import State
from werkplaats.workshops.models import Workshop


def open_catches(workshop: Workshop, *, today: date, most: int = 200) -> tuple[CatchLine, ...]:
    """What was caught and is not yet anything else: what is due first comes first, then the latest."""
    rows = Catch.objects.filter(workshop=workshop, state=State.OPEN)
    in_order = rows.order_by(F("due_on").asc(nulls_last=True), "-caught_at", "-pk")
    return tuple(_line(row, today) for row in in_order[:most])


def settled_catches(workshop: Workshop, *, today: date, most: int = 50) -> tuple[CatchLine, ...]:
    """The lines that became something or were let go, the latest first."""
    rows = Catch.objects.filter(workshop=workshop).exclude(state=State.OPEN)
    return tuple(_line(row, today) for row in rows.order_by("-settled_at", "-pk")[:most])


def count_open(workshop: Workshop) -> int:
    """How many lines still wait for somebody to make something of them."""
    return Catch.objects.filter(workshop=workshop, state=State.OPEN).count()


def one_catch(workshop: Workshop, *, key: str, today: date) -> CatchLine | None:
    """One line, to fill in the form of an upper room with. None: there is none with this key."""
    row = Catch.objects.filter(workshop=workshop, key=key).first()
    return _line(row, today) if row else None


def _line(row: Catch, today: date) -> CatchLine:
    return CatchLine(
        key=row.key,
        who=row.who,
        what=row.what,
        for_whom=row.for_whom,
        due_on=row.due_on,
        caught_at=row.caught_at,
        waits=row.waits,
        state=row.state,
        became_kind=row.became_kind,
        became_key=row.became_key,
        is_overdue=row.state == State.OPEN and row.due_on is not None and row.due_on < today,
        workshop_id=row.workshop_id,
    )
