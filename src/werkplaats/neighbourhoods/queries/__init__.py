"""Reads of the neighbourhood. Entries that a human called the same count for the party that stays, everywhere."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet

from werkplaats.neighbourhoods.models import Able, Double, KeepApart, Membership, Need, Party, Steward, Tie
from werkplaats.neighbourhoods.queries.between import named, pair, ties
from werkplaats.neighbourhoods.queries.posted import within
from werkplaats.neighbourhoods.records import (
    AreaLine,
    DoubleLine,
    DoubleSide,
    Named,
    NeedLine,
    NetworkRecord,
    Node,
    PartyLine,
    PartyRecord,
    StewardLine,
)
from werkplaats.neighbourhoods.rules import NeedKind, StewardRole, Verdict
from werkplaats.workshops.models import Area, RelatedThemes, Workshop


def stewards(*, workshop: Workshop) -> tuple[StewardLine, ...]:
    """Whose is this: who pays, who hosts, who decides, in that order."""
    order = list(StewardRole)
    rows = Steward.objects.filter(workshop=workshop).select_related("party__canonical")
    lines = sorted(rows, key=lambda row: (order.index(StewardRole(row.role)), row.party.sort_name))
    return tuple(StewardLine(row.role, row.party.stays.key, row.party.stays.name, row.words) for row in lines)


def parties(
    *, workshop: Workshop, kind: str = "", area: str = "", theme: str = "", text: str = ""
) -> tuple[PartyLine, ...]:
    """The parties that stay, by name. `area` is a code (its parts counted in), `theme` a key; empty = all. 6 queries."""
    rows = (
        Party.objects.filter(workshop=workshop, canonical__isnull=True).select_related("area").defer("area__polygons")
    )
    if kind:
        rows = rows.filter(kind=kind)
    if area:
        rows = rows.filter(area__in=within(workshop, area))
    if theme:
        rows = rows.filter(Q(themes__key=theme) | Q(also_known_as__themes__key=theme)).distinct()
    if text:
        rows = rows.filter(
            Q(name__icontains=text) | Q(description__icontains=text) | Q(also_known_as__name__icontains=text)
        ).distinct()
    found = list(rows.prefetch_related("themes", "also_known_as__themes"))
    counts = Counter(
        (canonical or party, kind)
        for party, canonical, kind in Need.objects.open()
        .of_parties()
        .filter(workshop=workshop)
        .values_list("party_id", "party__canonical_id", "kind")
    )
    return tuple(
        PartyLine(
            id=row.pk,
            key=row.key,
            name=row.name,
            kind=row.kind,
            description=row.description,
            area=_area(row.area),
            themes=_themes(row),
            other_names=_other_names(row),
            needs=counts[row.pk, NeedKind.NEED],
            offers=counts[row.pk, NeedKind.OFFER],
        )
        for row in found
    )


def party(*, workshop: Workshop, key: str) -> PartyRecord | None:
    """One party by the key of any of its entries: of a double, the one that stays (its key tells). None: no such party."""
    rows = Party.objects.filter(workshop=workshop).select_related("area").defer("area__polygons")
    found = rows.filter(Q(key=key, canonical__isnull=True) | Q(also_known_as__key=key)).distinct()
    row = found.prefetch_related("themes", "also_known_as__themes").first()
    if row is None:
        return None
    return PartyRecord(
        id=row.pk,
        key=row.key,
        name=row.name,
        kind=row.kind,
        description=row.description,
        address=row.address,
        website=row.website,
        area=_area(row.area),
        themes=_themes(row),
        other_names=_other_names(row),
        entries=(row.pk, *(other.pk for other in row.also_known_as.all())),
        founded_on=row.founded_on,
        source=row.source,
        recorded_on=row.recorded_on,
        open_to_introductions=row.open_to_introductions,
        introductions_per_month=row.introductions_per_month,
    )


def needs(*, workshop: Workshop, of: PartyRecord | None = None, kind: str = "") -> tuple[NeedLine, ...]:
    """The needs and offers that are open, of all parties or of one. 2 queries."""
    rows = Need.objects.open().of_parties().filter(workshop=workshop).select_related("party__canonical", "theme")
    if of:
        rows = rows.filter(party__in=of.entries)
    if kind:
        rows = rows.filter(kind=kind)
    able: dict[int, dict[str, Named]] = {}
    for row in Able.objects.filter(need__in=rows.values("pk")).select_related("party__canonical"):
        able.setdefault(row.need_id, {})[row.party.stays.key] = named(row.party.stays)
    return tuple(
        NeedLine(
            id=row.pk,
            key=row.key,
            kind=row.kind,
            text=row.text,
            party=named(row.party.stays),
            language=row.language,
            theme=named(row.theme) if row.theme else None,
            since=row.since,
            until=row.until,
            able=tuple(able.get(row.pk, {}).values()),
        )
        for row in rows
        if row.party is not None
    )


def network(*, workshop: Workshop, today: date) -> NetworkRecord:
    """The parties that stay with everything between them, for measuring. 4 queries."""
    rows = list(Party.objects.filter(workshop=workshop).prefetch_related("themes"))
    stands_for = {row.pk: row.canonical_id or row.pk for row in rows}
    entries: dict[int, list[Party]] = {}
    for row in rows:
        entries.setdefault(stands_for[row.pk], []).append(row)
    nodes = tuple(_node(row, entries[row.pk]) for row in rows if row.canonical_id is None)
    apart = KeepApart.objects.filter(party_a__workshop=workshop).values_list("party_a_id", "party_b_id")
    return NetworkRecord(
        nodes=tuple(sorted(nodes, key=lambda node: node.key)),
        ties=ties(workshop=workshop, today=today),
        apart=frozenset(pair(stands_for[a], stands_for[b]) for a, b in apart),
        stands_for=stands_for,
    )


def doubles(*, workshop: Workshop) -> tuple[DoubleLine, ...]:
    """Pairs that may be one party and pairs that were decided, undecided first. 2 queries."""
    rows = Double.objects.filter(party_a__workshop=workshop).select_related("party_a__area", "party_b__area", "stays")
    counts: Counter[int] = Counter()
    for a, b in Tie.objects.filter(party_a__workshop=workshop).values_list("party_a_id", "party_b_id"):
        counts.update((a, b))
    lines = [
        DoubleLine(
            id=row.pk,
            verdict=row.verdict,
            decided_on=row.decided_on,
            a=_side(row.party_a, counts, stays=_keeps_its_name(row, counts) == row.party_a_id),
            b=_side(row.party_b, counts, stays=_keeps_its_name(row, counts) == row.party_b_id),
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: (line.verdict != Verdict.SUSPECTED, line.a.name.casefold())))


def suspected_doubles(*, workshop: Workshop) -> int:
    """How many pairs wait for a human's word."""
    return Double.objects.filter(party_a__workshop=workshop, verdict=Verdict.SUSPECTED.value).count()


