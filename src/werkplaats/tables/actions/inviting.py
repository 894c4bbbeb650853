"""Inviting to a table, and what the invited say. One seat per party, under whichever of its names it was asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from werkplaats.accounts.actions import new_code, withdraw_codes
from werkplaats.accounts.models import Person
from werkplaats.kit.names import sort_key
from werkplaats.neighbourhoods.models import Group, Party
from werkplaats.tables.actions.telling import changed_words, given_words, invitation, tell
from werkplaats.tables.models import Guest, Seat, Table, seat_key
from werkplaats.tables.refusals import NobodyInvited, TableIsOff, TableIsOver, UnknownParty
from werkplaats.tables.rules import SEAT_PURPOSE, Answer, By
from werkplaats.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Invited:
    """`new`: who got an invitation now. `same`: names that turned out to be a party with a seat, as (name, name of the seat)."""

    new: tuple[str, ...]
    same: tuple[tuple[str, str], ...]


def named(workshop: Workshop, names: Iterable[str]) -> tuple[Party, ...]:
    """The parties with these names, as they were typed; a name of which nobody knows the party raises `UnknownParty`."""
    found = []
    for name in (typed.strip() for typed in names):
        if not name:
            continue
        party = Party.objects.select_related("canonical").filter(workshop=workshop, sort_name=sort_key(name)).first()
        if party is None:
            raise UnknownParty(name)
        found.append(party)
    return tuple(found)


@transaction.atomic
def invite(
    table: Table, *, parties: Sequence[Party], at: datetime, groups: Mapping[int, Group] | None = None
) -> Invited:
    """Invites these parties: by mail who may be mailed, the others get a letter. `groups`: for whom a party (id) speaks there.

    A party that is asked under two names has one seat and gets one invitation. Raises `NobodyInvited`, `TableIsOff`,
    `TableIsOver`; then nobody was invited.
    """
    if not parties:
        raise NobodyInvited
    row = to_come(table, at=at)
    seats = {seat.party.stays.pk: seat for seat in row.seats.select_related("party__canonical")}
    new: list[str] = []
    same: list[tuple[str, str]] = []
    for party in parties:
        seat = seats.get(party.stays.pk) or Seat(table=row, party=party.stays)
        seats[party.stays.pk] = seat
        if seat.invited_at is not None:
            if party.name not in {seat.party.stays.name, *new}:
                same.append((party.name, seat.party.stays.name))
            continue
        seat.table = row
        seat.group = (groups or {}).get(party.pk, seat.group)
        _invited(seat, at=at)
        new.append(party.stays.name)
        if party.pk != party.stays.pk:
            same.append((party.name, party.stays.name))
    return Invited(tuple(new), tuple(same))


@transaction.atomic
def invite_person(table: Table, *, person: Person, at: datetime) -> Guest:
    """Invites somebody who was drawn by lot. Twice is once. Raises `TableIsOff`, `TableIsOver`."""
    row = to_come(table, at=at)
    guest = Guest.objects.filter(table=row, person=person).first()
    if guest is None:
        guest = Guest(table=row, person=person)
        _invited(guest, at=at)
    return guest


@transaction.atomic
def speak_for(table: Table, *, party: Party, group: Group | None) -> None:
    """For which residents named together a party speaks at this table."""
    seats_of(table, party).update(group=group)


@transaction.atomic
def answer(seat: Seat | Guest, *, said: Answer, at: datetime) -> None:
    """Who is invited says whether they come. Until the table begins they may change their mind.

    What one entry of a party says, counts for the party. Raises `TableIsOff`, `TableIsOver`.
    """
    table = to_come(seat.table, at=at)
    rows = seats_of(table, seat.party) if isinstance(seat, Seat) else Guest.objects.filter(pk=seat.pk)
    rows.update(answer=said.value, answered_at=at)


@transaction.atomic
def letter(seat: Seat | Guest, *, at: datetime) -> str:
    """The digits for the letter of one seat, told this once. Codes of before open nothing any more."""
    table = to_come(seat.table, at=at, also_off=True, also_over=True)
    withdraw_codes(table.workshop, thing=seat.thing, at=at)
    type(seat).objects.filter(pk=seat.pk).update(lettered_at=at)
    return new_code(table.workshop, purpose=SEAT_PURPOSE, thing=seat.thing, at=at)


def letter_words(seat: Seat | Guest) -> str:
    """What the letter of one seat says now: that the table is on, moved or off, or what came of it."""
    table = seat.table
    last = table.changes.order_by("number").last()
    given = table.give_backs.order_by("number").last()
    if given is not None:
        return given_words(table, given).text
    return changed_words(table, last).text if last is not None else invitation(table).text


def seats_of(table: Table, party: Party) -> QuerySet[Seat]:
    """The rows of a table that are one party, under all its names."""
    stays = party.canonical_id or party.pk
    return Seat.objects.filter(Q(party=stays) | Q(party__canonical=stays), table=table)


def to_come(table: Table, *, at: datetime, also_off: bool = False, also_over: bool = False) -> Table:
    """The row of a table, locked. Raises `TableIsOff` or `TableIsOver` where it has to be still to come."""
    row = Table.objects.select_for_update(of=("self",)).select_related("workshop", "issue").get(pk=table.pk)
    if row.cancelled_at is not None and not also_off:
        raise TableIsOff
    if row.held_at <= at and not also_over:
        raise TableIsOver
    return row


def _invited(seat: Seat | Guest, *, at: datetime) -> None:
    seat.key, seat.invited_at, seat.by = seat.key or seat_key(), at, By.PAPER.value
    seat.save()
    table = seat.table
    if tell(seat, key="invite", words=lambda: invitation(table), at=at):
        seat.by = By.MAIL.value
        seat.save(update_fields=["by"])
