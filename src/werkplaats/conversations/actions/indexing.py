"""Accepted statements are found by word and meaning; no other statement is."""

from datetime import datetime

from django.urls import reverse

from werkplaats.asks.rules import day_in
from werkplaats.conversations.models import Statement
from werkplaats.conversations.queries.similar import KIND, entry_key
from werkplaats.conversations.rules import State
from werkplaats.search.actions import offer, withdraw
from werkplaats.search.records import EntryRow


def show(row: Statement, *, at: datetime) -> None:
    """In search as long as it is accepted."""
    conversation = row.conversation
    key = entry_key(conversation.key, row.number)
    if row.state != State.ACCEPTED:
        withdraw(conversation.workshop, kind=KIND, keys=[key])
        return
    url = reverse("conversations:conversation", args=[conversation.workshop.key, conversation.key])
    on = day_in(conversation.workshop.timezone, row.given_at)
    title = conversation.ask.title
    entry = EntryRow(KIND, key, title, row.text, url, language=row.language, dated_on=on, title_counts=False)
    offer(conversation.workshop, [entry], at=at)
