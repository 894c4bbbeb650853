"""What the doors of a table share: the table in the address, the way back, and writing down one line of what came of it."""

from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.kit.once import once
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.rules import Kind
from werkplaats.tables import actions, pictures, queries, rules
from werkplaats.tables.forms import DATE
from werkplaats.tables.models import Table
from werkplaats.tables.records import TableLine, TableRecord
from werkplaats.tables.records.day import RoundLine
from werkplaats.tables.rules import is_over
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.rules import Capability

PLACE = "issues"


def record_for(request: Request, key: str) -> TableRecord:
    """The table with this key, as far as whoever asks may see it."""
    workshop = request.workshop
    sees_all = may(request.who, rules.HOLD, workshop)
    record = queries.table(workshop, key, sees_all=sees_all, today=timezone.localdate())
    if record is None:
        raise Http404
    return record


def table_at(workshop: Workshop, key: str) -> Table:
    """The row of the table with this key, for who may plan and close it."""
    return get_object_or_404(Table.objects.select_related("workshop", "issue__workshop"), workshop=workshop, key=key)


def row_of(record: TableRecord) -> Table:
    """Its row."""
    return Table.objects.select_related("workshop", "issue__workshop").get(pk=record.line.table_id)


def trail(workshop: Workshop, table: Table | TableLine | None = None) -> list[tuple[str, str]]:
    """The way back to all tables, and to one."""
    way = [(reverse("tables:tables", args=[workshop.key]), _("Tafels"))]
    if table is None:
        return way
    return [*way, (reverse("tables:table", args=[workshop.key, table.key]), table.about)]


def about(workshop: Workshop, record: TableRecord) -> dict[str, Any]:
    """What every page of one table shows."""
    return {
        "place": PLACE,
        "trail": trail(workshop),
        "record": record,
        "report": record.report,
        "given_back": record.given_back,
        "is_over": is_over(record.line.held_at, now=timezone.now()),
        "has_draws": record.was_drawn and workshop.has(Capability.LOTS),
    }


def write_down(request: Request, row: Table, said: dict[str, Any]) -> None:
    """One line of what came of it, as `forms.NoteForm` read it. The same line again changes nothing."""
    party = Party.objects.filter(workshop=row.workshop, key=said["party"]).first() if said["party"] else None
    now, by, key = timezone.now(), request.who.account_id, once(said["once"], said)
    on: date | None = said["on"]
    if said["kind"] == DATE:
        who = party.name if party else ""
        actions.note_date(row, who=who, text=said["text"], for_whom=said["for_whom"], on=on, at=now, by=by, key=key)
        return
    actions.note_promise(
        row,
        kind=Kind(said["kind"]),
        maker=party,
        wording=said["text"],
        for_whom=said["for_whom"],
        due_on=on,
        at=now,
        by=by,
        key=key,
    )


def drawn(told: RoundLine | None) -> list[list[tuple[Any, Any]]]:
    """Per question the scores with their pictures."""
    return [[(score, pictures.on_scale(score)) for score in scores] for scores in (told.components if told else ())]
