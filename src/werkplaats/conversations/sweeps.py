"""Slow work: the map of opinions of a conversation in which votes came, and finding what came in from a folder."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from werkplaats.conversations import actions
from werkplaats.conversations.analysis import Found
from werkplaats.conversations.models import Conversation, Participant, Result, Statement
from werkplaats.conversations.queries.similar import KIND
from werkplaats.conversations.rules import State
from werkplaats.kit.claims import Beat, Key, Sweep
from werkplaats.search.models import Entry

QUIET = timedelta(seconds=10)
"""So long between two maps of one conversation at least, and so long a vote may take to be stored and still be seen."""

LATELY = timedelta(hours=1)


def _find(limit: int) -> Iterable[Key]:
    voted = Participant.objects.filter(conversation=OuterRef("pk"), voted_at__isnull=False)
    never = Q(Exists(voted), result__isnull=True)  # also what came in from a folder, where no result travels
    rested = Q(stale_since__isnull=False, result__computed_at__lte=timezone.now() - QUIET)
    rows = Conversation.objects.filter(never | rested)
    return rows.order_by("stale_since").values_list("pk", flat=True)[:limit]


def _compute(key: Key, beat: Beat) -> None:
    began = timezone.now()
    row = Conversation.objects.select_related("workshop").get(pk=key)
    before = Result.objects.filter(conversation=row).defer("places").first()
    if row.stale_since is None and before is not None:
        return
    small = row.workshop.small_number
    if not actions.is_due(row, before=before, small=small):
        with beat.ending():
            actions.settle(row, began=began - QUIET)
        return
    found = Found(row)
    beat()
    told = found.told(before=before, at=began, small=small)
    begin, places = found.begin(), found.places(small=small)
    actions.keep_queues(found.queues(began - LATELY))
    with beat.ending():
        actions.keep_result(row, told=told, begin=begin, places=places, at=began)
        actions.settle(row, began=began - QUIET)


COMPUTE = Sweep("conversations.compute", _find, _compute)


def _find_unseen(limit: int) -> Iterable[Key]:
    key = Concat(OuterRef("conversation__key"), Value("/"), Cast(OuterRef("number"), CharField()))
    entry = Entry.objects.filter(workshop=OuterRef("conversation__workshop"), kind=KIND, key=key)
    rows = Statement.objects.filter(~Exists(entry), state=State.ACCEPTED).order_by("conversation_id")
    return rows.values_list("conversation_id", flat=True).distinct()[:limit]


def _show(key: Key, beat: Beat) -> None:
    row = Conversation.objects.select_related("workshop").get(pk=key)
    with beat.ending():
        actions.show_all(row, at=timezone.now())


SHOW = Sweep("conversations.show", _find_unseen, _show)
