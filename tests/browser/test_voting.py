"""Somebody takes part in a conversation on a phone, without account and without script."""

import re

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
    assert re.search(r"Je hebt 1 van de \d+ stellingen gehad. Je antwoorden zijn bewaard.", somebody.reads())
    assert somebody.page.get_by_role("heading", level=1).inner_text() != first
    somebody.follows("Mijn antwoorden en mijn code")
    assert "Jij zei: Eens" in somebody.reads()
    digits = somebody.page.locator(".samen-code").inner_text()
    somebody.presses("Verander in oneens")
    assert somebody.is_told() == "Je antwoord is bewaard."
    assert "Jij zei: Oneens" in somebody.reads()
    somebody.presses("Klaar. Wis dit scherm")
    somebody.goes_to(f"{TALK}mijn/")
    assert "Jij zei" not in somebody.reads()
    somebody.opens_a_receipt(digits, at=f"{TALK}code/")
    somebody.follows("Mijn antwoorden en mijn code")
    assert "Jij zei: Oneens" in somebody.reads()
    assert somebody.complaints == []


def test_what_stands_there_already_is_shown_while_somebody_types_a_statement(visits: Visits) -> None:
    somebody = visits(ANYONE, width=NARROW)
    somebody.goes_to("gesprekken/kadehuis/")
    somebody.presses("Doe mee")
    somebody.follows("Geef zelf een stelling")
    typed = somebody.page.get_by_label("Jouw stelling")
    typed.press_sequentially("Mensen met weinig geld mogen gratis in de zaal.")
    somebody.page.get_by_text("De zaal moet gratis zijn voor wie weinig geld heeft.").wait_for()
    assert "Dit lijkt op wat er al staat" in somebody.reads()
    assert typed.input_value() == "Mensen met weinig geld mogen gratis in de zaal."
    somebody.presses("Geef deze stelling")
    assert somebody.page.url.endswith("/mijn/")
    assert somebody.complaints == []
