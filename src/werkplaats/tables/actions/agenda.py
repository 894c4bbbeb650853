"""The host writes lines on the agenda, and takes lines off it."""

from django.db import transaction
from django.db.models import Max

from werkplaats.tables.models import AgendaLine, Table
from werkplaats.tables.refusals import NothingSaid


@transaction.atomic
def write_line(table: Table, *, text: str) -> AgendaLine:
    """A line of the host's own. The same words twice are one line. Raises `NothingSaid`."""
    if not text.strip():
        raise NothingSaid
    _hold(table)
    before = AgendaLine.objects.filter(table=table, text=text.strip()).first()
    return before or AgendaLine.objects.create(table=table, number=_next(table), text=text.strip())


@transaction.atomic
def take_off(table: Table, *, ref: str = "", number: int = 0) -> None:
    """A line is not on this agenda: one that follows from the records (`ref`), or one of the host's own (`number`)."""
    _hold(table)
    if ref and not AgendaLine.objects.filter(table=table, ref=ref).exists():
        AgendaLine.objects.create(table=table, number=_next(table), ref=ref[:120])
    if number:
        AgendaLine.objects.filter(table=table, number=number, ref="").delete()


@transaction.atomic
def put_back(table: Table, *, ref: str) -> None:
    """A line that was taken off is on the agenda after all."""
    AgendaLine.objects.filter(table=table, ref=ref).exclude(ref="").delete()


def _hold(table: Table) -> None:
    Table.objects.select_for_update(no_key=True).get(pk=table.pk)  # two hosts may write at once


def _next(table: Table) -> int:
    return (AgendaLine.objects.filter(table=table).aggregate(last=Max("number"))["last"] or 0) + 1
