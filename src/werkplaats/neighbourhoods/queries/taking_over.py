"""Who asks to speak for a party, and what parties told themselves."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Q

from werkplaats.neighbourhoods.models import Membership, PartyFact, TakeOver
from werkplaats.neighbourhoods.records import Named, PartyRecord, TakeOverLine
from werkplaats.neighbourhoods.rules import Asked
from werkplaats.workshops.models import Workshop


def take_overs(workshop: Workshop) -> tuple[TakeOverLine, ...]:
    """Who asks and waits for a word, oldest first; each under the name of the party that stays. 2 queries."""
    rows = list(
        TakeOver.objects.filter(workshop=workshop, state=Asked.OPEN).select_related("party", "party__canonical")
    )
    speakers = _speakers({row.party.stays.pk for row in rows})
    return tuple(
        TakeOverLine(
            row.key,
            Named(row.party.stays.key, row.party.stays.name),
            row.name,
            row.email,
            row.role,
            row.words,
            row.asked_at,
            row.state,
            speakers[row.party.stays.pk],
        )
        for row in rows
    )


def _speakers(parties: Collection[int]) -> Counter[int]:
    """How many people speak for each of these parties now, under any of its names."""
    now = Membership.objects.filter(Q(party__in=parties) | Q(party__canonical__in=parties), until=None)
    told = now.order_by().values_list("party_id", "party__canonical_id", "person_id")
    return Counter(party for party, _person in {(canonical or party, person) for party, canonical, person in told})


def waiting_take_overs(workshop: Workshop) -> int:
    """How many wait for a word."""
    return TakeOver.objects.filter(workshop=workshop, state=Asked.OPEN).count()


def own_facts(party: PartyRecord) -> dict[str, date]:
    """Which facts a party told itself, and when. 1 query."""
    return dict(PartyFact.objects.filter(party=party.id).values_list("name", "told_on"))
