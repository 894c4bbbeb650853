"""A party takes over its own entry: somebody asks, the coordinator says yes or no, and the party tells its own facts."""

from collections.abc import Mapping
from datetime import date, datetime
from secrets import token_hex
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from werkplaats.accounts.actions import give_role, put_person
from werkplaats.accounts.models import Person
from werkplaats.accounts.rules import RoleName
from werkplaats.consent.actions import put_consent
from werkplaats.consent.rules import Channel, Purpose
from werkplaats.kit.names import key_from
from werkplaats.mail.actions import news
from werkplaats.mail.rules import Kind as MailKind
from werkplaats.neighbourhoods.actions import put_membership, put_party, touch
from werkplaats.neighbourhoods.models import Party, PartyFact, TakeOver
from werkplaats.neighbourhoods.refusals import ManyAskAlready, NotAgain, TakeOverDecided
from werkplaats.neighbourhoods.rules import MOST_OPEN, OWN_FACTS, Asked, PartyKind, Size

REPRESENTATIVE = "vertegenwoordiger"


@transaction.atomic
def take_over(
    party: Party,
    *,
    name: str,
    email: str,
    role: str,
    wording: str,
    at: datetime,
    words: str = "",
    language: str = "nl",
) -> TakeOver:
    """Somebody says: this is us. Asked twice it is one question, under whichever of its names.

    Raises `NotAgain`, `ManyAskAlready`.
    """
    stays = Party.objects.select_for_update(of=("self",)).select_related("workshop").get(pk=party.stays.pk)
    address = email.strip().lower()
    entries = list(Party.objects.filter(Q(pk=stays.pk) | Q(canonical=stays)).select_related("workshop"))
    asked = TakeOver.objects.filter(party__in=entries)
    held = list(asked.filter(address_digest__in=[_digest(entry, address) for entry in entries]))
    if any(one.state == Asked.REFUSED for one in held):
        raise NotAgain
    if held:
        return held[0]
    if asked.filter(state=Asked.OPEN).count() >= MOST_OPEN:
        raise ManyAskAlready
    return TakeOver.objects.create(
        workshop=stays.workshop,
        key=token_hex(8),
        party=stays,
        address_digest=_digest(stays, address),
        name=name.strip(),
        email=address,
        role=role.strip(),
        words=words.strip(),
        wording=wording,
        language=language,
        asked_at=at,
    )


@transaction.atomic
def confirm(asked: TakeOver, *, at: datetime, today: date, by: int | None = None) -> Person:
    """Yes: they speak for it from now on, and may sign in with their address. Raises `TakeOverDecided`."""
    row = _open(asked)
    workshop, name, email = row.workshop, row.name, row.email
    held = Person.objects.filter(workshop=workshop, email=email).first()
    taken = frozenset(Person.objects.filter(workshop=workshop).values_list("key", flat=True))
    give_role(workshop, email=email, name=RoleName.PARTY, since=today)
    person = put_person(
        workshop,
        key=held.key if held else key_from(name, taken),
        name=name,
        email=email,
        area=held.area if held else None,
        language=held.language if held else row.language,
    )
    for purpose in (Purpose.KEEP, Purpose.CONTACT):
        put_consent(person, purpose=purpose, wording=row.wording, channel=Channel.WEB, given_on=row.asked_at.date())
    party = row.party.stays
    put_membership(row.party, person=person, role=row.role or REPRESENTATIVE, since=today)
    _decided(row, Asked.CONFIRMED, at=at, by=by)
    row.save()
    with override(row.language):
        news(
            workshop,
            key=f"take-over:{row.key}",
            kind=MailKind.ANSWER,
            to=email,
            subject=_("Je spreekt nu voor %(party)s") % {"party": party.name},
            text=_("Log in met dit mailadres. Dan kun je zelf vertellen wie jullie zijn en wat jullie aankunnen."),
            url=reverse("pages:party", args=[workshop.key, party.key]),
            about=f"party:{party.key}",
            at=at,
            language=row.language,
            rests_on=[Purpose.CONTACT],
        )
    return person


@transaction.atomic
def refuse(asked: TakeOver, *, at: datetime, reason: str = "", by: int | None = None) -> TakeOver:
    """No: their name and address go, and the same address does not ask again. Raises `TakeOverDecided`."""
    row = _open(asked)
    _decided(row, Asked.REFUSED, at=at, by=by)
    row.reason = reason.strip()
    row.save()
    return row


@transaction.atomic
def tell_own(party: Party, *, facts: Mapping[str, Any], at: datetime, today: date) -> tuple[str, ...]:
    """What a party says of itself; which facts it changed. From now on no list of somebody else changes those."""
    row = Party.objects.select_for_update(of=("self",)).select_related("workshop", "area").get(pk=party.pk)
    now = {name: getattr(row, name) for name in OWN_FACTS}
    changed = tuple(name for name in OWN_FACTS if name in facts and facts[name] != now[name])
    if not changed:
        return ()
    PartyFact.objects.filter(party=row, name__in=changed).delete()  # so that what is put now is taken over
    put_party(
        row.workshop,
        key=row.key,
        name=row.name,
        kind=PartyKind(row.kind),
        at=at,
        area=row.area,
        themes=row.themes.all(),
        founded_on=row.founded_on,
        size=Size(row.size) if row.size else None,
        source=row.source,
        recorded_on=row.recorded_on,
        **(now | {name: facts[name] for name in changed}),
    )
    PartyFact.objects.bulk_create([PartyFact(party=row, name=name, told_on=today) for name in changed])
    touch(row.workshop, at=at)
    return changed


def _open(asked: TakeOver) -> TakeOver:
    rows = TakeOver.objects.select_for_update(of=("self",)).select_related(
        "workshop", "party__workshop", "party__canonical__workshop"
    )
    row = rows.get(pk=asked.pk)
    if row.state != Asked.OPEN:
        raise TakeOverDecided
    return row


def _decided(row: TakeOver, state: Asked, *, at: datetime, by: int | None) -> None:
    """Who they are stands from now on with the person, after a yes, or nowhere."""
    row.name = row.email = row.words = ""
    row.state, row.decided_at, row.decided_by_id = state.value, at, by


def _digest(party: Party, address: str) -> str:
    """Knows an address again without keeping it."""
    return salted_hmac(
        "werkplaats.take_over", f"{party.workshop.key} {party.key} {address}", algorithm="sha256"
    ).hexdigest()
