"""What there is to do after a table, and what waits for a yes there."""

from datetime import date, datetime

from werkplaats.promises.models import Promise
from werkplaats.promises.rules import State
from werkplaats.tables.models import Table
from werkplaats.tables.queries import table as table_record
from werkplaats.tables.queries.inviting import letters, reachable
from werkplaats.tables.records.after import AfterRecord, DraftLine
from werkplaats.tables.rules import is_over
from werkplaats.workshops.models import Workshop


def after(workshop: Workshop, key: str, *, today: date, now: datetime) -> AfterRecord | None:
    """What there is to do after a table; None: this workshop has none with that key."""
    record = table_record(workshop, key, sees_all=True, today=today)
    if record is None:
        return None
    row = Table.objects.select_related("issue__workshop", "workshop").get(pk=record.line.table_id)
    return AfterRecord(
        record=record,
        noted=row.seats.filter(was_there__isnull=False).exists() or row.guests.filter(was_there__isnull=False).exists(),
        drafts=tuple(_draft(one) for one in drafts(row)),
        letters=sum(1 for one in letters(row) if not one.is_made),
        is_over=is_over(row.held_at, now=now),
    )


def drafts(table: Table) -> list[Promise]:
    """What was said at a table and waits for the yes of its maker. 1 query."""
    rows = Promise.objects.filter(pk__in=table.decisions.values("promise"), state=State.DRAFT.value)
    return list(rows.select_related("maker__canonical", "maker__workshop", "workshop").order_by("drafted_at", "key"))


def _draft(row: Promise) -> DraftLine:
    return DraftLine(row.key, row.maker.stays.name, row.wording, row.asked_at, bool(reachable(row.maker)))
