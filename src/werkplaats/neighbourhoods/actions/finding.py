"""Parties and needs in the search of the whole workshop: entries that are one party are found by all their names, as one."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from werkplaats.neighbourhoods.models import Double, Need, Party
from werkplaats.search.actions import offer
from werkplaats.search.records import EntryRow
from werkplaats.workshops.models import Workshop


def party_entry(party: Party) -> EntryRow:
    """An entry is found by its own words, under the name and at the page of the party that stays for it."""
    stays = party.stays
    return EntryRow(
        kind="party",
        key=party.key,
        title=stays.name,
        text=f"{party.name}. {party.description}",
        url=reverse("pages:party", args=[party.workshop.key, stays.key]),
        dated_on=party.recorded_on,
        place=party.area.name if party.area else "",
    )


def need_entry(need: Need) -> EntryRow:
    """A need or offer, at the page of the party that stays for whose it is."""
    stays = need.party.stays
    return EntryRow(
        kind="need",
        key=need.key,
        title=stays.name,
        text=need.text,
        url=f"{reverse('pages:party', args=[need.workshop.key, stays.key])}#vraag-{need.key}",
        dated_on=need.since,
    )


def offer_as_one(workshop: Workshop, *, at: datetime) -> None:
    """Offers again what may have got another name by a decision on doubles. Nothing changed: nothing becomes stale."""
    pairs = Double.objects.filter(party_a__workshop=workshop).values_list("party_a_id", "party_b_id")
    ends = {end for pair in pairs for end in pair}
    parties = Party.objects.filter(Q(pk__in=ends) | Q(canonical__in=ends)).select_related(
        "workshop", "canonical", "area"
    )
    needs = Need.objects.filter(party__in=[party.pk for party in parties]).select_related(
        "workshop", "party__canonical"
    )
    offer(workshop, [*map(party_entry, parties), *map(need_entry, needs)], at=at)
