"""What happens in the neighbourhood: entries come in, and a human says which of them are one party.

The `put_*` actions take what stands in a folder or a form: putting the same again changes nothing. Whoever puts calls
`touch` once when everything is in, so that what is computed from it is renewed.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from werkplaats.accounts.models import Person
from werkplaats.kit.names import key_from, sort_key
from werkplaats.neighbourhoods.actions.finding import offer_as_one, party_entry
from werkplaats.neighbourhoods.analysis import Suspicion
from werkplaats.neighbourhoods.models import (
    Able,
    Double,
    Group,
    KeepApart,
    Membership,
    Need,
    Network,
    Party,
    PartyFact,
    Position,
    Steward,
    Tie,
)
from werkplaats.neighbourhoods.refusals import AlreadyDecided, NotOneOfTheTwo, NoWebAddress, SameParty
from werkplaats.neighbourhoods.rules import (
    PartyKind,
    Same,
    Size,
    StewardRole,
    TieKind,
    Verdict,
    settled,
    stays_by_default,
)
from werkplaats.search.actions import offer
from werkplaats.workshops.models import Area, Theme, Workshop


@transaction.atomic
def touch(workshop: Workshop, *, at: datetime) -> None:
    """Parties, ties or needs changed: what was computed from them is renewed."""
    Network.objects.update_or_create(workshop=workshop, defaults={"changed_at": at})


@transaction.atomic
def put_party(
    workshop: Workshop,
    *,
    key: str,
    name: str,
    kind: PartyKind,
    at: datetime,
    description: str = "",
    address: str = "",
    area: Area | None = None,
    themes: Iterable[Theme] = (),
    website: str = "",
    founded_on: date | None = None,
    size: Size | None = None,
    open_to_introductions: bool = True,
    introductions_per_month: int = 2,
    source: str = "",
    recorded_on: date | None = None,
) -> Party:
    """An organisation or group, found from now on by the search. What it told itself stays. Raises `NoWebAddress`."""
    if website and not website.startswith(("https://", "http://")):
        raise NoWebAddress(website)
    own = set(PartyFact.objects.filter(party__workshop=workshop, party__key=key).values_list("name", flat=True))
    told: dict[str, Any] = {
        "name": name,
        "sort_name": sort_key(name),
        "kind": kind.value,
        "description": description,
        "address": address,
        "area": area,
        "website": website,
        "founded_on": founded_on,
        "size": size.value if size else "",
        "open_to_introductions": open_to_introductions,
        "introductions_per_month": introductions_per_month,
        "source": source,
        "recorded_on": recorded_on,
    }
    defaults = {field: value for field, value in told.items() if field not in own}
    party, _made = Party.objects.update_or_create(workshop=workshop, key=key, defaults=defaults)
    party.themes.set(themes)
    offer(workshop, [party_entry(party)], at=at)
    return party


@transaction.atomic
def put_membership(
    party: Party, *, person: Person, role: str, since: date | None = None, until: date | None = None
) -> Membership:
    """A person in a party."""
    row, _made = Membership.objects.update_or_create(
        party=party, person=person, role=role, defaults={"since": since, "until": until}
    )
    return row


@transaction.atomic
def put_tie(
    party_a: Party,
    *,
    party_b: Party,
    kind: TieKind,
    reported_by: Iterable[Party] = (),
    shown_by: str = "",
    since: date | None = None,
    last_seen: date | None = None,
) -> Tie:
    """A working relation. The order of the two does not matter. Raises `SameParty`, `NotOneOfTheTwo`."""
    low, high = in_order(party_a, party_b)
    reporters = {party.pk for party in reported_by}
    if not reporters <= {low.pk, high.pk}:
        raise NotOneOfTheTwo
    tie, _made = Tie.objects.update_or_create(
        party_a=low,
        party_b=high,
        kind=kind.value,
        defaults={
            "reported_by_a": low.pk in reporters,
            "reported_by_b": high.pk in reporters,
            "shown_by": shown_by,
            "since": since,
            "last_seen": last_seen,
        },
    )
    return tie


@transaction.atomic
def put_able(need: Need, *, party: Party, confirmed_by: Party, confirmed_on: date) -> Able:
    """A party that is able to act on a need, said by another party. Raises `SameParty`."""
    if party == confirmed_by:
        raise SameParty
    row, _made = Able.objects.update_or_create(
        need=need, party=party, defaults={"confirmed_by": confirmed_by, "confirmed_on": confirmed_on}
    )
    return row


@transaction.atomic
def keep_apart(party_a: Party, *, party_b: Party, reason: str = "") -> KeepApart:
    """These two are never proposed to each other. Raises `SameParty`."""
    low, high = in_order(party_a, party_b)
    row, _made = KeepApart.objects.update_or_create(party_a=low, party_b=high, defaults={"reason": reason})
    return row


@transaction.atomic
def put_steward(workshop: Workshop, *, role: StewardRole, party: Party, words: str) -> Steward:
    """Whose is this: who pays, hosts or decides, in words."""
    row, _made = Steward.objects.update_or_create(
        workshop=workshop, role=role.value, party=party, defaults={"words": words}
    )
    return row


@transaction.atomic
def say_whose(workshop: Workshop, *, role: StewardRole, party: Party | None, words: str) -> None:
    """Who has one role in the workshop from now on, and in which words: this one party and no other, or nobody."""
    Steward.objects.filter(workshop=workshop, role=role.value).exclude(party=party).delete()
    if party is not None:
        put_steward(workshop, role=role, party=party, words=words)


@transaction.atomic
def put_group(workshop: Workshop, *, key: str, name: str, area: Area | None = None) -> Group:
    """Residents named together, as a folder has them."""
    row, _made = Group.objects.update_or_create(
        workshop=workshop, key=key, defaults={"name": name, "sort_name": sort_key(name), "area": area}
    )
    return row


@transaction.atomic
def name_group(workshop: Workshop, *, name: str, area: Area | None = None) -> Group:
    """Names residents together. The same name at the same place is the same group."""
    Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)  # a button pressed twice is one group
    known = Group.objects.filter(workshop=workshop, sort_name=sort_key(name), area=area).first()
    if known is not None:
        return known
    taken = frozenset(Group.objects.filter(workshop=workshop).values_list("key", flat=True))
    return put_group(workshop, key=key_from(name, taken), name=name, area=area)


@transaction.atomic
def put_double(
    party_a: Party,
    *,
    party_b: Party,
    verdict: Verdict,
    decided_on: date | None = None,
    reason: str = "",
    stays: Party | None = None,
) -> Double:
    """What a human decided about two entries, as it came in from elsewhere. Raises `SameParty`, `NotOneOfTheTwo`."""
    low, high = in_order(party_a, party_b)
    if stays and stays not in (low, high):
        raise NotOneOfTheTwo
    row, _made = Double.objects.update_or_create(
        party_a=low,
        party_b=high,
        defaults={
            "verdict": verdict.value,
            "stays": (stays or _stays(low, high)) if verdict is Verdict.SAME else None,
            "decided_on": decided_on,
            "reason": reason,
        },
    )
    settle_doubles(low.workshop)
    return row


@transaction.atomic
def see_double(party_a: Party, *, party_b: Party) -> Double:
    """A human sees that two entries may be one party; a suspicion of a human is taken away by no machine.

    What was decided about them before stays. Raises `SameParty`, `AlreadyDecided`.
    """
    low, high = in_order(party_a, party_b)
    row, made = Double.objects.get_or_create(party_a=low, party_b=high)
    if row.verdict != Verdict.SUSPECTED:
        raise AlreadyDecided
    if not made and row.score is not None:
        Double.objects.filter(pk=row.pk).update(score=None)
    return row


@transaction.atomic
def decide_double(double: Double, *, verdict: Verdict, at: datetime, today: date, stays: Party | None = None) -> Double:
    """A human says whether two entries are one party, or takes that back (`Verdict.SUSPECTED`).

    The same word twice changes nothing. From one decision to the other one goes by taking it back. Raises `AlreadyDecided`.
    """
    row = Double.objects.select_for_update().select_related("party_a__workshop", "party_b").get(pk=double.pk)
    kept = stays or _stays(row.party_a, row.party_b)
    if kept not in (row.party_a, row.party_b):
        raise NotOneOfTheTwo
    if row.verdict == verdict and (verdict is not Verdict.SAME or row.stays == kept):
        return row
    if Verdict.SUSPECTED not in (row.verdict, verdict):
        raise AlreadyDecided
    row.verdict = verdict.value
    row.stays = kept if verdict is Verdict.SAME else None
    row.decided_on = None if verdict is Verdict.SUSPECTED else today
    row.save(update_fields=["verdict", "stays", "decided_on"])
    settle_doubles(row.party_a.workshop)
    offer_as_one(row.party_a.workshop, at=at)
    touch(row.party_a.workshop, at=at)
    return row


@transaction.atomic
def settle_doubles(workshop: Workshop) -> None:
    """Lets each entry point to the party that stays for it, from all decisions that stand."""
    rows = Double.objects.filter(party_a__workshop=workshop, verdict=Verdict.SAME.value, stays__isnull=False)
    decisions = [
        Same(stays=stays, goes=b if stays == a else a)
        for a, b, stays in rows.order_by("decided_on", "pk").values_list("party_a_id", "party_b_id", "stays_id")
    ]
    stands = settled(decisions)
    for party in Party.objects.filter(workshop=workshop).only("canonical_id"):
        if party.canonical_id != stands.get(party.pk):
            Party.objects.filter(pk=party.pk).update(canonical_id=stands.get(party.pk))


@transaction.atomic
def suspect(workshop: Workshop, *, suspicions: Sequence[Suspicion], up_to: datetime) -> None:
    """Notes which entries may be one party. What a human decided stays as it is; an old suspicion without ground goes."""
    parties = Party.objects.in_bulk([end for found in suspicions for end in (found.a, found.b)])
    kept = []
    for found in suspicions:
        low, high = in_order(parties[found.a], parties[found.b])
        row, made = Double.objects.get_or_create(party_a=low, party_b=high, defaults={"score": found.score})
        if not made and row.score != found.score:
            Double.objects.filter(pk=row.pk).update(score=found.score)
        kept.append(row.pk)
    open_ones = Double.objects.filter(party_a__workshop=workshop, verdict=Verdict.SUSPECTED.value, score__isnull=False)
    open_ones.exclude(pk__in=kept).delete()
    Network.objects.filter(workshop=workshop).update(doubles_up_to=up_to)


@transaction.atomic
def place(workshop: Workshop, *, places: Mapping[int, tuple[float, float]], up_to: datetime, today: date) -> None:
    """Keeps where each party stands in the picture of the network; who no longer stays for itself has no place of its own."""
    Position.objects.filter(party__workshop=workshop).exclude(party__in=places).delete()
    rows = [Position(party_id=party, x=x, y=y) for party, (x, y) in places.items()]
    Position.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["party"], update_fields=["x", "y"]
    )
    Network.objects.filter(workshop=workshop).update(placed_up_to=up_to, placed_on=today)


def in_order(one: Party, other: Party) -> tuple[Party, Party]:
    """A pair in the order in which pairs are stored. Raises `SameParty`."""
    if one.pk == other.pk:
        raise SameParty
    return (one, other) if one.key < other.key else (other, one)


def _stays(a: Party, b: Party) -> Party:
    return a if stays_by_default((a.recorded_on, a.name, a.key), (b.recorded_on, b.name, b.key)) else b
