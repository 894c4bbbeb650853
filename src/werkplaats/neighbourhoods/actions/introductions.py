"""One count of how often a party is asked to meet somebody, whichever room asks."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from werkplaats.neighbourhoods.models import Introduction, Party
from werkplaats.neighbourhoods.queries.introductions import asked_this_month
from werkplaats.neighbourhoods.refusals import NoRoomLeft
from werkplaats.neighbourhoods.rules.asking import room_left
from werkplaats.workshops.models import Workshop


def check_room(workshop: Workshop, parties: Sequence[Party], *, today: date) -> None:
    """Raises `NoRoomLeft` where one of these was asked as often this month as it wants to be.

    Of two entries of one party the more careful answer counts. Call it with the workshop locked: two may ask at once.
    """
    asked = asked_this_month(workshop, today=today)
    for party in parties:
        entries = list(Party.objects.filter(Q(pk=party.pk) | Q(canonical=party)))
        most = min(entry.introductions_per_month for entry in entries)
        is_open = all(entry.open_to_introductions for entry in entries)
        if not room_left(most, asked=asked[party.pk], is_open=is_open):
            raise NoRoomLeft(party.name, most=most if is_open else 0)


@transaction.atomic
def count_asked(parties: Iterable[Party], *, about: str, at: datetime) -> None:
    """These parties are asked about one thing; the same thing counts once."""
    for party in parties:
        Introduction.objects.get_or_create(party=party, about=about, defaults={"asked_at": at})
