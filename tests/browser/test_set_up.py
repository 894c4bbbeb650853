"""The instruments of the browser tests do what the other tests rely on."""

from typing import Any

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from werkplaats.kit.models import Claim


def violations(page: Page, axe_script: str) -> list[str]:
    page.evaluate(axe_script)
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run()).violations")
    return [each["id"] for each in found]


def test_axe_notices_a_picture_without_words(page: Page, axe_script: str) -> None:
    whole = '<html lang="nl"><head><title>Wijk</title></head><body><main><h1>Wijk</h1>{}</main></body></html>'
    page.set_content(whole.format(""))
    assert violations(page, axe_script) == []
    page.set_content(whole.format('<img src="data:,">'))
    assert violations(page, axe_script) == ["image-alt"]


def test_a_test_may_ask_the_database_while_a_page_is_open(page: Page, live_server: LiveServer) -> None:
    answer = page.goto(f"{live_server.url}/static/kit/samenhang.css")
    assert answer is not None
    assert answer.ok
    Claim.objects.create(sweep="test", key="1")
    assert Claim.objects.count() == 1
