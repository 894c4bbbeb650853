"""Whom a table concerned, who was invited, who was there, who spoke and who decided."""

from collections.abc import Iterable
from datetime import date, datetime

from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.rules import PartyKind
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import State
from werkplaats.tables.analysis import STAGES, Parties, presence
from werkplaats.tables.models import Guest, Seat, Table
from werkplaats.tables.queries import table as table_record
from werkplaats.tables.queries.affected import affected
from werkplaats.tables.queries.inviting import letters, reachable
from werkplaats.tables.records.after import AfterRecord, DraftLine, PresenceLine, PresenceRecord, StageCount
from werkplaats.tables.rules import RESIDENT, is_over
from werkplaats.workshops.models import Workshop

_KINDS = (*(kind.value for kind in PartyKind), RESIDENT)


def attended(table: Table) -> PresenceRecord:
    """The five stages of a table that is over, per kind of party. 17 queries.

    Parties are counted and may be named; people who sat there for no party are counted only from the small number on.
    """
    seats = list(table.seats.select_related("party__canonical"))
    came = {seat.party_id for seat in Seat.objects.sat().filter(table=table)}
    invited = _parties(seat.party for seat in seats if seat.invited_at is not None)
    present = _parties(seat.party for seat in seats if seat.party_id in came)
    said = [one.promise for one in table.decisions.select_related("promise__maker__canonical") if one.promise]
    makers = _parties(promise.maker for promise in said)
    found = presence(
        affected={party.name: party.kind for party in affected(table.issue).parties},
        invited=invited,
        present=present,
        spoke={name: kind for name, kind in makers.items() if name in present},
        decided=_parties(promise.maker for promise in said if promise.confirmed_at is not None),
    )
    rows = {kind: _line(kind, counts) for kind, counts in found.rows}
    if people := _people(table):
        rows[RESIDENT] = people
    return PresenceRecord(
        rows=tuple(rows[kind] for kind in _KINDS if kind in rows),
        not_invited=found.not_invited,
        stayed_away=found.stayed_away,
        decided_absent=found.decided_absent,
        not_asked=found.not_asked,
    )


def after(workshop: Workshop, key: str, *, today: date, now: datetime) -> AfterRecord | None:
    """What there is to do after a table; None: this workshop has none with that key."""
    record = table_record(workshop, key, sees_all=True, today=today)
    if record is None:
        return None
    row = Table.objects.select_related("issue__workshop", "workshop").get(pk=record.line.table_id)
    return AfterRecord(
        record=record,
        noted=row.seats.filter(was_there__isnull=False).exists() or row.guests.filter(was_there__isnull=False).exists(),
        drafts=tuple(_draft(one) for one in drafts(row)),
        letters=sum(1 for one in letters(row) if not one.is_made),
        is_over=is_over(row.held_at, now=now),
    )


def drafts(table: Table) -> list[Promise]:
    """What was said at a table and waits for the yes of its maker. 1 query."""
    rows = Promise.objects.filter(pk__in=table.decisions.values("promise"), state=State.DRAFT.value)
    return list(rows.select_related("maker__canonical", "maker__workshop", "workshop").order_by("drafted_at", "key"))


def _draft(row: Promise) -> DraftLine:
    return DraftLine(row.key, row.maker.stays.name, row.wording, row.asked_at, bool(reachable(row.maker)))


def _parties(found: Iterable[Party]) -> Parties:
    return {party.stays.name: party.stays.kind for party in found}


def _line(kind: str, counts: tuple[int, ...]) -> PresenceLine:
    return PresenceLine(kind, tuple(StageCount(stage, n) for stage, n in zip(STAGES, counts, strict=True)))


def _people(table: Table) -> PresenceLine | None:
    """Who sat there for no party: counted by how many were invited and came, a few are not told apart from none."""
    guests = Guest.objects.filter(table=table)
    invited, came = guests.count(), guests.filter(was_there=True).count()
    if not invited:
        return None
    small = table.workshop.small_number
    # Neither count, nor the difference between the two, may tell of a few.
    told = all(n == 0 or n >= small for n in (invited, came, invited - came))
    counts = (0, invited, came, 0, 0) if told else (0, None, None, 0, 0)
    return PresenceLine(RESIDENT, tuple(StageCount(stage, n) for stage, n in zip(STAGES, counts, strict=True)))
