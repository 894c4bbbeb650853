"""A promise from draft to the verdicts of both sides, by link and without account."""

from datetime import date, timedelta

from tests.browser.conftest import Visits
from tests.browser.visits import COORDINATOR, PARTY, Visitor

TOWN, TABLE = "Gemeente Oeverstad", "Stichting Buurtkeuken De Lange Tafel"


def writes_down(coordinator: Visitor, wording: str, *, receiver: str = TABLE, due_on: date | None = None) -> str:
    """A draft of the town; the address of its page, within the workshop."""
    coordinator.goes_to("beloften/opschrijven/")
    page = coordinator.page
    maker = page.get_by_label("Wie zei het?").locator("option", has_text=TOWN).first.get_attribute("value")
    page.get_by_label("Wie zei het?").select_option(value=maker)
    page.get_by_label("Wat precies?").fill(wording)
    if receiver:
        page.get_by_label("Voor welke partij?").select_option(label=receiver)
    if due_on:
        page.get_by_label("Wanneer klaar?").fill(due_on.isoformat())
    coordinator.presses("Schrijf op")
    return within(page.url)


def makes_a_link(coordinator: Visitor, address: str) -> str:
    """The address that the maker gets, within the workshop."""
    coordinator.goes_to(address)
    coordinator.page.get_by_role("button", name="link").first.click()
    shown = coordinator.page.get_by_role("main").locator("a[href*='/beloften/ja/']").get_attribute("href")
    assert shown is not None
    return within(shown)


def unfolds(somebody: Visitor, words: str) -> None:
    """What is possible but not asked first stands folded."""
    folded = somebody.page.locator("summary", has_text=words)
    if folded.count():
        folded.click()


def within(url: str) -> str:
    return url.partition("/kanaalkwartier/")[2]


def heading(somebody: Visitor) -> str:
    return somebody.page.get_by_role("heading", level=1).inner_text()


def test_a_promise_goes_from_draft_to_two_verdicts_side_by_side(comes: Visits) -> None:
    coordinator, maker, anyone = comes(COORDINATOR), comes(script=False), comes()
    address = writes_down(coordinator, "Een bank bij de bushalte", due_on=date.today() + timedelta(days=9))
    assert anyone.goes_to(address).status == 404
    link = makes_a_link(coordinator, address)

    maker.goes_to(link)
    assert heading(maker) == "Beloven jullie dit?"
    maker.presses("Ja, dit beloven we")
    assert "Het is nu een belofte" in maker.is_told()
    maker.page.get_by_label("Waaraan kun je het zien?").fill("De bank staat er sinds maandag.")
    maker.presses("Meld als gedaan")
    assert "Dank je wel." in maker.is_told()
    unfolds(maker, "Wat vinden we er zelf van?")
    maker.page.locator("[name=oordeel][value=kept]").check()
    maker.presses("Geef dit oordeel")
    assert "Jullie oordeel staat erbij." in maker.is_told()

    receiver = comes(PARTY)
    receiver.goes_to(address)
    receiver.follows("Is dit voor jou? Zeg of je het merkt")
    receiver.page.locator("[name=oordeel][value=not_noticed]").check()
    receiver.presses("Geef je oordeel")
    assert "Je oordeel telt mee." in receiver.is_told()

    anyone.goes_to(address)
    sides = anyone.page.locator("section[aria-labelledby=oordelen] .samen-columns > div")
    maker_says, receiver_says = (side.inner_text() for side in sides.all())
    assert "Gehouden" in maker_says
    assert "Merk er niets van" in receiver_says
    assert TABLE in receiver_says


def test_one_resident_judges_with_a_receipt_and_nobody_can_tell_what_they_said(comes: Visits) -> None:
    resident, anyone = comes(script=False), comes()
    resident.opens_a_receipt(resident.site.codes["receipt"])
    assert "De deur gaat op vrijdag open" in resident.reads()
    resident.presses("Nee, dit is niet gebeurd")
    assert "Je oordeel staat erbij, zonder je naam en zonder je code." in resident.is_told()
    anyone.goes_to("beloften/deur-op-vrijdag/")
    receivers = anyone.page.locator("section[aria-labelledby=oordelen] .samen-columns > div").last.inner_text()
    assert "1 mens met een bonnetje zei iets" in receivers
    assert "niet gehouden" not in anyone.reads().lower()


def test_a_confirm_link_that_is_opened_twice_confirms_once(comes: Visits) -> None:
    coordinator, first, second = comes(COORDINATOR), comes(script=False), comes(script=False)
    link = makes_a_link(coordinator, writes_down(coordinator, "Een hek om de zandbak"))
    for somebody in (first, second):
        somebody.goes_to(link)
        assert heading(somebody) == "Beloven jullie dit?"
    first.presses("Ja, dit beloven we")
    second.presses("Ja, dit beloven we")
    assert "Op deze belofte is al ja gezegd" in second.page.get_by_role("alert").inner_text()
    assert heading(second) == "Hoe gaat het met deze belofte?"
    second.goes_to("beloften/?tekst=zandbak")
    assert second.page.get_by_role("link", name="Een hek om de zandbak").count() == 1


def test_a_link_that_comes_too_late_says_so_and_opens_nothing(comes: Visits) -> None:
    coordinator, maker = comes(COORDINATOR), comes(script=False)
    address = writes_down(coordinator, "Een lamp in de tunnel")
    old, new = makes_a_link(coordinator, address), makes_a_link(coordinator, address)
    assert maker.goes_to(old).status == 404
    assert heading(maker) == "Deze link opent niets"
    maker.goes_to(new)
    coordinator.goes_to(address)
    coordinator.presses("Haal weg")
    maker.presses("Ja, dit beloven we")
    assert heading(maker) == "Deze link opent niets"


def test_somebody_else_cannot_say_yes(comes: Visits) -> None:
    coordinator, anyone, other = comes(COORDINATOR), comes(script=False), comes(PARTY)
    address = writes_down(coordinator, "Een fietsenrek bij de kerk")
    digits = makes_a_link(coordinator, address).rstrip("/").rpartition("/")[2]
    guessed = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    assert anyone.goes_to(f"beloften/ja/{guessed}/").status == 404
    anyone.goes_to(f"{address}vertellen/")
    assert heading(anyone) == "Inloggen"
    assert other.goes_to(f"{address}vertellen/").status == 403
    assert anyone.goes_to(address).status == 404


def test_a_promise_without_receiver_or_for_yesterday_stays_in_its_form(comes: Visits) -> None:
    coordinator = comes(COORDINATOR)
    assert writes_down(coordinator, "Iets voor niemand", receiver="").endswith("opschrijven/")
    assert "Een belofte is voor iemand." in coordinator.page.get_by_role("alert").inner_text()
    assert coordinator.page.get_by_label("Wat precies?").input_value() == "Iets voor niemand"
    writes_down(coordinator, "Gisteren klaar", due_on=date.today() - timedelta(days=1))
    assert "Die dag is al voorbij." in coordinator.page.get_by_role("alert").inner_text()
    coordinator.goes_to("beloften/werkblad/")
    assert "Iets voor niemand" not in coordinator.reads()
