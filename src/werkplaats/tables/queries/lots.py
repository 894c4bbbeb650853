"""Who may be drawn for the seats of a table, and what is shown of a lottery."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from werkplaats.accounts.models import Person, Role
from werkplaats.accounts.rules import TEAM
from werkplaats.consent.queries import people_who_allow
from werkplaats.consent.rules import Purpose
from werkplaats.neighbourhoods.models import Group, Membership
from werkplaats.tables.models import Lot, Table, TableDraw
from werkplaats.tables.queries.affected import affected
from werkplaats.tables.records.lots import DrawRecord, EasedLine, LotLine, QuotaLine
from werkplaats.tables.rules import RESIDENT, Draw
from werkplaats.workshops.models import Area, Workshop

KIND, AREA = "kind", "area"


@dataclass(frozen=True, slots=True)
class InPool:
    """Somebody who may be drawn: a party, or a person who lets us reach them and sits for no party."""

    key: str  # party:kadeschool, person:noor
    party_id: int | None
    person_id: int | None
    kind: str
    area: str


def pool(table: Table) -> tuple[InPool, ...]:
    """Whom the issue of a table concerns and who has no seat there yet, in the order of their keys. 19 queries."""
    known = affected(table.issue, on=table.day)
    seated = {seat.party.stays.pk for seat in table.seats.select_related("party__canonical")}
    parties = [
        InPool(f"party:{one.key}", one.party_id, None, one.kind, one.area)
        for one in known.parties
        if one.party_id not in seated
    ]
    groups = Group.objects.filter(workshop=table.workshop, key__in=[one.key for one in known.groups if one.key])
    people = _people(table, within=_inside(table.workshop, groups))
    return tuple(sorted([*parties, *people], key=lambda one: one.key))


def pool_hash(rows: Iterable[InPool]) -> str:
    """What shows afterwards that nobody was added to a pool or left out of it."""
    lines = sorted(f"{row.key}|{row.kind}|{row.area}" for row in rows)
    return sha256("\n".join(lines).encode()).hexdigest()


def area_names(workshop: Workshop) -> dict[str, str]:
    """The areas of a workshop by code. 1 query."""
    return dict(Area.objects.filter(workshop=workshop).values_list("code", "name"))


def draws(table: Table, *, sees_all: bool) -> tuple[DrawRecord, ...]:
    """The lotteries of a table, the latest first; who is not of the team sees those that were decided on. 4 queries."""
    rows = table.draws.order_by("-number")
    if not sees_all:
        rows = rows.filter(state__in=[Draw.ACCEPTED.value, Draw.DROPPED.value])
    named = set(people_who_allow(Purpose.SHOW_NAME, workshop=table.workshop).values_list("pk", flat=True))
    areas = area_names(table.workshop)
    return tuple(_record(row, named=named, areas=areas, sees_all=sees_all) for row in rows)


def _record(row: TableDraw, *, named: set[int], areas: dict[str, str], sees_all: bool) -> DrawRecord:
    lots = list(row.lots.select_related("party__canonical", "person"))
    people = [lot for lot in lots if lot.party_id is None and lot.kind == RESIDENT]
    shown = lots if sees_all else [lot for lot in lots if lot.kind != RESIDENT]
    return DrawRecord(
        number=row.number,
        state=Draw(row.state),
        seats=row.seats,
        seed=row.seed,
        pool_hash=row.pool_hash,
        pool=len(lots) if sees_all or _may_count(len(people), row) else None,
        quotas=tuple(
            QuotaLine(trait, value, areas.get(value, value), low, high)
            for trait, some in row.quotas.items()
            for value, (low, high) in some.items()
        ),
        eased=tuple(EasedLine(trait, value, areas.get(value, value), *more) for trait, value, *more in row.eased),
        lots=tuple(_lot(lot, named=named, areas=areas) for lot in shown),
        residents=len(people) if _may_count(len(people), row) else None,
        resident_chances=_between([lot.chance for lot in people if lot.chance is not None]),
        reason=row.reason,
        drawn_at=row.drawn_at,
        decided_at=row.decided_at,
    )


def _may_count(people: int, row: TableDraw) -> bool:
    return people == 0 or people >= row.table.workshop.small_number


def _between(chances: list[float]) -> tuple[float, float] | None:
    return (min(chances), max(chances)) if chances else None


def _lot(lot: Lot, *, named: set[int], areas: dict[str, str]) -> LotLine:
    name = lot.party.stays.name if lot.party else lot.person.name if lot.person and lot.person_id in named else ""
    key = lot.party.stays.key if lot.party else ""
    return LotLine(key, name, lot.kind, areas.get(lot.area, ""), lot.chance, lot.is_drawn)


def _people(table: Table, *, within: set[int]) -> list[InPool]:
    """People who let us reach them and sit for no party, who do not work for the workshop, from these areas (none: anywhere)."""
    members = Membership.objects.filter(until__isnull=True, party__workshop=table.workshop).values("person")
    team = Role.objects.filter(workshop=table.workshop, name__in=[name.value for name in TEAM]).values("account")
    rows = people_who_allow(Purpose.CONTACT, workshop=table.workshop).exclude(pk__in=members)
    rows = rows.exclude(account__in=team).exclude(pk__in=table.guests.values("person"))
    if within:
        rows = rows.filter(area__in=within)
    return [_in_pool(row) for row in rows.select_related("area")]


def _in_pool(row: Person) -> InPool:
    return InPool(f"person:{row.key}", None, row.pk, RESIDENT, row.area.code if row.area else "")


def _inside(workshop: Workshop, groups: Iterable[Group]) -> set[int]:
    """The areas of these groups with all their parts; a group from nowhere in particular is from anywhere."""
    tops = [group.area_id for group in groups]
    inside = {pk for pk in tops if pk is not None}
    if len(inside) < len(set(tops)):
        return set()
    rows = Area.objects.filter(workshop=workshop).values_list("pk", "parent_id")
    while more := {pk for pk, parent in rows if parent in inside} - inside:
        inside |= more
    return inside
