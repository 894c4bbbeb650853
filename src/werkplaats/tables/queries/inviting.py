"""What an invitation shows to who holds its code, and who still has to be told on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from werkplaats.accounts.models import Person
from werkplaats.consent.queries import people_who_allow
from werkplaats.consent.rules import Purpose
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.queries.people import representatives
from werkplaats.tables.models import Guest, Seat, Table, TableChange
from werkplaats.tables.records import GiveBackLine, GuestLine
from werkplaats.tables.rules import By, Change, SeatState, seat_state
from werkplaats.workshops.models import Workshop

ALLOWING = (Purpose.CONTACT,)
"""Who said that we may reach them, may be invited by mail."""


@dataclass(frozen=True, slots=True)
class LetterLine:
    """Somebody who gets a letter; not `is_made`: something happened since the last one, or there was none."""

    key: str
    name: str
    is_made: bool


def seat_by_key(workshop: Workshop, key: str) -> Seat | Guest | None:
    """The seat that a code opens, of a party or of a person; None: there is none any more. At most 2 queries."""
    seat = Seat.objects.filter(table__workshop=workshop, key=key).select_related(
        "table__workshop", "table__issue", "party__canonical", "party__workshop"
    )
    guest = Guest.objects.filter(table__workshop=workshop, key=key).select_related(
        "table__workshop", "table__issue", "person"
    )
    return (seat.first() or guest.first()) if key else None


def reachable(party: Party) -> Sequence[Person]:
    """The people to whom mail to a party may go; nobody: it goes on paper. 1 query."""
    return list(representatives(party, allowing=ALLOWING))


def reachable_at(seat: Seat | Guest) -> Sequence[Person]:
    """The people to whom mail about this seat may go. 1 query."""
    if isinstance(seat, Seat):
        return reachable(seat.party)
    allowed = people_who_allow(Purpose.CONTACT, workshop=seat.table.workshop)
    return list(allowed.filter(pk=seat.person_id).exclude(email=""))


def state_of(seat: Seat | Guest, *, moved_at: datetime | None) -> SeatState:
    """How it stands with one seat."""
    return seat_state(
        invited_at=seat.invited_at,
        answer=seat.answer,
        answered_at=seat.answered_at,
        was_there=seat.was_there,
        moved_at=moved_at,
    )


def moved_at(changes: tuple[TableChange, ...]) -> datetime | None:
    """When a table was moved last."""
    return max((one.at for one in changes if one.kind == Change.MOVED), default=None)


def guests(table: Table, *, moved: datetime | None) -> tuple[GuestLine, ...]:
    """Who was drawn by lot and invited, by name where that may be shown. 2 queries."""
    named = set(people_who_allow(Purpose.SHOW_NAME, workshop=table.workshop).values_list("pk", flat=True))
    return tuple(
        GuestLine(row.key, row.person.name if row.person_id in named else "", state_of(row, moved_at=moved), row.by)
        for row in table.guests.select_related("person")
    )


def letters(table: Table) -> tuple[LetterLine, ...]:
    """Everybody who is told on paper, in the order of names. 4 queries."""
    news = (table.changes.order_by("at").last(), table.give_backs.order_by("at").last())
    last = max((one.at for one in news if one), default=None)
    # Afterwards there is something to tell to who was there alone.
    on_paper = ~Q(was_there=False) & Q(by=By.PAPER.value)
    # Invited elsewhere, and nothing said since: the code that was told there opens nothing here.
    from_elsewhere = Q(by="", answer="", was_there=None, invited_at__isnull=False) & ~Q(key="")
    told = on_paper | from_elsewhere
    rows: list[Seat | Guest] = [
        *table.seats.filter(told).select_related("party__canonical"),
        *table.guests.filter(told).select_related("person"),
    ]
    return tuple(LetterLine(row.key, name_of(row), _is_made(row, last)) for row in rows)


def name_of(seat: Seat | Guest) -> str:
    """For whom a letter is: a party, or somebody by the name that they gave for being reached."""
    return seat.party.stays.name if isinstance(seat, Seat) else seat.person.name


def _is_made(row: Seat | Guest, last: datetime | None) -> bool:
    return row.lettered_at is not None and (last is None or row.lettered_at >= last)


def give_backs(table: Table) -> tuple[GiveBackLine, ...]:
    """What came back to who was at a table, the latest first. 1 query."""
    return tuple(GiveBackLine(one.text, one.at) for one in table.give_backs.order_by("-number"))
