"""With nothing but a keyboard: every stop is seen, and everything can be done."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visits
from tests.browser.visits import ANYONE, COORDINATOR, NARROW, PARTY, WIDE

STOP = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const style = getComputedStyle(one), path = one.querySelector("path") && getComputedStyle(one.querySelector("path"));
  const place = one.getBoundingClientRect();
  const ring = style.outlineStyle !== "none" ? parseFloat(style.outlineWidth) : 0;
  const drawn = path && one.ownerSVGElement ? parseFloat(path.strokeWidth) : 0;
  return {
    words: one.outerHTML.slice(0, 120), ring: Math.max(ring, drawn),
    seen: place.width > 0 && place.bottom > 0 && place.right > 0 && place.top < innerHeight && place.left < innerWidth,
  };
}"""
MOST_STOPS = 400
CODE = r"^\s*[A-Z0-9]{3,}(?:-[A-Z0-9]+)*\s*$"


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize(
    ("place", "who"),
    [("", ANYONE), ("verbindingen/", PARTY), ("netwerk/", PARTY), ("vraagstukken/", COORDINATOR), ("kaart/", ANYONE)],
)
def test_every_stop_of_the_tab_key_is_seen(place: str, who: str, width: int, visits: Visits) -> None:
    somebody = visits(who, width=width)
    somebody.goes_to(place)
    stops = list(walked(somebody.page))
    assert len(stops) > 5
    assert [stop["words"] for stop in stops if not stop["seen"]] == []
    assert [stop["words"] for stop in stops if stop["ring"] < 2] == []


def walked(page: Page) -> list[dict[str, Any]]:
    """Where the Tab key stops, from the top of the page until it leaves."""
    stops: list[dict[str, Any]] = []
    while len(stops) < MOST_STOPS:
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError("the Tab key never leaves the page")


def test_the_first_stop_leads_past_the_menu(visits: Visits) -> None:
    somebody = visits()
    somebody.goes_to()
    keys = somebody.page.keyboard
    keys.press("Tab")
    assert focused(somebody.page) == "Direct naar de inhoud"
    keys.press("Enter")
    keys.press("Tab")
    assert somebody.page.evaluate("() => document.activeElement.closest('main') !== null")


def test_the_menu_leads_to_another_place(visits: Visits) -> None:
    somebody = visits()
    somebody.goes_to()
    tab_to(somebody.page, "Vraagstukken")
    somebody.page.keyboard.press("Enter")
    somebody.page.wait_for_url("**/vraagstukken/")
    assert somebody.page.locator("nav [aria-current=page]").first.inner_text() == "Vraagstukken"


def test_on_a_phone_the_menu_is_one_press_away(visits: Visits) -> None:
    somebody = visits(width=NARROW)
    somebody.goes_to()
    tab_to(somebody.page, "Menu")
    somebody.page.keyboard.press("Enter")
    tab_to(somebody.page, "De wijk")
    somebody.page.keyboard.press("Enter")
    somebody.page.wait_for_url("**/wijk/")


def test_a_list_is_filtered(visits: Visits) -> None:
    somebody = visits()
    somebody.goes_to("partijen/")
    somebody.page.get_by_role("main").get_by_role("textbox").first.focus()
    somebody.page.keyboard.type("klimboom")
    somebody.page.keyboard.press("Enter")
    somebody.page.wait_for_url("**klimboom**")
    assert "Klimboom" in somebody.reads()
    assert "Kadeschool" not in somebody.page.locator("ul.samen-rows").inner_text()


def test_somebody_signs_in_with_a_code_and_out_again(comes: Visits, axe_script: str) -> None:
    coordinator = comes(COORDINATOR)
    coordinator.goes_to("/account/uitloggen/")
    coordinator.page.get_by_role("button", name="Log uit").press("Enter")
    coordinator.page.get_by_role("link", name="Inloggen").first.wait_for()
    coordinator.goes_to("/account/inloggen/?next=/kanaalkwartier/dubbelen/")
    page = coordinator.page
    page.get_by_role("textbox").first.focus()
    page.keyboard.type("samira.el.amrani@example.org")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Vul je code in").wait_for()
    page.evaluate(axe_script)
    assert page.evaluate("async () => (await axe.run()).violations.map(one => one.id)") == []
    mail = page.locator("section.samen-alert").inner_text()
    code = re.search(CODE, mail, re.MULTILINE)
    assert code is not None, mail
    page.get_by_role("main").get_by_role("textbox").first.focus()
    page.keyboard.type(code.group().strip())
    page.keyboard.press("Enter")
    page.wait_for_url("**/dubbelen/")
    assert page.get_by_role("button", name="Uitloggen").count() == 1
    assert coordinator.complaints == []


def tab_to(page: Page, words: str) -> None:
    """Presses Tab until what has the focus says these words."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if focused(page) == words:
            return
    raise AssertionError(f"the Tab key does not come to {words!r}")


def focused(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.innerText ?? ''")).strip()
