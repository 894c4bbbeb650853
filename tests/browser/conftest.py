"""One platform for all who only look, and one of its own for each file of tests that changes something."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.site import Site, prepare, served
from tests.browser.visits import ANYONE, COORDINATOR, PARTY, RESIDENT, WIDE, Visitor, sign_in, visitor
from tests.conftest import OnceForAllWorkers

Visits = Callable[..., Visitor]
LEFT_BEHIND = """async () => localStorage.length
  + (navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0)"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shots", type=Path, help="with tests/browser: keep a picture of every page in this folder")


@pytest.fixture(scope="session")
def prepared(once_for_all_workers: OnceForAllWorkers) -> Path:
    """The folder of a platform in which the demo is loaded and all slow work is done."""
    return once_for_all_workers("prepared", prepare)


@pytest.fixture(scope="session")
def site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The platform that nobody changes."""
    with served(prepared, tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="module")
def own_site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A platform for the stories of one file, which change it."""
    with served(prepared, tmp_path_factory.mktemp("own")) as running:
        yield running


@pytest.fixture(scope="session")
def keys(browser: Browser, site: Site) -> dict[str, Any]:
    """Who is signed in at `site`, by role: what their browser remembers."""
    kept: dict[str, Any] = {ANYONE: None}
    for who in (COORDINATOR, PARTY, RESIDENT):
        with visitor(browser, site) as somebody:
            sign_in(somebody, who)
            kept[who] = somebody.page.context.storage_state()
    return kept


@pytest.fixture
def visits(browser: Browser, site: Site, keys: dict[str, Any]) -> Iterator[Visits]:
    """``visits(PARTY, width=NARROW)``: somebody who only looks."""
    with ExitStack() as stack:

        def come(who: str = ANYONE, *, width: int = WIDE, script: bool = True, language: str = "nl") -> Visitor:
            opened = visitor(browser, site, signed_in=keys[who], width=width, script=script, language=language)
            return stack.enter_context(opened)

        yield come


@pytest.fixture(scope="session")
def looks(browser: Browser, site: Site, keys: dict[str, Any]) -> Iterator[Callable[[str], Visitor]]:
    """``looks(PARTY)``: somebody who only looks, in the browser that was open already, unless its last page left something."""
    with ExitStack() as stack:
        open_already: dict[str, Visitor] = {}

        def come(who: str) -> Visitor:
            if who in open_already and open_already[who].page.evaluate(LEFT_BEHIND):
                open_already.pop(who).page.context.close()
            if who not in open_already:
                open_already[who] = stack.enter_context(visitor(browser, site, signed_in=keys[who]))
            somebody = open_already[who]
            somebody.complaints.clear()
            somebody.page.set_viewport_size({"width": WIDE, "height": 900})
            return somebody

        yield come


@pytest.fixture
def comes(browser: Browser, own_site: Site) -> Iterator[Visits]:
    """``comes(COORDINATOR)``: somebody who acts, at a platform of this file's own."""
    with ExitStack() as stack:

        def come(who: str = ANYONE, *, width: int = WIDE, script: bool = True) -> Visitor:
            somebody = stack.enter_context(visitor(browser, own_site, width=width, script=script))
            if who != ANYONE:
                sign_in(somebody, who)
            return somebody

        yield come
