"""Reads of the network as it is drawn. Values instead of rows, because there can be ten thousand parties."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from werkplaats.accounts.rules import Who
from werkplaats.neighbourhoods.models import Membership, Network, Party, Position, Tie
from werkplaats.neighbourhoods.queries import party
from werkplaats.neighbourhoods.queries.drawn import drawn
from werkplaats.neighbourhoods.records import PartyRecord
from werkplaats.neighbourhoods.records.drawing import Drawing, Link, NetworkPage, Spot
from werkplaats.neighbourhoods.rules import has_faded, is_confirmed, is_over
from werkplaats.workshops.models import Workshop


class _Tie(NamedTuple):
    """A row of a tie, in the order of `_COLUMNS`."""

    a: int
    b: int
    kind: str
    by_a: bool
    by_b: bool
    shown_by: str
    since: date | None
    last_seen: date | None
    over_a: bool
    over_b: bool


_COLUMNS = (
    *("party_a_id", "party_b_id", "kind", "reported_by_a", "reported_by_b", "shown_by", "since", "last_seen"),
    *("ended_by_a", "ended_by_b"),
)


def network_page(workshop: Workshop, who: Who, *, today: date) -> NetworkPage:
    """The whole for one reader, with the circle of the first of their own parties."""
    own = own_parties(workshop, who)
    key = Party.objects.filter(pk__in=own[:1]).values_list("key", flat=True).first()
    mine = party(workshop=workshop, key=key) if key else None
    state = Network.objects.filter(workshop=workshop).first()
    return NetworkPage(
        whole=drawn(workshop, own=own) or whole(workshop, today=today, own=own),
        own=circle(workshop, mine, today=today) if mine else None,
        is_stale=state is not None and state.placed_up_to != state.changed_at,
    )


def whole(workshop: Workshop, *, today: date, own: Collection[int] = ()) -> Drawing:
    """All parties that stay, by name, with the ties that have not faded. 4 queries."""
    return _drawing(workshop, today=today, own=own)


def among(workshop: Workshop, parties: Iterable[int], *, today: date, own: Collection[int] = ()) -> Drawing:
    """Some parties (ids of those that stay) and the ties between them. 4 queries."""
    return _drawing(workshop, today=today, parties=frozenset(parties), own=own)


def circle(workshop: Workshop, party: PartyRecord, *, today: date) -> Drawing:
    """One party with everybody it has a tie with, and the ties between those. 6 queries."""
    rows = Tie.objects.filter(Q(party_a__in=party.entries) | Q(party_b__in=party.entries), party_a__workshop=workshop)
    stands = _stands_for(workshop)
    ends = frozenset(stands[end] for pair in rows.values_list("party_a_id", "party_b_id") for end in pair)
    found = _drawing(workshop, today=today, parties=ends | {party.id})
    near = {end for link in found.links for end in (link.a.id, link.b.id) if party.id in (link.a.id, link.b.id)}
    links = tuple(link for link in found.links if link.a.id in near and link.b.id in near)
    spots = tuple(spot for spot in found.spots if spot.id in near or spot.id == party.id)
    own_faded = len(ends - near - {party.id})
    middle = next(spot for spot in spots if spot.id == party.id)
    return Drawing(spots, links, own_faded, middle, frozenset({party.id}))


def own_parties(workshop: Workshop, who: Who) -> tuple[int, ...]:
    """The parties that somebody speaks for now, by name: the ids of those that stay. 1 query."""
    if who.account_id is None:
        return ()
    rows = Membership.objects.filter(
        party__workshop=workshop, person__account_id=who.account_id, until__isnull=True
    ).order_by("party__sort_name")
    found = rows.values_list("party_id", "party__canonical_id")
    return tuple(dict.fromkeys(canonical or party for party, canonical in found))


def positions(workshop: Workshop, *, parties: Collection[int] | None = None) -> dict[int, tuple[float, float]]:
    """Where parties stand, as last computed; all of them, or those that are named."""
    rows = Position.objects.filter(party__workshop=workshop)
    if parties is not None:
        rows = rows.filter(party__in=parties)
    return {party: (x, y) for party, x, y in rows.values_list("party_id", "x", "y")}


def _drawing(
    workshop: Workshop, *, today: date, parties: frozenset[int] | None = None, own: Collection[int] = ()
) -> Drawing:
    spots = _spots(workshop, parties)
    stands = _stands_for(workshop)
    ties = Tie.objects.filter(party_a__workshop=workshop).order_by()
    if parties is not None:
        entries = [entry for entry, party in stands.items() if party in parties]
        ties = ties.filter(party_a__in=entries, party_b__in=entries)
    rows: dict[tuple[int, int], list[_Tie]] = {}
    for row in map(_Tie._make, ties.values_list(*_COLUMNS)):
        a, b = stands[row.a], stands[row.b]
        if a != b and a in spots and b in spots:
            # What any entry of a party reported, that party reported.
            turned = row if a < b else _turned(row)
            rows.setdefault((a, b) if a < b else (b, a), []).append(turned)
    place = {pk: number for number, pk in enumerate(spots)}
    links: list[tuple[int, int, Link]] = []
    for (a, b), found in rows.items():
        first, second = (a, b) if place[a] < place[b] else (b, a)
        link = _link(spots[first], spots[second], found, months=workshop.tie_months, today=today)
        if link:
            links.append((place[first], place[second], link))
    return Drawing(
        spots=tuple(spots.values()),
        links=tuple(link for _first, _second, link in sorted(links, key=lambda one: one[:2])),
        faded=len(rows) - len(links),
        own=frozenset(own) & spots.keys(),
    )


def _spots(workshop: Workshop, parties: frozenset[int] | None) -> dict[int, Spot]:
    rows = Party.objects.filter(workshop=workshop, canonical__isnull=True).order_by("sort_name", "key")
    if parties is not None:
        rows = rows.filter(pk__in=parties)
    places = positions(workshop, parties=parties)
    return {
        pk: Spot(pk, key, name, kind, *places.get(pk, (0.0, 0.0)))
        for pk, key, name, kind in rows.values_list("pk", "key", "name", "kind")
    }


def _stands_for(workshop: Workshop) -> dict[int, int]:
    rows = Party.objects.filter(workshop=workshop).order_by().values_list("pk", "canonical_id")
    return {pk: canonical or pk for pk, canonical in rows}


def _link(a: Spot, b: Spot, rows: list[_Tie], *, months: int, today: date) -> Link | None:
    """What lies between two parties now, `a` being the first by name; None when all of it faded."""
    kinds: dict[str, list[_Tie]] = {}
    for row in rows:
        kinds.setdefault(row.kind, []).append(row)
    live = [found for _kind, found in sorted(kinds.items()) if not _faded(found, months=months, today=today)]
    if not live:
        return None
    seen = [row.last_seen for found in live for row in found if row.last_seen]
    return Link(a, b, any(map(_is_full, live)), tuple(found[0].kind for found in live), max(seen, default=None))


def _turned(row: _Tie) -> _Tie:
    return row._replace(a=row.b, b=row.a, by_a=row.by_b, by_b=row.by_a, over_a=row.over_b, over_b=row.over_a)


def _faded(rows: list[_Tie], *, months: int, today: date) -> bool:
    seen = [day for row in rows if (day := row.last_seen or row.since)]
    said, over = _said(rows)
    shown_by = "".join(row.shown_by for row in rows)
    return is_over(said=sum(said), shown_by=shown_by, ended=sum(over)) or has_faded(
        max(seen, default=None), today=today, months=months
    )


def _is_full(rows: list[_Tie]) -> bool:
    (by_a, by_b), over = _said(rows)
    shown_by = "" if any(over) else "".join(row.shown_by for row in rows)
    return is_confirmed(reported_by_a=by_a, reported_by_b=by_b, shown_by=shown_by)


def _said(rows: list[_Tie]) -> tuple[tuple[bool, bool], tuple[bool, bool]]:
    """Which ends say that it is so, and which that it is over: one that says both under two of its names says it is so."""
    by_a = any(row.by_a and not row.over_a for row in rows)
    by_b = any(row.by_b and not row.over_b for row in rows)
    over_a, over_b = any(row.over_a for row in rows), any(row.over_b for row in rows)
    return (by_a, by_b), (over_a and not by_a, over_b and not by_b)
