"""What only the party itself sees. It is read when the party looks, and kept in no state of its mirror."""

from datetime import date

from django.db.models import Q
from django.utils.functional import Promise as Words

from werkplaats.dependence.queries import waiting
from werkplaats.dependence.queries.situation import situation
from werkplaats.mirror.records import OwnEyes
from werkplaats.neighbourhoods.models import Party, Tie
from werkplaats.neighbourhoods.records import TIE_WORDS
from werkplaats.neighbourhoods.rules import NeedKind, is_confirmed
from werkplaats.tables.models import Seat, Table

_MOST = 40


def own_eyes(party: Party, *, today: date) -> OwnEyes:
    """The seats of a party, what falls if it stops, what it takes and gives. A fixed number of queries."""
    entries = Party.objects.filter(Q(pk=party.pk) | Q(canonical=party.pk)).values("pk")
    now = situation(party.workshop, today=today)
    own = [wish.kind for wish in now.wishes if wish.party == party.pk]
    return OwnEyes(
        tables=Table.objects.filter(workshop=party.workshop_id, cancelled_at=None).count(),
        tables_with_us=Seat.objects.sat().filter(party__in=entries).values("table").distinct().count(),
        between=waiting.party_page(now, party.pk),
        partners=_partners(party),
        needs=own.count(NeedKind.NEED),
        offers=own.count(NeedKind.OFFER),
    )


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
