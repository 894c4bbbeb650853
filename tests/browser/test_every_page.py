"""What holds for every page, for everybody who may see it, on a wide screen and on a phone."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visits
from tests.browser.place import Place
from tests.browser.places import ELSEWHERE, PLACES, names
from tests.browser.visits import ANYONE, NARROW, WIDE, Visitor

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """async rules => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
  return found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 160)).join(" | ")}`);
}"""
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest("svg svg, .samen-hidden"))
  .slice(0, 5).map(one => one.outerHTML.slice(0, 160))"""
SIDEWAYS = "() => document.scrollingElement.scrollWidth - innerWidth"

VISITS = [(place, who) for place in PLACES for who in place.who]


def words(value: Any) -> str | None:
    return value.words if isinstance(value, Place) else None


def opened(somebody: Visitor, place: Place) -> None:
    if place.code:
        somebody.opens_a_receipt(somebody.site.codes[place.code], at=place.typed_at)
    answer = somebody.goes_to(place.at.format_map(somebody.site.codes))
    if place.link:
        address = somebody.page.locator(place.link).first.get_attribute("href")
        assert address is not None
        answer = somebody.goes_to(address)
    assert answer.status == place.status, answer.url
    if place.status != 200:
        somebody.complaints[:] = [each for each in somebody.complaints if "Failed to load resource" not in each]


@pytest.mark.parametrize(("place", "who"), VISITS, ids=words)
def test_a_page_is_for_everybody(
    place: Place, who: str, visits: Visits, looks: Visits, axe_script: str, request: pytest.FixtureRequest
) -> None:
    somebody = visits(who) if place.code else looks(who)  # who typed a code has a receipt open from then on
    opened(somebody, place)
    page = somebody.page
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "nl"
    assert re.match(r"\S.* \| \S", page.title()), page.title()
    page.evaluate(axe_script)
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        keep_picture(request, page, f"{place.words}-{who}-{width}")
        assert page.evaluate(SIDEWAYS) <= 0, (width, page.evaluate(TOO_WIDE))
        assert page.evaluate(AXE, RULES) == [], width
    assert somebody.complaints == []


def keep_picture(request: pytest.FixtureRequest, page: Page, name: str) -> None:
    folder: Path | None = request.config.getoption("--shots", None)
    if folder is not None:
        page.screenshot(path=folder / f"{name}.png", full_page=True)


def test_no_page_is_forgotten() -> None:
    seen = {place.name for place in PLACES}
    assert names() == seen | ELSEWHERE.keys()
    assert not seen & ELSEWHERE.keys()


def test_what_a_visitor_may_not_see_asks_them_to_sign_in(visits: Visits) -> None:
    somebody = visits(ANYONE)
    somebody.goes_to("verbindingen/")
    assert somebody.page.get_by_role("heading", level=1).inner_text() == "Inloggen"
    assert "next=%2Fkanaalkwartier%2Fverbindingen%2F" in somebody.page.url
