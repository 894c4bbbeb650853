"""Slow work of mirrors: going through the records, freezing, keeping what is public, and forgetting what was erased.

Where mirrors are switched off nothing is made; what was erased is forgotten all the same.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from werkplaats.kit.claims import Beat, Key, Sweep
from werkplaats.mirror import actions
from werkplaats.mirror.models import Mirror, Snapshot
from werkplaats.neighbourhoods.models import Steward
from werkplaats.neighbourhoods.rules import StewardRole
from werkplaats.promises.models import EventText
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.rules import Capability

_WHEREVER = timedelta(hours=12)
"""The day begins elsewhere at another hour; so long after midnight in Greenwich it began everywhere."""


def _switched_on() -> list[int]:
    return [workshop.pk for workshop in Workshop.objects.all() if workshop.has(Capability.MIRRORS)]


def _without_own(limit: int) -> Iterable[Key]:
    """Parties that are a workshop itself and are held no mirror yet."""
    rows = Steward.objects.filter(role=StewardRole.IS.value, party__workshop__in=_switched_on())
    stays = Mirror.objects.filter(Q(party=OuterRef("party")) | Q(party=OuterRef("party__canonical")))
    return rows.exclude(Exists(stays)).order_by("pk").values_list("pk", flat=True)[:limit]


def _hold_own(key: Key, beat: Beat) -> None:
    steward = Steward.objects.select_related("party__canonical", "party__workshop").get(pk=key)
    with beat.ending():
        actions.hold_own(steward.party, at=timezone.now())


def _unseen(limit: int) -> Iterable[Key]:
    """Mirrors whose records were not gone through today."""
    earlier = (timezone.now() - _WHEREVER).date()
    rows = Mirror.objects.filter(Q(looked_on=None) | Q(looked_on__lt=earlier), workshop__in=_switched_on())
    return rows.order_by("looked_on", "pk").values_list("pk", flat=True)[:limit]


def _look(key: Key, beat: Beat) -> None:
    with beat.ending():
        actions.look(Mirror(pk=key), at=timezone.now())


def _with_erased(limit: int) -> Iterable[Key]:
    """States of mirrors made before words were erased from the ledger."""
    erased = EventText.objects.filter(
        event__workshop=OuterRef("mirror__workshop"), erased_at__isnull=False, erased_at__gte=OuterRef("forgot_at")
    )
    return Snapshot.objects.filter(Exists(erased)).order_by("pk").values_list("pk", flat=True)[:limit]


def _forget(key: Key, beat: Beat) -> None:
    with beat.ending():
        actions.forget_erased(Snapshot(pk=key), at=timezone.now())


HOLD_OWN = Sweep("mirror.hold_own", _without_own, _hold_own)
LOOK = Sweep("mirror.look", _unseen, _look)
FORGET = Sweep("mirror.forget_erased", _with_erased, _forget)
