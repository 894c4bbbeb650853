"""Small neighbourhoods for tests: one function per thing, with sensible words filled in."""

from datetime import date

from werkplaats.accounts.models import Account, Role
from werkplaats.accounts.rules import RoleName
from werkplaats.kit.names import key_from, sort_key
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Theme, Workshop

TODAY = date(2026, 5, 12)


def workshop(key: str = "kanaalkwartier") -> Workshop:
    made, _ = Workshop.objects.get_or_create(
        key=key, defaults={"name": f"Wijkwerkplaats {key.title()}", "languages": ["nl", "en"]}
    )
    return made


def theme(name: str = "Wonen", *, of: Workshop | None = None) -> Theme:
    return Theme.objects.create(workshop=of or workshop(), key=key_from(name), name=name, sort_name=sort_key(name))


def party(name: str = "De Lange Tafel", *, kind: str = "initiative", of: Workshop | None = None) -> Party:
    return Party.objects.create(
        workshop=of or workshop(), key=key_from(name), name=name, sort_name=sort_key(name), kind=kind
    )


def account(role: RoleName | None = None, *, of: Workshop | None = None, email: str = "") -> Account:
    """An account, with a role in the workshop if one is given."""
    made = Account.objects.create(
        email=email or f"{role.value if role else 'iemand'}-{Account.objects.count()}@example.org"
    )
    if role:
        Role.objects.create(workshop=of or workshop(), account=made, name=role.value, since=TODAY)
    return made
