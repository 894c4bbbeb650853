"""A conversation begins at an ask, and its results go back through that ask."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from werkplaats.asks.actions import give_back
from werkplaats.asks.models import Ask, GiveBack, Voice
from werkplaats.asks.queries import shown
from werkplaats.asks.rules import has_words
from werkplaats.conversations.actions.indexing import show
from werkplaats.conversations.analysis import language_of
from werkplaats.conversations.models import Conversation, Statement
from werkplaats.conversations.refusals import (
    HasAConversation,
    NeverCloses,
    NoStatements,
    SaysNothing,
    StatementTooLong,
)
from werkplaats.conversations.rules import LONGEST, State, plain_lines, same_as
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Party
from werkplaats.sources.models import Fragment


@transaction.atomic
def begin_conversation(
    ask: Ask,
    *,
    text: str,
    at: datetime,
    issue: Issue | None = None,
    fragments: Iterable[Fragment] = (),
    voices: Iterable[Voice] = (),
    needs_code: bool = False,
    takes_statements: bool = True,
) -> Conversation:
    """Makes the conversation of an ask, with statements of the host (one to a line of `text`) and words said elsewhere.

    Votes come once the ask is open. Raises `HasAConversation`, `NeverCloses`, `NoStatements`, `StatementTooLong`.
    """
    row = Ask.objects.select_for_update(no_key=True).get(pk=ask.pk)
    if row.is_standing:
        raise NeverCloses
    if Conversation.objects.filter(ask=row).exists():
        raise HasAConversation
    made = Conversation.objects.create(
        workshop_id=row.workshop_id,
        key=row.key,
        ask=row,
        issue=issue,
        needs_code=needs_code,
        takes_statements=takes_statements,
        made_at=at,
    )
    for fragment in fragments:
        _state(made, fragment.text, at=at, fragment=fragment)
    # Only words that may go out, as they may go out.
    for voice in shown(Voice.objects.filter(pk__in=[one.pk for one in voices], workshop_id=row.workshop_id)):
        _state(made, voice.shared_text, at=at, voice=voice)
    for line in plain_lines(text):
        _state(made, line, at=at)
    if not made.statements.exists():
        raise NoStatements
    return made


@transaction.atomic
def add_statements(conversation: Conversation, *, text: str, at: datetime) -> list[Statement]:
    """A host adds statements, one to a line; what stands there is left alone. Raises `NoStatements`, `StatementTooLong`."""
    row = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    lines = plain_lines(text)
    if not lines:
        raise NoStatements
    return [made for line in lines if (made := _state(row, line, at=at))]


@transaction.atomic
def give_results_back(conversation: Conversation, *, text: str, party: Party, at: datetime) -> GiveBack:
    """Tells all who took part what came of it: through the ask, which keeps what was promised and by when."""
    return give_back(conversation.ask, text=text, party=party, at=at)


def new_statement(conversation: Conversation, text: str, **told: object) -> Statement:
    """A row with the next number. Call it while the conversation is locked."""
    words = text_of(text)
    last = Statement.objects.filter(conversation=conversation).aggregate(last=Max("number"))["last"] or 0
    return Statement.objects.create(
        conversation=conversation,
        number=last + 1,
        text=words,
        same_as=same_as(words),
        language=language_of(words),
        **told,
    )


def text_of(text: str) -> str:
    """A statement in one line. Raises `SaysNothing`, `StatementTooLong`."""
    words = " ".join(text.replace("\x00", "").split())
    if not has_words(words):
        raise SaysNothing
    if len(words) > LONGEST:
        raise StatementTooLong(LONGEST)
    return words


def _state(
    conversation: Conversation,
    text: str,
    *,
    at: datetime,
    fragment: Fragment | None = None,
    voice: Voice | None = None,
) -> Statement | None:
    """A statement of a host: accepted at once. None: the same words stand there already."""
    if Statement.objects.filter(conversation=conversation, same_as=same_as(text_of(text))).exists():
        return None
    told = {"fragment": fragment, "voice": voice, "given_at": at, "looked_at": at, "state": State.ACCEPTED.value}
    made = new_statement(conversation, text, **told)
    show(made, at=at)
    return made
