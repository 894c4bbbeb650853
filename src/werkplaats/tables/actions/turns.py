"""Turns that were tapped, however often they are sent and in whatever order."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from werkplaats.tables.models import Table, Turn
from werkplaats.tables.rules import Tap, together


@transaction.atomic
def count_turns(table: Table, *, taps: Iterable[Tap], at: datetime) -> None:
    """Keeps these taps, each once. A tap that is there already stays as it was, except that it may be taken back."""
    told = together(taps)
    rows = [
        Turn(
            table=table,
            device=tap.device,
            number=tap.number,
            kind=tap.kind,
            counted_at=tap.counted_at,
            received_at=at,
            is_back=tap.is_back,
        )
        for tap in told
    ]
    Turn.objects.bulk_create(rows, ignore_conflicts=True)
    back: dict[str, list[int]] = defaultdict(list)
    for tap in told:
        if tap.is_back:
            back[tap.device].append(tap.number)
    for device, numbers in back.items():
        table.turns.filter(device=device, number__in=numbers).update(is_back=True)
