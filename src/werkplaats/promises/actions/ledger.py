"""The one place where an event enters the ledger."""

import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from werkplaats.promises.models import Event, EventText, Promise
from werkplaats.promises.refusals import NotNow
from werkplaats.promises.rules import Happened, Kind, State, Told, may_happen
from werkplaats.promises.verify import START, canonical, digest_of, text_digest
from werkplaats.workshops.models import Workshop

SALT_BYTES = 16


def moment(at: datetime) -> str:
    """A moment as the ledger writes it: ``2026-05-12T09:30:00Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def hold(workshop_id: int) -> Workshop:
    """The workshop, locked until the end of the transaction: one event at a time, so that the chain cannot fork."""
    return Workshop.objects.select_for_update(no_key=True).get(pk=workshop_id)


def held(promise: Promise, happened: Happened) -> Promise:
    """The promise as it is now, locked after its workshop, if this may happen to it."""
    hold(promise.workshop_id)
    row = Promise.objects.select_for_update(of=("self",)).select_related("workshop", "maker").get(pk=promise.pk)
    if not may_happen(happened, state=State(row.state), kind=Kind(row.kind)):
        raise NotNow(State(row.state))
    return row


@transaction.atomic
def add(
    promise: Promise,
    happened: Happened,
    *,
    at: str,
    facts: Mapping[str, Any] | None = None,
    texts: Mapping[str, str] | None = None,
    private: Mapping[str, str] | None = None,
) -> Told:
    """Adds one event to the ledger of the workshop of a promise, and returns what it tells.

    `at`: an ISO moment or date. `facts` are keys and ISO dates, and stay for ever. `texts` are words and names: only their
    salted digests enter the chain. `private` are texts that no public export shows. Empty ones are left out.
    """
    hold(promise.workshop_id)
    last = Event.objects.filter(workshop_id=promise.workshop_id).order_by("-number").first()
    number, before = (last.number + 1, last.digest) if last else (1, START)
    words = {name: text for name, text in {**(texts or {}), **(private or {})}.items() if text}
    salts = {name: secrets.token_hex(SALT_BYTES) for name in words}
    body = {
        **{name: value for name, value in (facts or {}).items() if value},
        "workshop": promise.workshop.key,
        "promise": promise.key,
        "kind": happened.value,
        "at": at,
        "texts": {name: text_digest(salts[name], text) for name, text in words.items()},
        "private": sorted(set(private or {}) & set(words)),
    }
    written = canonical(body)
    event = Event.objects.create(
        workshop_id=promise.workshop_id,
        number=number,
        promise_key=promise.key,
        kind=happened.value,
        body=written,
        before=before,
        digest=digest_of(before, number, written),
    )
    EventText.objects.bulk_create(
        EventText(event=event, name=name, text=text, salt=salts[name], is_private=name in (private or {}))
        for name, text in words.items()
    )
    return Told(happened, at, body, words)


def iso(day: date | None) -> str:
    """A date as the ledger writes it; "" for none."""
    return day.isoformat() if day else ""
