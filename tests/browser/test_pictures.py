"""What the drawings are on a real screen and on paper: names that do not touch, closer by, a move, without script."""

import pypdfium2
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visits
from tests.browser.test_print import blocks_of_ink
from tests.browser.visits import ANYONE, NARROW, PARTY, WIDE

TOUCHING = """selector => {
  const boxes = [...document.querySelectorAll(selector)].filter(one => one.getClientRects().length)
    .map(one => [one.textContent, one.getBoundingClientRect()]);
  const touch = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  const found = boxes.flatMap(([name, box], at) =>
    boxes.slice(at + 1).filter(other => touch(box, other[1])).map(other => [name, other[0]]));
  return {shown: boxes.length, touching: found};
}"""
WORDS_OF_THE_WHOLE, WORDS_OF_A_CIRCLE = ".samen-net text", ".samen-circle text"


def shown(page: Page, selector: str = WORDS_OF_THE_WHOLE) -> int:
    found = page.evaluate(TOUCHING, selector)
    assert found["touching"] == []
    return int(found["shown"])


@pytest.mark.parametrize(("width", "least"), [(WIDE, 20), (NARROW, 1)])
def test_no_name_touches_another_and_closer_by_there_are_more(width: int, least: int, visits: Visits) -> None:
    party = visits(PARTY, width=width)
    party.goes_to("netwerk/")
    first = shown(party.page)
    assert first >= least
    assert shown(party.page, WORDS_OF_A_CIRCLE) == 12
    assert party.page.get_by_role("button", name="Verder weg").is_disabled()
    for _ in range(3):
        party.presses("Dichterbij")
    assert shown(party.page) > first
    assert party.page.get_by_role("button", name="Dichterbij").is_disabled()
    party.presses("Laat alles zien")
    assert shown(party.page) == first
    assert party.complaints == []


def test_a_party_is_found_by_its_name_and_leads_to_its_page(visits: Visits) -> None:
    party = visits(PARTY)
    party.goes_to("netwerk/")
    search = party.page.get_by_label("Zoek een partij in de tekening")
    search.fill("tweede adem")
    search.press("Enter")
    party.page.locator("[data-said]", has_text="Tweede Adem: bewonersinitiatief").wait_for()
    assert party.page.locator(".samen-net").get_attribute("data-zoom") == "1 2 4"
    found = party.page.locator(".samen-net a[data-found]")
    assert found.locator("text").is_visible()
    found.press("Enter")
    party.page.wait_for_url("**/partijen/tweede-adem/")
    party.goes_to("netwerk/")
    search.fill("bestaat niet")
    search.press("Enter")
    party.page.get_by_text("Die partij staat niet in de tekening.").wait_for()


def test_dragging_moves_what_is_near_and_follows_no_link(visits: Visits) -> None:
    party = visits(PARTY)
    party.goes_to("netwerk/")
    party.presses("Dichterbij")
    picture = party.page.locator(".samen-net")
    before = picture.get_attribute("viewBox")
    box = picture.bounding_box()
    assert box is not None
    mouse = party.page.mouse
    mouse.move(box["x"] + 300, box["y"] + 300)
    mouse.down()
    mouse.move(box["x"] + 220, box["y"] + 240, steps=4)
    mouse.up()
    assert picture.get_attribute("viewBox") != before
    assert party.page.url.endswith("/netwerk/")


def test_without_script_the_whole_stands_there_with_its_links(visits: Visits) -> None:
    party = visits(PARTY, script=False)
    party.goes_to("netwerk/")
    assert not party.page.locator(".samen-closer__tools").is_visible()
    assert party.page.locator(".samen-net a").count() > 50
    party.page.locator(".samen-net a").first.focus()
    party.page.keyboard.press("Enter")
    party.page.wait_for_url("**/partijen/*/")


def test_a_move_that_is_pointed_at_shows_its_blocks_as_now_and_as_then(visits: Visits) -> None:
    party = visits(PARTY)
    party.goes_to("verbindingen/")
    blocks = party.page.locator(".samen-then-1")
    assert blocks.count() > 0
    assert not blocks.first.is_visible()
    party.page.locator("#zet-1").hover()
    assert all(blocks.nth(number).is_visible() for number in range(blocks.count()))
    assert not party.page.locator(".samen-then-2").first.is_visible()
    party.page.locator("#zet-2 a").first.focus()
    assert party.page.locator(".samen-then-2").first.is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_move_is_chosen_for_the_map_and_one_comes_back(script: bool, visits: Visits) -> None:
    party = visits(PARTY, width=NARROW, script=script)
    party.goes_to("verbindingen/")
    party.page.locator("#zet-1").get_by_text("Toon op de kaart").click()
    told = party.page.locator("#kaart-1")
    assert told.is_visible()
    assert told.bounding_box()["y"] < 900  # type: ignore[index]
    assert party.page.locator(".samen-then-1").first.is_visible()
    told.get_by_role("link", name="Terug naar de zet").click()
    assert not told.is_visible()


def test_nothing_moves_for_who_wants_no_motion(visits: Visits) -> None:
    party = visits(PARTY)
    party.goes_to("verbindingen/#kaart-1")
    moving = "() => getComputedStyle(document.querySelector('.samen-then-1 use')).animationName"
    assert party.page.evaluate(moving) == "samen-becomes"
    party.page.emulate_media(reduced_motion="reduce")
    assert party.page.evaluate(moving) == "none"
    assert "polygon" in party.page.evaluate(moving.replace("animationName", "clipPath"))


def test_a_block_of_the_bar_leads_to_its_passage(visits: Visits) -> None:
    anyone = visits(ANYONE, width=NARROW)
    anyone.goes_to("bibliotheek/wijkmonitor-2025/")
    marked = anyone.page.locator(".samen-bar a:not([tabindex])")
    assert marked.count() > 3
    marked.first.press("Enter")
    assert anyone.page.locator("mark:target").is_visible()


def test_the_network_is_printed_with_its_marks_and_without_its_buttons(visits: Visits) -> None:
    party = visits(PARTY)
    party.goes_to("netwerk/")
    named = set(party.page.locator(WORDS_OF_THE_WHOLE).all_text_contents())
    document = pypdfium2.PdfDocument(party.page.pdf(format="A4", print_background=False))
    pages = [page.get_textpage().get_text_bounded() for page in document]
    whole = next(page for page, words in zip(document, pages, strict=True) if "Het geheel" in words)
    assert blocks_of_ink(whole.render(scale=2, grayscale=True).to_numpy()) >= 3
    assert named
    assert any(name in page for name in named for page in pages)
    assert "Dichterbij" not in "".join(pages)


@pytest.mark.parametrize(
    ("place", "heading"),
    [("vraagstukken/", "In welke vakjes ligt het?"), ("bibliotheek/wijkmonitor-2025/", "in één balk")],
)
def test_squares_and_bars_are_printed_too(place: str, heading: str, visits: Visits) -> None:
    anyone = visits(ANYONE)
    anyone.goes_to(place)
    document = pypdfium2.PdfDocument(anyone.page.pdf(format="A4", print_background=False))
    ink = [blocks_of_ink(page.render(scale=3, grayscale=True).to_numpy()) for page in document]
    assert heading in "".join(page.get_textpage().get_text_bounded() for page in document)
    assert max(ink) >= 4
