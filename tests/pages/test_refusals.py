"""The pages of what went wrong, in the look of the house and in plain words."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.views.defaults import permission_denied, server_error

from tests.builders import account, workshop
from werkplaats.accounts.rules import RoleName

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_() -> HttpRequest:
    return RequestFactory().get("/")


def test_who_may_not_reads_why(client: Client) -> None:
    workshop()
    client.force_login(account(RoleName.RESIDENT))
    answer = client.get("/kanaalkwartier/verbindingen/")
    assert answer.status_code == 403
    assert "Dit mag met jouw account niet" in answer.content.decode()


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    workshop()
    answer = client.get("/kanaalkwartier/verbindingen/")
    assert answer["Location"] == "/account/inloggen/?next=%2Fkanaalkwartier%2Fverbindingen%2F"


def test_when_we_fail_we_say_that_it_is_us(request_: HttpRequest) -> None:
    answer = server_error(request_)
    assert answer.status_code == 500
    assert "Dat ligt aan ons, niet aan jou." in answer.content.decode()


def test_no_page_tells_the_inside_of_the_program(request_: HttpRequest) -> None:
    answer = permission_denied(request_, PermissionDenied("tabel accounts_role"))
    assert "accounts_role" not in answer.content.decode()


def test_a_form_that_is_too_old_changes_nothing_and_says_so() -> None:
    workshop()
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/account/uitloggen/")
    assert answer.status_code == 403
    assert "Dit formulier was te oud" in answer.content.decode()
