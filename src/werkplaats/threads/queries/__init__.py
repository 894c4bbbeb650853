"""The facts behind a line, read from the rooms below. Each line is a bounded number of queries, however many voices."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from werkplaats.asks import queries as asks
from werkplaats.asks.models import Ask, GiveBack, Voice, VoiceIssue
from werkplaats.asks.records import VoiceStory
from werkplaats.asks.rules import STANDING_DAYS, AskState
from werkplaats.asks.rules import State as VoiceState
from werkplaats.issues.models import Issue, Trajectory
from werkplaats.issues.rules.phases import Phase
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.models import Promise, PromiseReceiver, Verdict
from werkplaats.promises.rules import GiverKind, Kind, Word, may_be_judged
from werkplaats.promises.rules import State as PromiseState
from werkplaats.tables.models import Seat, Table
from werkplaats.threads.models import HandOver
from werkplaats.threads.queries.telling import line, own_line
from werkplaats.threads.records import (
    Facts,
    HandOverRecord,
    Item,
    Met,
    Promised,
    Receipt,
    ReceiptPromise,
    Stations,
    Told,
)
from werkplaats.threads.rules import ItemKind
from werkplaats.workshops.models import Workshop

ANSWERED = (VoiceState.REPLIED, VoiceState.FITS, VoiceState.DOES_NOT_FIT, VoiceState.SILENT)
SAID_YES = (PromiseState.RUNNING, PromiseState.DONE)
NOTICED = (Word.KEPT, Word.PARTLY)
MOST_SHOWN = 100


class _Promises(NamedTuple):
    """Promises of one state and kind: how many, the first yes, the last that was done, the first due, the last shown verdict."""

    state: str
    kind: str
    n: int
    first: datetime | None
    done_at: datetime | None
    due: date | None
    shown_at: datetime | None


def stations_of_issue(issue: Issue, *, today: date) -> Stations:
    """The line of one issue. At most 9 queries."""
    return line(facts_of_issue(issue, today=today), today=today)


def stations_of_ask(workshop: Workshop, key: str, *, today: date) -> Stations | None:
    """The line of one ask: who answered it, and what came of the issue it is about and of the voices it brought."""
    ask = Ask.objects.filter(workshop=workshop, key=key).select_related("issue").first()
    if ask is None:
        return None
    voices = Voice.objects.filter(ask=ask)
    put_with = VoiceIssue.objects.filter(ask=ask).order_by().values_list("issue", flat=True).distinct()
    issues = Issue.objects.filter(pk__in={*put_with, *([ask.issue_id] if ask.issue_id else [])})
    from_voices = PromiseReceiver.objects.filter(ask=ask).values("promise")
    promises = Promise.objects.filter(Q(pk__in=from_voices) | Q(issue_id=ask.issue_id, issue__isnull=False))
    return line(_facts(workshop, (voices,), list(issues), promises, today=today), today=today)


def stations_of_promise(workshop: Workshop, key: str, *, today: date) -> Stations | None:
    """The line of one promise: from which voices it came, and what came of it."""
    promise = Promise.objects.filter(workshop=workshop, key=key).select_related("issue").first()
    if promise is None:
        return None
    voices = Voice.objects.filter(
        pk__in=promise.receivers.filter(voice__isnull=False).values("voice")  # its givers, and nobody else
    )
    issues = [promise.issue] if promise.issue else []
    own = Promise.objects.filter(pk=promise.pk)
    said_at = Table.objects.filter(workshop=workshop, key=promise.table_key) if promise.table_key else None
    return line(_facts(workshop, (voices,), issues, own, today=today, tables=said_at), today=today)


def receipt(workshop: Workshop, voice_key: str, *, today: date) -> Receipt | None:
    """What the holder of a receipt sees. None: no such voice, or a card that was not typed in yet. At most 18 queries."""
    story = asks.receipt(workshop, voice_key)
    if story is None:
        return None
    received = PromiseReceiver.objects.filter(voice=story.voice_id)
    rows = Promise.objects.filter(pk__in=list(received.values_list("promise", flat=True)))
    own = Voice.objects.filter(pk=story.voice_id)
    issues = Issue.objects.filter(
        Q(pk__in=VoiceIssue.objects.filter(voice=story.voice_id).values("issue"))
        | Q(pk__in=own.filter(ask__issue__isnull=False).values("ask__issue"))
    )
    facts = _facts(workshop, (own,), list(issues), rows, today=today)
    still = Trajectory.objects.filter(issue__in=issues, phase=Phase.PAUSE, started_on__isnull=False, stopped_on=None)
    return Receipt(
        story,
        _promises_of(story, rows, today=today),
        own_line(facts, story, today=today),
        pauses=tuple(still.values_list("key", "name")),
    )


def _promises_of(story: VoiceStory, rows: QuerySet[Promise], *, today: date) -> tuple[ReceiptPromise, ...]:
    kept = rows.exclude(state__in=(PromiseState.DRAFT, PromiseState.DENIED)).select_related("maker__canonical")
    said = dict(
        Verdict.objects.filter(promise__in=rows, giver_kind=GiverKind.RECEIPT, giver=story.key).values_list(
            "promise_id", "word"
        )
    )
    return tuple(
        ReceiptPromise(
            key=row.key,
            wording=row.wording,
            maker=(row.maker.canonical or row.maker).name,
            state=row.state,
            due_on=row.due_on,
            verdict=said.get(row.pk, ""),
            may_judge=may_be_judged(row.due_on, state=PromiseState(row.state), kind=Kind(row.kind), today=today),
        )
        for row in kept.order_by("due_on", "key")
    )


def facts_of_issue(issue: Issue, *, today: date) -> Facts:
    """What is told, met and promised about an issue: voices put with it, and those that answered an ask about it."""
    return _facts(issue.workshop, _voices_on(issue), [issue], Promise.objects.filter(issue=issue), today=today)


def _voices_on(issue: Issue) -> tuple[QuerySet[Voice], QuerySet[Voice]]:
    """The voices that answered an ask about an issue, and the others that were put with it; no voice is in both."""
    asked = list(Ask.objects.filter(issue=issue).values_list("pk", flat=True))
    return Voice.objects.filter(ask__in=asked), Voice.objects.filter(issues__issue=issue).exclude(ask__in=asked)


def _facts(
    workshop: Workshop,
    voices: Iterable[QuerySet[Voice]],
    issues: list[Issue],
    promises: QuerySet[Promise],
    *,
    today: date,
    tables: QuerySet[Table] | None = None,
) -> Facts:
    first = min(issues, key=lambda issue: (issue.decided_on or date.max, issue.pk), default=None)
    if tables is None:
        tables = Table.objects.filter(issue__in=issues) if issues else Table.objects.none()
    return Facts(
        told=told(workshop, voices),
        met=_met(workshop, tables, today=today),
        promised=promised(workshop, promises),
        issue_name=first.name if first else "",
        issue_key=first.key if first else "",
        issue_on=first.decided_on if first else None,
        issues=len(issues),
    )


def told(workshop: Workshop, voices: Iterable[QuerySet[Voice]]) -> Told:
    """How many gave something and how they fare, over sets of voices that do not overlap. 1 query, and 1 per set.

    Grouped in the order of the index `counts_of_an_ask`, so that of an ask nothing else is read.
    """
    rows = [row for each in voices for row in _by_state(each)]
    waiting = [row for row in rows if row["state"] == VoiceState.WAITING]
    asks_of = Ask.objects.filter(pk__in={row["ask_id"] for row in rows}).annotate(back=Max("give_backs__at"))
    held = {pk: (answer_by, back) for pk, answer_by, back in asks_of.values_list("pk", "answer_by", "back").order_by()}
    zone = ZoneInfo(workshop.timezone)
    days = [row["named"] for row in waiting if row["named"]]
    days += [
        held[row["ask_id"]][0] or _day(row["oldest"], zone) + timedelta(days=STANDING_DAYS)
        for row in waiting
        if row["oldest"]
    ]
    first = min((row["first"] for row in rows), default=None)
    replied_at = max((row["last_reply"] for row in rows if row["last_reply"]), default=None)
    back = max((back for _answer_by, back in held.values() if back), default=None)
    count = Counter[str]()
    for row in rows:
        count[row["state"]] += row["n"]
    return Told(
        voices=count.total(),
        gone=count[VoiceState.WITHDRAWN],
        first_on=_day(first, zone) if first else None,
        waiting=count[VoiceState.WAITING],
        replied=sum(count[state] for state in ANSWERED),
        replied_on=_day(replied_at, zone) if replied_at else None,
        fits=count[VoiceState.FITS],
        does_not_fit=count[VoiceState.DOES_NOT_FIT] + sum(row["n"] for row in waiting if row["reopened"]),
        promised_by=min(days, default=None),
        gave_back_on=_day(back, zone) if back else None,
    )


def _by_state(voices: QuerySet[Voice]) -> Iterable[Any]:
    """How many voices stand how per ask; of each the earliest and the latest, and the first without a day to come back on."""
    return (
        voices.order_by()
        .values("ask_id", "state", "reopened")
        .annotate(
            n=Count("*"),  # of a key PostgreSQL would read the row
            first=Min("given_at"),
            last_reply=Max("replied_at"),
            named=Min("come_back_on"),
            oldest=Min("given_at", filter=Q(come_back_on=None)),
        )
    )


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def _met(workshop: Workshop, tables: QuerySet[Table], *, today: date) -> Met:
    zone = ZoneInfo(workshop.timezone)
    on = tables.filter(cancelled_at=None).order_by()
    held = {pk: at.astimezone(zone).date() for pk, at in on.values_list("pk", "held_at")}
    past = {pk: day for pk, day in held.items() if day <= today}
    seats = Seat.objects.sat().filter(table__in=past).annotate(who=Coalesce("party__canonical_id", "party_id"))
    return Met(
        days=tuple(sorted(past.values())),
        parties=seats.aggregate(n=Count("who", distinct=True))["n"] if past else 0,
        next_on=min((day for day in held.values() if day > today), default=None),
    )


def promised(workshop: Workshop, promises: QuerySet[Promise]) -> Promised:
    """What was promised and what came of it. Of residents' verdicts only what may be shown. At most 3 queries."""
    told = (
        promises.order_by()
        .values_list("state", "kind")
        .annotate(Count("pk"), Min("confirmed_at"), Max("done_at"), Min("due_on"), Max("shown_at"))
    )
    rows = [_Promises(*row) for row in told]
    kept = [row for row in rows if row.state in SAID_YES]
    made = [row for row in kept if row.kind != Kind.NO]
    done = [row for row in made if row.state == PromiseState.DONE]
    shown_at = max((row.shown_at for row in made if row.shown_at), default=None)
    words = (
        _verdicts(promises.filter(state__in=SAID_YES).exclude(kind=Kind.NO), shown=shown_at is not None) if made else []
    )
    noticed = sum(count for word, count in words if word in NOTICED)
    first = min((row.first for row in kept if row.first), default=None)
    done_at = max((row.done_at for row in done if row.done_at), default=None)
    zone = ZoneInfo(workshop.timezone)
    return Promised(
        made=sum(row.n for row in made),
        refused=sum(row.n for row in kept) - sum(row.n for row in made),
        waiting=sum(row.n for row in rows if row.state == PromiseState.DRAFT),
        first_on=_day(first, zone) if first else None,
        done=sum(row.n for row in done),
        done_on=_day(done_at, zone) if done_at else None,
        next_due=min((row.due for row in made if row.due and row.state == PromiseState.RUNNING), default=None),
        noticed=noticed,
        unnoticed=sum(count for _word, count in words) - noticed,
        noticed_on=_day(shown_at, zone) if shown_at else None,
    )


