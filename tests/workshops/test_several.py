"""Several workshops on one site: each is the border of all its data and roles."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.builders import account, party, workshop
from werkplaats.accounts.models import Role
from werkplaats.accounts.rules import RoleName
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.actions import switch_on
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.rules import RESERVED, Capability

pytestmark = pytest.mark.django_db


def addresses(patterns: "list[URLPattern | URLResolver]", before: str = "") -> "list[tuple[str, object]]":
    """Every address of a workshop without anything else to fill in, with its view."""
    found: list[tuple[str, object]] = []
    for each in patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            found += addresses(each.url_patterns, path)
        elif path.count("<") == 1 and "<slug:workshop>" in path:
            found.append((path, each.callback))
    return found


def test_a_coordinator_of_one_workshop_is_a_stranger_in_another(client: Client) -> None:
    switch_on(workshop("zuid"), [each.value for each in Capability])
    client.force_login(account(RoleName.COORDINATOR, of=workshop("noord")))
    doors = [(path, view) for path, view in addresses(get_resolver().url_patterns) if getattr(view, "verb", None)]
    closed = [(path, view) for path, view in doors if view.verb.roles is not None and not view.verb.own]  # type: ignore[attr-defined]
    assert len(closed) > 15
    for path, _view in closed:
        address = "/" + path.replace("<slug:workshop>", "zuid")
        assert client.get(address).status_code in {403, 405}, address
        assert client.post(address).status_code == 403, address


def test_what_stands_in_one_workshop_is_not_there_under_the_address_of_another(client: Client) -> None:
    row = party("De Lange Tafel", of=workshop("zuid"))
    client.force_login(account(RoleName.COORDINATOR, of=workshop("noord")))
    for name in ("pages:party", "neighbourhoods:take_over", "neighbourhoods:tell_own"):
        assert client.get(reverse(name, args=["noord", row.key])).status_code == 404


def test_the_same_keys_may_stand_in_two_workshops() -> None:
    assert party("De Spil", of=workshop("zuid")).key == party("De Spil", of=workshop("noord")).key
    assert Party.objects.count() == 2


def test_the_front_page_offers_the_workshops_when_there_are_several(client: Client) -> None:
    workshop("noord")
    assert client.get("/").status_code == 302
    workshop("zuid")
    shown = client.get("/").content.decode()
    assert "Wijkwerkplaats Noord" in shown
    assert 'href="/zuid/"' in shown


def test_who_runs_the_site_makes_a_workshop_whose_coordinator_begins_with_five_questions(client: Client) -> None:
    call_command("new_workshop", "oost", "Wijkwerkplaats Oost", "noor@example.org")
    role = Role.objects.get()
    assert (role.workshop.key, role.name, role.account.email) == ("oost", "coordinator", "noor@example.org")
    client.force_login(role.account)
    assert client.get("/").headers["Location"] == "/oost/begin/1/"
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("key", "email"),
    [("Oost!", "noor@example.org"), ("account", "noor@example.org"), ("oost", "noor"), ("noord", "a@example.org")],
)
def test_a_workshop_that_cannot_be_is_refused(key: str, email: str) -> None:
    workshop("noord")
    with pytest.raises(CommandError):
        call_command("new_workshop", key, "Naam", email)
    assert list(Workshop.objects.values_list("key", flat=True)) == ["noord"]


def test_no_workshop_is_called_as_a_word_that_an_address_of_the_site_begins_with() -> None:
    first = {str(each.pattern).partition("/")[0] for each in get_resolver().url_patterns}
    assert {word for word in first if word and "<" not in word} <= RESERVED
