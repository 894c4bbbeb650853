"""Slow work of tables: drawing lots."""

from collections.abc import Iterable

from django.utils import timezone

from werkplaats.kit.claims import Beat, Key, Sweep
from werkplaats.tables.actions.drawing import drawn, put_drawn
from werkplaats.tables.models import TableDraw
from werkplaats.tables.rules import Draw


def _asked(limit: int) -> Iterable[Key]:
    """Lotteries that were asked for and not drawn yet."""
    return TableDraw.objects.filter(state=Draw.ASKED.value).order_by("asked_at").values_list("pk", flat=True)[:limit]


def _draw(key: Key, beat: Beat) -> None:
    row = TableDraw.objects.get(pk=key)
    if row.state != Draw.ASKED:
        return
    found = drawn(row)
    with beat.ending():
        put_drawn(row, found=found, at=timezone.now())


LOTS = Sweep("tables.lots", _asked, _draw)
