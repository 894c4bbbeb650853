"""Who reads English finds no Dutch: only names, and what people themselves said and wrote, stay as they are."""

import ast
import csv
import io
import re
from collections.abc import Iterator

import pytest

from tests.browser.conftest import Visits
from tests.browser.place import Place
from tests.browser.places import PLACES
from tests.browser.site import HOME
from tests.browser.test_every_page import opened, words
from tests.browser.visits import COORDINATOR

OURS = """h1, h2, h3, button, nav a, label:not(.samen-choice), legend, summary, th[scope=col], caption, dt, .samen-button,
.samen-lede"""
"""Where our own words stand: names of parties, issues and documents may be among them."""
SAID = "elements => elements.map(one => one.innerText.trim()).filter(text => /[a-z]{3}/i.test(text))"
GIVEN = {
    "parties.csv": ("name", "description"),
    "issues.csv": ("name", "summary"),
    "sources.csv": ("title",),
    "themes.csv": ("name",),
    "workshop.csv": ("name", "introduction"),
    "asks.csv": ("title", "question", "giver_gets"),
    "voices.csv": ("text",),
    "catches.csv": ("who", "what"),
    "groups.csv": ("name",),
    "chains.csv": ("name", "wish"),
    "chain_steps.csv": ("name",),
    "promises.csv": ("wording", "for_whom"),
    "tables.csv": ("about", "place"),
    "trajectories.csv": ("name", "benefit_for", "how_noticed"),
    "memory/statements.csv": ("text",),
    "issue_fragments.csv": ("text",),
    "needs.csv": ("text",),
}
"""What the demo calls its things, and says about them."""
SAME_IN_BOTH = {"Agenda", "Direct", "Document", "Menu", "Passages", "Respect", "Start", "Website"}


@pytest.fixture
def given(visits: Visits) -> set[str]:
    """Names and descriptions that people gave, and the names of the proposals, which are words of passages."""
    coordinator = visits(COORDINATOR)
    issues = coordinator.page.context.request.get(coordinator.site.address("vraagstukken.csv")).text()
    proposed = {row["name"] for row in csv.DictReader(io.StringIO(issues.removeprefix("\ufeff")))}
    return SAME_IN_BOTH | set(_given()) | set(_furnished()) | proposed


def _given() -> Iterator[str]:
    for table, columns in GIVEN.items():
        with (HOME / "demo" / table).open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                yield from (row[column] for column in columns)


def _furnished() -> Iterator[str]:
    """What `furnishing.py` and `talking.py` have people say; of statements each line is one."""
    for name in ("furnishing.py", "talking.py"):
        source = (HOME / "tests" / "browser" / name).read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from (node.value, *node.value.splitlines())


@pytest.mark.parametrize("place", PLACES, ids=words)
def test_a_page_in_english_holds_no_dutch_of_ours(place: Place, visits: Visits, given: set[str]) -> None:
    # Who is signed in would find the receipt still open that they opened in the other language.
    who = place.who[0 if place.code else -1]
    texts = {}
    for language in ("nl", "en"):
        somebody = visits(who, language=language)
        opened(somebody, place)
        assert somebody.page.locator("html").get_attribute("lang") == language
        texts[language] = set(somebody.page.eval_on_selector_all(OURS, SAID))
    assert {text for text in texts["nl"] & texts["en"] if not is_given(text, given)} == set()


def is_given(text: str, given: set[str]) -> bool:
    """Whether a text is what people gave or the beginning of it, a few names with a sign between them, or both together."""
    text = re.sub(r"^\d+\. ", "", text)
    if text in given or all(part.strip() in given for part in re.split(r"\s–\s|[:,·\n]", text)):
        return True
    if text.endswith("…"):
        return any(said.startswith(text.removesuffix("…").strip()) for said in given)
    who, _, what = text.partition(": ")
    return who in given and bool(what) and is_given(what, given)
