"""Turns of a table, in the order in which they were tapped."""

from werkplaats.tables.models import Table
from werkplaats.tables.records.day import TurnsTold
from werkplaats.tables.rules import Tap


def turns_of(table_id: int) -> TurnsTold:
    """The turns of a table, without those that were taken back. 1 query.

    Those of one device follow each other as they were tapped; devices as they were first heard of. No clock but that of
    this machine has a say.
    """
    rows = list(Table(pk=table_id).turns.order_by("received_at", "pk"))
    place: dict[str, int] = {}
    for row in rows:
        place.setdefault(row.device, len(place))
    rows.sort(key=lambda row: (place[row.device], row.number))
    taps = tuple(Tap(row.device, row.number, row.kind, row.counted_at) for row in rows if not row.is_back)
    return TurnsTold(taps, heard_of=len(rows) + sum(row.is_back for row in rows))
