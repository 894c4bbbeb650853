"""What only the party itself sees. It is read when the party looks, and kept in no state of its mirror."""

from datetime import date

from django.db.models import Count, Q
from django.utils.functional import Promise as Words

from werkplaats.mirror.records import OwnEyes
from werkplaats.neighbourhoods.models import Able, Need, Party, Tie
from werkplaats.neighbourhoods.records import TIE_WORDS
from werkplaats.neighbourhoods.rules import NeedKind, is_confirmed
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import Kind, State
from werkplaats.tables.models import Seat, Table

_MOST = 40


def own_eyes(party: Party, *, today: date) -> OwnEyes:
    """The seats of a party, what falls if it stops, what it takes and gives. 7 queries."""
    entries = Party.objects.filter(Q(pk=party.pk) | Q(canonical=party.pk)).values("pk")
    own = Need.objects.open().filter(party__in=entries).values_list("kind").annotate(n=Count("pk"))
    needs = dict(own.order_by())
    running = Promise.objects.filter(maker__in=entries, state=State.RUNNING).exclude(kind=Kind.NO.value)
    return OwnEyes(
        tables=Table.objects.filter(workshop=party.workshop_id).count(),
        tables_with_us=Seat.objects.filter(party__in=entries).values("table").distinct().count(),
        waiting=tuple(running.order_by("due_on", "key").values_list("key", "wording")[:_MOST]),
        only_we=_only_we(party),
        partners=_partners(party),
        needs=needs.get(NeedKind.NEED.value, 0),
        offers=needs.get(NeedKind.OFFER.value, 0),
    )


def _only_we(party: Party) -> tuple[str, ...]:
    needs = Need.objects.open().filter(workshop=party.workshop_id, kind=NeedKind.NEED.value)
    rows = Able.objects.filter(need__in=needs)
    able: dict[str, set[int]] = {}
    for text, one, canonical in rows.order_by().values_list("need__text", "party_id", "party__canonical_id"):
        able.setdefault(text, set()).add(canonical or one)
    return tuple(sorted(text for text, those in able.items() if those == {party.pk}))[:_MOST]


def _partners(party: Party) -> tuple[tuple[str, str, Words], ...]:
    """With whom the party has a tie that both ends report or an event shows."""
    ends = Q(party_a=party) | Q(party_a__canonical=party) | Q(party_b=party) | Q(party_b__canonical=party)
    found = {}
    for tie in Tie.objects.filter(ends, ended_on=None).select_related("party_a__canonical", "party_b__canonical"):
        a, b = tie.party_a.stays, tie.party_b.stays
        other = b if a.pk == party.pk else a
        if other.pk != party.pk and is_confirmed(
            reported_by_a=tie.reported_by_a, reported_by_b=tie.reported_by_b, shown_by=tie.shown_by
        ):
            found[other.key, tie.kind] = (other.key, other.name, TIE_WORDS[tie.kind])
    return tuple(sorted(found.values(), key=lambda one: (one[1], str(one[2]))))[:_MOST]
