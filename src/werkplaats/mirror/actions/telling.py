"""The party's own words: beside an item, and of its years."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from werkplaats.kit.names import key_from
from werkplaats.mirror.models import Attempt, AttemptProof, Mirror, Rejoinder, SnapshotItem
from werkplaats.mirror.refusals import NotThere, OwnWord, WrongYears
from werkplaats.mirror.rules import LONGEST, Ending
from werkplaats.neighbourhoods.models import Party
from werkplaats.sources.models import Source


@transaction.atomic
def answer(mirror: Mirror, *, item: str, words: str, at: datetime, by: int | None = None) -> Rejoinder | None:
    """The party's own words beside an item, in plain text; without words they are taken away. Raises `NotThere`."""
    if not SnapshotItem.objects.filter(snapshot__mirror=mirror, key=item).exists():
        raise NotThere
    told = words.strip()[:LONGEST]
    if not told:
        Rejoinder.objects.filter(mirror=mirror, item_key=item).delete()
        return None
    values = {"words": told, "at": at, "typed_by_id": by}
    return Rejoinder.objects.update_or_create(mirror=mirror, item_key=item, defaults=values)[0]


@transaction.atomic
def tell_attempt(
    party: Party,
    *,
    what: str,
    since: int,
    at: datetime,
    until: int | None = None,
    ending: Ending = Ending.RUNS,
    why: str = "",
) -> Attempt:
    """Something a party tried, as it tells it. It appears once another party or a document shows it. Raises `WrongYears`."""
    stays = party.stays
    year = at.astimezone(ZoneInfo(party.workshop.timezone)).year
    ended = ending is not Ending.RUNS
    if ended != (until is not None) or not since <= (until or year) <= year:
        raise WrongYears
    taken = frozenset(Attempt.objects.filter(workshop=party.workshop).values_list("key", flat=True))
    return Attempt.objects.create(
        workshop=party.workshop,
        party=stays,
        key=key_from(what, taken),
        what=what.strip()[:200],
        since=since,
        until=until,
        ending=ending.value,
        why=why.strip()[:300],
        told_at=at,
    )


@transaction.atomic
def ask_of(attempt: Attempt, *, party: Party, at: datetime) -> AttemptProof:
    """Asks another party whether it was so. Nobody else gets to see what was told. Raises `OwnWord` for the party itself."""
    row = Attempt.objects.select_related("party__canonical").get(pk=attempt.pk)
    if row.party.stays == party.stays:
        raise OwnWord
    return AttemptProof.objects.get_or_create(attempt=row, party=party.stays, defaults={"asked_at": at})[0]


@transaction.atomic
def confirm_attempt(attempt: Attempt, *, party: Party, at: datetime) -> AttemptProof:
    """The party that was asked says that it was so. Raises `NotThere` for one that nobody asked."""
    row = AttemptProof.objects.select_for_update().filter(attempt=attempt, party=party.stays).first()
    if row is None:
        raise NotThere
    row.confirmed_at = row.confirmed_at or at
    row.save(update_fields=["confirmed_at"])
    return row


@transaction.atomic
def show_attempt(attempt: Attempt, *, source: Source, at: datetime) -> AttemptProof:
    """A document of the library shows an attempt."""
    told = {"asked_at": at, "confirmed_at": at}
    return AttemptProof.objects.get_or_create(attempt=attempt, source_key=source.key, defaults=told)[0]
