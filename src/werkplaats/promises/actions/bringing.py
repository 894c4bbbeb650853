"""A ledger comes in from elsewhere: word for word, or not at all."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db import transaction

from werkplaats.asks.models import Voice
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises import queries
from werkplaats.promises.actions.finding import offer_promise
from werkplaats.promises.actions.judging import receivers_of, renew_tally
from werkplaats.promises.actions.ledger import hold
from werkplaats.promises.actions.standing import judge, show
from werkplaats.promises.models import Event, EventText, Promise, PromiseReceiver
from werkplaats.promises.refusals import LedgerDiffers
from werkplaats.promises.rules import QUESTION_AFTER, Giver, GiverKind, Standing, State, Told
from werkplaats.promises.verify import Line, first_altered, parse
from werkplaats.workshops.models import Workshop


@transaction.atomic
def bring_in(workshop: Workshop, lines: Iterable[str], *, at: datetime) -> int:
    """Takes over the lines of an exported ledger that are not here yet, and what they promise; how many events are new.

    Raises `LedgerDiffers` when it was altered, belongs to another workshop, does not go on from the ledger here, or names a
    maker that is not here; nothing is taken over then.
    """
    rows = [_parsed(line, count) for count, line in enumerate(lines, start=1)]
    if (fault := first_altered(rows)) is not None:
        raise LedgerDiffers(fault.number)
    hold(workshop.pk)
    here = dict(Event.objects.filter(workshop=workshop).values_list("number", "digest"))
    for row in rows:
        if here.get(row.number, row.digest) != row.digest:
            raise LedgerDiffers(row.number)
    new = [row for row in rows if row.number not in here]
    if not new:
        return 0
    keys = _store(workshop, new, at)
    for key in keys:
        _rebuild(workshop, key)
    return len(new)


def _parsed(line: str, count: int) -> Line:
    try:
        return parse(line)
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise LedgerDiffers(count) from wrong


def _store(workshop: Workshop, rows: list[Line], at: datetime) -> list[str]:
    told = [(row, queries.told_from(row.body, {})) for row in rows]
    for row, one in told:
        if one.facts.get("workshop") != workshop.key:
            raise LedgerDiffers(row.number)
    events = Event.objects.bulk_create(
        Event(
            workshop=workshop,
            number=row.number,
            promise_key=str(one.facts["promise"]),
            kind=one.kind.value,
            body=row.body,
            before=row.before,
            digest=row.digest,
        )
        for row, one in told
    )
    EventText.objects.bulk_create(
        EventText(
            event=event,
            name=name,
            text=text.text,
            salt=text.salt,
            is_private=text.private,
            erased_at=at if text.erased else None,
        )
        for event, row in zip(events, rows, strict=True)
        for name, text in row.texts.items()
    )
    return [key for key, _events in groupby(sorted(event.promise_key for event in events))]


def _rebuild(workshop: Workshop, key: str) -> None:
    row = Promise.objects.filter(workshop=workshop, key=key).first() or Promise(workshop=workshop, key=key)
    standing = queries.standing(row)
    maker = Party.objects.filter(workshop=workshop, key=standing.maker).first()
    told = queries.told_of(row)
    if maker is None:
        raise LedgerDiffers(Event.objects.filter(workshop=workshop, promise_key=key).order_by("number")[0].number)
    row.kind, row.maker, row.table_key = standing.kind, maker, standing.table
    row.issue = Issue.objects.filter(workshop=workshop, key=standing.issue).first() if standing.issue else None
    if row.pk is None:
        row.drafted_at = _moment(standing.confirmed_at, workshop)
    row = show(row, standing)
    if row.state == State.DONE and row.done_at is not None:
        row.question_due_at = row.done_at + QUESTION_AFTER
        row.save(update_fields=["question_due_at"])
    _receive(row, standing)
    for one in told:
        _judge_again(row, one)
    renew_tally(row, at=_moment(told[-1].at, workshop))
    offer_promise(row)


def _receive(row: Promise, standing: Standing) -> None:
    parties = Party.objects.filter(workshop=row.workshop, key__in=standing.parties)
    voices = Voice.objects.filter(workshop=row.workshop, key__in=standing.voices)
    PromiseReceiver.objects.bulk_create(
        [
            *(PromiseReceiver(promise=row, party=party) for party in parties),
            *(PromiseReceiver(promise=row, voice=voice, ask_id=voice.ask_id) for voice in voices),
            *(PromiseReceiver(promise=row, table_key=key) for key in standing.tables),
        ],
        ignore_conflicts=True,
    )


def _judge_again(row: Promise, told: Told) -> None:
    giver = str(told.facts.get("giver") or told.texts.get("giver", ""))
    word = str(told.facts.get("word") or told.texts.get("word", ""))
    if giver and word:
        at = _moment(told.at, row.workshop)
        giver_kind = str(told.facts["giver_kind"])
        judge(row, giver_kind=giver_kind, giver=giver, word=word, words=told.texts.get("words", ""), at=at)
        receivers_of(row, Giver(GiverKind(giver_kind), giver)).filter(asked_at=None).update(asked_at=at)


def _moment(said: str, workshop: Workshop) -> datetime:
    if "T" in said:
        return datetime.fromisoformat(said).astimezone(UTC)
    return datetime.combine(datetime.fromisoformat(said).date(), time(), tzinfo=ZoneInfo(workshop.timezone))
