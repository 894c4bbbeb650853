"""Everything that matters works in a browser without script: reading, searching, deciding, another language."""

import re

from tests.browser.conftest import Visits
from tests.browser.visits import ANYONE, COORDINATOR, RESIDENT


def test_a_resident_walks_from_the_front_page_to_what_was_said_before(comes: Visits) -> None:
    resident = comes(RESIDENT, script=False)
    resident.goes_to()
    resident.page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Vraagstukken").click()
    resident.follows("Binnen bij elkaar komen")
    assert "Wat we al wisten" in resident.reads()
    resident.page.get_by_role("main").locator("a[href*='/bibliotheek/uitvoeringsplan-wonen-2024/']").first.click()
    assert "Dit stond er al in 2019" in resident.reads()
    resident.page.locator(".samen-beside__note a[href*='/bibliotheek/wijkplan-kanaalkwartier-2019/']").first.click()
    assert "Wijkplan" in resident.page.get_by_role("heading", level=1).inner_text()
    passage = resident.page.url.partition("#")[2]
    assert "In 2021 heeft elke buurt een huiskamer" in resident.page.locator(f"[id='{passage}']").inner_text()


def test_somebody_searches_and_learns_why_it_was_found(comes: Visits) -> None:
    somebody = comes(script=False)
    somebody.goes_to("zoeken/")
    somebody.page.get_by_label("Waar zoek je naar?").fill("schimmel in de slaapkamer")
    somebody.presses("Zoek")
    assert re.search(r"Gevonden op (woord|betekenis)", somebody.reads())
    somebody.page.locator("ol.samen-rows a").first.click()
    assert "/kanaalkwartier/" in somebody.page.url
    assert "zoeken" not in somebody.page.url


def test_a_list_is_narrowed_down_and_the_address_keeps_it(comes: Visits) -> None:
    somebody = comes(script=False)
    somebody.goes_to("vraagstukken/")
    somebody.page.get_by_label("Thema").select_option("straat")
    somebody.presses("Laat zien")
    assert "thema=straat" in somebody.page.url
    assert "Veilig naar school" in somebody.reads()
    assert "Jongeren en werk" not in somebody.reads()


def test_a_coordinator_accepts_a_proposal(comes: Visits) -> None:
    coordinator = comes(COORDINATOR, script=False)
    coordinator.goes_to("vraagstukken/")
    coordinator.follows("Accepteren")
    coordinator.page.get_by_label("Naam van het vraagstuk").fill("Afval langs de kade")
    coordinator.presses("Accepteren")
    assert "“Afval langs de kade” is nu een vraagstuk van de wijk." in coordinator.is_told()
    anyone = comes(ANYONE, script=False)
    anyone.goes_to("vraagstukken/")
    assert "Afval langs de kade" in anyone.reads()


def test_a_coordinator_refuses_a_proposal_with_a_reason(comes: Visits) -> None:
    coordinator = comes(COORDINATOR, script=False)
    coordinator.goes_to("vraagstukken/")
    proposal = coordinator.page.locator("#voorstellen ~ ul > li").last
    name = proposal.get_by_role("heading", level=3).inner_text()
    proposal.get_by_role("link", name="Niet samen").click()
    coordinator.page.get_by_label("Waarom hoort dit niet samen?").fill("  ")
    coordinator.presses("Niet samen")
    assert coordinator.page.locator(".samen-form-field__error").count() == 1
    coordinator.page.get_by_label("Waarom hoort dit niet samen?").fill("Dit gaat over twee verschillende dingen.")
    coordinator.presses("Niet samen")
    assert "We onthouden dat dit niet samen hoort." in coordinator.is_told()
    assert name not in coordinator.page.locator("#voorstellen ~ ul").inner_text()


def test_a_coordinator_refuses_a_move_and_takes_it_back(comes: Visits) -> None:
    coordinator = comes(COORDINATOR, script=False)
    coordinator.goes_to("verbindingen/")
    coordinator.follows("Bekijk de zet")
    heading = coordinator.page.get_by_role("heading", level=1).inner_text()
    coordinator.page.get_by_label("Waarom niet?").fill("Zij kennen elkaar al van de markt.")
    coordinator.presses("Niet voorstellen")
    assert "We stellen deze zet niet meer voor." in coordinator.is_told()
    coordinator.page.locator("summary", has_text="die we niet voorstellen").click()
    refused = coordinator.page.locator("details li", has_text=heading)
    refused.get_by_role("button", name="Mag weer worden voorgesteld").click()
    assert "Deze zet mag weer worden voorgesteld." in coordinator.is_told()


def test_a_coordinator_decides_that_two_parties_are_not_one_and_takes_it_back(comes: Visits) -> None:
    coordinator = comes(COORDINATOR, script=False)
    coordinator.goes_to("dubbelen/")
    pairs = coordinator.page.locator("h3").count()
    coordinator.presses("Dit zijn er twee")
    assert "Dit zijn twee partijen." in coordinator.is_told()
    assert coordinator.page.locator("h3").count() == pairs - 1
    coordinator.presses("Neem dit besluit terug")
    assert "Het besluit is teruggenomen." in coordinator.is_told()


def test_a_coordinator_decides_that_two_names_are_one_party(comes: Visits) -> None:
    coordinator = comes(COORDINATOR, script=False)
    coordinator.goes_to("dubbelen/")
    pair = coordinator.page.locator(
        "section.samen-section", has=coordinator.page.locator("h3", has_text="Kanaalzicht")
    ).last
    pair.get_by_role("button", name="Dit is dezelfde partij").click()
    assert "Deze twee tellen nu als één partij." in coordinator.is_told()
    coordinator.goes_to("partijen/woonstichting-kanaalzicht/")
    assert "Kanaalzicht" in coordinator.page.get_by_role("heading", level=1).inner_text()


def test_the_language_changes_and_the_page_stays(comes: Visits) -> None:
    somebody = comes(script=False)
    somebody.goes_to("bibliotheek/?soort=plan")
    somebody.presses("This site in English")
    assert somebody.page.url.endswith("/bibliotheek/?soort=plan")
    assert somebody.page.locator("html").get_attribute("lang") == "en"
    somebody.presses("Deze site in het Nederlands")
    assert somebody.page.locator("html").get_attribute("lang") == "nl"
