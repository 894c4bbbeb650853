from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import account, workshop
from werkplaats.accounts.middleware import DoorMiddleware
from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import ANYONE, RoleName, Verb, Who, may

ROLES = st.frozensets(st.sampled_from(RoleName))


class Thing:
    """Something of a workshop that belongs to whoever `owner` says."""

    def __init__(self, workshop_id: int, owner: int | None = None) -> None:
        self.workshop_id = workshop_id
        self.owner = owner

    def belongs_to(self, who: Who) -> bool:
        return who.account_id == self.owner


@given(ROLES)
def test_what_is_public_is_for_everybody(roles: frozenset[RoleName]) -> None:
    assert may(Who(workshop_id=1, roles=roles), Verb("read", ANYONE), Thing(2))


@given(ROLES, ROLES)
def test_a_role_does_nothing_across_the_border_of_a_workshop(
    mine: frozenset[RoleName], asked: frozenset[RoleName]
) -> None:
    assert not may(Who(workshop_id=1, account_id=1, roles=mine), Verb("change", asked, own=True), Thing(2, owner=1))


@given(ROLES, ROLES)
def test_one_of_the_roles_is_enough_and_none_is_not(mine: frozenset[RoleName], asked: frozenset[RoleName]) -> None:
    assert may(Who(workshop_id=1, roles=mine), Verb("change", asked), Thing(1)) == bool(mine & asked)


def test_whose_it_is_may_where_the_verb_says_so() -> None:
    owner, stranger = Who(workshop_id=1, account_id=7), Who(workshop_id=1, account_id=8)
    verb = Verb("change", frozenset({RoleName.COORDINATOR}), own=True)
    assert may(owner, verb, Thing(1, owner=7))
    assert not may(stranger, verb, Thing(1, owner=7))
    assert not may(owner, verb)


def test_a_thing_that_belongs_to_nobody_is_not_anybodys_own() -> None:
    plain = SimpleNamespace(workshop_id=1)
    assert not may(Who(workshop_id=1, account_id=7), Verb("change", frozenset(), own=True), plain)


@pytest.mark.django_db
def test_what_one_person_sees_is_kept_by_no_cache(client: Client) -> None:
    workshop()
    assert "no-store" not in client.get("/kanaalkwartier/").get("Cache-Control", "")
    client.force_login(account(RoleName.RESIDENT))
    assert client.get("/kanaalkwartier/")["Cache-Control"] == "private, no-store"


def test_a_view_of_ours_without_a_verb_does_not_open() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("open")

    view.__module__ = "werkplaats.issues.views"
    door = DoorMiddleware(view)
    request = Request()
    request.user = AnonymousUser()
    with pytest.raises(ImproperlyConfigured, match="has no verb"):
        door.process_view(request, view, [], {})