def _verdicts(made: QuerySet[Promise], *, shown: bool) -> list[tuple[str, int]]:
    """The words of receiving parties, and those of residents as far as they are shown, each with how often."""
    given = Verdict.objects.filter(promise__in=made.order_by().values("pk"), giver_kind=GiverKind.PARTY)
    words = list(given.order_by().values_list("word").annotate(n=Count("pk")))
    tallies = made.exclude(shown_at=None).order_by().values_list("shown_tally", flat=True) if shown else ()
    return words + [pair for tally in tallies for pair in tally.items()]


def left_behind(workshop: Workshop, *, leaver: Party, function: str, today: date) -> tuple[Item, ...]:
    """What is open of a party, in one function or (without one) in any: asks, promises, and days to come back to people.

    A closed ask is open as long as nothing came back or somebody waits. What is due first comes first. 4 queries.
    """
    names = Party.objects.filter(Q(pk=leaver.pk) | Q(canonical=leaver))
    mine = Q(asker_function__iexact=function.strip()) if function.strip() else Q()
    came_back = Exists(GiveBack.objects.filter(ask=OuterRef("pk")))
    some_wait = Exists(Voice.objects.filter(ask=OuterRef("pk"), state=VoiceState.WAITING))
    asked = Ask.objects.filter(mine, workshop=workshop, asker__in=names).exclude(state=AskState.DRAFT)
    owed = asked.filter(Q(state=AskState.OPEN) | ~came_back | some_wait)
    items = [Item(ItemKind.ASK.value, row.key, row.title, row.answer_by) for row in owed]
    mine = Q(maker_function__iexact=function.strip()) if function.strip() else Q()
    running = Promise.objects.filter(mine, workshop=workshop, maker__in=names, state=PromiseState.RUNNING)
    running = running.exclude(kind=Kind.NO)
    items += [Item(ItemKind.PROMISE.value, row.key, row.wording, row.due_on) for row in running]
    back = Voice.objects.filter(workshop=workshop, state=VoiceState.WAITING, come_back_by__in=names)
    to_tell = back.values_list("come_back_on", "ask__key", "ask__title").annotate(n=Count("pk")).order_by()
    for on, key, title, count in to_tell:
        words = ngettext("%(n)d mens hoort iets over: %(title)s", "%(n)d mensen horen iets over: %(title)s", count)
        items.append(Item(ItemKind.RETURN.value, key, words % {"n": count, "title": title}, on))
    return tuple(sorted(items, key=lambda item: (item.due_on or date.max, item.kind, item.key)))


