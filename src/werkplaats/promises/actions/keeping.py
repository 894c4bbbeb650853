"""What its maker tells afterwards. History is only added. What is no news (a folder that comes in) is told to nobody."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from werkplaats.promises.actions.finding import offer_promise
from werkplaats.promises.actions.ledger import add, held, iso, moment
from werkplaats.promises.actions.standing import follow
from werkplaats.promises.actions.telling import tell
from werkplaats.promises.models import Promise
from werkplaats.promises.refusals import DueInThePast, NothingNew
from werkplaats.promises.rules import QUESTION_AFTER, Happened


@transaction.atomic
def change(promise: Promise, *, wording: str, reason: str, at: datetime, is_news: bool = True) -> Promise:
    """Other words, with the reason. The old words stay in the ledger."""
    row = held(promise, Happened.CHANGED)
    if row.wording == wording.strip():
        raise NothingNew
    texts = {"wording": wording.strip(), "reason": reason.strip()}
    row = follow(row, add(row, Happened.CHANGED, at=moment(at), texts=texts))
    offer_promise(row)
    if is_news:
        tell(row, Happened.CHANGED, at=at, reason=reason)
    return row


@transaction.atomic
def extend(promise: Promise, *, due_on: date, reason: str, at: datetime, is_news: bool = True) -> Promise:
    """Another day, with the reason."""
    row = held(promise, Happened.EXTENDED)
    if due_on == row.due_on:
        raise NothingNew
    if due_on < at.astimezone(ZoneInfo(row.workshop.timezone)).date():
        raise DueInThePast
    facts, texts = {"due_on": iso(due_on), "was_due_on": iso(row.due_on)}, {"reason": reason.strip()}
    row = follow(row, add(row, Happened.EXTENDED, at=moment(at), facts=facts, texts=texts))
    if is_news:
        tell(row, Happened.EXTENDED, at=at, reason=reason)
    return row


@transaction.atomic
def report_done(promise: Promise, *, evidence: str, at: datetime, is_news: bool = True) -> Promise:
    """Its maker says that it is done, and where that can be seen. Four weeks later the receivers are asked."""
    row = held(promise, Happened.DONE)
    row.question_due_at = at + QUESTION_AFTER
    row = follow(row, add(row, Happened.DONE, at=moment(at), texts={"evidence": evidence.strip()}))
    if is_news:
        tell(row, Happened.DONE, at=at, reason=evidence)
    return row


@transaction.atomic
def withdraw(promise: Promise, *, reason: str, at: datetime, is_news: bool = True) -> Promise:
    """Its maker takes it back, with the reason. It stays to be read."""
    row = held(promise, Happened.WITHDRAWN)
    row.question_due_at = None
    row = follow(row, add(row, Happened.WITHDRAWN, at=moment(at), texts={"reason": reason.strip()}))
    if is_news:
        tell(row, Happened.WITHDRAWN, at=at, reason=reason)
    return row
