"""Who asks to speak for a party, and what parties told themselves."""

from datetime import date

from django.db.models import Count, Q

from werkplaats.neighbourhoods.models import PartyFact, TakeOver
from werkplaats.neighbourhoods.records import Named, PartyRecord, TakeOverLine
from werkplaats.neighbourhoods.rules import Asked
from werkplaats.workshops.models import Workshop


def take_overs(workshop: Workshop) -> tuple[TakeOverLine, ...]:
    """Who asks and waits for a word, oldest first. 1 query."""
    rows = TakeOver.objects.filter(workshop=workshop, state=Asked.OPEN).select_related("party")
    counted = rows.annotate(speakers=Count("party__memberships", filter=Q(party__memberships__until=None)))
    return tuple(
        TakeOverLine(
            row.key,
            Named(row.party.key, row.party.name),
            row.name,
            row.email,
            row.role,
            row.words,
            row.asked_at,
            row.state,
            row.speakers,
        )
        for row in counted
    )


def waiting_take_overs(workshop: Workshop) -> int:
    """How many wait for a word."""
    return TakeOver.objects.filter(workshop=workshop, state=Asked.OPEN).count()


def own_facts(party: PartyRecord) -> dict[str, date]:
    """Which facts a party told itself, and when. 1 query."""
    return dict(PartyFact.objects.filter(party=party.id).values_list("name", "told_on"))
