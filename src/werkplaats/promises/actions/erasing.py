"""Words can be taken out; that they were there, cannot."""

from datetime import datetime

from django.db import transaction

from werkplaats.mail.actions import take_out
from werkplaats.promises import queries
from werkplaats.promises.actions.finding import offer_promise
from werkplaats.promises.actions.ledger import add, held, moment
from werkplaats.promises.actions.standing import show
from werkplaats.promises.models import EventText, Promise, Verdict
from werkplaats.promises.refusals import NothingToErase
from werkplaats.promises.rules import Happened


@transaction.atomic
def erase_text(promise: Promise, *, number: int, name: str, reason: str, at: datetime) -> Promise:
    """Takes out one text (`name`, such as "wording") of one event (`number`), with its salt. That is an event itself.

    Every other event can still be checked. The page of the promise shows that something was erased, and why.
    """
    row = held(promise, Happened.ERASED)
    texts = EventText.objects.filter(
        event__workshop_id=row.workshop_id, event__promise_key=row.key, event__number=number, name=name, erased_at=None
    )
    was = texts.values_list("text", flat=True).first()
    if was is None:
        raise NothingToErase
    add(row, Happened.ERASED, at=moment(at), facts={"erased": [[number, name]]}, texts={"reason": reason.strip()})
    texts.update(text="", salt="", erased_at=at)
    if name == "words":
        Verdict.objects.filter(promise=row, words=was).update(words="")
    take_out(row.workshop, about=row.thing, words=was)
    row = show(row, queries.standing(row))
    offer_promise(row)
    return row
