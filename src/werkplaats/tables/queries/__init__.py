"""Reads of tables; each a fixed number of queries."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from werkplaats.promises.models import Promise
from werkplaats.promises.rules import State, is_unanswered
from werkplaats.sources.models import Source
from werkplaats.tables.models import Decision, Table
from werkplaats.tables.queries.affected import affected, missing
from werkplaats.tables.queries.checking_out import heard_over as heard_over
from werkplaats.tables.queries.checking_out import round_of as round_of
from werkplaats.tables.queries.checking_out import words_of as words_of
from werkplaats.tables.queries.inviting import give_backs, guests, moved_at, state_of
from werkplaats.tables.queries.turns import turns_of as turns_of
from werkplaats.tables.records import ChangeLine, DecisionLine, SeatLine, TableLine, TableRecord
from werkplaats.tables.rules import Answer, Draw, SeatState
from werkplaats.workshops.models import Workshop

_STRONGER = (
    *(SeatState.SEATED, SeatState.INVITED, SeatState.DECLINES, SeatState.COMES),
    *(SeatState.STAYED_AWAY, SeatState.WAS_THERE),
)
"""Of two entries of one party, what is further on here is what holds."""


def tables(
    workshop: Workshop, *, since: datetime | None = None, until: datetime | None = None
) -> tuple[TableLine, ...]:
    """The tables of a workshop, the latest first; with bounds only those from `since` and before `until`. 1 query."""
    rows = Table.objects.filter(workshop=workshop)
    if since:
        rows = rows.filter(held_at__gte=since)
    if until:
        rows = rows.filter(held_at__lt=until)
    return _lines(rows)


def of_issue(issue_id: int) -> tuple[TableLine, ...]:
    """The tables about one issue, the latest first. 1 query."""
    return _lines(Table.objects.filter(issue_id=issue_id))


def table(workshop: Workshop, key: str, *, sees_all: bool, today: date) -> TableRecord | None:
    """One table; None: this workshop has none with that key. 20 queries.

    What was said there and not confirmed is for the workshop alone (`sees_all`), until its maker had time to say yes.
    """
    found = Table.objects.select_related("issue__workshop", "workshop").filter(workshop=workshop, key=key).first()
    if found is None:
        return None
    (line,) = _lines(Table.objects.filter(pk=found.pk))
    changes = tuple(found.changes.all())
    seats = _seats(found, moved=moved_at(changes))
    sitting = [one for one in seats.values() if one.state not in {SeatState.DECLINES, SeatState.STAYED_AWAY}]
    rows = found.decisions.select_related("promise__maker__canonical")
    decisions = tuple(_decision(row, today=today, zone=workshop.timezone) for row in rows)
    return TableRecord(
        line=line,
        workshop_id=workshop.pk,
        seats=tuple(seats.values()),
        decisions=tuple(one for one in decisions if sees_all or one.is_open),
        report=Source.objects.filter(workshop=workshop, key=found.report).values_list("key", "title").first(),
        given_back=give_backs(found),
        was_drawn=found.draws.filter(state__in=[Draw.ACCEPTED.value, Draw.DROPPED.value]).exists(),
        missing=missing(affected(found.issue, on=found.day), sitting),
        changes=tuple(ChangeLine(one.number, one.kind, one.at, one.reason, one.was_at, one.was_in) for one in changes),
        guests=guests(found, moved=moved_at(changes)) if sees_all else (),
        waiting=sum(1 for row in rows if row.promise and row.promise.state == State.DRAFT),
    )


def _lines(rows: QuerySet[Table]) -> tuple[TableLine, ...]:
    there = ~Q(seats__was_there=False) & ~Q(seats__answer=Answer.DECLINES.value)
    sitting = Count(Coalesce("seats__party__canonical", "seats__party"), distinct=True, filter=there)
    return tuple(
        TableLine(
            table_id=row.pk,
            key=row.key,
            about=row.about,
            held_at=row.held_at,
            place=row.place,
            issue_key=row.issue.key if row.issue else "",
            issue_name=row.issue.name if row.issue else "",
            parties=parties,
            lasts=row.lasts,
            is_cancelled=row.cancelled_at is not None,
        )
        for row, parties in ((row, row.sitting) for row in rows.select_related("issue").annotate(sitting=sitting))
    )


def _seats(row: Table, *, moved: datetime | None) -> dict[int, SeatLine]:
    """Entries of one party fall together; each sits once, in the order of names. What is known of one entry, is of the party."""
    found: dict[int, SeatLine] = {}
    for seat in row.seats.select_related("party__canonical", "group"):
        party, state = seat.party.stays, state_of(seat, moved_at=moved)
        before = found.get(party.pk)
        if before is None or _STRONGER.index(state) > _STRONGER.index(before.state):
            group = seat.group.name if seat.group else ""
            found[party.pk] = SeatLine(party.key, party.name, party.kind, state, group, seat.by, seat.key)
    return found


def _decision(row: Decision, *, today: date, zone: str) -> DecisionLine:
    promise: Promise | None = row.promise
    if promise is None:
        return DecisionLine(row.kind, row.text, row.on, "", "", row.catch_key, is_confirmed=False, is_open=False)
    drafted_on = promise.drafted_at.astimezone(ZoneInfo(zone)).date()
    state = State(promise.state)
    is_confirmed = promise.confirmed_at is not None
    maker = promise.maker.canonical or promise.maker
    return DecisionLine(
        kind=row.kind,
        text=promise.wording,
        on=promise.due_on,
        by=maker.name,
        promise_key=promise.key,
        catch_key="",
        is_confirmed=is_confirmed,
        is_open=is_confirmed or is_unanswered(drafted_on, state=state, today=today),
    )
