"""Slow work: the map of opinions of a conversation in which votes came."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from werkplaats.conversations import actions
from werkplaats.conversations.analysis import Found
from werkplaats.conversations.models import Conversation, Participant, Result
from werkplaats.kit.claims import Beat, Key, Sweep

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
    begin, queues = found.begin(), list(found.queues(began - LATELY))
    places = found.places(small=small)
    with beat.ending():
        actions.keep_result(row, told=told, begin=begin, queues=queues, places=places, at=began)
        actions.settle(row, began=began - QUIET)


COMPUTE = Sweep("conversations.compute", _find, _compute)