def hand_overs(
    workshop: Workshop, *, key: str = "", entries: Iterable[int] | None = None
) -> tuple[HandOverRecord, ...]:
    """The hand-overs of a workshop, latest first; with `key` that one, with `entries` those of one party's ids. 1 query."""
    rows = HandOver.objects.filter(workshop=workshop).select_related("leaver__canonical", "receiver__canonical")
    if entries is not None:
        ids = list(entries)
        rows = rows.filter(Q(leaver__in=ids) | Q(receiver__in=ids))
    return tuple(_hand_over(row) for row in (rows.filter(key=key) if key else rows[:MOST_SHOWN]))


def handed_over(workshop: Workshop, *, kind: ItemKind, key: str) -> HandOverRecord | None:
    """The last hand-over in which this ask or promise went over, or was left open. 1 query."""
    rows = HandOver.objects.filter(workshop=workshop).select_related("leaver__canonical", "receiver__canonical")
    one = {"kind": kind.value, "key": key}
    return next((_hand_over(row) for row in rows if any(one.items() <= each.items() for each in row.items)), None)


def _hand_over(row: HandOver) -> HandOverRecord:
    receiver = (row.receiver.canonical or row.receiver).name if row.receiver else ""
    return HandOverRecord(
        key=row.key,
        leaver=(row.leaver.canonical or row.leaver).name,
        leaver_function=row.leaver_function,
        receiver=receiver,
        receiver_function=row.receiver_function,
        made_at=row.made_at,
        left_open=row.left_open,
        items=tuple(
            Item(
                each["kind"], each["key"], each["words"], date.fromisoformat(each["due_on"]) if each["due_on"] else None
            )
            for each in row.items
        ),
    )
