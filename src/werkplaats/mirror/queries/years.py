"""The years of a party: what it tried, what it asks for, what others need of it."""

from collections import defaultdict
from collections.abc import Iterator

from werkplaats.issues.models import Trajectory, TrajectoryParty
from werkplaats.mirror.models import Attempt
from werkplaats.mirror.queries.subject import Subject
from werkplaats.mirror.rules import Ending, Item, ItemKind, Record, RecordKind, Section
from werkplaats.neighbourhoods.models import Able, Need
from werkplaats.neighbourhoods.rules import NeedKind
from werkplaats.sources.models import Source
from werkplaats.tables.models import Seat


def years(subject: Subject) -> Iterator[Item]:
    """Attempts as the party tells them, and the joint work that it is in. 6 queries."""
    yield from _attempts(subject)
    yield from _trajectories(subject)


def needs(subject: Subject) -> Iterator[Item]:
    """What the party asks for while who can help is known, and what others need that it is able to do. 2 queries."""
    rows = Need.objects.open().of_parties().filter(workshop=subject.workshop, kind=NeedKind.NEED.value)
    own = rows.filter(party__in=subject.entries)
    for_us = rows.filter(able__party__in=subject.entries).exclude(party__in=subject.entries)
    for need in own.prefetch_related("able").order_by("key"):
        records = [Record(RecordKind.NEED, subject.key, subject.by_key[subject.key][1], subject.origin)]
        records += [_able(subject, able) for able in need.able.all() if subject.is_other(able.confirmed_by_id)]
        names = sorted({subject.name_of(able.party_id) for able in need.able.all()})
        facts = {"since": need.since.isoformat() if need.since else "", "able": names}
        yield Item(
            *(Section.NEVER_BACK, ItemKind.OWN_NEED, f"own-need:{need.key}", need.text, tuple(records), facts),
            on=str(need.since or ""),
        )
    for need in for_us.prefetch_related("able").order_by("key").distinct():
        assert need.party_id is not None  # of parties only
        name = subject.name_of(need.party_id)
        records = [Record(RecordKind.NEED, subject.parties[need.party_id][0], name, subject.origin_of(need.party_id))]
        records += [_able(subject, able) for able in need.able.all() if able.party_id in subject.entries]
        facts = {"since": need.since.isoformat() if need.since else "", "who": name}
        yield Item(
            *(Section.NEEDS, ItemKind.ABLE, f"able:{need.key}", need.text, tuple(records), facts),
            on=str(need.since or ""),
        )


def _able(subject: Subject, able: Able) -> Record:
    key, name = subject.parties[able.confirmed_by_id]
    return Record(RecordKind.ABLE, key, name, subject.origin_of(able.confirmed_by_id))


def _attempts(subject: Subject) -> Iterator[Item]:
    rows = Attempt.objects.filter(party__in=subject.entries, workshop=subject.workshop)
    found = list(rows.prefetch_related("proofs").order_by("since", "key"))
    named = {proof.source_key for row in found for proof in row.proofs.all() if proof.source_key}
    sources = {one.key: one for one in Source.objects.filter(workshop=subject.workshop, key__in=named)}
    for row in found:
        records = [Record(RecordKind.ATTEMPT, row.key, row.what, subject.origin)]
        for proof in row.proofs.all():
            if proof.party_id and proof.confirmed_at and subject.is_other(proof.party_id):
                key, name = subject.parties[proof.party_id]
                records.append(Record(RecordKind.CONFIRMED, key, name, f"party:{key}"))
            if source := sources.get(proof.source_key):
                origin = subject.origin_of(source.holder_id) if source.holder_id else f"source:{source.key}"
                records.append(Record(RecordKind.SOURCE, source.key, source.title, origin))
        facts = {"since": row.since, "until": row.until or 0, "ending": row.ending, "why": row.why}
        key = f"attempt:{row.key}"
        yield Item(*(Section.YEARS, ItemKind.ATTEMPT, key, row.what, tuple(records), facts), on=_backwards(row.since))


def _trajectories(subject: Subject) -> Iterator[Item]:
    """Joint work that began, with another party in it, and at whose issue the party sat at a table with others."""
    mine = TrajectoryParty.objects.filter(party__in=subject.entries).values("trajectory")
    rows = Trajectory.objects.filter(pk__in=mine, workshop=subject.workshop, started_on__isnull=False)
    found = list(rows.order_by("key"))
    others = TrajectoryParty.objects.filter(trajectory__in=found).exclude(party__in=subject.entries)
    with_others = set(others.values_list("trajectory_id", flat=True))
    seats = Seat.objects.sat().filter(party__in=subject.entries, table__issue__in={row.issue_id for row in found})
    tables: dict[int | None, list[tuple[str, str]]] = defaultdict(list)
    for issue, key, about in seats.order_by("table__key").values_list("table__issue_id", "table__key", "table__about"):
        tables[issue].append((key, about))
    for row in found:
        assert row.started_on is not None
        records = []
        if row.pk in with_others:
            records.append(Record(RecordKind.TRAJECTORY, row.key, row.name, f"trajectory:{row.key}"))
        for key, about in tables[row.issue_id]:
            records.append(Record(RecordKind.TABLE, key, about, f"table:{key}"))
        facts = {
            "since": row.started_on.year,
            "until": row.stopped_on.year if row.stopped_on else 0,
            "ending": (Ending.STOPPED if row.stopped_on else Ending.RUNS).value,
            "why": "",
        }
        yield Item(
            *(Section.YEARS, ItemKind.TRAJECTORY, f"trajectory:{row.key}", row.name, tuple(records), facts),
            on=_backwards(row.started_on.year),
        )


def _backwards(year: int) -> str:
    """By which the oldest year comes first where the newest does elsewhere."""
    return f"{9999 - year:04d}"
