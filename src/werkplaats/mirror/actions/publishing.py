"""Talk before page: what is on record of one state of a mirror, and what follows for who may read it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from werkplaats.mirror import queries
from werkplaats.mirror.models import Mirror, Snapshot, SnapshotEvent
from werkplaats.mirror.records.words import WORDING
from werkplaats.mirror.refusals import NotOneDay, NotTheirs, NotYetTalked
from werkplaats.mirror.rules import LONGEST, Happened, Publication, public_from


@transaction.atomic
def keep_publication(snapshot: Snapshot, *, today: date) -> Snapshot:
    """Keeps since when everybody may read a state, by the rule and what is on record; also that nobody may any more."""
    mirror = Mirror.objects.select_related("workshop", "party__canonical").get(pk=snapshot.mirror_id)
    since = public_from(queries.publication_of(mirror), made_on=snapshot.on, events=queries.events_of(snapshot))
    is_now = since if since is not None and since <= today else None
    if snapshot.public_since != is_now:
        snapshot.public_since = is_now
        snapshot.save(update_fields=["public_since"])
    return snapshot


@transaction.atomic
def note_talk(
    snapshot: Snapshot, *, on: date, at: datetime, declined: bool = False, words: str = "", by: int | None = None
) -> Snapshot:
    """That a state of a mirror was talked about together on a day, or that the party declined to. Raises `NotOneDay`."""
    row = _held(snapshot)
    if not row.on <= on <= day_at(row.mirror, at):
        raise NotOneDay
    kind = Happened.DECLINED if declined else Happened.TALKED
    _note(row, kind, on=on, at=at, words=words, by=by)
    return keep_publication(row, today=day_at(row.mirror, at))


@transaction.atomic
def consent(snapshot: Snapshot, *, at: datetime, by: int | None = None) -> Snapshot:
    """The party says yes to publishing this state. Raises `NotTheirs`, or `NotYetTalked` before the talk."""
    row = _held(snapshot)
    if queries.publication_of(row.mirror) is not Publication.CONSENT:
        raise NotTheirs
    if not row.events.filter(kind=Happened.TALKED.value).exists():
        raise NotYetTalked
    today = day_at(row.mirror, at)
    _note(row, Happened.CONSENTED, on=today, at=at, wording=str(WORDING), by=by)
    return keep_publication(row, today=today)


@transaction.atomic
def take_back(mirror: Mirror, *, at: datetime, by: int | None = None) -> None:
    """The party takes back its yes: of every state of its mirror, at once."""
    held = Mirror.objects.select_for_update(of=("self",)).select_related("workshop").get(pk=mirror.pk)
    if queries.publication_of(held) is not Publication.CONSENT:
        raise NotTheirs
    today = day_at(held, at)
    for row in held.snapshots.filter(events__kind=Happened.CONSENTED.value).distinct():
        _note(row, Happened.WITHDREW, on=today, at=at, by=by)
        keep_publication(row, today=today)


def _held(snapshot: Snapshot) -> Snapshot:
    rows = Snapshot.objects.select_for_update(of=("self",)).select_related(
        "mirror__workshop", "mirror__party__canonical"
    )
    return rows.get(pk=snapshot.pk)


def _note(
    row: Snapshot,
    kind: Happened,
    *,
    on: date,
    at: datetime,
    wording: str = "",
    words: str = "",
    by: int | None = None,
) -> None:
    SnapshotEvent.objects.create(
        snapshot=row,
        kind=kind.value,
        on=on,
        wording=wording,
        words=words.strip()[:LONGEST],
        noted_at=at,
        noted_by_id=by,
    )


def day_at(mirror: Mirror, at: datetime) -> date:
    """The day of a moment where the workshop is."""
    return at.astimezone(ZoneInfo(mirror.workshop.timezone)).date()
