"""What a participant is shown, and what they said: for that participant alone."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from werkplaats.asks.rules import AskState
from werkplaats.conversations.models import Conversation, Participant, Result, Statement, Vote
from werkplaats.conversations.records import OwnStatement, OwnVote, Seat, Shown, Voter
from werkplaats.conversations.rules import NOTED_EVERY, State, next_in, participant_key_in
from werkplaats.kit import prepared

_VOTER = """
    SELECT a.state, s.id IS NOT NULL, v.value, v.once
    FROM conversations_participant p
    JOIN conversations_conversation c ON c.id = p.conversation_id
    JOIN workshops_workshop w ON w.id = c.workshop_id
    JOIN asks_ask a ON a.id = c.ask_id
    LEFT JOIN conversations_statement s ON s.conversation_id = c.id AND s.number = %s AND s.state = %s
    LEFT JOIN conversations_vote v ON v.statement_id = s.id AND v.participant_id = p.id
    WHERE p.key = %s AND c.key = %s AND w.key = %s AND p.withdrawn_at IS NULL
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


def voter(seat: Seat, *, number: int) -> Voter | None:
    """Who votes on this statement. None: nobody, or everything was taken back. 1 query, written out: a hall votes together."""
    names = [seat.participant_key, seat.conversation_key, seat.workshop_key]
    found = prepared.rows(_VOTER, [number, State.ACCEPTED.value, *names])
    if not found:
        return None
    state, has_statement, *_vote = found[0]
    votes = [(value, once) for *_same, value, once in found if value is not None]
    return Voter(state == AskState.OPEN, bool(has_statement), votes)


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
