"""What every test gets: files of its own, an empty memory of tries, and chromium for the browser tests."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils.translation import override
from pytest_django import Settings

from tests.ledger import without_guard
from werkplaats.promises.models import Event, EventText

OnceForAllWorkers = Callable[[str, Callable[[Path], None]], Path]
BROWSER_TESTS = Path(__file__).parent / "browser"
# Playwright keeps an event loop in the thread of the test, in which Django would refuse every query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(BROWSER_TESTS):
            item.add_marker(pytest.mark.browser)
    if os.environ.get("WITHOUT_BROWSER") == "1":
        left_out = [item for item in items if item.get_closest_marker("browser")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def files_of_its_own(settings: Settings, tmp_path: Path) -> None:
    """Documents that one test keeps are not there for the next; nor are mails and counted tries."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    cache.clear()


@pytest.fixture(autouse=True)
def the_ledger_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test with real transactions all tables are emptied; the triggers of the ledger of promises would refuse."""
    marker = request.node.get_closest_marker("django_db")
    wholly = bool(marker and marker.kwargs.get("transaction")) or "live_server" in request.fixturenames
    if wholly:
        request.getfixturevalue("transactional_db")
    yield
    if wholly and Event.objects.exists():
        with without_guard():
            EventText.objects.all().delete()
            Event.objects.all().delete()


@pytest.fixture(autouse=True)
def in_dutch() -> Iterator[None]:
    """A page that one test asked for in English leaves no language behind for the next."""
    with override("nl"):
        yield


@pytest.fixture(scope="session")
def once_for_all_workers(tmp_path_factory: pytest.TempPathFactory) -> OnceForAllWorkers:
    """``once_for_all_workers(name, fill)``: a folder that the first who wants it fills; others wait. Nobody changes it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def folder(name: str, fill: Callable[[Path], None]) -> Path:
        filled = shared / name
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not filled.exists():
                filling = tmp_path_factory.mktemp(name)
                fill(filling)
                filling.rename(filled)
        return filled

    return folder


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's chromium, without anything that reaches for the network."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("Browser tests need chromium (apt-get install chromium); WITHOUT_BROWSER=1 leaves them out.")
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {"executable_path": chromium, "args": ["--no-sandbox", "--disable-gpu", *quiet]}


@pytest.fixture(scope="session")
def axe_script() -> str:
    """The text of axe-core: run it in a page with ``page.evaluate``, which no content policy forbids."""
    return (BROWSER_TESTS / "axe.min.js").read_text(encoding="utf-8")
