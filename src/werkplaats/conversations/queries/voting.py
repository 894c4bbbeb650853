"""What a participant is shown, and what they said: for that participant alone."""

from collections.abc import Sequence

from werkplaats.conversations.models import Conversation, Participant, Result, Statement, Vote
from werkplaats.conversations.records import OwnStatement, OwnVote, Shown
from werkplaats.conversations.rules import State, next_in, participant_key_in


def participant_of(conversation: Conversation, thing: str) -> Participant | None:
    """Whose votes a code opens. None: the code is of another conversation, or everything was taken back. 1 query."""
    rows = Participant.objects.filter(conversation=conversation, withdrawn_at__isnull=True)
    return rows.filter(key=participant_key_in(thing)).first()


def last_votes(participant: Participant) -> dict[int, int]:
    """Number of a statement to what counts of this participant. 1 query."""
    rows = Vote.objects.filter(participant=participant).order_by("at", "pk")
    return dict(rows.values_list("statement__number", "value"))


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
    return next_in(((int(number), float(chance)) for number, chance in queue), left, seed=participant.key)


def own_votes(conversation: Conversation, participant: Participant) -> tuple[OwnVote, ...]:
    """What this participant said of the statements that are still there, in the order of the statements. 2 queries."""
    said = last_votes(participant)
    rows = Statement.objects.filter(conversation=conversation, state=State.ACCEPTED, number__in=said)
    return tuple(OwnVote(row.number, row.text, row.language, said[row.number]) for row in rows.order_by("number"))


def own_statements(participant: Participant) -> tuple[OwnStatement, ...]:
    """What this participant gave, and what became of it. 1 query."""
    rows = Statement.objects.filter(given_by=participant).order_by("number")
    return tuple(OwnStatement(row.text, State(row.state), row.reason) for row in rows)
