"""Parties and needs in the search of the whole workshop: entries that are one party are found by all their names, as one."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from werkplaats.neighbourhoods.models import Double, Need, Party
from werkplaats.search.actions import offer, withdraw
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


def show_need(need: Need, *, at: datetime) -> None:
    """A need or offer of a party is found while it is open. What a person asks is in the list, and in no index."""
    if need.party is not None and need.ended_on is None and need.hidden_at is None:
        offer(need.workshop, [_need_entry(need, need.party)], at=at)
    else:
        withdraw(need.workshop, kind="need", keys=[need.key])


def _need_entry(need: Need, party: Party) -> EntryRow:
    return EntryRow(
        kind="need",
        key=need.key,
        title=party.stays.name,
        text=need.text,
        url=reverse("neighbourhoods:need", args=[need.workshop.key, need.key]),
        language=need.language,
        dated_on=need.since,
        place=need.area.name if need.area else "",
    )


def offer_as_one(workshop: Workshop, *, at: datetime) -> None:
    """Offers again what may have got another name by a decision on doubles. Nothing changed: nothing becomes stale."""
    pairs = Double.objects.filter(party_a__workshop=workshop).values_list("party_a_id", "party_b_id")
    ends = {end for pair in pairs for end in pair}
    parties = Party.objects.filter(Q(pk__in=ends) | Q(canonical__in=ends)).select_related(
        "workshop", "canonical", "area"
    )
    needs = Need.objects.open().filter(party__in=[party.pk for party in parties])
    shown = [
        _need_entry(need, need.party)
        for need in needs.select_related("workshop", "party__canonical", "area")
        if need.party is not None
    ]
    offer(workshop, [*map(party_entry, parties), *shown], at=at)
