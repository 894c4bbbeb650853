"""What happens to people and accounts. Accounts exist by invitation only: `give_role` is the one way in."""

from datetime import date

from allauth.account.models import EmailAddress
from django.db import transaction

from werkplaats.accounts.models import Account, Person, Role
from werkplaats.accounts.rules import DEMO_GUESTS, RoleName
from werkplaats.kit.names import sort_key
from werkplaats.workshops.models import Area, Workshop


@transaction.atomic
def put_person(
    workshop: Workshop, *, key: str, name: str, email: str = "", area: Area | None = None, language: str = ""
) -> Person:
    """Keeps somebody as their own act or consent says; the same key again replaces what stood there.

    The account of a person is the account with their mail address, if there is one: nobody else can sign in with it.
    """
    address = email.strip().lower()
    person, _ = Person.objects.update_or_create(
        workshop=workshop,
        key=key,
        defaults={
            "name": name,
            "sort_name": sort_key(name),
            "email": address,
            "area": area,
            "language": language,
            "account": Account.objects.filter(email=address).first() if address else None,
        },
    )
    return person


@transaction.atomic
def open_account(email: str) -> Account:
    """The account with this mail address, made if it is not there; the people with that address are linked to it."""
    address = email.strip().lower()
    account, _ = Account.objects.get_or_create(email=address)
    # Verified is what entering the code that we mail there makes it.
    EmailAddress.objects.get_or_create(user=account, email=address, defaults={"primary": True})
    Person.objects.filter(email=address, account__isnull=True).update(account=account)
    return account


@transaction.atomic
def give_role(workshop: Workshop, *, email: str, name: RoleName, since: date) -> Role:
    """Invites a mail address into a workshop. Giving the same role again keeps the first date."""
    account = open_account(email)
    role, _ = Role.objects.get_or_create(workshop=workshop, account=account, name=name.value, defaults={"since": since})
    return role


def invite_demo_guests(workshop: Workshop, *, since: date) -> None:
    """The accounts as which a visitor of the demo may look around, so that asking a code by mail works at once too."""
    for name, email in DEMO_GUESTS.items():
        give_role(workshop, email=email, name=name, since=since)


def take_role(workshop: Workshop, *, email: str, name: RoleName) -> None:
    """Ends a role at once; the account stays. Without such a role nothing happens."""
    Role.objects.filter(workshop=workshop, account__email=email.strip().lower(), name=name.value).delete()
