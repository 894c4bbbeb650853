"""A visitor with a real browser: who they are, how wide their screen is, and what the browser complained about."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.browser.site import Site

WIDE, NARROW = 1280, 360
COORDINATOR, PARTY, RESIDENT, ANYONE = "coordinator", "party", "resident", "anyone"
BUTTONS = {COORDINATOR: "Als coördinator", PARTY: "Als De Lange Tafel", RESIDENT: "Als bewoner"}


@dataclass
class Visitor:
    """Somebody at the site. `complaints` gathers every console message, refused resource and script error."""

    site: Site
    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", self._failed)

    def goes_to(self, place: str = "") -> Response:
        answer = self.page.goto(self.site.address(place))
        assert answer is not None
        return answer

    def presses(self, words: str) -> None:
        """A button, by what somebody reads on it."""
        self.page.get_by_role("button", name=words).first.click()

    def follows(self, words: str) -> None:
        """A link in the page itself, by what somebody reads on it."""
        self.page.get_by_role("main").get_by_role("link", name=words).first.click()

    def opens_a_receipt(self, digits: str, *, at: str = "bonnetje/") -> None:
        """Types the code over from the paper, in whatever language the page speaks."""
        self.goes_to(at)
        self.page.get_by_role("main").get_by_role("textbox").fill(digits)
        self.page.get_by_role("main").get_by_role("button").click()

    def reads(self) -> str:
        """The words of the page, without menu and footer."""
        return self.page.get_by_role("main").inner_text()

    def is_told(self) -> str:
        """What the platform answers to an action."""
        return self.page.locator(".samen-alerts").inner_text()

    def _failed(self, request: Request) -> None:
        # What was still coming when somebody went on to the next page is no fault of that page.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.url}: {request.failure}")

    def _said(self, message: ConsoleMessage) -> None:
        self.complaints.append(f"{message.type}: {message.text}")


@contextmanager
def visitor(
    browser: Browser, site: Site, *, signed_in: Any = None, width: int = WIDE, script: bool = True, language: str = "nl"
) -> Iterator[Visitor]:
    """A visitor with a browser of their own; `signed_in` is what `sign_in` gave."""
    context = new_context(browser, signed_in=signed_in, width=width, script=script, language=language)
    try:
        yield Visitor(site, context.new_page())
    finally:
        context.close()


def new_context(
    browser: Browser, *, signed_in: Any = None, width: int = WIDE, script: bool = True, language: str = "nl"
) -> BrowserContext:
    context = browser.new_context(
        storage_state=signed_in,
        viewport={"width": width, "height": 900},
        locale="nl-NL" if language == "nl" else "en-GB",
        java_script_enabled=script,
    )
    context.set_default_timeout(15_000)
    return context


def sign_in(visiting: Visitor, who: str) -> None:
    """Through the buttons of the demo, as a visitor of the demo does."""
    visiting.goes_to()
    visiting.presses(BUTTONS[who])
    visiting.page.get_by_role("button", name="Uitloggen").wait_for()
