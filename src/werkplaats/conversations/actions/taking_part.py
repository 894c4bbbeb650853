"""One code, one participant: beginning, coming in with a card, and taking everything back."""

import secrets
from datetime import datetime

from django.db import transaction

from werkplaats.accounts.actions import new_code, withdraw_codes
from werkplaats.conversations.models import Conversation, Participant
from werkplaats.conversations.refusals import Closed, Gone, NeedsCode
from werkplaats.conversations.rules import CODE, MOST_CODES, Channel, Kind, thing_of

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def take_part(conversation: Conversation, *, at: datetime, kind: Kind = Kind.UNSAID) -> tuple[Participant, str]:
    """Somebody begins: a participant of whom nothing is known, and the digits with which they come back, told this once.

    Raises `Closed`, `NeedsCode`.
    """
    row = Conversation.objects.select_related("ask", "workshop").get(pk=conversation.pk)
    if not row.is_open:
        raise Closed
    if row.needs_code:
        raise NeedsCode
    made = Participant.objects.create(conversation=row, key=new_key(), kind=kind.value, began_at=at)
    return made, new_code(row.workshop, purpose=CODE, thing=thing_of(made.key), at=at)


@transaction.atomic
def make_codes(conversation: Conversation, *, count: int, at: datetime) -> list[str]:
    """So many codes to hand out on cards, each for one participant; the digits are told this once."""
    row = Conversation.objects.select_related("workshop").get(pk=conversation.pk)
    digits = []
    for _number in range(min(count, MOST_CODES)):
        made = Participant.objects.create(conversation=row, key=new_key(), channel=Channel.CODE.value, began_at=at)
        digits.append(new_code(row.workshop, purpose=CODE, thing=thing_of(made.key), at=at))
    return digits


@transaction.atomic
def say_kind(participant: Participant, *, kind: Kind, at: datetime) -> Participant:
    """As what somebody takes part, in their own word; unsaid is an answer too."""
    row = locked(participant)
    row.kind = kind.value
    row.save(update_fields=["kind"])
    Conversation.objects.filter(pk=row.conversation_id, stale_since=None).update(stale_since=at)
    return row


@transaction.atomic
def withdraw(participant: Participant, *, at: datetime) -> Participant:
    """Somebody takes everything back: votes, kind and the way in are gone, and count nowhere. Twice changes nothing.

    Statements that were accepted belong to the conversation and stay, with nothing that leads to who gave them.
    """
    row = Participant.objects.select_for_update().get(pk=participant.pk)
    if row.withdrawn_at is not None:
        return row
    row.votes.all().delete()
    row.statements.update(given_by=None)
    row.withdrawn_at, row.kind, row.queue, row.voted_at = at, "", [], None
    row.save()
    withdraw_codes(row.conversation.workshop, thing=thing_of(row.key), at=at)
    Conversation.objects.filter(pk=row.conversation_id, stale_since=None).update(stale_since=at)
    return row


def locked(participant: Participant) -> Participant:
    """The row, for this event alone. Raises `Gone`."""
    row = Participant.objects.select_for_update().get(pk=participant.pk)
    if row.withdrawn_at is not None:
        raise Gone
    return row


def new_key() -> str:
    """A key that tells nothing and that nobody guesses."""
    return "d" + "".join(secrets.choice(_LETTERS) for _ in range(15))
