"""A party keeps its own ties: it reports one, confirms what the other end reported, or says that it is no longer so."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import combinations

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from werkplaats.consent.rules import Purpose
from werkplaats.mail.actions import news
from werkplaats.mail.refusals import NoAddress
from werkplaats.mail.rules import Kind
from werkplaats.neighbourhoods.actions import in_order, touch
from werkplaats.neighbourhoods.models import Party, Tie
from werkplaats.neighbourhoods.queries.people import representatives
from werkplaats.neighbourhoods.refusals import NoSuchTie, SameParty
from werkplaats.neighbourhoods.rules import TieKind


@transaction.atomic
def report(party: Party, *, other: Party, kind: TieKind, at: datetime, today: date, since: date | None = None) -> Tie:
    """A party says that it has a tie, today; the other end is asked whether it says so too, at most once.

    Saying it again renews when it was last seen. Entries that are one party speak for each other. Raises `SameParty`.
    """
    mine, theirs = party.stays, other.stays
    if mine.pk == theirs.pk:
        raise SameParty
    rows = list(_between(mine, theirs, kind).select_for_update(of=("self",)))
    low, high = in_order(mine, theirs)
    tie = next((row for row in rows if (row.party_a_id, row.party_b_id) == (low.pk, high.pk)), None)
    tie = tie or next(iter(rows), None) or Tie(party_a=low, party_b=high, kind=kind.value)
    if _is_a(tie, mine):
        tie.reported_by_a, tie.ended_by_a = True, False
    else:
        tie.reported_by_b, tie.ended_by_b = True, False
    tie.since = tie.since or since
    tie.last_seen = max(filter(None, (tie.last_seen, today)))
    if not (tie.ended_by_a or tie.ended_by_b):
        tie.ended_on = None
    tie.save()
    touch(mine.workshop, at=at)
    _ask_other_end(mine, theirs, kind, rows=[*rows, tie], at=at)
    return tie


@transaction.atomic
def no_longer(party: Party, *, other: Party, kind: TieKind, at: datetime, today: date) -> None:
    """A party says that a tie is not so, or not any more: for them it fades. What the other end says stays.

    Raises `NoSuchTie`.
    """
    mine, theirs = party.stays, other.stays
    rows = list(_between(mine, theirs, kind).select_for_update(of=("self",)))
    if not rows:
        raise NoSuchTie
    for tie in rows:
        if _is_a(tie, mine):
            tie.ended_by_a = True
        else:
            tie.ended_by_b = True
        tie.ended_on = today
        tie.save(update_fields=["ended_by_a", "ended_by_b", "ended_on"])
    touch(mine.workshop, at=at)


@transaction.atomic
def show(parties: Sequence[Party], *, shown_by: str, on: date, at: datetime) -> None:
    """An event shows that each two of these parties met: a tie that somebody reported counts fully from now on.

    Where no tie is on record, that they know each other is. Of a tie that an end says is over nothing changes. Said again with
    the same `shown_by`, the parties of before that are not named any more were not there after all.
    """
    if not parties:
        return
    workshop, stays = parties[0].workshop, sorted({party.stays.pk for party in parties})
    entries = Party.objects.filter(Q(pk__in=stays) | Q(canonical__in=stays)).values_list("pk", "canonical_id")
    one = {entry: canonical or entry for entry, canonical in entries}
    earlier = Tie.objects.filter(party_a__workshop=workshop, shown_by=shown_by)
    gone = earlier.exclude(party_a__in=one, party_b__in=one)
    gone.filter(reported_by_a=False, reported_by_b=False).delete()
    gone.update(shown_by="")
    known = list(Tie.objects.select_for_update().filter(party_a__in=one, party_b__in=one))
    met = set(combinations(stays, 2))
    for tie in known:
        met.discard(tuple(sorted((one[tie.party_a_id], one[tie.party_b_id]))))
        if tie.ended_on is None:
            tie.shown_by, tie.last_seen = tie.shown_by or shown_by, max(filter(None, (tie.last_seen, on)))
    Tie.objects.bulk_update(known, ["shown_by", "last_seen"])
    rows = Party.objects.in_bulk(stays)
    pairs = [in_order(rows[a], rows[b]) for a, b in sorted(met)]
    Tie.objects.bulk_create(
        [Tie(party_a=a, party_b=b, kind=TieKind.KNOWS.value, shown_by=shown_by, last_seen=on) for a, b in pairs]
    )
    touch(workshop, at=at)


def _between(mine: Party, theirs: Party, kind: TieKind) -> QuerySet[Tie]:
    one, other = _entries(mine), _entries(theirs)
    ends = Q(party_a__in=one, party_b__in=other) | Q(party_a__in=other, party_b__in=one)
    return Tie.objects.filter(ends, kind=kind.value).select_related("party_a__canonical", "party_b__canonical")


def _entries(party: Party) -> list[int]:
    return list(Party.objects.filter(Q(pk=party.pk) | Q(canonical=party.pk)).values_list("pk", flat=True))


def _is_a(tie: Tie, mine: Party) -> bool:
    return tie.party_a.stays.pk == mine.pk


def _ask_other_end(mine: Party, theirs: Party, kind: TieKind, *, rows: list[Tie], at: datetime) -> None:
    """News to the other end that it may confirm, each reader at most once per pair and kind; nobody without consent."""
    said = any(tie.reported_by_b if _is_a(tie, mine) else tie.reported_by_a for tie in rows)
    ended = any(tie.ended_by_b if _is_a(tie, mine) else tie.ended_by_a for tie in rows)
    if said or ended:
        return
    low, high = in_order(mine, theirs)
    for person in representatives(theirs, allowing=[Purpose.CONTACT]):
        language = person.written_in
        with override(language):
            subject = _("%(party)s zegt dat jullie elkaar kennen") % {"party": mine.name}
            text = _(
                "%(party)s schreef op dat jullie een band hebben. Klopt dat? Op de bladzijde van %(other)s zeg je ja, of dat het "
                "niet zo is. Niets doen mag ook: dan telt de band voor de helft."
            ) % {"party": mine.name, "other": theirs.name}
        try:
            news(
                mine.workshop,
                key=f"tie:{low.pk}:{high.pk}:{kind.value}",
                kind=Kind.NEWS,
                to=person.email,
                subject=subject,
                text=text,
                url=reverse("neighbourhoods:own_ties", args=[mine.workshop.key, theirs.key]),
                about=f"party:{theirs.key}",
                at=at,
                language=language,
                rests_on=[Purpose.CONTACT],
            )
        except NoAddress:
            continue
