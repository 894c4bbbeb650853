"""Slow work of defragmenting: the figure, the demands and the moves, when anything changed or the day did."""

from django.utils import timezone

from werkplaats.defrag import actions, analysis, queries
from werkplaats.kit.claims import Beat, Key, Sweep
from werkplaats.workshops.models import Workshop


def _stale(limit: int) -> list[int]:
    today = timezone.localdate()
    stale = (workshop.pk for workshop in Workshop.objects.all() if queries.is_stale(workshop, today=today))
    return list(stale)[:limit]


def _measure(key: Key, beat: Beat) -> None:
    workshop = Workshop.objects.get(pk=key)
    began = timezone.now()
    today = timezone.localdate(began)
    state = queries.state_of(workshop)
    if not queries.is_stale(workshop, today=today):
        return
    measured = analysis.measure(queries.situation(workshop, today=today))
    with beat.ending():
        actions.keep_measurement(workshop, measured=measured, state=state, at=began, today=today)


MEASURE = Sweep("defrag.measure", _stale, _measure)
