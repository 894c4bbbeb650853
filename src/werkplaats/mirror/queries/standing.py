"""What is on record of a mirror itself: whether it can be made, when it is public, what was erased since."""

from collections.abc import Iterable

from django.db.models import Q

from werkplaats.asks.models import Ask, Reply, Voice
from werkplaats.issues.models import TrajectoryParty
from werkplaats.mirror.models import Attempt, Mirror, Snapshot, SnapshotEvent
from werkplaats.mirror.rules import Event, Happened, Publication, publication
from werkplaats.neighbourhoods.models import Need, Party, Steward, Tie
from werkplaats.neighbourhoods.rules import StewardRole
from werkplaats.promises.models import EventText, Promise
from werkplaats.sources.models import Fragment, Source
from werkplaats.tables.models import Seat
from werkplaats.workshops.models import Workshop


def is_on_record(party: Party) -> bool:
    """Whether anything on record tells of this party, under any of its names."""
    entries = list(Party.objects.filter(Q(pk=party.pk) | Q(canonical=party.pk)).values_list("pk", "name"))
    ids = [pk for pk, _name in entries]
    named = Q()
    for _pk, name in entries:
        named |= Q(text__icontains=name)
    in_voices = Q()
    for _pk, name in entries:
        in_voices |= Q(shared_text__icontains=name)
    found = (
        Promise.objects.filter(Q(maker__in=ids) | Q(receivers__party__in=ids)),
        Ask.objects.filter(Q(asker__in=ids) | Q(asked_party__in=ids)),
        Reply.objects.filter(party__in=ids),
        Seat.objects.filter(party__in=ids),
        TrajectoryParty.objects.filter(party__in=ids),
        Need.objects.filter(Q(party__in=ids) | Q(able__party__in=ids)),
        Tie.objects.filter(Q(party_a__in=ids) | Q(party_b__in=ids)),
        Attempt.objects.filter(party__in=ids),
        Source.objects.filter(holder__in=ids),
        Fragment.objects.filter(named, source__workshop=party.workshop_id),
        Voice.objects.filter(in_voices, workshop=party.workshop_id, goes_out=True),
    )
    return any(rows.exists() for rows in found)


def publication_of(mirror: Mirror) -> Publication:
    """What makes this mirror public, by what its party is today. 1 query."""
    party = mirror.party.stays
    return publication(party.kind, is_workshop=party.pk in own_parties(mirror.workshop))


def own_parties(workshop: Workshop) -> frozenset[int]:
    """The party that is the workshop itself, as the entry that stays. 1 query."""
    rows = Steward.objects.filter(workshop=workshop, role=StewardRole.IS.value)
    return frozenset(canonical or party for party, canonical in rows.values_list("party_id", "party__canonical_id"))


def events_of(snapshot: Snapshot) -> tuple[Event, ...]:
    """What happened to a state of a mirror, in order. 1 query."""
    return as_events(snapshot.events.all())


def as_events(rows: Iterable[SnapshotEvent]) -> tuple[Event, ...]:
    """Rows that were read already, as the rule takes them."""
    return tuple(Event(Happened(row.kind), row.on) for row in rows)


def erased_since(snapshot: Snapshot) -> frozenset[str]:
    """Keys of promises of which words were erased after this state of a mirror was last cleaned."""
    rows = EventText.objects.filter(
        event__workshop=snapshot.mirror.workshop_id, erased_at__isnull=False, erased_at__gte=snapshot.forgot_at
    )
    return frozenset(rows.values_list("event__promise_key", flat=True))
