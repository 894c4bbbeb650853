"""What was told of the last rounds of tables. Nothing here is about one person, except what only the workshop reads."""

from collections.abc import Iterable

from werkplaats.tables.models import CheckOut, Round
from werkplaats.tables.records import TableLine
from werkplaats.tables.records.day import HeardLine, RoundLine, ScoreLine
from werkplaats.tables.rules import HEARD


def round_of(table_id: int) -> RoundLine | None:
    """The last round of a table as it was last told. None: there was none. 1 query."""
    row = Round.objects.filter(table_id=table_id).first()
    return None if row is None else _line(row)


def words_of(table_id: int) -> tuple[str, ...]:
    """What people wrote beside their answers, by letter, with nothing that leads to who. For the workshop alone. 1 query."""
    rows = CheckOut.objects.filter(round__table_id=table_id).exclude(words="")
    return tuple(sorted(rows.values_list("words", flat=True), key=str.casefold))


def heard_over(tables: Iterable[TableLine]) -> tuple[HeardLine, ...]:
    """How heard people felt at these tables, as far as it was told, in the order of time. 1 query."""
    of = {table.table_id: table for table in tables}
    found = []
    for row in Round.objects.filter(table_id__in=of, told_at__isnull=False):
        heard = [score for score in _line(row).scores if score.component == HEARD and not score.kind]
        found += [HeardLine(of[row.table_id], score) for score in heard]
    return tuple(sorted(found, key=lambda line: (line.table.held_at, line.table.key)))


def _line(row: Round) -> RoundLine:
    scores = tuple(ScoreLine(*score) for score in row.told.get("scores", ()))
    return RoundLine(row.asks_eight, row.told.get("people", 0), row.told_at, scores)
