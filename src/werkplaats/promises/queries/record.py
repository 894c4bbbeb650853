"""All of one promise."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from werkplaats.asks.rules import State as VoiceState
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.records import Named
from werkplaats.promises.models import Event, Promise
from werkplaats.promises.queries.ledger import told_from
from werkplaats.promises.queries.lines import promise_lines
from werkplaats.promises.records import EventLine, PromiseRecord, TextLine
from werkplaats.promises.rules import GiverKind, Happened, Kind, State, may_be_judged
from werkplaats.workshops.models import Workshop

_TEXTS = ("wording", "for_whom", "depends_on", "source", "maker_function", "reason", "evidence", "words")


def promise(workshop: Workshop, key: str, *, today: date) -> PromiseRecord | None:
    """A promise, or what was said and has no yes yet; None: there is none with this key. A fixed number of queries."""
    row = (
        Promise.objects.filter(workshop=workshop, key=key)
        .select_related("maker__canonical", "workshop", "issue")
        .first()
    )
    if row is None:
        return None
    receivers = list(row.receivers.select_related("party__canonical", "voice"))
    parties = {one.party.canonical or one.party for one in receivers if one.party}
    events = tuple(_told_once(_events(row)))
    return PromiseRecord(
        id=row.pk,
        workshop_id=row.workshop_id,
        line=promise_lines([row], today=today)[0],
        depends_on=row.depends_on,
        source=row.source,
        table_key=row.table_key,
        issue=Named(row.issue.key, row.issue.name) if row.issue else None,
        channel=next((told.channel for told in events if told.channel), ""),
        parties=tuple(Named(party.key, party.name) for party in sorted(parties, key=lambda one: one.sort_name)),
        voices=sum(1 for one in receivers if one.voice and one.voice.state != VoiceState.WITHDRAWN),
        tables=sum(1 for one in receivers if one.table_key),
        events=events,
        may_be_judged=may_be_judged(row.due_on, state=State(row.state), kind=Kind(row.kind), today=today),
    )


def _events(row: Promise) -> Iterable[EventLine]:
    zone = ZoneInfo(row.workshop.timezone)
    events = list(
        Event.objects.filter(workshop_id=row.workshop_id, promise_key=row.key)
        .order_by("number")
        .prefetch_related("texts")
    )
    told = [told_from(event.body, {text.name: text.text for text in event.texts.all()}) for event in events]
    givers = {str(one.facts.get("giver", "")) for one in told}
    names = dict(Party.objects.filter(workshop_id=row.workshop_id, key__in=givers).values_list("key", "name"))
    for event, one in zip(events, told, strict=True):
        beside = {text.name: text for text in event.texts.all() if not text.is_private}
        due_on = str(one.facts.get("due_on") or "")
        yield EventLine(
            number=event.number,
            kind=event.kind,
            on=_day(one.at, zone),
            texts=tuple(
                TextLine(name, beside[name].text, is_erased=beside[name].erased_at is not None)
                for name in _TEXTS
                if name in beside
            ),
            due_on=date.fromisoformat(due_on) if due_on else None,
            word=str(one.facts.get("word", "")),
            who=names.get(str(one.facts.get("giver", "")), ""),
            digest=event.digest,
            channel=str(one.facts.get("channel", "")),
            is_nameless=one.facts.get("giver_kind") in {GiverKind.RECEIPT, GiverKind.TABLE},
        )


def _told_once(events: Iterable[EventLine]) -> Iterable[EventLine]:
    """Verdicts by receipt or at a table, of one day and in a row, as one line: how many, never which."""
    waiting: EventLine | None = None
    for event in events:
        if waiting and _is_nameless(event) and event.on == waiting.on:
            waiting = event.together_with(waiting)
            continue
        if waiting:
            yield waiting
        waiting = event if _is_nameless(event) else None
        if waiting is None:
            yield event
    if waiting:
        yield waiting


def _is_nameless(event: EventLine) -> bool:
    return event.is_nameless and event.kind == Happened.RECEIVER_VERDICT


def _day(said: str, zone: ZoneInfo) -> date:
    """The day of an event, whether the ledger says the moment or only the day."""
    return datetime.fromisoformat(said).astimezone(zone).date() if "T" in said else date.fromisoformat(said)
