"""What is laid beside each other: open needs and offers whose owners may be introduced. A fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from werkplaats.dependence.models import Match, Matching
from werkplaats.dependence.rules import MatchState
from werkplaats.dependence.rules.fitting import Wish
from werkplaats.neighbourhoods.models import KeepApart, Need, Network, Party
from werkplaats.neighbourhoods.queries.people import people_allowing
from werkplaats.neighbourhoods.rules import NeedKind
from werkplaats.neighbourhoods.rules.needs import OWN
from werkplaats.workshops.models import Area, Workshop


@dataclass(frozen=True, slots=True)
class Wishes:
    """All that matches follow from. `earlier`: each need and offer about which somebody was asked or decided, ended or not."""

    needs: tuple[Wish, ...]
    offers: tuple[Wish, ...]
    earlier: tuple[tuple[Wish, Wish], ...]
    apart: frozenset[tuple[str, str]]


def wishes(workshop: Workshop, *, today: date) -> Wishes:
    """Needs and offers of parties that are open to introductions under all their names, and of people who said yes to it."""
    parties = list(Party.objects.filter(workshop=workshop).values_list("pk", "canonical_id", "open_to_introductions"))
    stays = {pk: canonical or pk for pk, canonical, _is_open in parties}
    closed = {stays[pk] for pk, _canonical, is_open in parties if not is_open}
    paths = _paths(workshop)
    rows = Need.objects.open().filter(workshop=workshop).exclude(until__lt=today)
    rows = rows.filter(Q(party__isnull=False) | Q(person__in=people_allowing(OWN).values("pk"))).order_by("pk")
    found: dict[str, list[Wish]] = {kind.value: [] for kind in NeedKind}
    for row in rows.select_related("party"):
        if row.party is None or stays[row.party.pk] not in closed:
            found[row.kind].append(_wish(row, stays, paths))
    matches = Match.objects.filter(workshop=workshop).exclude(state=MatchState.PROPOSED.value)
    return Wishes(
        needs=tuple(found[NeedKind.NEED]),
        offers=tuple(found[NeedKind.OFFER]),
        earlier=tuple(
            (_wish(match.need, stays, paths), _wish(match.offer, stays, paths))
            for match in matches.select_related("need__party", "offer__party")
        ),
        apart=frozenset(
            (f"party:{stays[a]}", f"party:{stays[b]}")
            for a, b in KeepApart.objects.filter(party_a__workshop=workshop).values_list("party_a_id", "party_b_id")
        ),
    )


def stale(limit: int, *, today: date) -> list[int]:
    """The workshops in which something changed since needs and offers were laid beside each other, or the day did."""
    done = {row.workshop_id: row for row in Matching.objects.all()}
    found = []
    for workshop, changed_at in Network.objects.order_by("changed_at").values_list("workshop_id", "changed_at"):
        row = done.get(workshop)
        if row is None or row.up_to != changed_at or row.on != today or row.stale_since is not None:
            found.append(workshop)
    return found[:limit]


def _wish(row: Need, stays: Mapping[int, int], paths: Mapping[int | None, tuple[str, ...]]) -> Wish:
    if row.party is None:
        return Wish(row.pk, row.text, f"person:{row.person_id}", paths.get(row.area_id, ()))
    return Wish(row.pk, row.text, f"party:{stays[row.party.pk]}", paths.get(row.area_id or row.party.area_id, ()))


def _paths(workshop: Workshop) -> dict[int | None, tuple[str, ...]]:
    areas = Area.objects.filter(workshop=workshop).values_list("pk", "code", "parent_id")
    rows = {pk: (code, parent) for pk, code, parent in areas}
    paths: dict[int | None, tuple[str, ...]] = {}
    for pk in rows:
        path: list[str] = []
        at: int | None = pk
        while at is not None and rows[at][0] not in path:
            path.append(rows[at][0])
            at = rows[at][1]
        paths[pk] = tuple(path)
    return paths
