"""Lots for the seats of a table: asked by the team, drawn by the sweep, decided by a human, and kept to be shown."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from werkplaats.consent.queries import people_who_allow
from werkplaats.consent.rules import Purpose
from werkplaats.tables import analysis
from werkplaats.tables.actions.inviting import invite, invite_person, to_come
from werkplaats.tables.models import Lot, Table, TableDraw
from werkplaats.tables.queries.lots import AREA, KIND, pool, pool_hash
from werkplaats.tables.refusals import DrawWaits, NobodyToDraw, NoReason, NotProposed, NotSoMany
from werkplaats.tables.rules import Draw

Quotas = Mapping[str, Mapping[str, tuple[int, int]]]
OPEN = (Draw.ASKED.value, Draw.PROPOSED.value)


@transaction.atomic
def ask_draw(table: Table, *, seats: int, quotas: Quotas, at: datetime, by: int | None = None) -> TableDraw:
    """Lots are to be drawn for so many seats, among whom the issue concerns and who have no seat yet.

    The pool and the seed are fixed at this moment. Raises `DrawWaits`, `NobodyToDraw`, `NotSoMany`, `TableIsOff`, `TableIsOver`.
    """
    row = to_come(table, at=at)
    if row.draws.filter(state__in=OPEN).exists():
        raise DrawWaits
    found = pool(row)
    if not found:
        raise NobodyToDraw
    if not 1 <= seats <= len(found):
        raise NotSoMany(len(found))
    draw = TableDraw.objects.create(
        table=row,
        number=row.draws.count() + 1,
        state=Draw.ASKED.value,
        seats=seats,
        quotas={
            trait: {value: list(some) for value, some in values.items()} for trait, values in quotas.items() if values
        },
        seed=secrets.randbelow(2**53),
        asked_at=at,
        asked_by_id=by,
        pool_hash=pool_hash(found),
    )
    Lot.objects.bulk_create(
        Lot(draw=draw, number=number, party_id=one.party_id, person_id=one.person_id, kind=one.kind, area=one.area)
        for number, one in enumerate(found)
    )
    return draw


def drawn(draw: TableDraw) -> analysis.Drawn:
    """Who is drawn, with the chance of each. Slow where a pool is large; the same draw always gives the same."""
    lots = list(draw.lots.order_by("number").values_list("kind", "area"))
    traits = {KIND: [kind for kind, _area in lots], AREA: [area for _kind, area in lots]}
    return analysis.draw(traits, quotas=draw.quotas, seats=draw.seats, seed=draw.seed)


@transaction.atomic
def put_drawn(draw: TableDraw, *, found: analysis.Drawn, at: datetime) -> None:
    """Keeps what was drawn as a proposal, or which quotas leave no table. A draw that is not open any more stays as it is."""
    row = TableDraw.objects.select_for_update().get(pk=draw.pk)
    if row.state != Draw.ASKED:
        return
    lots = list(row.lots.order_by("number"))
    for lot, chance in zip(lots, found.chances, strict=True):
        lot.chance = None if found.eased else chance
        lot.is_drawn = lot.number in found.drawn
    Lot.objects.bulk_update(lots, ["chance", "is_drawn"], batch_size=500)
    row.state = (Draw.CANNOT if found.eased else Draw.PROPOSED).value
    row.eased, row.bound, row.drawn_at = [list(one) for one in found.eased], found.bound, at
    row.save(update_fields=["state", "eased", "bound", "drawn_at"])


@transaction.atomic
def accept_draw(draw: TableDraw, *, at: datetime, by: int | None = None) -> int:
    """A human takes the proposal: whoever was drawn is invited; how many. Who took back that we may reach them is left out.

    Raises `NotProposed`, `TableIsOff`, `TableIsOver`; then nobody was invited.
    """
    row = _proposed(draw)
    lots = list(row.lots.filter(is_drawn=True).select_related("party__canonical", "party__workshop", "person"))
    allowed = set(people_who_allow(Purpose.CONTACT, workshop=row.table.workshop).values_list("pk", flat=True))
    parties = [lot.party for lot in lots if lot.party]
    people = [lot.person for lot in lots if lot.person and lot.person_id in allowed]
    to_come(row.table, at=at)
    done = len(invite(row.table, parties=parties, at=at).new) if parties else 0
    for person in people:
        invite_person(row.table, person=person, at=at)
    _decided(row, Draw.ACCEPTED, at=at)
    return done + len(people)


@transaction.atomic
def drop_draw(draw: TableDraw, *, reason: str, at: datetime) -> None:
    """A human leaves the proposal, and says why: it stays to be seen that it was there. Raises `NotProposed`, `NoReason`."""
    if not reason.strip():
        raise NoReason
    row = _proposed(draw)
    row.reason = reason.strip()
    _decided(row, Draw.DROPPED, at=at)


def _proposed(draw: TableDraw) -> TableDraw:
    rows = TableDraw.objects.select_for_update(of=("self",)).select_related("table__workshop")
    row = rows.get(pk=draw.pk)
    if row.state != Draw.PROPOSED:
        raise NotProposed
    return row


def _decided(row: TableDraw, state: Draw, *, at: datetime) -> None:
    row.state, row.decided_at = state.value, at
    row.save(update_fields=["state", "decided_at", "reason"])
