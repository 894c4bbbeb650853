"""What the sweep stores."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from werkplaats.conversations.models import Conversation, Participant, Result
from werkplaats.conversations.queries.voting import changed_since
from werkplaats.conversations.rules import may_renew

_Queue = Sequence[tuple[int, float]]


def is_due(conversation: Conversation, *, before: Result | None, small: int) -> bool:
    """Whether a new result may be shown: enough people changed it since the last one, or nobody did and a statement went."""
    if before is None:
        return True
    since = changed_since(before.computed_at) | Q(withdrawn_at__gt=before.computed_at)
    changed = Participant.objects.filter(since, conversation=conversation).count()
    return not changed or may_renew(changed, small=small, is_first=False)


@transaction.atomic
def keep_result(
    conversation: Conversation,
    *,
    told: dict[str, Any],
    begin: _Queue,
    queues: Iterable[tuple[int, _Queue]],
    places: Mapping[int, Sequence[float | None]],
    at: datetime,
) -> Result:
    """The new result in place of the last one, where each stands in it, and what to ask next."""
    rows = [Participant(pk=who, queue=queue) for who, queue in queues]
    Participant.objects.bulk_update(rows, ["queue"], batch_size=200)
    found = {"told": told, "begin": begin, "places": {str(who): place for who, place in places.items()}}
    row, _made = Result.objects.update_or_create(conversation=conversation, defaults=found | {"computed_at": at})
    return row


@transaction.atomic
def settle(conversation: Conversation, *, began: datetime) -> None:
    """No longer stale, unless a vote came so late that the work may not have seen it: then there is another round.

    Waits for votes that are being stored, and they for this: else one of them could come in between unseen.
    """
    Conversation.objects.select_for_update().get(pk=conversation.pk)
    late = Participant.objects.filter(changed_since(began), conversation=conversation).exists()
    if not late:
        Conversation.objects.filter(pk=conversation.pk).update(stale_since=None)
