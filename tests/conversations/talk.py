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


def two_camps(people: int = 120, statements: int = 20) -> "np.ndarray[Any, Any]":
    """Two camps with their shades, that differ on most statements and share the last three. One answer in twelve passes."""
    rng = np.random.default_rng(0)
    side = np.where(np.arange(people) % 2 == 0, 1.0, -1.0) + rng.normal(0, 0.35, people)
    pull = rng.uniform(1.2, 2.6, statements) * np.where(np.arange(statements) % 2 == 0, 1, -1)
    support = rng.normal(0, 0.8, statements)
    pull[-3:], support[-3:] = 0, 2.6
    chance = 1 / (1 + np.exp(-(support + side[:, None] * pull + rng.normal(0, 0.5, people)[:, None])))
    said = np.where(rng.random(chance.shape) < chance, 1, -1)
    said[rng.random(said.shape) < 1 / 12] = 0
    return said


def lines(count: int) -> str:
    return "\n".join(f"Stelling {number} over de zaal." for number in range(1, count + 1))


def later(**told: float) -> datetime:
    return NOW + timedelta(**told)
