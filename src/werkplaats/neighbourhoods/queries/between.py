"""What lies between parties: their ties, as both ends say them."""

from datetime import date

from django.db.models import Q, QuerySet

from werkplaats.neighbourhoods.models import Party, Tie
from werkplaats.neighbourhoods.records import Named, OwnTie, PartyRecord, PartyTie, TieLine
from werkplaats.neighbourhoods.rules import has_faded, is_confirmed, is_over
from werkplaats.workshops.models import Theme, Workshop


def ties(*, workshop: Workshop, today: date) -> tuple[TieLine, ...]:
    """All ties between the parties that stay, one line per pair and kind. 1 query."""
    return _lines(Tie.objects.filter(party_a__workshop=workshop), workshop=workshop, today=today)


def ties_of(party: PartyRecord, *, workshop: Workshop, today: date) -> tuple[PartyTie, ...]:
    """The ties of one party, by the name of the other end. 2 queries."""
    rows = Tie.objects.filter(Q(party_a__in=party.entries) | Q(party_b__in=party.entries), party_a__workshop=workshop)
    lines = _lines(rows, workshop=workshop, today=today)
    other_end = [line.party_a_id if line.party_b_id == party.id else line.party_b_id for line in lines]
    ends = Party.objects.in_bulk(other_end)
    both = [(ends[end], line) for end, line in zip(other_end, lines, strict=True)]
    both.sort(key=lambda each: (each[0].sort_name, each[1].kind))
    return tuple(PartyTie(named(end), end.kind, line) for end, line in both)


def own_ties(party: PartyRecord, *, workshop: Workshop, today: date) -> tuple[OwnTie, ...]:
    """The ties of one party as it keeps them: what the other end reported and it did not answer comes first. 2 queries."""
    lines = [
        OwnTie(
            other=each.other,
            tie=each.tie,
            said=party.id in each.tie.reporter_ids,
            ended=party.id in each.tie.ended_by,
            other_says=any(end != party.id for end in each.tie.reporter_ids),
        )
        for each in ties_of(party, workshop=workshop, today=today)
    ]
    return tuple(sorted(lines, key=lambda line: (not line.asks, line.ended)))


def _lines(rows: QuerySet[Tie], *, workshop: Workshop, today: date) -> tuple[TieLine, ...]:
    """Rows of doubles fall together: what any entry of a party reported, that party reported."""
    merged: dict[tuple[int, int, str], list[Tie]] = {}
    rows = rows.select_related("party_a__canonical", "party_b__canonical")
    for row in rows:
        a, b = row.party_a.stays.pk, row.party_b.stays.pk
        if a != b:
            merged.setdefault((*pair(a, b), row.kind), []).append(row)
    return tuple(_line(key, found, workshop=workshop, today=today) for key, found in merged.items())


def _line(key: tuple[int, int, str], rows: list[Tie], *, workshop: Workshop, today: date) -> TieLine:
    a, b, kind = key
    said: dict[int, str] = {}
    over: set[int] = set()
    for row in rows:
        for end, reported, ended in (
            (row.party_a, row.reported_by_a, row.ended_by_a),
            (row.party_b, row.reported_by_b, row.ended_by_b),
        ):
            if ended:
                over.add(end.stays.pk)
            elif reported:
                said[end.stays.pk] = end.stays.name
    over -= said.keys()
    shown_by = next((row.shown_by for row in rows if row.shown_by), "")
    seen = [moment for row in rows if (moment := row.last_seen or row.since)]
    return TieLine(
        party_a_id=a,
        party_b_id=b,
        kind=kind,
        is_confirmed=is_confirmed(reported_by_a=a in said, reported_by_b=b in said, shown_by="" if over else shown_by),
        has_faded=is_over(said=len(said), shown_by=shown_by, ended=len(over))
        or has_faded(max(seen, default=None), today=today, months=workshop.tie_months),
        reported_by=tuple(said[end] for end in (a, b) if end in said),
        reporter_ids=tuple(end for end in (a, b) if end in said),
        shown_by=shown_by,
        since=min((row.since for row in rows if row.since), default=None),
        last_seen=max((row.last_seen for row in rows if row.last_seen), default=None),
        ended_by=tuple(end for end in (a, b) if end in over),
    )


def named(row: Party | Theme) -> Named:
    """A party or theme for a link."""
    return Named(row.key, row.called if isinstance(row, Theme) else row.name)


def pair(a: int, b: int) -> tuple[int, int]:
    """Two ids, the lower first."""
    return (a, b) if a < b else (b, a)
