"""What a table may talk about, by rule: who waits, what is over time, what we would come back to. Never a word of a voice."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from werkplaats.asks.models import Voice, VoiceIssue
from werkplaats.asks.rules import State
from werkplaats.catches.models import Catch
from werkplaats.kit.dates import written
from werkplaats.promises.queries.lines import found
from werkplaats.promises.records import Filters
from werkplaats.tables.models import Decision, Table
from werkplaats.tables.records.planning import AgendaRecord, OnAgenda
from werkplaats.tables.rules import DecisionKind

MOST = 20
"""Lines of one kind: a table lasts an evening."""


def agenda(table: Table, *, today: date) -> AgendaRecord:
    """The agenda of a table: what follows from the records and was not taken off, then what the host wrote. 6 queries."""
    rows = list(table.agenda.all())
    taken_off = {row.ref for row in rows if row.ref}
    lines = [OnAgenda(ref, text) for ref, text in _proposed(table, today=today)]
    return AgendaRecord(
        lines=(
            *(line for line in lines if line.ref not in taken_off),
            *(OnAgenda("", row.text, row.number) for row in rows if row.text),
        ),
        taken_off=tuple(line for line in lines if line.ref in taken_off),
    )


def _proposed(table: Table, *, today: date) -> Iterable[tuple[str, str]]:
    if table.issue is None:
        return
    waiting = Voice.objects.filter(
        pk__in=VoiceIssue.objects.filter(issue=table.issue).values("voice"), state=State.WAITING.value
    )
    small = table.workshop.small_number
    rows = waiting.order_by("ask__title").values_list("ask__key", "ask__title").annotate(n=Count("pk"))
    for key, title, people in rows[:MOST]:
        yield f"voices:{key}", _people_wait(people, title, small=small)
    overdue = found(table.workshop, Filters(state="overdue", issue=table.issue.key), today=today)
    for promise in overdue.select_related("maker__canonical")[:MOST]:
        told = {"wording": promise.wording, "maker": promise.maker.stays.name}
        yield f"promise:{promise.key}", _("Over tijd, beloofd door %(maker)s: %(wording)s") % told
    days = waiting.filter(come_back_on__isnull=False).order_by("come_back_on").values_list("come_back_on", flat=True)
    for on in days.distinct()[:MOST]:
        assert on is not None  # asked for
        yield f"back:{on}", _("Op %(day)s zouden we terugkomen op wat mensen vertelden.") % {"day": written(on)}
    yield from _said_at_tables(table)


def _people_wait(people: int, about: str, *, small: int) -> str:
    if people < small:
        return _("Er wachten mensen op antwoord: %(about)s") % {"about": about}
    words = ngettext("%(n)d mens wacht op antwoord: %(about)s", "%(n)d mensen wachten op antwoord: %(about)s", people)
    return words % {"n": people, "about": about}


def _said_at_tables(table: Table) -> Iterable[tuple[str, str]]:
    """Of a line that was caught nothing goes out but at which table, and for when."""
    dates = Decision.objects.filter(kind=DecisionKind.DATE.value, table__issue=table.issue).exclude(table=table)
    still_open = Catch.objects.filter(workshop=table.workshop, settled_at=None).values("key")
    rows = dates.filter(catch_key__in=still_open).order_by("on").values_list("table__key", "table__about", "on")
    for key, about, on in rows.distinct()[:MOST]:
        assert on is not None  # a decision on a date has one
        told = {"day": written(on), "about": about}
        yield f"date:{key}:{on}", _("Op %(day)s zouden we terugkomen op iets van de tafel “%(about)s”.") % told