def areas(*, workshop: Workshop) -> tuple[AreaLine, ...]:
    """The places of the workshop with how many parties and open needs are on record in each, its parts included. 3 queries."""
    rows = list(Area.objects.filter(workshop=workshop).select_related("parent"))
    parent_of = {row.pk: row.parent_id for row in rows}
    here = Party.objects.filter(workshop=workshop, canonical__isnull=True, area__isnull=False).values_list(
        "area_id", flat=True
    )
    asked = Need.objects.open().filter(workshop=workshop, kind=NeedKind.NEED, party__area__isnull=False)
    parties_in = Counter(outer for area in here for outer in _outward(area, parent_of))
    needs_in = Counter(
        outer for area in asked.values_list("party__area_id", flat=True) for outer in _outward(area, parent_of)
    )
    return tuple(
        AreaLine(
            code=row.code,
            name=row.name,
            kind=row.kind,
            parent=_area(row.parent),
            polygons=tuple(
                tuple(tuple((float(lon), float(lat)) for lon, lat in ring) for ring in polygon)
                for polygon in row.polygons
            ),
            parties=parties_in[row.pk],
            needs=needs_in[row.pk],
        )
        for row in rows
    )


def _outward(area: int | None, parent_of: dict[int, int | None]) -> Iterator[int]:
    """An area, the one that it lies in, and so on."""
    while area is not None:
        yield area
        area = parent_of.get(area)


def _node(row: Party, entries: list[Party]) -> Node:
    return Node(
        id=row.pk,
        key=row.key,
        name=row.name,
        kind=row.kind,
        size=row.size,
        # Of a party with two entries, both must be open to introductions: the more careful answer counts.
        open_to_introductions=all(entry.open_to_introductions for entry in entries),
        introductions_per_month=min(entry.introductions_per_month for entry in entries),
        theme_ids=frozenset(theme.pk for entry in entries for theme in entry.themes.all()),
        entries=tuple(entry.pk for entry in entries),
    )


def _keeps_its_name(row: Double, counts: Counter[int]) -> int | None:
    """Which of the two keeps its name: as decided; before that, the one that more is known of is proposed."""
    if row.verdict != Verdict.SUSPECTED:
        return row.stays_id
    return max((row.party_a, row.party_b), key=lambda end: (counts[end.pk], len(end.name))).pk


def _side(row: Party, counts: Counter[int], *, stays: bool) -> DoubleSide:
    return DoubleSide(
        id=row.pk,
        key=row.key,
        name=row.name,
        kind=row.kind,
        description=row.description,
        address=row.address,
        area=row.area.name if row.area else "",
        source=row.source,
        recorded_on=row.recorded_on,
        ties=counts[row.pk],
        stays=stays,
    )


def _themes(row: Party) -> tuple[Named, ...]:
    entries: Iterable[Party] = (row, *row.also_known_as.all())
    return tuple({theme.key: named(theme) for entry in entries for theme in entry.themes.all()}.values())


def _other_names(row: Party) -> tuple[str, ...]:
    return tuple(sorted({other.name for other in row.also_known_as.all()} - {row.name}))


def _area(row: Area | None) -> Named | None:
    return Named(row.code, row.name) if row else None


def fingerprint(workshop: Workshop) -> str:
    """Changes when any party, tie, need or relation between themes changes: all that is computed from the network rests on it."""
    of_party = (
        (Party.themes.through, "party"),
        (Membership, "party"),
        (Tie, "party_a"),
        (KeepApart, "party_a"),
        (Double, "party_a"),
    )
    rows: list[QuerySet[Any]] = [Party.objects.filter(workshop=workshop), Need.objects.filter(workshop=workshop)]
    rows += [model._default_manager.filter(**{f"{party}__workshop": workshop}) for model, party in of_party]
    rows += [Able.objects.filter(need__workshop=workshop), RelatedThemes.objects.filter(theme_a__workshop=workshop)]
    digest = sha256()
    for each in rows:
        digest.update(repr(list(each.order_by("pk").values_list())).encode())
    return digest.hexdigest()
