"""A vote is kept when this returns, and not before."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from werkplaats.conversations.actions.taking_part import locked, new_key
from werkplaats.conversations.models import Conversation, Participant, Statement, Vote
from werkplaats.conversations.queries.voting import last_votes, next_of
from werkplaats.conversations.records import Seat
from werkplaats.conversations.refusals import Closed, EmptySheet, NoSuchAnswer, NoSuchStatement, SheetTaken
from werkplaats.conversations.rules import Channel, Kind, State, Value


@transaction.atomic
def vote(who: Participant | Seat, *, number: int, value: int, at: datetime, once: str = "") -> Vote:
    """Keeps what a participant says of a statement. A changed mind is a new row, the last one counts.

    `once` names the button it came by: the same again is the same vote, and so is the answer that counts already.
    Raises `Gone`, `Closed`, `NoSuchAnswer`, `NoSuchStatement`.
    """
    row = locked(who)
    if not row.conversation.is_open:
        raise Closed
    said = _value(value)
    rows = Statement.objects.filter(conversation_id=row.conversation_id, state=State.ACCEPTED)
    open_now = dict(rows.values_list("number", "pk"))
    if number not in open_now:
        raise NoSuchStatement
    given = list(Vote.objects.filter(participant=row).order_by("at", "pk").values_list("pk", "statement", "value", "once"))
    held = next((pk for pk, _what, _said, word in given if once and word == once), None)
    last = next(((pk, told) for pk, what, told, _word in reversed(given) if what == open_now[number]), None)
    if held is not None or (last is not None and last[1] == said):
        return Vote.objects.get(pk=held or (last and last[0]))
    done = {what for _pk, what, _said, _word in given}
    coming = next_of(row, [each for each, what in open_now.items() if what not in done]) if last is None else None
    kept = Vote.objects.create(
        participant=row,
        statement_id=open_now[number],
        value=said.value,
        at=at,
        propensity=coming[1] if coming and coming[0] == number else None,
        once=once,
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
