"""Who reads English finds no Dutch: only names, and what people themselves said and wrote, stay as they are."""

import csv
import re

import pytest

from tests.browser.conftest import Visits
from tests.browser.places import PLACES, Place
from tests.browser.site import HOME
from tests.browser.test_every_page import opened, words

OURS = "h1, h2, h3, button, nav a, label, legend, summary, th[scope=col], caption, dt, .samen-button, .samen-lede"
"""Where our own words stand: names of parties, issues and documents may be among them."""
SAID = "elements => elements.map(one => one.innerText.trim()).filter(text => /[a-z]{3}/i.test(text))"
TABLES = {
    "parties.csv": "name",
    "issues.csv": "name",
    "sources.csv": "title",
    "themes.csv": "name",
    "workshop.csv": "name",
    "people.csv": "name",
}
SAME_IN_BOTH = {"Start", "Menu"}


@pytest.fixture(scope="module")
def names() -> set[str]:
    """What the demo calls its things."""
    found = set()
    for table, column in TABLES.items():
        with (HOME / "demo" / table).open(encoding="utf-8", newline="") as rows:
            found |= {row[column] for row in csv.DictReader(rows)}
    with (HOME / "demo" / "issues.csv").open(encoding="utf-8", newline="") as rows:
        found |= {row["summary"] for row in csv.DictReader(rows)}
    with (HOME / "demo" / "workshop.csv").open(encoding="utf-8", newline="") as rows:
        found |= {row["introduction"] for row in csv.DictReader(rows)}
    return found


@pytest.mark.parametrize("place", PLACES, ids=words)
def test_a_page_in_english_holds_no_dutch_of_ours(place: Place, visits: Visits, names: set[str]) -> None:
    who = place.who[-1]
    texts = {}
    for language in ("nl", "en"):
        somebody = visits(who, language=language)
        opened(somebody, place)
        assert somebody.page.locator("html").get_attribute("lang") == language
        texts[language] = set(somebody.page.eval_on_selector_all(OURS, SAID))
    given = names | SAME_IN_BOTH
    assert {text for text in texts["nl"] & texts["en"] if not is_given(text, given)} == set()


def is_given(text: str, given: set[str]) -> bool:
    """Whether a text is a name, or a few names with a sign between them."""
    return text in given or all(part.strip() in given for part in re.split(r"[:,·\n]", text))
