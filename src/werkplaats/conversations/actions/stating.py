"""Statements of participants: given, accepted, refused with a reason that who gave it reads."""

from datetime import datetime

from django.db import transaction

from werkplaats.conversations.actions.indexing import show
from werkplaats.conversations.actions.making import new_statement, text_of
from werkplaats.conversations.models import Conversation, Participant, Statement
from werkplaats.conversations.refusals import Closed, Gone, NoMoreStatements, RefusingNeedsAReason, StandsAlready
from werkplaats.conversations.rules import State, same_as


@transaction.atomic
def give_statement(participant: Participant, *, text: str, at: datetime) -> Statement:
    """A participant gives a statement; a human looks before anybody else sees it. The same from the same hand is one.

    Raises `Closed`, `Gone`, `NoMoreStatements`, `SaysNothing`, `StatementTooLong`, `StandsAlready`.
    """
    row = Conversation.objects.select_for_update(no_key=True).get(pk=participant.conversation_id)
    if not row.is_open:
        raise Closed
    if Participant.objects.filter(pk=participant.pk, withdrawn_at__isnull=False).exists():
        raise Gone
    if not row.takes_statements:
        raise NoMoreStatements
    held = Statement.objects.filter(conversation=row, same_as=same_as(text_of(text))).first()
    if held is not None and held.given_by_id == participant.pk:  # the button was pressed twice
        return held
    if held is not None:
        raise StandsAlready
    return new_statement(row, text, given_by=participant, given_at=at)


@transaction.atomic
def accept(statement: Statement, *, at: datetime, by: int | None = None) -> Statement:
    """From now on it is shown to everybody, and voted on."""
    row = _locked(statement)
    row.state, row.reason, row.looked_at, row.looked_by_id = State.ACCEPTED.value, "", at, by
    row.save()
    _settle(row, at=at)
    return row


@transaction.atomic
def refuse(statement: Statement, *, reason: str, at: datetime, by: int | None = None) -> Statement:
    """It takes no part (any more), with the reason that who gave it reads. Votes on it stay and count nowhere.

    Raises `RefusingNeedsAReason`.
    """
    if not reason.strip():
        raise RefusingNeedsAReason
    row = _locked(statement)
    row.state, row.reason, row.looked_at, row.looked_by_id = State.REFUSED.value, reason.strip(), at, by
    row.save()
    _settle(row, at=at)
    return row


def _locked(statement: Statement) -> Statement:
    return Statement.objects.select_for_update(of=("self",)).select_related("conversation__ask").get(pk=statement.pk)


def _settle(row: Statement, *, at: datetime) -> None:
    """What follows from an acceptance or a refusal: search, and a result that no longer holds where there were votes."""
    show(row, at=at)
    if row.votes.exists():
        Conversation.objects.filter(pk=row.conversation_id, stale_since=None).update(stale_since=at)
