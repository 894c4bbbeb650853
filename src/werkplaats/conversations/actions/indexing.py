"""Accepted statements are found by word and meaning; no other statement is."""

from datetime import datetime

from django.urls import reverse

from werkplaats.asks.rules import day_in
from werkplaats.conversations.models import Conversation, Statement
from werkplaats.conversations.queries.similar import KIND, entry_key
from werkplaats.conversations.rules import State
from werkplaats.search.actions import offer, withdraw
from werkplaats.search.records import EntryRow


def show(row: Statement, *, at: datetime) -> None:
    """In search as long as it is accepted."""
    workshop = row.conversation.workshop
    if row.state == State.ACCEPTED:
        offer(workshop, [_entry(row)], at=at)
    else:
        withdraw(workshop, kind=KIND, keys=[entry_key(row.conversation.key, row.number)])


def show_all(conversation: Conversation, *, at: datetime) -> None:
    """Every accepted statement of a conversation that came in from a folder."""
    rows = Statement.objects.filter(conversation=conversation, state=State.ACCEPTED)
    offer(
        conversation.workshop,
        [_entry(row) for row in rows.select_related("conversation__ask", "conversation__workshop")],
        at=at,
    )


def _entry(row: Statement) -> EntryRow:
    conversation = row.conversation
    key = entry_key(conversation.key, row.number)
    url = reverse("conversations:conversation", args=[conversation.workshop.key, conversation.key])
    on = day_in(conversation.workshop.timezone, row.given_at)
    title = conversation.ask.title
    return EntryRow(KIND, key, title, row.text, url, language=row.language, dated_on=on, title_counts=False)
