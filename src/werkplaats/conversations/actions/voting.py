"""A vote is kept when this returns, and not before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from werkplaats.asks.rules import AskState
from werkplaats.conversations.actions.taking_part import new_key
from werkplaats.conversations.models import Conversation, Participant, Statement, Vote
from werkplaats.conversations.queries.voting import last_votes, voter
from werkplaats.conversations.records import Seat
from werkplaats.conversations.refusals import Closed, EmptySheet, Gone, NoSuchAnswer, NoSuchStatement, SheetTaken
from werkplaats.conversations.rules import NOTED_EVERY, Channel, Kind, State, Value
from werkplaats.kit import prepared
from werkplaats.workshops.models import Area

_KEEP = """
    INSERT INTO conversations_vote (participant_id, statement_id, value, at, propensity, once)
    SELECT p.id, s.id, %s, %s, CAST(%s AS double precision), %s
    FROM conversations_participant p
    JOIN conversations_conversation c ON c.id = p.conversation_id
    JOIN workshops_workshop w ON w.id = c.workshop_id
    JOIN asks_ask a ON a.id = c.ask_id
    JOIN conversations_statement s ON s.conversation_id = c.id
    WHERE p.key = %s AND c.key = %s AND w.key = %s AND s.number = %s
        AND p.withdrawn_at IS NULL AND a.state = %s AND s.state = %s"""
_FIRST = " AND NOT EXISTS (SELECT 1 FROM conversations_vote v WHERE v.participant_id = p.id AND v.statement_id = s.id)"
_NOTED = " AND p.voted_at > %s AND c.stale_since IS NOT NULL"
_LOCK = " FOR UPDATE OF p FOR KEY SHARE OF c"
_ONCE = " ON CONFLICT DO NOTHING"
_WHO = """
    SELECT p.id FROM conversations_participant p
    JOIN conversations_conversation c ON c.id = p.conversation_id
    JOIN workshops_workshop w ON w.id = c.workshop_id
    WHERE p.key = %s AND c.key = %s AND w.key = %s"""
_NOTE = "UPDATE conversations_participant SET voted_at = %s WHERE id = %s"
_STALE = """
    UPDATE conversations_conversation SET stale_since = %s
    WHERE id = (SELECT conversation_id FROM conversations_participant WHERE id = %s) AND stale_since IS NULL"""


def vote(
    who: Participant | Seat, *, number: int, value: int, at: datetime, once: str = "", chance: float | None = None
) -> None:
    """Keeps what a participant says of a statement. A changed mind is a new row, the last one counts.

    `once` names the button it came by: the same again is the same vote, and so is the answer that counts already.
    `chance`: with what chance this statement was going to be shown, when it was.
    Raises `Gone`, `Closed`, `NoSuchAnswer`, `NoSuchStatement`.
    """
    seat = who.seat if isinstance(who, Participant) else who
    if keep_first(seat, number=number, value=value, at=at, once=once, chance=chance):
        return
    for _time in range(2):  # what is looked up may change before the vote is stored: then it is looked up once more
        row = voter(seat, number=number)
        if row is None:
            raise Gone
        if not row.is_open:
            raise Closed
        if not row.has_statement:
            raise NoSuchStatement
        if (row.votes and row.votes[-1][0] == value) or any(once and word == once for _said, word in row.votes):
            return
        if _noted(_Said(seat, number, _value(value), at, once, None if row.votes else chance)):
            return
    raise Closed


def keep_first(
    seat: Seat, *, number: int, value: int, at: datetime, once: str = "", chance: float | None = None
) -> bool:
    """Keeps what somebody says of a statement for the first time, as nearly all votes are. False: `vote` tells why not.

    Where it is on record already that this participant votes, and that the result is behind, it is one statement that is a
    transaction in itself: with two, who votes at the same moment waits for both. Raises `NoSuchAnswer`.
    """
    said = _Said(seat, number, _value(value), at, once, chance)
    lately = connection.ops.adapt_datetimefield_value(at - NOTED_EVERY)
    return _stored(said, _FIRST + _NOTED, lately) or _noted(said, _FIRST)


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
    _note(made.pk, at=at)
    return made


def _value(value: int) -> Value:
    try:
        return Value(value)
    except ValueError:
        raise NoSuchAnswer from None


@dataclass(frozen=True, slots=True)
class _Said:
    seat: Seat
    number: int
    value: Value
    at: datetime
    once: str
    chance: float | None


def _stored(said: _Said, only: str = "", *values: object) -> bool:
    """Stores a vote if it may be: the participant is there, the ask open, the statement shown, the button new.

    Written out, as `queries.voting.voter` is and for the same reason. On PostgreSQL the conversation is held too, as other
    voters do, so that `actions.settle` waits for this vote.
    """
    at = connection.ops.adapt_datetimefield_value(said.at)
    states = [AskState.OPEN.value, State.ACCEPTED.value]
    lock = _LOCK if connection.features.has_select_for_update_of else ""
    given = [said.value.value, at, said.chance, said.once, *_names(said.seat), said.number, *states, *values]
    return bool(prepared.change(_KEEP + only + lock + _ONCE, given))


def _names(seat: Seat) -> list[str]:
    return [seat.participant_key, seat.conversation_key, seat.workshop_key]


def _noted(said: _Said, only: str = "") -> bool:
    """Stores a vote, and that this participant votes."""
    with transaction.atomic():
        is_kept = _stored(said, only)
        if is_kept:
            ((who,),) = prepared.rows(_WHO, _names(said.seat))
            _note(who, at=said.at)
    return is_kept


def _note(who: int, *, at: datetime) -> None:
    """The result does not know this vote yet; the sweep finds that."""
    moment = connection.ops.adapt_datetimefield_value(at)
    prepared.change(_NOTE, [moment, who])
    prepared.change(_STALE, [moment, who])
