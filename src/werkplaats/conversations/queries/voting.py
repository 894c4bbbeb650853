"""What a participant is shown, and what they said: for that participant alone."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from werkplaats.asks.rules import AskState
from werkplaats.conversations.models import Conversation, Participant, Result, Statement, Vote
from werkplaats.conversations.records import Given, OwnStatement, OwnVote, Seat, Shown, Voter
from werkplaats.conversations.rules import NOTED_EVERY, State, next_in, participant_key_in
from werkplaats.kit import prepared

_VOTER = """
    SELECT p.id, p.conversation_id, a.state, p.voted_at > %s AND c.stale_since IS NOT NULL, p.queue, r.begin
    FROM conversations_participant p
    JOIN conversations_conversation c ON c.id = p.conversation_id
    JOIN asks_ask a ON a.id = c.ask_id
    LEFT JOIN conversations_result r ON r.conversation_id = c.id
    WHERE p.key = %s AND c.workshop_id = %s AND c.key = %s AND p.withdrawn_at IS NULL"""
_BALLOT = """
    SELECT s.number, s.id, v.value, v.once
    FROM conversations_statement s
    LEFT JOIN conversations_vote v ON v.statement_id = s.id AND v.participant_id = %s
    WHERE s.conversation_id = %s AND s.state = %s
    ORDER BY v.at, v.id"""


def participant_of(conversation: Conversation, thing: str) -> Participant | None:
    """Whose votes a code opens. None: the code is of another conversation, or everything was taken back. 1 query."""
    rows = Participant.objects.filter(conversation=conversation, withdrawn_at__isnull=True)
    return rows.filter(key=participant_key_in(thing)).first()


def last_votes(participant: Participant) -> dict[int, int]:
    """Number of a statement to what counts of this participant. 1 query."""
    rows = Vote.objects.filter(participant=participant).order_by("at", "pk")
    return dict(rows.values_list("statement__number", "value"))


def changed_since(moment: datetime) -> Q:
    """Participants of whom a vote came after this moment. Only of who voted about then their votes are looked at."""
    came = Vote.objects.filter(participant=OuterRef("pk"), at__gt=moment)
    return Q(voted_at__gt=moment - NOTED_EVERY) & Q(Exists(came))


def to_show(conversation: Conversation, participant: Participant) -> Shown | None:
    """The statement that comes next. None: this participant voted on all. At most 3 queries."""
    done = last_votes(participant)
    open_now = {
        number: (text, language)
        for number, text, language in Statement.objects.filter(
            conversation=conversation, state=State.ACCEPTED
        ).values_list("number", "text", "language")
    }
    left = [number for number in open_now if number not in done]
    found = next_of(participant, left)
    if found is None:
        return None
    number, chance = found
    return Shown(number, *open_now[number], chance, done=len(open_now) - len(left), of=len(open_now))


def next_of(participant: Participant, left: Sequence[int]) -> tuple[int, float] | None:
    """Which of the statements that are `left` comes next, and with what chance it was going to be this one. At most 1 query."""
    queue = participant.queue
    if left and not queue:
        rows = Result.objects.filter(conversation_id=participant.conversation_id)
        queue = rows.values_list("begin", flat=True).first() or []
    return next_in(_queue(queue), left, seed=participant.key)


def voter(seat: Seat, *, at: datetime) -> Voter | None:
    """Who votes at this moment. None: nobody, or everything was taken back. 1 query.

    This and `ballot` are written out, since a full hall votes at once: making these queries takes longer than running them.
    """
    lately = connection.ops.adapt_datetimefield_value(at - NOTED_EVERY)
    found = prepared.rows(_VOTER, [lately, seat.participant_key, seat.workshop_id, seat.conversation_key])
    if not found:
        return None
    pk, conversation_id, state, is_noted, own, begin = found[0]
    queue = json.loads(own) or json.loads(begin or "[]")
    return Voter(pk, seat.participant_key, conversation_id, state == AskState.OPEN, bool(is_noted), _queue(queue))


def ballot(who: Voter) -> dict[int, Given]:
    """Every accepted statement by its number, with what this participant said of it so far. 1 query."""
    found: dict[int, Given] = {}
    for number, statement_id, value, once in prepared.rows(
        _BALLOT, [who.pk, who.conversation_id, State.ACCEPTED.value]
    ):
        given = found.setdefault(number, Given(statement_id, []))
        if value is not None:
            given.votes.append((value, once))
    return found


def _queue(kept: Iterable[Sequence[float]]) -> tuple[tuple[int, float], ...]:
    return tuple((int(number), float(chance)) for number, chance in kept)


def own_votes(conversation: Conversation, participant: Participant) -> tuple[OwnVote, ...]:
    """What this participant said of the statements that are still there, in the order of the statements. 2 queries."""
    said = last_votes(participant)
    rows = Statement.objects.filter(conversation=conversation, state=State.ACCEPTED, number__in=said)
    return tuple(OwnVote(row.number, row.text, row.language, said[row.number]) for row in rows.order_by("number"))


def own_statements(participant: Participant) -> tuple[OwnStatement, ...]:
    """What this participant gave, and what became of it. 1 query."""
    rows = Statement.objects.filter(given_by=participant).order_by("number")
    return tuple(OwnStatement(row.text, State(row.state), row.reason) for row in rows)
