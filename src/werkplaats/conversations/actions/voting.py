"""A vote is kept when this returns, and not before."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from werkplaats.conversations.actions.taking_part import locked, new_key
from werkplaats.conversations.models import Conversation, Participant, Statement, Vote
from werkplaats.conversations.queries.voting import last_votes, to_show
from werkplaats.conversations.refusals import Closed, EmptySheet, NoSuchAnswer, NoSuchStatement, SheetTaken
from werkplaats.conversations.rules import Channel, Kind, State, Value


@transaction.atomic
def vote(participant: Participant, *, number: int, value: int, at: datetime, once: str = "") -> Vote:
    """Keeps what a participant says of a statement. A changed mind is a new row, the last one counts.

    `once` names the button it came by: the same again is the same vote, and so is the answer that counts already.
    Raises `Gone`, `Closed`, `NoSuchAnswer`, `NoSuchStatement`.
    """
    row = locked(participant)
    conversation = Conversation.objects.select_related("ask").get(pk=row.conversation_id)
    if not conversation.is_open:
        raise Closed
    said = _value(value)
    statement = Statement.objects.filter(conversation=conversation, number=number, state=State.ACCEPTED).first()
    if statement is None:
        raise NoSuchStatement
    held = Vote.objects.filter(participant=row, once=once).first() if once else None
    last = Vote.objects.filter(participant=row, statement=statement).order_by("-at", "-pk").first()
    if held is not None or (last is not None and last.value == said):
        return held or last  # type: ignore[return-value]  # one of the two is there
    shown = to_show(conversation, row) if last is None else None
    chance = shown.propensity if shown and shown.number == number else None
    kept = Vote.objects.create(
        participant=row, statement=statement, value=said.value, at=at, propensity=chance, once=once
    )
    _note(row, at=at)
    return kept


@transaction.atomic
def type_in(
    conversation: Conversation,
    *,
    batch: str,
    sheet: int,
    answers: Mapping[int, int],
    at: datetime,
    kind: Kind = Kind.UNSAID,
) -> Participant:
    """A helper types in one voting sheet: number of a statement to what was ticked. The same sheet again is the same one.

    Paper that was filled in while the ask was open may be typed in later, until it is closed for good by the host.
    Raises `Closed`, `EmptySheet`, `NoSuchAnswer`, `NoSuchStatement`, `SheetTaken`.
    """
    row = Conversation.objects.select_for_update(no_key=True).select_related("ask").get(pk=conversation.pk)
    if not row.is_open:
        raise Closed
    said = {number: _value(value) for number, value in answers.items()}
    if not said:
        raise EmptySheet
    known = {one.number: one for one in Statement.objects.filter(conversation=row, state=State.ACCEPTED)}
    if not said.keys() <= known.keys():
        raise NoSuchStatement
    held = Participant.objects.filter(conversation=row, batch=batch, sheet=sheet).first()
    if held is not None:
        if last_votes(held) == {number: value.value for number, value in said.items()}:
            return held
        raise SheetTaken(sheet)
    made = Participant.objects.create(
        conversation=row,
        key=new_key(),
        kind=kind.value,
        channel=Channel.PAPER.value,
        began_at=at,
        batch=batch,
        sheet=sheet,
    )
    Vote.objects.bulk_create(
        [Vote(participant=made, statement=known[number], value=value.value, at=at) for number, value in said.items()]
    )
    _note(made, at=at)
    return made


def _value(value: int) -> Value:
    try:
        return Value(value)
    except ValueError:
        raise NoSuchAnswer from None


def _note(row: Participant, *, at: datetime) -> None:
    """The result does not know this vote yet; the sweep finds that."""
    Participant.objects.filter(pk=row.pk).update(voted_at=at)
    Conversation.objects.filter(pk=row.conversation_id, stale_since=None).update(stale_since=at)
