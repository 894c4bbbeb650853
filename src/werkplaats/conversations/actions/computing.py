"""What the sweep stores."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, JSONField, Q, Value, When

from werkplaats.conversations.models import Conversation, Participant, Result
from werkplaats.conversations.queries.voting import changed_since
from werkplaats.conversations.rules import may_renew

_Queue = Sequence[tuple[int, float]]
_AT_A_TIME = 50


def is_due(conversation: Conversation, *, before: Result | None, small: int) -> bool:
    """Whether a new result may be shown: enough people changed it since the last one, or nobody did and a statement went."""
    if before is None:
        return True
    since = changed_since(before.computed_at) | Q(withdrawn_at__gt=before.computed_at)
    changed = Participant.objects.filter(since, conversation=conversation).count()
    return not changed or may_renew(changed, small=small, is_first=False)


def keep_queues(queues: Iterable[tuple[int, _Queue]]) -> None:
    """What to ask next of each participant, of a few of them in one statement that is a transaction in itself.

    A full hall votes meanwhile. It waits for these rows no longer than the database needs, and not for the turns of a process
    that gives way to all others. Not one event with the result: a queue that comes a moment before it is as good.
    """
    all_of_them = list(queues)
    for first in range(0, len(all_of_them), _AT_A_TIME):
        some = all_of_them[first : first + _AT_A_TIME]
        found = [When(pk=who, then=Value(queue, output_field=JSONField())) for who, queue in some]
        here = Participant.objects.filter(pk__in=[who for who, _queue in some], withdrawn_at__isnull=True)
        here.update(queue=Case(*found))


@transaction.atomic
def keep_result(
    conversation: Conversation,
    *,
    told: dict[str, Any],
    begin: _Queue,
    places: Mapping[int, Sequence[float | None]],
    at: datetime,
) -> Result:
    """The new result in place of the last one, where each stands in it, and what to ask first of who is new."""
    found = {"told": told, "begin": begin, "places": {str(who): place for who, place in places.items()}}
    row, _made = Result.objects.update_or_create(conversation=conversation, defaults=found | {"computed_at": at})
    return row


@transaction.atomic
def settle(conversation: Conversation, *, began: datetime) -> None:
    """No longer stale, unless a vote came so late that the work may not have seen it: then there is another round.

    Waits for votes that are being stored, and they for this: else one of them could come in between unseen.
    """
    row = Conversation.objects.filter(pk=conversation.pk)
    row.select_for_update().values_list("pk").get()
    late = Participant.objects.filter(changed_since(began), conversation=conversation)
    row.exclude(Exists(late)).update(stale_since=None)
