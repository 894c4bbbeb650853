"""Asks, and who waits."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Min, Q, QuerySet

from werkplaats.accounts.rules import TEAM, Who, may
from werkplaats.asks.models import Ask, GiveBack, Voice
from werkplaats.asks.records import AskLine, AskRecord, Counts, GiveBackLine, Waiting
from werkplaats.asks.rules import LONG_WAIT_DAYS, TYPE_IN, AskState, State, came_back_late, day_in, is_late
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Membership, Party
from werkplaats.neighbourhoods.rules import PartyKind
from werkplaats.workshops.models import Workshop

MOST_DAYS = 400
_TOLD = ("asker_function", "on_behalf_of", "giver_gets", "asker_gets", "comes_back", "data_use", "still_unknown")


def ask_lines(workshop: Workshop, *, today: date, drafts_for: Who | None = None) -> tuple[AskLine, ...]:
    """The asks of a workshop: open first, the standing one before all, then by the day they should come back. 4 queries.

    Drafts are told to the team and to whoever speaks for the asker (`drafts_for`), to nobody else.
    """
    rows = Ask.objects.filter(workshop=workshop)
    if drafts_for is None or not drafts_for.roles & TEAM:
        mine = askers(workshop, drafts_for) if drafts_for and drafts_for.account_id else Party.objects.none()
        rows = rows.filter(~Q(state=AskState.DRAFT) | Q(asker__in=mine))
    return tuple(sorted(_lines(rows, today=today), key=_urgent_first))


def open_asks(workshop: Workshop, *, today: date, most: int) -> tuple[AskLine, ...]:
    """The first of the open asks, by the day they should come back, and not the standing one. 4 queries."""
    rows = Ask.objects.filter(workshop=workshop, state=AskState.OPEN, is_standing=False)
    first = rows.order_by(F("answer_by").asc(nulls_last=True), "key").values_list("pk", flat=True)[:most]
    return tuple(sorted(_lines(Ask.objects.filter(pk__in=list(first)), today=today), key=_urgent_first))


def standing_key(workshop: Workshop) -> str:
    """The key of the ask that is always open; empty when there is none. 1 query."""
    return Ask.objects.filter(workshop=workshop, is_standing=True).values_list("key", flat=True).first() or ""


def ask(workshop: Workshop, key: str, *, today: date) -> AskRecord | None:
    """One ask, with what came back. 5 queries. None: no such ask."""
    rows = Ask.objects.filter(workshop=workshop, key=key).select_related(
        "issue", "asker__canonical", "asked_party__canonical"
    )
    row = rows.first()
    if row is None:
        return None
    (line,) = _lines(Ask.objects.filter(pk=row.pk), today=today)
    asked = row.asked_party and (row.asked_party.canonical or row.asked_party)
    asker = row.asker and (row.asker.canonical or row.asker)
    return AskRecord(
        line=line,
        workshop_id=row.workshop_id,
        still_unknown=row.still_unknown,
        asker_id=asker.pk if asker else None,
        asker_function=row.asker_function,
        on_behalf_of=row.on_behalf_of,
        asked_party_key=asked.key if asked else "",
        asker_gets=row.asker_gets,
        comes_back=row.comes_back,
        data_use=row.data_use,
        pays=row.pays,
        under_sixteen=row.under_sixteen,
        issue_key=row.issue.key if row.issue else "",
        issue_name=row.issue.name if row.issue else "",
        issue_id=row.issue_id,
        missing=missing_of(row),
        give_backs=give_backs([row.pk]),
    )


def ask_of(workshop: Workshop, issue: Issue, *, today: date) -> tuple[AskLine, ...]:
    """The asks that were put about an issue, drafts left out. 3 queries."""
    rows = Ask.objects.filter(workshop=workshop, issue=issue).exclude(state=AskState.DRAFT)
    return tuple(sorted(_lines(rows, today=today), key=_urgent_first))


def askers(workshop: Workshop, who: Who) -> QuerySet[Party]:
    """The parties that `who` may ask for: every party for the team, for others those that they are a member of."""
    stays = Party.objects.filter(workshop=workshop, canonical__isnull=True)
    if who.roles & TEAM:
        return stays
    if who.account_id is None:
        return stays.none()
    mine = Membership.objects.filter(person__account_id=who.account_id, until__isnull=True)
    return stays.filter(Q(pk__in=mine.values("party")) | Q(also_known_as__in=mine.values("party"))).distinct()


def initiatives(workshop: Workshop) -> QuerySet[Party]:
    """The residents' initiatives, each as the entry that stays: a voice can come through one of them."""
    return Party.objects.filter(workshop=workshop, kind=PartyKind.INITIATIVE, canonical__isnull=True)


