"""Slow work of pauses: asking the parties and who gave a voice, and forgetting the answers of who withdrew theirs."""

from collections.abc import Iterable

from django.utils import timezone

from werkplaats.asks.rules import State as VoiceState
from werkplaats.kit.claims import Beat, Key, Sweep
from werkplaats.pauses import actions
from werkplaats.pauses.models import Pause, PauseAnswer


def _unasked(limit: int) -> Iterable[Key]:
    return (
        Pause.objects.filter(asked_at=None, closed_at=None).order_by("opened_at").values_list("pk", flat=True)[:limit]
    )


def _ask(key: Key, beat: Beat) -> None:
    with beat.ending():
        actions.ask_parties(Pause(pk=key), at=timezone.now())
        actions.ask_givers(Pause(pk=key), at=timezone.now())


def _with_withdrawn(limit: int) -> Iterable[Key]:
    rows = PauseAnswer.objects.filter(voice__state=VoiceState.WITHDRAWN.value).order_by("pause_id")
    return rows.values_list("pause_id", flat=True).distinct()[:limit]


def _forget(key: Key, beat: Beat) -> None:
    with beat.ending():
        actions.forget_withdrawn(Pause(pk=key))


ASK_GIVERS = Sweep("pauses.ask_givers", _unasked, _ask)
FORGET = Sweep("pauses.forget_withdrawn", _with_withdrawn, _forget)
