"""Promises in lists, with both verdicts; each read a fixed number of queries, whatever the number of promises."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, When
from django.db.models import Count as CountOf

from werkplaats.asks.models import Voice
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.records import Named
from werkplaats.promises.models import EventText, Promise, PromiseReceiver, Verdict
from werkplaats.promises.records import Answers, Count, Counts, Filters, GivenVerdict, PromiseLine, SomePromises
from werkplaats.promises.rules import DAYS_FOR_A_YES, GiverKind, Happened, Kind, State, Word, is_overdue, is_unanswered
from werkplaats.workshops.models import Workshop

CONFIRMED = (State.RUNNING, State.DONE, State.WITHDRAWN)
_REASONS = (Happened.EXTENDED, Happened.WITHDRAWN)
# What has no day comes last: unsaid, the two databases would each have an order of their own.
_DUE_FIRST = (F("due_on").asc(nulls_last=True), "-confirmed_at", "key")


def found(workshop: Workshop, filters: Filters, *, today: date) -> QuerySet[Promise]:
    """The promises with a yes that a list asks for: what runs and is due first, then what ended, then every "no"."""
    rows = Promise.objects.filter(workshop=workshop, state__in=CONFIRMED)
    conditions = {
        "running": Q(state=State.RUNNING) & ~Q(kind=Kind.NO),
        "overdue": Q(state=State.RUNNING, due_on__lt=today) & ~Q(kind=Kind.NO),
        "done": Q(state=State.DONE),
        "no": Q(kind=Kind.NO),
        "withdrawn": Q(state=State.WITHDRAWN),
    }
    if filters.state in conditions:
        rows = rows.filter(conditions[filters.state])
    if filters.maker:
        rows = rows.filter(maker__in=_entries(workshop, filters.maker))
    if filters.receiver:
        received = PromiseReceiver.objects.filter(party__in=_entries(workshop, filters.receiver))
        rows = rows.filter(pk__in=received.values("promise"))
    if filters.issue:
        rows = rows.filter(issue__in=list(Issue.objects.filter(workshop=workshop, key=filters.issue)))
    if filters.text:
        rows = rows.filter(Q(wording__icontains=filters.text) | Q(for_whom__icontains=filters.text))
    if filters.state in {"done", "withdrawn"}:
        return rows.order_by("-ended_at", "-done_at", "key")
    asks_attention = Case(
        When(kind=Kind.NO, then=2), When(state=State.RUNNING, then=0), default=1, output_field=IntegerField()
    )
    return rows.order_by(asks_attention, *_DUE_FIRST)


def some(workshop: Workshop, filters: Filters, *, today: date, most: int) -> SomePromises:
    """The first of the promises that a list asks for, and how many they are."""
    rows = found(workshop, filters, today=today)
    return SomePromises(lines_of(rows[:most], today=today), rows.count())


def lines_of(rows: QuerySet[Promise], *, today: date) -> tuple[PromiseLine, ...]:
    """These promises as lines, in their order. Only keys are put in order, which is far less than whole promises."""
    pks = list(rows.values_list("pk", flat=True))
    held = Promise.objects.select_related("maker__canonical", "workshop").in_bulk(pks)
    return promise_lines([held[pk] for pk in pks], today=today)


def _entries(workshop: Workshop, key: str) -> list[int]:
    """A party under all its names. Known before the promises are read: so that they are looked up by it, and not all read."""
    names = Party.objects.filter(Q(key=key) | Q(canonical__key=key), workshop=workshop)
    return list(names.order_by().values_list("pk", flat=True))


def promise_lines(rows: QuerySet[Promise] | Sequence[Promise], *, today: date) -> tuple[PromiseLine, ...]:
    """These promises as lines, in their order."""
    if isinstance(rows, QuerySet):
        rows = list(rows.select_related("maker__canonical", "workshop"))
    pks = [row.pk for row in rows]
    given: dict[int, list[Verdict]] = defaultdict(list)
    for verdict in Verdict.objects.filter(promise__in=pks).exclude(giver_kind=GiverKind.RECEIPT):
        given[verdict.promise_id].append(verdict)
    receipts = _counted(Verdict.objects.filter(promise__in=pks, giver_kind=GiverKind.RECEIPT))
    asked = _counted(PromiseReceiver.objects.filter(promise__in=pks, asked_at__isnull=False))
    names = _names({verdict.giver for verdicts in given.values() for verdict in verdicts}, rows)
    reasons = _reasons(rows)
    return tuple(
        _line(
            row,
            given[row.pk],
            asked=asked.get(row.pk, 0),
            receipts=receipts.get(row.pk, 0),
            names=names,
            reason=reasons.get((row.workshop_id, row.key), ""),
            today=today,
        )
        for row in rows
    )


def waiting_for_a_yes(workshop: Workshop, *, today: date) -> tuple[PromiseLine, ...]:
    """What was said and waits for a yes, what waited too long, and what its maker says is not so. For the team."""
    rows = Promise.objects.filter(workshop=workshop, state__in=(State.DRAFT, State.DENIED))
    return promise_lines(rows.order_by("drafted_at", "key"), today=today)


def said_at(workshop: Workshop, table_key: str, *, today: date) -> tuple[PromiseLine, ...]:
    """What was promised at a table: with a yes, or said and not confirmed. Shown there, and the latter nowhere else."""
    rows = Promise.objects.filter(workshop=workshop, table_key=table_key).exclude(state=State.DENIED)
    return promise_lines(rows.order_by("drafted_at", "key"), today=today)


def due(workshop: Workshop, *, today: date, days: int = 7, most: int) -> tuple[PromiseLine, ...]:
    """What is overdue, or due within so many days: longest overdue first, so many at most."""
    rows = Promise.objects.filter(workshop=workshop, state=State.RUNNING, due_on__lte=today + timedelta(days=days))
    return lines_of(rows.exclude(kind=Kind.NO).order_by(*_DUE_FIRST)[:most], today=today)


def asked_and_silent(workshop: Workshop, *, today: date, most: int = 100) -> tuple[PromiseLine, ...]:
    """What was reported done and asked about, while somebody said nothing yet: the list to take along on paper."""
    asked = PromiseReceiver.objects.filter(promise__workshop=workshop, asked_at__isnull=False).values("promise")
    rows = Promise.objects.filter(pk__in=asked, state=State.DONE).order_by("-done_at", "key")[:most]
    return tuple(line for line in promise_lines(rows, today=today) if line.answers.silent)


def questions_of_voice(workshop: Workshop, voice_key: str, *, today: date) -> tuple[PromiseLine, ...]:
    """What the giver of a voice was asked about and said nothing of yet, for the page of the receipt."""
    voices = list(Voice.objects.filter(workshop=workshop, key=voice_key))
    receivers = PromiseReceiver.objects.filter(voice__in=voices, asked_at__isnull=False).values("promise")
    answered = Verdict.objects.filter(promise=OuterRef("pk"), giver_kind=GiverKind.RECEIPT, giver=voice_key)
    rows = Promise.objects.filter(pk__in=receivers, state=State.DONE).exclude(Exists(answered))
    return promise_lines(rows.order_by("done_at", "key"), today=today)


def lines_of_voice(workshop: Workshop, voice_key: str, *, today: date) -> tuple[PromiseLine, ...]:
    """The promises with a yes that come from a voice, for the page of its receipt."""
    rows = Promise.objects.filter(
        workshop=workshop, receivers__voice__key=voice_key, receivers__voice__workshop=workshop, state__in=CONFIRMED
    )
    return promise_lines(rows.order_by(*_DUE_FIRST), today=today)


def counts(workshop: Workshop, *, today: date) -> Counts:
    """How many promises ask for something. One query."""
    last_day = today - timedelta(days=DAYS_FOR_A_YES)
    limit = datetime.combine(last_day, datetime.min.time(), tzinfo=ZoneInfo(workshop.timezone))
    running = Q(state=State.RUNNING) & ~Q(kind=Kind.NO)
    drafts = Q(state=State.DRAFT)
    told = Promise.objects.filter(workshop=workshop).aggregate(
        waiting=CountOf("pk", filter=drafts & Q(drafted_at__gte=limit)),
        unanswered=CountOf("pk", filter=drafts & Q(drafted_at__lt=limit)),
        denied=CountOf("pk", filter=Q(state=State.DENIED)),
        running=CountOf("pk", filter=running),
        overdue=CountOf("pk", filter=running & Q(due_on__lt=today)),
        done=CountOf("pk", filter=Q(state=State.DONE)),
    )
    return Counts(**told)


def _counted(rows: QuerySet[Verdict] | QuerySet[PromiseReceiver]) -> dict[int, int]:
    return dict(rows.order_by().values_list("promise").annotate(CountOf("pk")))


def _names(givers: Iterable[str], rows: Sequence[Promise]) -> dict[tuple[int, str], str]:
    workshops = {row.workshop_id for row in rows}
    parties = Party.objects.filter(workshop__in=workshops, key__in=set(givers)).order_by()
    return {(place, key): name for place, key, name in parties.values_list("workshop_id", "key", "name")}


def _reasons(rows: Sequence[Promise]) -> dict[tuple[int, str], str]:
    """The last reason of each promise, by workshop and key."""
    places, keys = {row.workshop_id for row in rows}, {row.key for row in rows}
    texts = EventText.objects.filter(
        event__workshop__in=places, event__promise_key__in=keys, event__kind__in=_REASONS, name="reason"
    ).order_by()
    told = texts.values_list("event__number", "event__workshop_id", "event__promise_key", "text")
    return {(place, key): text for _number, place, key, text in sorted(told)}  # sorted here: so that keys are looked up


def _line(
    row: Promise,
    given: Sequence[Verdict],
    *,
    asked: int,
    receipts: int,
    names: Mapping[tuple[int, str], str],
    reason: str,
    today: date,
) -> PromiseLine:
    zone = ZoneInfo(row.workshop.timezone)
    state, kind = State(row.state), Kind(row.kind)
    late = is_overdue(row.due_on, state=state, kind=kind, today=today)
    drafted_on = row.drafted_at.astimezone(zone).date()
    maker = row.maker.canonical or row.maker

    def told(giver_kind: GiverKind) -> tuple[GivenVerdict, ...]:
        return tuple(
            GivenVerdict(
                names.get((row.workshop_id, one.giver), ""), one.word, one.words, one.at.astimezone(zone).date()
            )
            for one in given
            if one.giver_kind == giver_kind
        )

    parties, tables = told(GiverKind.PARTY), told(GiverKind.TABLE)
    shown = Counter({word: int(count) for word, count in row.shown_tally.items()})
    answers = Answers(
        asked=asked,
        answered=len(parties) + len(tables) + receipts,
        parties=parties,
        tables=tables,
        residents=tuple(Count(word.value, shown[word.value]) for word in Word if shown[word.value]),
        residents_on=_day(row.shown_at, zone),
        residents_answered=receipts,
    )
    return PromiseLine(
        key=row.key,
        kind=row.kind,
        state=row.state,
        wording=row.wording,
        maker=Named(maker.key, maker.name),
        maker_function=row.maker_function,
        for_whom=row.for_whom,
        due_on=row.due_on,
        is_overdue=late,
        days_late=(today - row.due_on).days if late and row.due_on else 0,
        drafted_on=drafted_on,
        is_unanswered=is_unanswered(drafted_on, state=state, today=today),
        asked_on=_day(row.asked_at, zone),
        denied_words=row.denied_words,
        confirmed_on=_day(row.confirmed_at, zone),
        done_on=_day(row.done_at, zone),
        ended_on=_day(row.ended_at, zone),
        reason=reason,
        maker_says=next(iter(told(GiverKind.MAKER)), None),
        answers=answers,
    )


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None
