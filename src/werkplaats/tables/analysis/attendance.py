"""Whom a table concerned, who was invited, who was there, who spoke and who decided, as the library counts it."""

from collections.abc import Hashable, Iterable

from samenhang import table as library
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.rules import PartyKind
from werkplaats.tables.models import Guest, Seat, Table
from werkplaats.tables.queries.affected import affected
from werkplaats.tables.records.after import PresenceLine, PresenceRecord, StageCount
from werkplaats.tables.rules import RESIDENT

STAGES = ("affected", "invited", "present", "spoke", "decided")
Parties = dict[Hashable, Hashable]
"""Of each party, by name, its kind."""
_KINDS = (*(kind.value for kind in PartyKind), RESIDENT)


def attended(table: Table) -> PresenceRecord:
    """The five stages of a table that is over, per kind of party. 18 queries.

    Parties are counted and may be named; people who sat there for no party are counted only from the small number on.
    """
    seats = list(table.seats.select_related("party__canonical"))
    came = {seat.party_id for seat in Seat.objects.sat().filter(table=table)}
    invited = _parties(seat.party for seat in seats if seat.invited_at is not None)
    present = _parties(seat.party for seat in seats if seat.party_id in came)
    said = [one.promise for one in table.decisions.select_related("promise__maker__canonical") if one.promise]
    makers = _parties(promise.maker for promise in said)
    found = library.presence(
        {party.name: party.kind for party in affected(table.issue, on=table.day).parties},
        invited,
        present,
        {name: kind for name, kind in makers.items() if name in present},
        _parties(promise.maker for promise in said if promise.confirmed_at is not None),
    )
    rows = {
        str(row.kind): _line(str(row.kind), (row.affected, row.invited, row.present, row.spoke, row.decided))
        for row in found.rows
    }
    if people := _people(table):
        rows[RESIDENT] = people
    return PresenceRecord(
        rows=tuple(rows[kind] for kind in _KINDS if kind in rows),
        not_invited=_names(found.not_invited),
        stayed_away=_names(found.stayed_away),
        decided_absent=_names(found.decided_absent),
        not_asked=_names(found.not_asked),
    )


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


def _names(found: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(one) for one in found)
