"""Promises in the search of the whole workshop: only what has a yes."""

from django.urls import reverse

from werkplaats.promises.models import Promise
from werkplaats.promises.rules import State
from werkplaats.search.actions import offer, withdraw
from werkplaats.search.records import EntryRow

KIND = "promise"


def offer_promise(promise: Promise) -> None:
    """Puts a promise in the index as it reads now; a draft, or one without words, is taken out."""
    if promise.state in {State.DRAFT, State.DENIED} or not promise.wording:
        withdraw(promise.workshop, kind=KIND, keys=[promise.key])
        return
    assert promise.confirmed_at is not None
    entry = EntryRow(
        kind=KIND,
        key=promise.key,
        title=promise.wording[:200],
        text=promise.wording,
        url=reverse("promises:promise", args=[promise.workshop.key, promise.key]),
        dated_on=promise.confirmed_at.date(),
        place=promise.maker.stays.name[:200],
    )
    offer(promise.workshop, [entry], at=promise.confirmed_at)
