"""Making a mirror: who is held one, and when it is frozen as it is."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from werkplaats.mirror import queries
from werkplaats.mirror.actions.publishing import day_at, keep_publication
from werkplaats.mirror.models import Mirror, ShownFigure, Snapshot, SnapshotItem
from werkplaats.mirror.refusals import NothingOnRecord
from werkplaats.mirror.rules import Figure, Happened, Record, is_time, public_from
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.models import Promise

_MOST_GONE = 50


@transaction.atomic
def hold_mirror(party: Party, *, at: datetime) -> Mirror:
    """A party is held a mirror from now on; its first state follows in a sweep. Asking twice is asking once.

    Raises `NothingOnRecord` for a party of which no record tells anything.
    """
    stays = party.stays
    if not queries.is_on_record(stays):
        raise NothingOnRecord
    return Mirror.objects.get_or_create(party=stays, defaults={"workshop": stays.workshop, "asked_at": at})[0]


@transaction.atomic
def hold_own(party: Party, *, at: datetime) -> Mirror:
    """The workshop itself is held a mirror from its first day, whatever is on record."""
    stays = party.stays
    return Mirror.objects.get_or_create(party=stays, defaults={"workshop_id": stays.workshop_id, "asked_at": at})[0]


@transaction.atomic
def want_new(mirror: Mirror, *, at: datetime) -> None:
    """Somebody asks to freeze a mirror as it is now; the sweep does it."""
    Mirror.objects.filter(pk=mirror.pk).update(wanted_at=at, looked_on=None)


@transaction.atomic
def look(mirror: Mirror, *, at: datetime) -> Snapshot | None:
    """Goes through the records of a party, freezes its mirror if it is time and anything changed, and keeps what is public.

    None: nothing was frozen.
    """
    row = (
        Mirror.objects.select_for_update(of=("self",)).select_related("workshop", "party__canonical").get(pk=mirror.pk)
    )
    today = day_at(row, at)
    last = row.snapshots.order_by("-on").first()
    made = None
    waits = _waits_after_a_no(row, last, today=today)
    wanted = row.wanted_at is not None or is_time(last.on if last else None, today=today, declined_open=waits)
    if wanted and (last is None or last.on < today):
        made = _freeze(row, last, at=at, today=today)
        row.wanted_at = None
    row.looked_on = today
    row.save(update_fields=["looked_on", "wanted_at"])
    for snapshot in row.snapshots.all():
        keep_publication(snapshot, today=today)
    return made


def _freeze(row: Mirror, last: Snapshot | None, *, at: datetime, today: date) -> Snapshot | None:
    before = {figure.name: _figures(figure.states) for figure in row.figures.all()}
    figures: queries.Figures = dict(before)
    items = queries.compute(row.party.stays, today=today, figures=figures)
    told = [_told(item.title, item.facts) for item in items]
    records = [[_as_json(record) for record in item.records] for item in items]
    digest = _digest([[item.key, said, rests] for item, said, rests in zip(items, told, records, strict=True)])
    if last is not None and last.digest == digest:
        return None
    before_it = last.items.values_list("key", "title", "facts") if last else ()
    earlier = {key: (title, _told(title, facts)) for key, title, facts in before_it}
    rows = [
        SnapshotItem(
            number=number,
            section=item.section.value,
            kind=item.kind.value,
            key=item.key,
            title=item.title,
            facts=item.facts,
            records=records[number - 1],
            is_new=last is not None and earlier.pop(item.key, ("", ""))[1] != told[number - 1],
        )
        for number, item in enumerate(items, start=1)
    ]
    made = Snapshot.objects.create(
        mirror=row,
        on=today,
        made_at=at,
        forgot_at=at,
        digest=digest,
        new=sum(item.is_new for item in rows),
        gone=[title for title, _told_before in earlier.values()][:_MOST_GONE],
    )
    for item in rows:
        item.snapshot = made
    SnapshotItem.objects.bulk_create(rows, batch_size=2_000)
    for name, states in figures.items():
        if before.get(name) != states:
            plain = [[state.on.isoformat(), dict(state.counts)] for state in states]
            ShownFigure.objects.update_or_create(mirror=row, name=name, defaults={"states": plain})
    return made


def _figures(states: Iterable[tuple[str, dict[str, int]]]) -> Sequence[Figure]:
    return [Figure(date.fromisoformat(on), counts) for on, counts in states]


def _told(title: str, facts: Mapping[str, Any]) -> str:
    """What of an item a reader would see differ. Days that pass are no difference."""
    plain = {name: value for name, value in facts.items() if name != "late_days"}
    return json.dumps([title, plain], ensure_ascii=False, sort_keys=True)


def _as_json(record: Record) -> dict[str, Any]:
    plain = {"kind": record.kind.value, "key": record.key, "label": record.label, "origin": record.origin}
    return plain | ({"people": record.people} if record.people else {})


def _digest(lines: Sequence[Sequence[Any]]) -> str:
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()


def _waits_after_a_no(row: Mirror, last: Snapshot | None, *, today: date) -> bool:
    """Whether the last state was declined and waits for the day on which it becomes public."""
    if last is None:
        return False
    told = queries.events_of(last)
    since = public_from(queries.publication_of(row), made_on=last.on, events=told)
    return any(event.kind is Happened.DECLINED for event in told) and since is not None and since > today


@transaction.atomic
def forget_erased(snapshot: Snapshot, *, at: datetime) -> None:
    """Takes the words out of a frozen mirror that were erased from the ledger since. What happened stays."""
    row = Snapshot.objects.select_related("mirror").get(pk=snapshot.pk)
    wordings = dict(Promise.objects.filter(workshop_id=row.mirror.workshop_id).values_list("key", "wording"))
    erased = queries.erased_since(row)
    for item in row.items.filter(facts__has_key="promise"):
        key = item.facts["promise"]
        if key in erased:
            item.title = wordings.get(key, "")
            verdicts = [{**one, "words": ""} for one in item.facts.get("verdicts", ())]
            item.facts = {**item.facts, "own_words": "", "verdicts": verdicts}
            item.save(update_fields=["title", "facts"])
    row.gone, row.forgot_at = [], at
    row.save(update_fields=["gone", "forgot_at"])
