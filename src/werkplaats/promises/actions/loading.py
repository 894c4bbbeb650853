"""A promise as a folder has it: what happened to it is done again, in the order of time, so that the ledger is sound."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from werkplaats.promises.actions.judging import maker_verdict, receiver_verdict
from werkplaats.promises.actions.keeping import change, extend, report_done, withdraw
from werkplaats.promises.actions.making import Said, confirm, deny, draft
from werkplaats.promises.models import Promise
from werkplaats.promises.refusals import NoDayTold, NotForYou
from werkplaats.promises.rules import Channel, Giver, Happened, Word
from werkplaats.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a promise as a folder tells it; `words` is the new wording, the evidence, or what went with a verdict."""

    kind: Happened
    at: datetime
    words: str = ""
    reason: str = ""
    due_on: date | None = None
    channel: Channel = Channel.TEAM
    word: Word | None = None
    giver: Giver | None = None


@transaction.atomic
def put_promise(
    workshop: Workshop,
    said: Said,
    *,
    key: str,
    drafted_at: datetime,
    asked_at: datetime | None = None,
    denied_words: str = "",
) -> tuple[Promise, bool]:
    """What was said, as a draft: ``(promise, whether it is new here)``. One that stands here already stays as it is.

    Its yes and what came after it are done again with `happen_again`. No link is made and nobody is mailed.
    """
    held = Promise.objects.filter(workshop=workshop, key=key).first()
    if held is not None:
        return held, False
    row = draft(workshop, said, at=drafted_at, key=key)
    if asked_at is not None:
        row.asked_at = asked_at
        row.save(update_fields=["asked_at"])
    return (deny(row, words=denied_words) if denied_words else row), True


@transaction.atomic
def happen_again(promise: Promise, told: Happening) -> None:
    """Does one event again, at its own moment and by the rules of then. Nobody is told.

    Raises what that event raises.
    """
    match told.kind:
        case Happened.CONFIRMED:
            confirm(promise, at=told.at, channel=told.channel, due_on=told.due_on, is_news=False)
        case Happened.CHANGED:
            change(promise, wording=told.words, reason=told.reason, at=told.at, is_news=False)
        case Happened.EXTENDED:
            if told.due_on is None:
                raise NoDayTold
            extend(promise, due_on=told.due_on, reason=told.reason, at=told.at, is_news=False)
        case Happened.DONE:
            report_done(promise, evidence=told.words, at=told.at, is_news=False)
        case Happened.WITHDRAWN:
            withdraw(promise, reason=told.reason or told.words, at=told.at, is_news=False)
        case _:
            _judge(promise, told)


def _judge(promise: Promise, told: Happening) -> None:
    if told.word is None:
        raise NotForYou
    if told.kind is Happened.MAKER_VERDICT:
        maker_verdict(promise, word=told.word, at=told.at, words=told.words, is_news=False)
    elif told.giver is None:
        raise NotForYou
    else:
        receiver_verdict(promise, by=told.giver, word=told.word, at=told.at, words=told.words, is_news=False)
