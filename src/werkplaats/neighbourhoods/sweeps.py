"""Slow work of the neighbourhood: looking for entries that may be one party."""

from django.db.models import F, Q

from werkplaats.kit.claims import Beat, Key, Sweep
from werkplaats.neighbourhoods import actions, analysis
from werkplaats.neighbourhoods.models import Network, Party


def _changed(limit: int) -> list[int]:
    stale = Q(doubles_up_to__isnull=True) | ~Q(doubles_up_to=F("changed_at"))
    return list(Network.objects.filter(stale).order_by("changed_at").values_list("workshop_id", flat=True)[:limit])


def _suspect(key: Key, beat: Beat) -> None:
    network = Network.objects.select_related("workshop").get(workshop_id=key)
    if network.doubles_up_to == network.changed_at:
        return
    entries = Party.objects.filter(workshop=network.workshop).order_by("key").values_list("pk", "name", "address")
    found = analysis.suspected(list(entries))
    with beat.ending():
        actions.suspect(network.workshop, suspicions=found, up_to=network.changed_at)


DOUBLES = Sweep("neighbourhoods.doubles", _changed, _suspect)
