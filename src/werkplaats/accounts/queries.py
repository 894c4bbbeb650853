"""Who somebody is, where a request comes from, and under which digests a code may be kept."""

from ipaddress import ip_network

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from werkplaats.accounts.models import Role
from werkplaats.accounts.rules import RoleName, Who
from werkplaats.workshops.models import Workshop


def who_is(account_id: int | None, *, workshop: Workshop, language: str) -> Who:
    """Somebody at a door of this workshop, with the roles of their account in it."""
    names = (
        Role.objects.filter(workshop=workshop, account_id=account_id).values_list("name", flat=True)
        if account_id
        else ()
    )
    return Who(
        workshop_id=workshop.pk,
        account_id=account_id,
        roles=frozenset(RoleName(name) for name in names),
        language=language,
    )


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, for counting tries: behind the proxies that we trust, and of IPv6 the network only."""
    address = str(get_adapter().get_client_ip(request))
    # Somebody at home has 2^64 addresses of IPv6: they count as one.
    return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address


def digests_of(workshop: Workshop, digits: str) -> tuple[str, ...]:
    """Under which digests these digits may be kept: with the secret of today first, then with earlier ones.

    An earlier secret goes into Django's SECRET_KEY_FALLBACKS, so that receipts outlive a change of secret.
    """
    return tuple(
        salted_hmac("werkplaats.code", f"{workshop.key} {digits}", secret=secret, algorithm="sha256").hexdigest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )
