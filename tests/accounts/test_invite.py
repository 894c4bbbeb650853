import pytest
from django.core.management import CommandError, call_command

from tests.builders import workshop
from werkplaats.accounts.models import Account, Role

pytestmark = pytest.mark.django_db


def test_somebody_is_invited_from_the_command_line() -> None:
    workshop()
    call_command("invite", "kanaalkwartier", "Noor@example.org", "coordinator")
    assert Role.objects.get().name == "coordinator"
    assert Account.objects.get().email == "noor@example.org"


@pytest.mark.parametrize(
    ("key", "email", "reason"),
    [("nergens", "noor@example.org", "no workshop nergens"), ("kanaalkwartier", "noor", "not a mail address")],
)
def test_a_wrong_workshop_or_address_invites_nobody(key: str, email: str, reason: str) -> None:
    workshop()
    with pytest.raises(CommandError, match=reason):
        call_command("invite", key, email, "coordinator")
    assert not Account.objects.exists()
