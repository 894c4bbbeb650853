"""A vote is kept when this returns, and not before."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from werkplaats.asks.rules import AskState
from werkplaats.conversations.actions.taking_part import new_key
from werkplaats.conversations.models import Conversation, Participant, Statement, Vote
from werkplaats.conversations.queries.voting import last_votes, voter
from werkplaats.conversations.records import Seat, Voter
from werkplaats.conversations.refusals import Closed, EmptySheet, Gone, NoSuchAnswer, NoSuchStatement, SheetTaken
from werkplaats.conversations.rules import Channel, Kind, State, Value, next_in
from werkplaats.kit import prepared
from werkplaats.workshops.models import Area

_KEEP = """
    INSERT INTO conversations_vote (participant_id, statement_id, value, at, propensity, once)
    SELECT p.id, s.id, %s, %s, CAST(%s AS double precision), %s
    FROM conversations_participant p
    JOIN conversations_conversation c ON c.id = p.conversation_id
    JOIN asks_ask a ON a.id = c.ask_id
    JOIN conversations_statement s ON s.conversation_id = c.id
    WHERE p.id = %s AND s.id = %s AND p.withdrawn_at IS NULL AND a.state = %s AND s.state = %s"""
_WHILE_STALE = " AND c.stale_since IS NOT NULL"
_LOCK = " FOR UPDATE OF p FOR KEY SHARE OF c"
_ONCE = " ON CONFLICT DO NOTHING"
_NOTE = "UPDATE conversations_participant SET voted_at = %s WHERE id = %s"
_STALE = "UPDATE conversations_conversation SET stale_since = %s WHERE id = %s AND stale_since IS NULL"


def vote(who: Participant | Seat, *, number: int, value: int, at: datetime, once: str = "") -> None:
    """Keeps what a participant says of a statement. A changed mind is a new row, the last one counts.

    `once` names the button it came by: the same again is the same vote, and so is the answer that counts already.
    Raises `Gone`, `Closed`, `NoSuchAnswer`, `NoSuchStatement`.

    What is looked up is looked up before the line of writers, since a full hall stands in it. Whether it still holds is asked
    again while the vote is stored; if not, it is looked up once more.
    """
    said = _value(value)
    for _time in range(2):
        row = voter(who.seat if isinstance(who, Participant) else who, number=number, at=at)
        if row is None:
            raise Gone
        if not row.is_open:
            raise Closed
        if row.statement_id is None:
            raise NoSuchStatement
        if (row.votes and row.votes[-1][0] == said) or any(once and word == once for _said, word in row.votes):
            return
        coming = None if row.votes else next_in(row.queue, row.left, seed=row.key)
        chance = coming[1] if coming and coming[0] == number else None
        if _keep(row, said, chance, at=at, once=once):
            return
    raise Closed


@transaction.atomic
def type_in(
    conversation: Conversation,
    *,
    batch: str,
    sheet: int,
    answers: Mapping[int, int],
    at: datetime,
    kind: Kind = Kind.UNSAID,
    area: Area | None = None,
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
        area=area,
        channel=Channel.PAPER.value,
        began_at=at,
        batch=batch,
        sheet=sheet,
    )
    Vote.objects.bulk_create(
        [Vote(participant=made, statement=known[number], value=value.value, at=at) for number, value in said.items()]
    )
    _note(made.pk, row.pk, at=at)
    return made


def _value(value: int) -> Value:
    try:
        return Value(value)
    except ValueError:
        raise NoSuchAnswer from None


def _keep(who: Voter, said: Value, chance: float | None, *, at: datetime, once: str) -> bool:
    """Stores a vote; False: it may not be stored any more.

    Mostly one statement that is a transaction in itself: with two, who votes at the same moment waits for both, and for this
    thread to get its turn in between. Whether the note may be left out is asked again in that statement.
    """
    told = [said.value, connection.ops.adapt_datetimefield_value(at), chance, once]
    held = [who.pk, who.statement_id, AskState.OPEN.value, State.ACCEPTED.value]
    if who.is_noted:
        return _stored([*told, *held], _WHILE_STALE)
    with transaction.atomic():
        if not _stored([*told, *held]):
            return False
        _note(who.pk, who.conversation_id, at=at)
    return True


def _stored(vote: Sequence[object], while_: str = "") -> bool:
    """Stores a vote if it still may be: the participant is there, the ask open, the statement shown, the button new.

    Written out, as `queries.voting.voter` is and for the same reason. On PostgreSQL the conversation is held too, as other
    voters do, so that `actions.settle` waits for this vote.
    """
    lock = _LOCK if connection.features.has_select_for_update_of else ""
    return bool(prepared.change(_KEEP + while_ + lock + _ONCE, vote))


def _note(who: int, conversation: int, *, at: datetime) -> None:
    """The result does not know this vote yet; the sweep finds that."""
    moment = connection.ops.adapt_datetimefield_value(at)
    prepared.change(_NOTE, [moment, who])
    prepared.change(_STALE, [moment, conversation])
