"""Slow work of tables: drawing lots, ending a last round that a host left open, and telling what came in with a folder."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from werkplaats.kit.claims import Beat, Key, Sweep
from werkplaats.tables import actions
from werkplaats.tables.actions.drawing import drawn, put_drawn
from werkplaats.tables.models import Round, TableDraw
from werkplaats.tables.rules import OPEN_HOURS, Draw


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


def _to_end(limit: int) -> Iterable[Key]:
    """Rounds that are open for too long, and those that are over, were never told, and hold enough people."""
    early = timezone.now() - timedelta(hours=OPEN_HOURS)
    left_open = Q(closed_at=None, opened_at__lte=early)
    untold = Q(closed_at__isnull=False, told_at=None, people__gte=F("table__workshop__small_number"))
    rows = Round.objects.annotate(people=Count("check_outs")).filter(left_open | untold)
    return rows.order_by("pk").values_list("pk", flat=True)[:limit]


def _end(key: Key, beat: Beat) -> None:
    with beat.ending():
        actions.close_round(Round(pk=key), at=timezone.now())


END_ROUNDS = Sweep("tables.end_rounds", _to_end, _end)
