"""What happens to people and accounts. Accounts exist by invitation only: `give_role` is the one way in."""

import secrets
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from werkplaats.accounts.models import Account, Code, Person, Role
from werkplaats.accounts.queries import digests_of
from werkplaats.accounts.refusals import TooManyTries, WrongCode
from werkplaats.accounts.rules import CODE_LENGTH, DEMO_GUESTS, RoleName, check_digit, in_groups, is_whole, only_digits
from werkplaats.kit.names import sort_key
from werkplaats.kit.tries import Limit
from werkplaats.workshops.models import Area, Workshop

TRIES_OF_AN_ADDRESS = Limit("codes.address", most=20, seconds=15 * 60)
TRIES_IN_A_WORKSHOP = Limit("codes.workshop", most=1_000, seconds=60 * 60)
"""Wrong codes only, so that a full table on one wifi is never shut out by its own receipts.

A million guesses take over five weeks, and against 500 codes find one with a chance of 1 in 200 (500 / 10^11 each).
"""


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


def new_code(workshop: Workshop, *, purpose: str, thing: str, at: datetime, expires_at: datetime | None = None) -> str:
    """Makes a code that opens `thing` (a portable key such as ``voice:7f3a``), and tells its digits this once.

    Gives three groups, ``4821 0937 5516``: eleven digits by chance and one that catches mistyping. Only a digest is kept, so
    nobody can look up a lost code; `withdraw_codes` and a new one is what helps then.
    """
    digits = _by_chance()
    while Code.objects.filter(workshop=workshop, digest__in=digests_of(workshop, digits)).exists():
        digits = _by_chance()
    digest = digests_of(workshop, digits)[0]
    Code.objects.create(
        workshop=workshop, purpose=purpose, thing=thing, digest=digest, made_at=at, expires_at=expires_at
    )
    return in_groups(digits)


def open_code(workshop: Workshop, digits: str, *, purpose: str, address: str, at: datetime) -> Code:
    """What a code opens. `digits` as typed; `address`: where the request came from (`queries.address_of`).

    Raises `WrongCode`, the same for every reason, and `TooManyTries`. Call it outside a transaction: a try must stay counted.
    """
    code: Code | None = None
    with transaction.atomic(durable=True):
        # One at a time in a workshop, so that many tries at once are all counted.
        Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
        counted = ((TRIES_OF_AN_ADDRESS, f"{workshop.key} {address}"), (TRIES_IN_A_WORKSHOP, workshop.key))
        if any(limit.is_reached(who, at=at) for limit, who in counted):
            raise TooManyTries
        plain = only_digits(digits)
        # The same work for every kind of wrong, so that the time it takes tells nothing.
        found = Code.objects.filter(workshop=workshop, digest__in=digests_of(workshop, plain)).first()
        if found and is_whole(plain) and found.opens(purpose=purpose, at=at):
            code = found
        else:
            for limit, who in counted:
                limit.count(who, at=at)
    if code is None:
        raise WrongCode
    return code


def spend_code(code: Code, *, at: datetime) -> bool:
    """Uses up a code that may be used once. False: somebody was first, and nothing changed."""
    return bool(Code.objects.filter(pk=code.pk, spent_at=None).update(spent_at=at))


def withdraw_codes(workshop: Workshop, *, thing: str, at: datetime) -> int:
    """Closes every door to a thing; how many were open. To a stranger these codes are as if they never were."""
    return Code.objects.filter(workshop=workshop, thing=thing, spent_at=None).update(spent_at=at)


def _by_chance() -> str:
    digits = "".join(secrets.choice("0123456789") for _ in range(CODE_LENGTH - 1))
    return digits + check_digit(digits)
