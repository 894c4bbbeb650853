"""Slow work: givers who said nothing for four weeks after an answer; workshops that have no standing ask yet."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils import timezone

from werkplaats.asks import actions
from werkplaats.asks.models import Ask, Voice
from werkplaats.asks.rules import SILENT_AFTER, State
from werkplaats.kit.claims import Beat, Key, Sweep
from werkplaats.workshops.models import Workshop


def _find_silent(limit: int) -> Iterable[Key]:
    """Workshops in which somebody said nothing for four weeks after an answer."""
    quiet = Voice.objects.filter(state=State.REPLIED, replied_at__lte=timezone.now() - SILENT_AFTER)
    return quiet.order_by("workshop_id").values_list("workshop_id", flat=True).distinct()[:limit]


def _settle(key: Key, beat: Beat) -> None:
    workshop, done = Workshop.objects.get(pk=key), 0
    while True:
        with beat.slice(done=done):
            settled = actions.settle_silence(workshop, at=timezone.now())
        done += settled
        if not settled:
            break
    with beat.ending():
        pass


def _find_without(limit: int) -> Iterable[Key]:
    held = Ask.objects.filter(workshop=OuterRef("pk"), is_standing=True)
    return Workshop.objects.filter(~Exists(held)).order_by("pk").values_list("pk", flat=True)[:limit]


def _open(key: Key, beat: Beat) -> None:
    with beat.ending():
        actions.standing_ask(Workshop.objects.get(pk=key), on=timezone.localdate())


SILENT = Sweep("asks.silent", _find_silent, _settle)
STANDING = Sweep("asks.standing", _find_without, _open)
