"""Slow work of the neighbourhood: entries that may be one party, and where each party stands in the picture."""

from datetime import date

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import override

from werkplaats.kit.claims import Beat, Key, Sweep
from werkplaats.neighbourhoods import actions, analysis
from werkplaats.neighbourhoods.actions.drawing import forget_drawn, keep_drawn
from werkplaats.neighbourhoods.actions.needs import end_over
from werkplaats.neighbourhoods.models import Need, Network, Party
from werkplaats.neighbourhoods.pictures import network as picture
from werkplaats.neighbourhoods.pictures.marks import party_pages
from werkplaats.neighbourhoods.queries import drawing
from werkplaats.neighbourhoods.queries.people import people_allowing
from werkplaats.neighbourhoods.rules.needs import OWN


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


def _moved(limit: int) -> list[int]:
    changed = Q(placed_up_to__isnull=True) | ~Q(placed_up_to=F("changed_at")) | Q(placed_on__lt=timezone.localdate())
    return list(Network.objects.filter(changed).order_by("changed_at").values_list("workshop_id", flat=True)[:limit])


def _place(key: Key, beat: Beat) -> None:
    network = Network.objects.select_related("workshop").get(workshop_id=key)
    today = timezone.localdate()
    if network.placed_up_to == network.changed_at and network.placed_on == today:
        return
    whole = drawing.whole(network.workshop, today=today)
    before = drawing.positions(network.workshop)
    ties = [(link.a.id, link.b.id) for link in whole.links]
    found = analysis.placed([spot.id for spot in whole.spots], ties, before=before)
    with beat.ending():
        actions.place(network.workshop, places=found, up_to=network.changed_at, today=today)
        _keep_drawn(network, today)


def _keep_drawn(network: Network, today: date) -> None:
    """A large network is drawn here once, in every language, instead of for every page."""
    whole = drawing.whole(network.workshop, today=today)
    if len(whole.spots) <= picture.MOST:
        forget_drawn(network.workshop)
        return
    pictures = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            pictures[language] = picture.draw(whole, party_pages(network.workshop.key))
    keep_drawn(network.workshop, whole=whole, pictures=pictures, up_to=network.changed_at, today=today)


def _over(limit: int) -> list[int]:
    """Of persons all that is open is looked at, by who may be written to: consent that was taken back counts at once."""
    today = timezone.localdate()
    kept = people_allowing(OWN)
    gone = Q(person__isnull=False) & ~Q(person__in=kept.values("pk"))
    rows = Need.objects.filter(Q(until__lt=today) | gone, ended_on=None)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])


def _end(key: Key, beat: Beat) -> None:
    need, now = Need.objects.get(pk=key), timezone.now()
    with beat.ending():
        end_over(need, at=now, today=timezone.localdate(now))


NEEDS_OVER = Sweep("neighbourhoods.needs_over", _over, _end)
POSITIONS = Sweep("neighbourhoods.positions", _moved, _place)
