"""Two people decide at the same moment, somebody presses twice, somebody goes back: it happens once, and they are told."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.visits import COORDINATOR, Visitor

ACCEPT = "main a[href$='/accepteren/']"
ALREADY = "Dit vraagstuk is al geaccepteerd"


@pytest.fixture
def names() -> Iterator[str]:
    return iter(("Eerste naam", "Tweede naam"))


def at_the_form(coordinator: Visitor) -> str:
    """Opens the form of the first proposal; gives its address."""
    coordinator.goes_to("vraagstukken/")
    coordinator.page.locator(ACCEPT).first.click()
    coordinator.page.get_by_label("Naam van het vraagstuk").wait_for()
    return coordinator.page.url


def test_the_second_of_two_coordinators_is_told_that_it_was_decided(comes: Visits, names: Iterator[str]) -> None:
    first, second = comes(COORDINATOR), comes(COORDINATOR)
    address = at_the_form(first)
    second.page.goto(address)
    for coordinator in (first, second):
        coordinator.page.get_by_label("Naam van het vraagstuk").fill(next(names))
        coordinator.presses("Accepteren")
    assert ALREADY in second.is_told()
    assert second.page.get_by_role("heading", level=1).inner_text() == "Eerste naam"


def test_pressing_twice_accepts_once(comes: Visits) -> None:
    coordinator = comes(COORDINATOR)
    at_the_form(coordinator)
    coordinator.page.get_by_label("Naam van het vraagstuk").fill("Twee keer gedrukt")
    coordinator.page.get_by_role("button", name="Accepteren").dblclick()
    # The second press breaks off what the first one began to load.
    expect(coordinator.page.get_by_role("heading", level=1)).to_have_text("Twee keer gedrukt")
    coordinator.goes_to("vraagstukken/")
    assert coordinator.page.locator("main h3").get_by_role("link", name="Twee keer gedrukt").count() == 1


def test_going_back_after_a_decision_tells_that_it_was_decided(comes: Visits) -> None:
    coordinator = comes(COORDINATOR)
    address = at_the_form(coordinator)
    coordinator.page.get_by_label("Naam van het vraagstuk").fill("Terug en weer")
    coordinator.presses("Accepteren")
    coordinator.page.wait_for_url(lambda url: url != address)
    coordinator.page.go_back()
    assert ALREADY in coordinator.is_told()
    assert coordinator.page.get_by_role("heading", level=1).inner_text() == "Terug en weer"


def test_a_session_that_ended_meanwhile_asks_to_sign_in_and_changes_nothing(comes: Visits) -> None:
    coordinator = comes(COORDINATOR)
    address = at_the_form(coordinator)
    coordinator.page.context.clear_cookies(name="sessionid")
    coordinator.presses("Accepteren")
    assert coordinator.page.get_by_role("heading", level=1).inner_text() == "Inloggen"
    other = comes(COORDINATOR)
    other.page.goto(address)
    assert other.page.get_by_role("button", name="Accepteren").count() == 1
