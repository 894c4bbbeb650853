"""A table is moved or called off. Who was invited is told; what was said and promised stays."""

from datetime import datetime, timedelta

from django.db import transaction

from werkplaats.tables.actions.inviting import to_come
from werkplaats.tables.actions.telling import changed_words, tell
from werkplaats.tables.models import Guest, Seat, Table, TableChange
from werkplaats.tables.refusals import NotAhead, NothingMoved
from werkplaats.tables.rules import By, Change

SOON = timedelta(days=1)
"""Mail that is a part of a digest may come a day later: a table so near asks for a call."""


@transaction.atomic
def move(
    table: Table, *, held_at: datetime, place: str, at: datetime, reason: str = "", by: int | None = None
) -> TableChange:
    """The table is on another day or in another place. What was answered for the day before stays, and is asked again.

    Raises `TableIsOff`, `TableIsOver`, `NotAhead`, `NothingMoved`; then nothing changed.
    """
    row = to_come(table, at=at)
    if held_at <= at:
        raise NotAhead
    if (held_at, place.strip()) == (row.held_at, row.place):
        raise NothingMoved
    change = _changed(row, Change.MOVED, at=at, reason=reason, by=by)
    row.held_at, row.place = held_at, place.strip()
    row.save(update_fields=["held_at", "place"])
    _tell_all(row, change, at=at)
    return change


@transaction.atomic
def cancel(table: Table, *, at: datetime, reason: str = "", by: int | None = None) -> TableChange:
    """The table is off. Seats, answers, votes, promises and the agenda stay as they were; nobody can answer any more.

    Raises `TableIsOff`, `TableIsOver`.
    """
    row = to_come(table, at=at)
    change = _changed(row, Change.CANCELLED, at=at, reason=reason, by=by)
    row.cancelled_at = at
    row.save(update_fields=["cancelled_at"])
    _tell_all(row, change, at=at)
    return change


def is_soon(table: Table, *, at: datetime) -> bool:
    """Whether a table was to be so soon that mail may come too late."""
    last = table.changes.order_by("number").last()
    return last is not None and last.was_at <= at + SOON


def _changed(row: Table, kind: Change, *, at: datetime, reason: str, by: int | None) -> TableChange:
    return TableChange.objects.create(
        table=row,
        number=row.changes.count() + 1,
        kind=kind.value,
        at=at,
        by_id=by,
        reason=reason.strip(),
        was_at=row.held_at,
        was_in=row.place,
    )


def _tell_all(row: Table, change: TableChange, *, at: datetime) -> None:
    """Everybody who was invited; who said no too, since another day may suit them. Who cannot be mailed gets a letter."""
    seats: list[Seat | Guest] = [
        *row.seats.filter(invited_at__isnull=False).select_related("party__canonical", "party__workshop"),
        *row.guests.filter(invited_at__isnull=False).select_related("person"),
    ]
    for seat in seats:
        seat.table = row
        is_told = tell(seat, key=f"change:{change.number}", words=lambda: changed_words(row, change), at=at)
        type(seat).objects.filter(pk=seat.pk).update(by=(By.MAIL if is_told else By.PAPER).value)
