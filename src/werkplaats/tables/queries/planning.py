"""Everything that a team needs to plan one table, and what its invitation shows."""

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse

from werkplaats.kit.calendar import Meeting
from werkplaats.neighbourhoods.models import Group
from werkplaats.tables.models import Guest, Seat, Table
from werkplaats.tables.queries import table as table_record
from werkplaats.tables.queries.affected import affected
from werkplaats.tables.queries.agenda import agenda
from werkplaats.tables.queries.inviting import letters, moved_at, name_of, state_of
from werkplaats.tables.records.planning import Card, InvitationRecord, PlanRecord
from werkplaats.tables.rules import is_over
from werkplaats.workshops.models import Workshop


def plan(workshop: Workshop, key: str, *, today: date, now: datetime) -> PlanRecord | None:
    """One table with everybody whom its issue concerns; None: this workshop has none with that key."""
    record = table_record(workshop, key, sees_all=True, today=today)
    if record is None:
        return None
    row = Table.objects.select_related("issue__workshop", "workshop").get(pk=record.line.table_id)
    known = affected(row.issue, on=row.day)
    seats = {seat.key: seat for seat in record.seats}
    return PlanRecord(
        record=record,
        parties=tuple((party, seats.get(party.key)) for party in known.parties),
        groups=known.groups,
        group_names=tuple(Group.objects.filter(workshop=workshop).values_list("key", "name")),
        agenda=agenda(row, today=today),
        letters=sum(1 for one in letters(row) if not one.is_made),
        is_over=is_over(row.held_at, now=now),
    )


def invitation_of(seat: Seat | Guest, *, today: date, now: datetime) -> InvitationRecord:
    """What one seat sees with its code: the table, who else is asked, what it is about, what came back."""
    table = seat.table
    record = table_record(table.workshop, table.key, sees_all=False, today=today)
    assert record is not None  # the seat is at it
    changes = tuple(table.changes.all())
    return InvitationRecord(
        record=record,
        name=name_of(seat),
        state=state_of(seat, moved_at=moved_at(changes)),
        was_asked_before=bool(seat.answer) and (moved := moved_at(changes)) is not None and _before(seat, moved),
        agenda=agenda(table, today=today),
        is_over=is_over(table.held_at, now=now),
    )


def meeting(table: Table) -> Meeting:
    """A table as calendars know it. Its number stays the same whatever moves. 1 query."""
    changes = list(table.changes.all())
    workshop = table.workshop
    return Meeting(
        uid=f"tafel-{table.key}@{workshop.key}.wijkwerkplaats",
        sequence=len(changes),
        about=table.about,
        start=table.held_at,
        minutes=table.lasts,
        place=table.place,
        url=settings.SITE + reverse("tables:table", args=[workshop.key, table.key]),
        is_cancelled=table.cancelled_at is not None,
        changed_at=changes[-1].at if changes else table.held_at,
    )


def cards(workshop: Workshop, key: str, *, today: date) -> tuple[Card, ...]:
    """A name card for every seat: the party and its kind. A person only by a name that may be shown."""
    record = table_record(workshop, key, sees_all=True, today=today)
    if record is None:
        return ()
    parties = tuple(Card(seat.name, seat.kind, seat.group) for seat in record.sitting)
    return (*parties, *(Card(guest.name, "", "") for guest in record.sitting_guests))


def _before(seat: Seat | Guest, moved: datetime) -> bool:
    return seat.answered_at is not None and seat.answered_at < moved
