"""What came out of the measuring, for the page of connections."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from werkplaats.defrag.models import Demand, Measurement, Move, Reading
from werkplaats.defrag.queries import reasons
from werkplaats.defrag.queries.bench import day_before as day_before
from werkplaats.defrag.queries.bench import is_stale as is_stale
from werkplaats.defrag.queries.bench import situation as situation
from werkplaats.defrag.queries.bench import state_of as state_of
from werkplaats.defrag.records import Block, ChangeLine, Connection, Connections, Group, MoveLine, PartLine
from werkplaats.defrag.rules import ENOUGH_DEMANDS, MoveState, Part, shade
from werkplaats.kit.language import as_read
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.queries.introductions import asked_this_month
from werkplaats.neighbourhoods.records import Named
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.queries import language_of


def connections(workshop: Workshop, *, today: date) -> Connections:
    """The last measurement with its blocks by issue, its parts and the moves. A fixed number of queries."""
    last = Measurement.objects.filter(workshop=workshop).first()
    if last is None:
        return _nothing(is_stale=is_stale(workshop, today=today))
    found = demands(last)
    moves = Move.objects.filter(workshop=workshop).select_related(
        "party_a__canonical", "party_b__canonical", "through__canonical", "issue"
    )
    told = _told(moves, found, workshop, today=today)
    proposed = tuple(move for move in told if move.state == MoveState.PROPOSED)
    counts = tuple(sum(1 for one in found if one.shade == step) for step in range(5))
    is_enough = len(found) >= ENOUGH_DEMANDS
    return Connections(
        measured_at=last.at,
        measured_on=last.on,
        is_stale=is_stale(workshop, today=today),
        count=len(found),
        counts=counts,
        value=last.value if is_enough else None,
        low=last.low if is_enough else None,
        high=last.high if is_enough else None,
        recall=last.recall,
        change=_change(last) if is_enough else None,
        value_after=last.value_after if is_enough else None,
        parts=tuple(
            PartLine(part, last.parts.get(part) if is_enough else None, sum(1 for one in found if one.part == part))
            for part in Part
        ),
        groups=_groups(found, proposed),
        moves=proposed,
        refused=tuple(move for move in told if move.state == MoveState.REFUSED),
        faded=last.faded,
    )


def _nothing(*, is_stale: bool) -> Connections:
    """The page before anything was measured."""
    return Connections(
        measured_at=None,
        measured_on=None,
        is_stale=is_stale,
        count=0,
        counts=(0,) * 5,
        value=None,
        low=None,
        high=None,
        recall=None,
        value_after=None,
        change=None,
        parts=(),
        groups=(),
        moves=(),
        refused=(),
        faded=0,
    )


def _change(last: Measurement) -> ChangeLine | None:
    told = last.change
    if not told or told.get("total") is None:
        return None
    figures = {name: told[name] or 0.0 for name in ("total", "by_ties", "by_demands", "restated")}
    return ChangeLine(since=date.fromisoformat(told["since"]), added=told["added"], removed=told["removed"], **figures)


def move(workshop: Workshop, number: int, *, today: date) -> MoveLine | None:
    """One move with its reason; None when there is no such move here, or a later measurement overtook it."""
    last = Measurement.objects.filter(workshop=workshop).first()
    row = Move.objects.filter(workshop=workshop, pk=number).exclude(state=MoveState.OVERTAKEN.value).first()
    if last is None or row is None:
        return None
    moves = Move.objects.filter(workshop=workshop).select_related(
        "party_a__canonical", "party_b__canonical", "through__canonical", "issue"
    )
    return next((line for line in _told(moves, demands(last), workshop, today=today) if line.id == number), None)


def chosen(
    workshop: Workshop, *, group: str = "", part: str = "", reach: str = ""
) -> tuple[tuple[Connection, ...], tuple[tuple[str, str], ...]]:
    """The connections of the last measurement that pass the filters, and the groups that there are as (key, name)."""
    last = Measurement.objects.filter(workshop=workshop).first()
    found = demands(last) if last else ()
    names = {one.group: reasons.group_name(one) for one in found}
    kept = tuple(
        one
        for one in found
        if (not group or one.group == group)
        and (not part or one.part == part)
        and (not reach or str(one.shade) == reach)
    )
    return kept, tuple(names.items())


class _Read(NamedTuple):
    """One reading with what it is about, in the order of `_COLUMNS`."""

    demand_id: int
    source_id: int
    key: str
    part: str
    phi: float
    weight: float
    issue_key: str | None
    issue_name: str | None
    ask_title: str | None
    waits: bool
    need_text: str | None
    theme_a_key: str | None
    theme_a_name: str | None
    theme_a_name_en: str | None
    theme_b_key: str | None
    theme_b_name: str | None
    theme_b_name_en: str | None


_COLUMNS = (
    *("demand_id", "demand__source_id", "demand__key", "demand__part", "phi", "weight"),
    *("demand__issue__key", "demand__issue__name", "demand__ask__title", "demand__waits", "demand__need__text"),
    *("demand__theme_a__key", "demand__theme_a__name", "demand__theme_a__name_en"),
    *("demand__theme_b__key", "demand__theme_b__name", "demand__theme_b__name_en"),
)


def concerning(workshop: Workshop, party_key: str) -> tuple[Connection, ...]:
    """The connections that start or may end at one party, those that do not arrive first; for the page of that party."""
    last = Measurement.objects.filter(workshop=workshop).first()
    if last is None:
        return ()
    own = Q(key=party_key) | Q(canonical__key=party_key)
    entries = list(Party.objects.filter(own, workshop=workshop).values_list("pk", flat=True))
    mine = set(Demand.objects.filter(workshop=workshop, source__in=entries).values_list("pk", flat=True))
    mine |= set(Demand.targets.through.objects.filter(party__in=entries).values_list("demand_id", flat=True))
    return tuple(sorted(demands(last, of=mine), key=lambda one: (one.phi, one.key)))


def demands(measurement: Measurement, *, of: Collection[int] | None = None) -> tuple[Connection, ...]:
    """Connections as one measurement read them: by issue, then by pair of themes, then without. 3 queries.

    `of`: the ids of the demands that are asked for; None: all. Values instead of rows, because there can be thousands.
    """
    rows = Reading.objects.filter(measurement=measurement)
    pairs = Demand.targets.through.objects.filter(demand__in=rows.values("demand_id"))
    if of is not None:
        rows, pairs = rows.filter(demand__in=of), pairs.filter(demand__in=of)
    names = _names(measurement.workshop_id)
    targets: dict[int, list[Named]] = {}
    for demand, party in pairs.order_by("party__sort_name", "party__key").values_list("demand_id", "party_id"):
        targets.setdefault(demand, []).append(names[party])
    read = map(_Read._make, rows.values_list(*_COLUMNS))
    found = [_connection(row, names[row.source_id], targets.get(row.demand_id, [])) for row in read]
    return tuple(sorted(found, key=_order))


def _order(one: Connection) -> tuple[int, str, str]:
    kinds = {"i": 0, "t": 1}
    return kinds.get(one.group[:1], 2), reasons.group_name(one).casefold(), one.key


def _connection(row: _Read, source: Named, targets: list[Named]) -> Connection:
    both = ((row.theme_a_name, row.theme_a_name_en), (row.theme_b_name, row.theme_b_name_en))
    themes = tuple(as_read(name, name_en) for name, name_en in both if name)
    if row.issue_key:
        group = f"i-{row.issue_key}"
    else:
        group = f"t-{row.theme_a_key}-{row.theme_b_key}" if row.theme_a_key and row.theme_b_key else "zonder"
    waits_on = (row.issue_name or row.ask_title or "") if row.waits else ""
    why = row.need_text or row.issue_name or " – ".join(themes)
    return Connection(
        id=row.demand_id,
        key=row.key,
        part=row.part,
        source=source.name,
        targets=tuple(dict.fromkeys(party.name for party in targets)),
        source_key=source.key,
        target_keys=tuple(dict.fromkeys(party.key for party in targets)),
        issue=row.issue_name or "",
        themes=themes,
        why=reasons.waiting(source.name, waits_on) if waits_on else why,
        waits_on=waits_on,
        group=group,
        shade=shade(row.phi),
        phi=row.phi,
        weight=row.weight,
    )


def _names(workshop_id: int) -> dict[int, Named]:
    """Every entry with the key and name of the party that stays for it."""
    rows = Party.objects.filter(workshop=workshop_id).order_by()
    told = rows.values_list("pk", "key", "name", "canonical__key", "canonical__name")
    return {pk: Named(stays_key or key, stays_name or name) for pk, key, name, stays_key, stays_name in told}


def _told(
    moves: QuerySet[Move], found: tuple[Connection, ...], workshop: Workshop, *, today: date
) -> tuple[MoveLine, ...]:
    rows = list(moves.exclude(state=MoveState.OVERTAKEN.value).order_by("rank", "pk"))
    between = {key for row in rows for key in row.route or ()}
    names = dict(Party.objects.filter(workshop=workshop, key__in=between).values_list("key", "name"))
    by_key = {one.key: one for one in found}
    times = asked_this_month(workshop, today=today)
    called = dict(Party.objects.filter(pk__in=times).values_list("pk", "name"))
    asked = Counter({called[party]: count for party, count in times.items()})
    return reasons.tell(rows, by_key, names, asked=asked, language=language_of(workshop))


def _groups(found: Iterable[Connection], moves: tuple[MoveLine, ...]) -> tuple[Group, ...]:
    touched: dict[int, list[tuple[int, int]]] = {}
    for move in moves:
        for one, then in zip(move.shortened, move.then, strict=True):
            touched.setdefault(one.id, []).append((move.rank, then))
    groups: dict[str, list[Connection]] = {}
    for one in found:
        groups.setdefault(one.group, []).append(one)
    return tuple(_group(key, mine, touched) for key, mine in groups.items())


def _group(key: str, mine: list[Connection], touched: Mapping[int, list[tuple[int, int]]]) -> Group:
    weight = sum(one.weight for one in mine)
    return Group(
        key=key,
        name=reasons.group_name(mine[0]),
        blocks=tuple(Block(one.shade, tuple(touched.get(one.id, ()))) for one in mine),
        counts=tuple(sum(1 for one in mine if one.shade == step) for step in range(5)),
        value=100 * sum(one.weight * (1 - one.phi) for one in mine) / weight if weight else 0.0,
    )