def gatherers(workshop: Workshop, who: Who) -> QuerySet[Party]:
    """The initiatives for which `who` may gather voices: all for who types in cards, for others those they are a member of."""
    if may(who, TYPE_IN, workshop):
        return initiatives(workshop)
    return initiatives(workshop).filter(pk__in=askers(workshop, who))


def waiting(workshop: Workshop, *, today: date) -> Waiting:
    """How many wait for an answer, since when, and how many said that an answer did not fit. 3 queries."""
    waits = Voice.objects.filter(workshop=workshop, state=State.WAITING)
    zone = workshop.timezone
    late = datetime.combine(today - timedelta(days=LONG_WAIT_DAYS), time(), tzinfo=ZoneInfo(zone))
    told = waits.aggregate(
        count=Count("*"),
        oldest=Min("given_at"),
        late=Count("state", filter=Q(given_at__lt=late)),
        again=Count("state", filter=Q(reopened=True)),
    )
    settled = Voice.objects.filter(workshop=workshop, state=State.DOES_NOT_FIT).count()
    moments = waits.order_by("given_at").values_list("given_at", flat=True)[:MOST_DAYS]
    since = day_in(zone, told["oldest"]) if told["oldest"] else None
    return Waiting(
        count=told["count"],
        oldest=(today - since).days if since else 0,
        oldest_since=since,
        over_14_days=told["late"],
        does_not_fit=told["again"] + settled,
        days=tuple(max(0, (today - day_in(zone, moment)).days) for moment in moments),
    )


def missing_of(row: Ask) -> tuple[str, ...]:
    """What an ask does not tell yet, by the names of its fields. The standing ask needs no last day."""
    missing = [name for name in _TOLD if not getattr(row, name).strip()]
    if row.asker_id is None:
        missing.insert(0, "asker")
    if row.asked_party_id is None and not row.asked_group.strip():
        missing.append("asked")
    if not row.minutes:
        missing.append("minutes")
    if row.answer_by is None:
        missing.append("answer_by")
    return () if row.is_standing else tuple(missing)


def give_backs(asks: Iterable[int]) -> tuple[GiveBackLine, ...]:
    """What came back to these asks, first things first. 1 query."""
    rows = GiveBack.objects.filter(ask__in=list(asks)).select_related("party__canonical")
    found = []
    for row in rows:
        party = row.party.canonical or row.party
        found.append(GiveBackLine(row.key, row.text, row.at, party.key, party.name))
    return tuple(found)


def counts(asks: QuerySet[Ask]) -> dict[int, Counts]:
    """Per ask how many voices stand how. 1 query. Counts rows and not keys, which PostgreSQL would read from the table."""
    told: dict[int, dict[str, int]] = {}
    rows = Voice.objects.filter(ask__in=asks).values_list("ask_id", "state").order_by()
    for pk, state, number, again in rows.annotate(number=Count("*"), again=Count("state", filter=Q(reopened=True))):
        held = told.setdefault(pk, {})
        held[state] = number
        if state == State.WAITING:
            held["reopened"] = again
    return {pk: Counts(**held) for pk, held in told.items()}


def _lines(asks: QuerySet[Ask], *, today: date) -> list[AskLine]:
    rows = asks.select_related("workshop", "asker__canonical", "asked_party__canonical", "area")
    held = counts(asks)
    first = dict(GiveBack.objects.filter(ask__in=asks).values_list("ask_id").annotate(Min("at")).order_by())
    return [_line(row, held.get(row.pk, Counts()), first.get(row.pk), today=today) for row in rows]


def _line(row: Ask, held: Counts, first: datetime | None, *, today: date) -> AskLine:
    asker = row.asker and (row.asker.canonical or row.asker)
    asked = row.asked_party and (row.asked_party.canonical or row.asked_party)
    came_back_on = day_in(row.workshop.timezone, first) if first else None
    return AskLine(
        pk=row.pk,
        key=row.key,
        title=row.title,
        question=row.question,
        asker_key=asker.key if asker else "",
        asker_name=asker.name if asker else "",
        asked=asked.name if asked else row.asked_group,
        area=row.area.name if row.area else "",
        minutes=row.minutes,
        giver_gets=row.giver_gets,
        answer_by=row.answer_by,
        state=row.state,
        is_standing=row.is_standing,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        came_back_on=came_back_on,
        is_late=is_late(state=AskState(row.state), answer_by=row.answer_by, came_back_on=came_back_on, today=today),
        came_back_late=came_back_late(answer_by=row.answer_by, came_back_on=came_back_on),
        late_reason=row.late_reason,
        counts=held,
    )


def _urgent_first(line: AskLine) -> tuple[bool, bool, date, str]:
    return (not line.is_standing, line.state != AskState.OPEN, line.answer_by or date.max, line.key)
