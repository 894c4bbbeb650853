"""Slow work of defragmenting: the figure, the demands and the moves, when anything changed or the day did.

And what follows by itself after people were asked: who says nothing is left in peace, who met is asked whether it helped.
"""

from datetime import timedelta

from django.utils import timezone

from werkplaats.defrag import actions, analysis, queries
from werkplaats.defrag.actions import answering, checking
from werkplaats.defrag.actions.asking import ask_on_paper
from werkplaats.defrag.analysis.over_time import Kept
from werkplaats.defrag.models import Asking, Side
from werkplaats.defrag.queries.people import unreached
from werkplaats.defrag.rules import Stage
from werkplaats.kit.claims import Beat, Key, Sweep
from werkplaats.neighbourhoods.rules.asking import ANSWER_DAYS
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
    situation, earlier = queries.situation(workshop, today=today), queries.day_before(workshop, today=today)
    before = Kept(tuple(earlier.parties), earlier.network) if earlier else None
    measured = analysis.measure(situation, before=before)
    if earlier and measured.change:
        measured.change["since"] = earlier.on.isoformat()
    with beat.ending():
        actions.keep_measurement(workshop, measured=measured, state=state, at=began, today=today)


def _silent(limit: int) -> list[int]:
    late = timezone.now() - timedelta(days=ANSWER_DAYS)
    silent = Asking.objects.filter(stage=Stage.ASKING.value, sides__answer="", sides__turn_at__lte=late)
    return list(silent.order_by("pk").values_list("pk", flat=True).distinct()[:limit])


def _leave(key: Key, beat: Beat) -> None:
    asking = Asking.objects.get(pk=key)
    with beat.ending():
        answering.leave_in_peace(asking, at=timezone.now())


def _to_ask(limit: int) -> list[int]:
    due = Asking.objects.filter(stage=Stage.MET.value, help_due_on__lte=timezone.localdate())
    return list(due.order_by("help_due_on", "pk").values_list("pk", flat=True)[:limit])


def _ask(key: Key, beat: Beat) -> None:
    asking, now = Asking.objects.get(pk=key), timezone.now()
    with beat.ending():
        answering.ask_whether_it_helped(asking, at=now, today=timezone.localdate(now))


def _to_check(limit: int) -> list[int]:
    due = Asking.objects.filter(stage=Stage.MET.value, check_due_on__lte=timezone.localdate(), checked_on=None)
    return list(due.order_by("check_due_on", "pk").values_list("pk", flat=True)[:limit])


def _check(key: Key, beat: Beat) -> None:
    asking = Asking.objects.select_related("move__workshop").get(pk=key)
    today = timezone.localdate()
    found = checking.laid_beside(asking, queries.situation(asking.move.workshop, today=today))
    with beat.ending():
        checking.keep_check(asking, found=found, today=today)


def _unreached(limit: int) -> list[int]:
    return unreached(Side.objects.all())[:limit]


def _to_paper(key: Key, beat: Beat) -> None:
    side = Side.objects.get(pk=key)
    with beat.ending():
        ask_on_paper(side)


CHECK = Sweep("defrag.check", _to_check, _check)
TO_PAPER = Sweep("defrag.paper", _unreached, _to_paper)
LEAVE_IN_PEACE = Sweep("defrag.silent", _silent, _leave)
ASK_HELP = Sweep("defrag.help", _to_ask, _ask)
MEASURE = Sweep("defrag.measure", _stale, _measure)
