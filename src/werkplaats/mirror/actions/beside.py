"""Two mirrors beside each other, for a conversation between the two."""

from datetime import datetime

from django.db import transaction

from werkplaats.mirror.models import Mirror, SideBySide
from werkplaats.mirror.refusals import NotThere, SameParty


@transaction.atomic
def lay_beside(one: Mirror, *, other: Mirror, at: datetime) -> SideBySide:
    """Asks two parties whether their mirrors may lie beside each other, for a conversation between the two."""
    if one.pk == other.pk:
        raise SameParty
    first, second = sorted((one, other), key=lambda mirror: mirror.pk)
    key = f"{first.party.key}-en-{second.party.key}"[:170]
    told = {"workshop": one.workshop, "key": key, "asked_at": at}
    return SideBySide.objects.get_or_create(one=first, other=second, defaults=told)[0]


@transaction.atomic
def say_of_sheet(sheet: SideBySide, *, mirror: Mirror, yes: bool, at: datetime) -> SideBySide:
    """One of the two says yes, or takes it back: then nobody sees the sheet. Raises `NotThere` for a third."""
    row = SideBySide.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if mirror.pk not in {row.one_id, row.other_id}:
        raise NotThere
    side = "one_yes_at" if mirror.pk == row.one_id else "other_yes_at"
    setattr(row, side, at if yes else None)
    row.save(update_fields=[side])
    return row
