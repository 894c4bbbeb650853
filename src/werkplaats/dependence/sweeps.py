"""Slow work: needs and offers are laid beside each other, when anything changed or the day did; the silent are left in peace.

And who both said yes is asked once, a while later, what came of it.
"""

from datetime import timedelta

from django.utils import timezone

from werkplaats.dependence import actions, analysis
from werkplaats.dependence.actions import asking
from werkplaats.dependence.models import Match, MatchSide
from werkplaats.dependence.queries.people import unreached
from werkplaats.dependence.queries.wishes import stale, wishes
from werkplaats.dependence.rules import MatchState
from werkplaats.kit.claims import Beat, Key, Sweep
from werkplaats.neighbourhoods.models import Network
from werkplaats.neighbourhoods.rules.asking import ANSWER_DAYS
from werkplaats.workshops.models import Workshop


def _stale(limit: int) -> list[int]:
    return stale(limit, today=timezone.localdate())


def _match(key: Key, beat: Beat) -> None:
    workshop, now = Workshop.objects.get(pk=key), timezone.now()
    today = timezone.localdate(now)
    if workshop.pk not in stale(1_000_000, today=today):
        return
    up_to = Network.objects.get(workshop=workshop).changed_at
    before = wishes(workshop, today=today)
    found = analysis.fits(before.needs, before.offers, earlier=before.earlier, apart=before.apart)
    with beat.ending():
        actions.keep_matches(workshop, found, up_to=up_to, at=now, today=today)


def _silent(limit: int) -> list[int]:
    late = timezone.now() - timedelta(days=ANSWER_DAYS)
    silent = Match.objects.filter(state=MatchState.ASKING.value, sides__answer="", sides__turn_at__lte=late)
    return list(silent.order_by("pk").values_list("pk", flat=True).distinct()[:limit])


def _leave(key: Key, beat: Beat) -> None:
    match = Match.objects.get(pk=key)
    with beat.ending():
        asking.leave_in_peace(match, at=timezone.now())


def _to_ask(limit: int) -> list[int]:
    due = Match.objects.filter(state=MatchState.INTRODUCED.value, outcome_due_on__lte=timezone.localdate())
    return list(due.order_by("outcome_due_on", "pk").values_list("pk", flat=True)[:limit])


def _ask(key: Key, beat: Beat) -> None:
    match, now = Match.objects.get(pk=key), timezone.now()
    with beat.ending():
        asking.ask_what_came(match, at=now, today=timezone.localdate(now))


def _unreached(limit: int) -> list[int]:
    return unreached(MatchSide.objects.all())[:limit]


def _to_paper(key: Key, beat: Beat) -> None:
    side = MatchSide.objects.get(pk=key)
    with beat.ending():
        asking.ask_on_paper(side)


MATCH = Sweep("dependence.match", _stale, _match)
LEAVE = Sweep("dependence.silent", _silent, _leave)
ASK_OUTCOME = Sweep("dependence.outcome", _to_ask, _ask)
TO_PAPER = Sweep("dependence.paper", _unreached, _to_paper)
