"""The entrance to the neighbourhood and the page of a party. Each a bounded number of queries."""

from datetime import date

from django.db.models import Q

from werkplaats.accounts.rules import Who, may
from werkplaats.consent.queries import people_who_allow
from werkplaats.consent.rules import Purpose
from werkplaats.defrag.queries import concerning
from werkplaats.defrag.rules import READ as READ_CONNECTIONS
from werkplaats.issues import queries as issues
from werkplaats.neighbourhoods import queries as neighbourhood
from werkplaats.neighbourhoods.models import Membership, Party
from werkplaats.neighbourhoods.queries import drawing
from werkplaats.neighbourhoods.records import PartyRecord
from werkplaats.neighbourhoods.rules import READ_NETWORK, NeedKind
from werkplaats.pages.records.neighbourhood import Document, Member, NeighbourhoodPage, PartyPage
from werkplaats.pages.rules import SHOWN_NEEDS
from werkplaats.promises.queries import lines_of_party
from werkplaats.sources.models import Source
from werkplaats.threads.queries import hand_overs
from werkplaats.workshops.models import Area, Workshop


def neighbourhood_page(workshop: Workshop) -> NeighbourhoodPage:
    """The entrance to the neighbourhood. 6 queries."""
    lines = neighbourhood.needs(workshop=workshop)
    unmet = [line for line in lines if line.kind == NeedKind.NEED and not line.able]
    met = [line for line in lines if line.kind == NeedKind.NEED and line.able]
    offers = [line for line in lines if line.kind == NeedKind.OFFER]
    areas = Area.objects.filter(workshop=workshop)
    return NeighbourhoodPage(
        parties=Party.objects.filter(workshop=workshop, canonical__isnull=True).count(),
        documents=Source.objects.filter(workshop=workshop).count(),
        areas=areas.count(),
        drawn=areas.exclude(polygons=[]).count(),
        unmet=tuple(unmet[:SHOWN_NEEDS]),
        met=tuple(met[:SHOWN_NEEDS]),
        offers=tuple(offers[:SHOWN_NEEDS]),
        unmet_in_all=len(unmet),
        met_in_all=len(met),
        offers_in_all=len(offers),
    )


def party_page(workshop: Workshop, key: str, *, who: Who, today: date) -> PartyPage | None:
    """One party as `who` may see it, by the key of any of its entries. None: no such party. At most 35 queries."""
    party = neighbourhood.party(workshop=workshop, key=key)
    if party is None:
        return None
    sees_network = may(who, READ_NETWORK, workshop)
    row = Party(pk=party.id, workshop=workshop)
    held = Source.objects.filter(workshop=workshop, holder__in=party.entries)
    return PartyPage(
        party=party,
        needs=neighbourhood.needs(workshop=workshop, of=party),
        issues=issues.issues_of_party(row),
        documents=tuple(Document(*told) for told in held.values_list("key", "title", "published_on")),
        members=_members(workshop, party, today=today),
        ties=neighbourhood.ties_of(party, workshop=workshop, today=today) if sees_network else None,
        circle=drawing.circle(workshop, party, today=today) if sees_network else None,
        connections=concerning(workshop, party.key) if may(who, READ_CONNECTIONS, workshop) else None,
        promised=lines_of_party(row, today=today),
        received=lines_of_party(row, today=today, received=True),
        hand_overs=hand_overs(workshop, entries=party.entries),
    )


def _members(workshop: Workshop, party: PartyRecord, *, today: date) -> tuple[Member, ...]:
    """Only who allows their name to be shown."""
    now = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=today), party__in=party.entries)
    named = now.filter(person__in=people_who_allow(Purpose.SHOW_NAME, workshop=workshop))
    rows = named.order_by("person__sort_name", "role").values_list("person__name", "role")
    return tuple(Member(*row) for row in rows)
