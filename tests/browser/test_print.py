"""What comes out of a printer: the block map with its blocks, cards eight to a sheet, without what only a screen needs."""

import re

import numpy as np
import pypdfium2

from tests.browser.conftest import Visits
from tests.browser.visits import COORDINATOR, PARTY

DARK = 110
"""Of 255: what is darker is ink on paper."""


def test_the_block_map_is_printed_with_its_blocks(visits: Visits) -> None:
    party = visits(PARTY)
    party.goes_to("verbindingen/")
    party.page.emulate_media(media="print")
    maps = party.page.locator(".samen-blocks svg")
    assert maps.count() > 3
    assert all(maps.nth(number).is_visible() for number in range(maps.count()))
    assert not party.page.locator(".samen-header .samen-menu").is_visible()
    document = pypdfium2.PdfDocument(party.page.pdf(format="A4", print_background=False))
    words = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "per vraagstuk" in words
    assert "Binnen bij elkaar komen" in words
    with_map = next(page for page in document if "per vraagstuk" in page.get_textpage().get_text_bounded())
    assert blocks_of_ink(with_map.render(scale=2, grayscale=True).to_numpy()) > 20


def test_cards_are_printed_eight_to_a_sheet_each_with_its_code(comes: Visits) -> None:
    helper = comes(COORDINATOR)
    helper.goes_to("meedoen/welke-avond/kaarten/")
    helper.page.get_by_label("Naam van de stapel").fill("markt")
    helper.page.get_by_label("Hoeveel kaarten?").fill("20")
    helper.presses("Maak de kaarten")
    # Unlike a look at the page, printing does not wait for a page that is still on its way.
    helper.page.get_by_text(re.compile(r"\d{4} \d{4} \d{4}")).first.wait_for()
    document = pypdfium2.PdfDocument(helper.page.pdf(format="A4", print_background=False))
    codes = [re.findall(r"\d{4} \d{4} \d{4}", page.get_textpage().get_text_bounded()) for page in document]
    assert [len(found) for found in codes] == [8, 8, 4]
    assert len({code for found in codes for code in found}) == 20


def blocks_of_ink(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> int:
    """How many separate solid squares of some size stand on a page, counted along its rows of pixels."""
    dark = picture.reshape(picture.shape[0], picture.shape[1]) < DARK
    most = 0
    for row in dark:
        edges = np.flatnonzero(np.diff(np.concatenate(([False], row, [False])).astype(np.int8)))
        lengths = edges[1::2] - edges[::2]
        most = max(most, int(((lengths >= 8) & (lengths <= 60)).sum()))
    return most
