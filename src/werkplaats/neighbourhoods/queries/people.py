"""Who speaks for a party, and may be written to about what."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from werkplaats.accounts.models import Account, Person
from werkplaats.accounts.rules import Who
from werkplaats.consent.models import Consent
from werkplaats.consent.queries import people_who_allow
from werkplaats.consent.rules import Purpose
from werkplaats.neighbourhoods.models import Membership, Party
from werkplaats.workshops.models import Workshop


def representatives(party: Party, *, allowing: Iterable[Purpose]) -> QuerySet[Person]:
    """The people of a party, under any of its names, with a mail address and with consent for every one of these purposes."""
    stays = party.canonical_id or party.pk
    entries = Q(party=stays) | Q(party__canonical=stays)
    members = Membership.objects.filter(entries, until__isnull=True).values("person")
    people = Person.objects.filter(pk__in=members).exclude(email="")
    for purpose in allowing:
        people = people.filter(pk__in=people_who_allow(purpose, workshop=party.workshop).values("pk"))
    return people.order_by("sort_name", "key")


def people_allowing(purposes: Iterable[Purpose]) -> QuerySet[Person]:
    """The people, of whichever workshop, who said yes to all of these purposes and took none of them back."""
    given = Consent.objects.filter(withdrawn_on=None)
    not_kept = Consent.objects.filter(purpose=Purpose.KEEP.value, withdrawn_on__isnull=False)
    people = Person.objects.exclude(pk__in=not_kept.values("person"))
    for purpose in purposes:
        people = people.filter(pk__in=given.filter(purpose=purpose.value).values("person"))
    return people


def named_as(account_id: int | None, *, workshop_id: int) -> str:
    """The name of who is signed in, if that person allows it to be shown; otherwise nothing."""
    if account_id is None:
        return ""
    person = Person.objects.filter(workshop=workshop_id, account=account_id).select_related("workshop").first()
    if person is None or not people_who_allow(Purpose.SHOW_NAME, workshop=person.workshop).filter(pk=person.pk):
        return ""
    return person.name


def signs_as(workshop: Workshop, account: Account | None) -> str:
    """Under which name a coordinator asks: their own as far as they allow it, otherwise that of the workshop."""
    return named_as(account.pk if account else None, workshop_id=workshop.pk) or workshop.name


def parties_of(who: Who, *, workshop: Workshop) -> tuple[Party, ...]:
    """The parties that `who` speaks for now, each as the entry that stays."""
    if who.account_id is None:
        return ()
    mine = Membership.objects.filter(person__account_id=who.account_id, until__isnull=True).values("party")
    rows = Party.objects.filter(pk__in=mine, workshop=workshop).select_related("canonical")
    stays = {row.stays.pk: row.stays for row in rows}
    return tuple(sorted(stays.values(), key=lambda party: (party.sort_name, party.key)))
