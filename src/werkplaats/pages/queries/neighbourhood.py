"""The entrance to the neighbourhood and the page of a party. Each a bounded number of queries."""

from datetime import date

from django.db.models import Q

from werkplaats.accounts.rules import Who, may
from werkplaats.asks.models import Ask
from werkplaats.asks.queries import gatherers
from werkplaats.chains.queries import steps_of
from werkplaats.consent.queries import people_who_allow
from werkplaats.consent.rules import Purpose
from werkplaats.defrag.queries import concerning
from werkplaats.defrag.queries.people import open_to
from werkplaats.defrag.rules import READ as READ_CONNECTIONS
from werkplaats.issues import queries as issues
from werkplaats.neighbourhoods import queries as neighbourhood
from werkplaats.neighbourhoods.models import Membership, Party
from werkplaats.neighbourhoods.queries import drawing
from werkplaats.neighbourhoods.queries.between import ties_of
from werkplaats.neighbourhoods.queries.taking_over import own_facts
from werkplaats.neighbourhoods.records import PartyRecord
from werkplaats.neighbourhoods.rules import KEEP_TIES, READ_NETWORK, TELL_OWN, NeedKind
from werkplaats.pages.records.neighbourhood import Document, Member, NeighbourhoodPage, PartyPage
from werkplaats.pages.rules import SHOWN_NEEDS, SHOWN_PROMISES
from werkplaats.promises.queries import some
from werkplaats.promises.records import Filters
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
    """One party as `who` may see it, by the key of any of its entries. None: no such party. At most 40 queries."""
    party = neighbourhood.party(workshop=workshop, key=key)
    if party is None:
        return None
    sees_network = may(who, READ_NETWORK, workshop)
    row = Party(pk=party.id, workshop=workshop)
    is_theirs = row.belongs_to(who)
    held = Source.objects.filter(workshop=workshop, holder__in=party.entries)
    return PartyPage(
        party=party,
        needs=neighbourhood.needs(workshop=workshop, of=party),
        issues=issues.issues_of_party(row),
        documents=tuple(Document(*told) for told in held.values_list("key", "title", "published_on")),
        members=_members(workshop, party, today=today),
        ties=ties_of(party, workshop=workshop, today=today) if sees_network else None,
        circle=drawing.circle(workshop, party, today=today) if sees_network else None,
        connections=concerning(workshop, party.key) if may(who, READ_CONNECTIONS, workshop) else None,
        promised=some(workshop, Filters(maker=party.key), today=today, most=SHOWN_PROMISES),
        received=some(workshop, Filters(receiver=party.key), today=today, most=SHOWN_PROMISES),
        hand_overs=hand_overs(workshop, entries=party.entries),
        gathers_for=_gathers_for(workshop, party, who=who),
        may_keep_ties=may(who, KEEP_TIES, row),
        asked=open_to(workshop, row) if is_theirs else (),
        own_facts=own_facts(party),
        may_tell=may(who, TELL_OWN, row),
        chain_steps=steps_of(row, today=today),
    )


def _gathers_for(workshop: Workshop, party: PartyRecord, *, who: Who) -> str:
    """The standing ask, where `who` may gather voices for this party. At most 2 queries."""
    if not gatherers(workshop, who).filter(pk=party.id).exists():
        return ""
    return Ask.objects.filter(workshop=workshop, is_standing=True).values_list("key", flat=True).first() or ""


def _members(workshop: Workshop, party: PartyRecord, *, today: date) -> tuple[Member, ...]:
    """Only who allows their name to be shown."""
    now = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=today), party__in=party.entries)
    named = now.filter(person__in=people_who_allow(Purpose.SHOW_NAME, workshop=workshop))
    rows = named.order_by("person__sort_name", "role").values_list("person__name", "role")
    return tuple(Member(*row) for row in rows)
