"""A small conversation with statements, and people who vote."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from tests.asks import street
from werkplaats.asks.models import Ask
from werkplaats.conversations import actions
from werkplaats.conversations.models import Conversation, Participant, Vote
from werkplaats.conversations.rules import Kind

NOW = datetime(2026, 5, 12, 10, tzinfo=UTC)
THREE = "De hal moet 's avonds open.\nDe lift is te klein.\nEr moet een tweede keuken komen."


def conversation(text: str = THREE, *, ask: Ask | None = None, **told: Any) -> Conversation:
    return actions.begin_conversation(ask or street.ask(), text=text, at=NOW, **told)


def somebody(of: Conversation, kind: Kind = Kind.UNSAID) -> Participant:
    return actions.take_part(of, at=NOW, kind=kind)[0]


def votes(of: Conversation, said: "np.ndarray[Any, Any]", *, kinds: tuple[Kind, ...] = (), at: datetime = NOW) -> None:
    """Row i of `said` are the answers of somebody new on statements 1, 2, ...; 9 is no answer."""
    numbers = list(of.statements.order_by("number"))
    for row, answers in enumerate(said):
        who = somebody(of, kinds[row % len(kinds)] if kinds else Kind.UNSAID)
        given = zip(numbers, answers, strict=True)
        Vote.objects.bulk_create(
            [Vote(participant=who, statement=one, value=int(value), at=at) for one, value in given if value != 9]
        )
        Participant.objects.filter(pk=who.pk).update(voted_at=at)
    Conversation.objects.filter(pk=of.pk).update(stale_since=at)


def two_camps(people: int = 60, statements: int = 12) -> "np.ndarray[Any, Any]":
    """Two camps that differ on most statements and agree on the last three."""
    rng = np.random.default_rng(0)
    side = np.where(np.arange(people) % 2 == 0, 1, -1)[:, None]
    lean = np.where(np.arange(statements) >= statements - 3, 1, side * np.where(np.arange(statements) % 2 == 0, 1, -1))
    return np.where(rng.random((people, statements)) < 0.9, lean, -lean)


def lines(count: int) -> str:
    return "\n".join(f"Stelling {number} over de zaal." for number in range(1, count + 1))


def later(**told: float) -> datetime:
    return NOW + timedelta(**told)
