"""Somebody takes part in a conversation on a phone, without account and without script."""

import pytest

from tests.browser.conftest import Visits
from tests.browser.visits import ANYONE, NARROW

TALK = "gesprekken/de-weverij-in-de-avond/"


@pytest.mark.parametrize("script", [True, False])
def test_somebody_says_agree_and_changes_their_mind_on_a_phone(visits: Visits, *, script: bool) -> None:
    somebody = visits(ANYONE, width=NARROW, script=script)
    somebody.goes_to(TALK)
    somebody.presses("Doe mee")
    first = somebody.page.get_by_role("heading", level=1).inner_text()
    somebody.presses("Eens")
    assert somebody.is_told() == "Je antwoord is bewaard."
    assert somebody.page.get_by_role("heading", level=1).inner_text() != first
    somebody.follows("Mijn antwoorden en mijn code")
    assert "Jij zei: Eens" in somebody.reads()
    digits = somebody.page.locator(".samen-code").inner_text()
    somebody.presses("Verander in oneens")
    assert "Jij zei: Oneens" in somebody.reads()
    somebody.presses("Klaar. Wis dit scherm")
    somebody.goes_to(f"{TALK}mijn/")
    assert "Jij zei" not in somebody.reads()
    somebody.opens_a_receipt(digits, at=f"{TALK}code/")
    somebody.follows("Mijn antwoorden en mijn code")
    assert "Jij zei: Oneens" in somebody.reads()
    assert somebody.complaints == []
