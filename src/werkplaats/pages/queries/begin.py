"""What was said at a meeting and waits for a yes, for the five questions and for a line that was caught."""

from werkplaats.neighbourhoods.models import Party
from werkplaats.pages.queries.tasks import maker_of
from werkplaats.pages.records.today import SaidLine
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import State
from werkplaats.tables.models import Seat, Table
from werkplaats.workshops.models import Workshop

MOST_NAMES = 500


def names_of_parties(workshop: Workshop) -> tuple[str, ...]:
    """Names that a browser may offer while somebody types. 1 query."""
    rows = Party.objects.filter(workshop=workshop, canonical=None)
    return tuple(rows.values_list("name", flat=True)[:MOST_NAMES])


def meeting(workshop: Workshop, key: str) -> tuple[Table, list[Party]] | None:
    """A table with the parties that sat there. None: no such table. 2 queries."""
    table = Table.objects.filter(workshop=workshop, key=key).first()
    if table is None:
        return None
    seats = Seat.objects.filter(table=table).select_related("party__canonical")
    return table, [seat.party.canonical or seat.party for seat in seats]


def said_at(table: Table) -> tuple[SaidLine, ...]:
    """What was promised at a table and has no yes yet. 1 query."""
    rows = Promise.objects.filter(workshop=table.workshop_id, table_key=table.key, state=State.DRAFT)
    first_said = rows.select_related("maker__canonical").order_by("drafted_at", "pk")
    return tuple(SaidLine(row.key, maker_of(row), row.wording, row.for_whom, row.due_on) for row in first_said)
