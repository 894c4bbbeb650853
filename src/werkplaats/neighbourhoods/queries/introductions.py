"""How often parties were asked whether they want to meet somebody, and who is never introduced to whom."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Q

from werkplaats.neighbourhoods.models import Introduction, KeepApart, Party
from werkplaats.neighbourhoods.rules.asking import month_of
from werkplaats.workshops.models import Workshop


def asked_this_month(workshop: Workshop, *, today: date) -> Counter[int]:
    """How often each party (the entry that stays) was asked to meet somebody in the month of `today`, by whichever room."""
    zone = ZoneInfo(workshop.timezone)
    first, following = (datetime.combine(day, time(), tzinfo=zone) for day in month_of(today))
    rows = Introduction.objects.filter(party__workshop=workshop, asked_at__gte=first, asked_at__lt=following)
    return Counter(stays or party for party, stays in rows.values_list("party_id", "party__canonical_id"))


def kept_apart(parties: Sequence[Party]) -> bool:
    """Whether somebody said that two of these are never proposed to each other, under any of their names."""
    ends = [party.pk for party in parties]
    entries = Party.objects.filter(Q(pk__in=ends) | Q(canonical__in=ends)).values_list("pk", "canonical_id")
    stays = {entry: canonical or entry for entry, canonical in entries}
    apart = KeepApart.objects.filter(party_a__in=stays, party_b__in=stays).values_list("party_a_id", "party_b_id")
    return any(stays[a] != stays[b] for a, b in apart)
