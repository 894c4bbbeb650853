"""From voice to answer: a resident on a phone, the same on paper, and what people type that nobody expects."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Response

from tests.asks.test_import import workbook
from tests.browser.conftest import Visits
from tests.browser.visits import COORDINATOR, NARROW, Visitor

ASK = "meedoen/welke-avond/"
WORDS = "Ik durf ’s avonds niet door de tunnel onder het spoor."
ANSWER = "De lampen in de tunnel worden vóór de winter vervangen."
CODE = re.compile(r"\d{4} \d{4} \d{4}")


def pages_of(somebody: Visitor) -> list[str]:
    """The pages that somebody sees from now on, one after the other."""
    seen: list[str] = []

    def answered(answer: Response) -> None:
        if answer.request.is_navigation_request() and answer.ok:
            seen.append(answer.url)

    somebody.page.on("response", answered)
    return seen


def gives(somebody: Visitor, words: str, *, shared: bool = False) -> str:
    """Fills in the form of the ask; the code of the receipt."""
    somebody.goes_to(f"{ASK}vertel/?via=code")
    somebody.page.get_by_label("Vertel", exact=True).fill(words)
    if shared:
        somebody.page.get_by_label("Het mag naar buiten, zonder mijn naam.").check()
    somebody.presses("Geef het af")
    return somebody.page.locator(".samen-code").inner_text()


def answers(coordinator: Visitor, words: str, answer: str) -> None:
    """The team answers the voice with these words."""
    coordinator.goes_to(f"{ASK}antwoorden/")
    coordinator.page.get_by_label(words).check()
    coordinator.page.get_by_label("Het antwoord").fill(answer)
    coordinator.presses("Verstuur")
    assert "Je antwoord ligt klaar voor 1 mens." in coordinator.is_told()


def test_a_resident_gives_comes_back_and_judges_in_four_pages(comes: Visits) -> None:
    resident = comes(width=NARROW, script=False)
    pages = pages_of(resident)
    digits = gives(resident, WORDS)
    assert CODE.fullmatch(digits)
    assert WORDS not in resident.page.content()
    answers(comes(COORDINATOR), WORDS, ANSWER)
    resident.opens_a_receipt(digits)
    assert ANSWER in resident.reads()
    assert len(pages) == 4, pages
    assert WORDS not in resident.page.content()
    resident.presses("Ja, dit past")
    assert "Dank je wel. We weten nu dat dit antwoord past." in resident.is_told()
    assert resident.page.get_by_role("heading", level=1).inner_text() == "Je kreeg een antwoord dat past"
    resident.presses("Sluit mijn bonnetje")
    resident.goes_to("bonnetje/")
    assert ANSWER not in resident.reads()


def test_an_answer_that_does_not_fit_opens_the_question_once_more(comes: Visits) -> None:
    words = "De lift in de Weverij staat weer stil."
    resident, coordinator = comes(width=NARROW, script=False), comes(COORDINATOR)
    digits = gives(resident, words)
    resident.opens_a_receipt(digits)
    for told in ("Je vraag staat weer open.", "We schreven het op: dit antwoord past niet."):
        answers(coordinator, words, "We kijken ernaar.")
        resident.goes_to("bonnetje/")
        resident.presses("Nee, dit past niet")
        assert told in resident.is_told()
    resident.goes_to(ASK)
    assert "past niet" in resident.reads()


def test_the_same_on_paper_through_a_helper(comes: Visits) -> None:
    words = "De bus rijdt op zondag niet meer langs het park."
    helper, resident = comes(COORDINATOR), comes(width=NARROW, script=False)
    helper.goes_to(f"{ASK}kaarten/")
    helper.page.get_by_label("Naam van de stapel").fill("buurtfeest")
    helper.page.get_by_label("Hoeveel kaarten?").fill("8")
    helper.presses("Maak de kaarten")
    cards = helper.page.locator(".samen-slips__card")
    assert cards.count() == 8
    digits = cards.nth(2).locator(".samen-slips__code").inner_text()
    resident.opens_a_receipt(digits)
    assert "Je kaart ligt nog op de stapel" in resident.reads()
    types_card(helper, words, number=3)
    assert "Kaart 3 staat erin. Het bonnetje was al meegegeven." in helper.is_told()
    assert helper.page.get_by_label("Nummer van de kaart").input_value() == "4"
    answers(helper, words, ANSWER)
    resident.goes_to("bonnetje/")
    assert ANSWER in resident.reads()
    assert words not in resident.page.content()
    resident.presses("Ja, dit past")
    assert "We weten nu dat dit antwoord past." in resident.is_told()


def types_card(helper: Visitor, words: str, *, number: int, batch: str = "buurtfeest") -> None:
    helper.goes_to(f"{ASK}stapel/")
    helper.page.get_by_label("Naam van de stapel").fill(batch)
    helper.page.get_by_label("Nummer van de kaart").fill(str(number))
    helper.page.get_by_label("De woorden op de kaart").fill(words)
    helper.presses("Volgende kaart")


def test_a_stack_that_is_typed_in_twice_is_there_once(comes: Visits) -> None:
    helper = comes(COORDINATOR)
    for batch in ("stapel-een", "stapel-een", "stapel-twee"):
        types_card(helper, "De speeltuin is dicht.", number=1, batch=batch)
    assert "stapel-een" in helper.page.get_by_role("alert").inner_text()
    types_card(helper, "Heel andere woorden.", number=1, batch="stapel-een")
    assert "met andere woorden" in helper.page.get_by_role("alert").inner_text()
    helper.goes_to(f"{ASK}antwoorden/")
    assert helper.page.get_by_text("De speeltuin is dicht.").count() == 1


def test_who_withdraws_leaves_no_words_and_no_way_back(comes: Visits) -> None:
    words = "Dit had ik liever niet verteld."
    resident = comes(width=NARROW, script=False)
    digits = gives(resident, words)
    resident.opens_a_receipt(digits)
    resident.follows("Haal mijn verhaal weg")
    resident.page.get_by_role("main").get_by_role("button").first.click()
    assert "Je verhaal is weggehaald." in resident.is_told()
    gone = refused_code(resident, digits)
    assert gone == refused_code(resident, "123456789012")
    coordinator = comes(COORDINATOR)
    coordinator.goes_to(f"{ASK}antwoorden/")
    assert words not in coordinator.page.content()


def refused_code(somebody: Visitor, digits: str) -> str:
    somebody.opens_a_receipt(digits)
    return somebody.page.locator(".samen-form-field__error").inner_text()


def test_a_code_is_wiped_off_a_screen_that_others_use(comes: Visits) -> None:
    resident = comes(script=False)
    digits = gives(resident, "Wat zeggen ze in de bibliotheek?")
    resident.presses("Ik heb hem. Wis dit scherm")
    resident.goes_to(f"{ASK}dank/")
    assert digits not in resident.page.content()
    assert "Je code staat niet meer op dit scherm" in resident.reads()


@pytest.mark.parametrize("words", ["x" * 1_000_000, " \n\t  ", "\u200b\u200f\u00a0"], ids=["1 MB", "spaces", "unseen"])
def test_a_voice_that_cannot_be_kept_stays_in_its_form(words: str, comes: Visits) -> None:
    resident = comes(script=False)
    resident.goes_to(f"{ASK}vertel/")
    resident.page.get_by_label("Vertel", exact=True).fill(words)
    resident.presses("Geef het af")
    assert "nog niet bewaard" in resident.page.get_by_role("alert").inner_text()
    assert resident.page.locator(".samen-form-field__error").count() == 1
    assert len(resident.page.get_by_label("Vertel", exact=True).input_value()) == len(words)


@pytest.mark.parametrize(
    "words",
    [
        "<script>document.title='x'</script><img src=x onerror=alert(1)> mooi",
        "مصعد البناية معطل 🛗 منذ شهر",
        "👩‍👩‍👧‍👦🏳️‍🌈",
    ],
    ids=["script", "right-to-left", "emoji"],
)
def test_any_words_come_out_as_they_went_in(words: str, comes: Visits) -> None:
    resident, coordinator = comes(), comes(COORDINATOR)
    gives(resident, words, shared=True)
    coordinator.goes_to("stemmen/")
    row = coordinator.page.locator("ul.samen-rows > li", has_text=words[:20])
    row.get_by_role("button", name="Dit mag naar buiten").click()
    assert "Deze woorden mogen naar buiten." in coordinator.is_told()
    resident.goes_to(ASK)
    voice = resident.page.locator("blockquote", has_text=words)
    assert voice.count() == 1
    assert voice.get_attribute("dir") == "auto"
    assert resident.page.title() != "x"
    assert resident.complaints == []
    assert coordinator.complaints == []


def test_an_ask_cannot_promise_an_answer_for_yesterday(comes: Visits) -> None:
    coordinator = comes(COORDINATOR)
    coordinator.goes_to("meedoen/nog-een-begin/wijzigen/")
    yesterday = (date.today() - timedelta(days=1)).isoformat()
    coordinator.page.locator("[name=answer_by]").fill(yesterday)
    coordinator.presses("Bewaar als begin")
    assert "Deze dag is al geweest." in coordinator.page.locator(".samen-form-field__error").inner_text()
    assert coordinator.page.locator("[name=answer_by]").input_value() == yesterday


def test_a_sheet_with_merged_cells_is_refused_by_place_and_read_in_once_without(comes: Visits) -> None:
    rows = [["tekst", "wie leest"], ["De heg is te hoog.", "zonder naam"], ["Het pad is glad.", ""]]
    coordinator = comes(COORDINATOR)
    read_in(coordinator, workbook(rows, merged="A2:A3"))
    faults = coordinator.page.locator("#fouten + table").inner_text()
    assert "2" in faults
    assert "A" in faults
    read_in(coordinator, workbook(rows))
    assert "Er kwamen 2 stemmen bij." in coordinator.is_told()
    read_in(coordinator, workbook(rows))
    assert "Dit bestand was al ingelezen." in coordinator.is_told()


def read_in(coordinator: Visitor, content: bytes) -> None:
    coordinator.goes_to(f"{ASK}inlezen/")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    coordinator.page.get_by_label("Bestand").set_input_files(
        {"name": "stemmen.xlsx", "mimeType": kind, "buffer": content}
    )
    coordinator.presses("Lees in")
