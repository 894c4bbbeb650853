"""A new coordinator with a spreadsheet of thirty parties and five PDFs comes to a first useful move."""

import time
from pathlib import Path

from playwright.sync_api import Browser, FilePayload

from tests.asks.test_import import workbook
from tests.browser.site import Site
from tests.browser.test_ten_minutes import empty_workshop
from tests.browser.visits import BUTTONS, COORDINATOR, Visitor, visitor
from tests.samenhang.knowledge.made_files import pdf

MOST_MINUTES, MOST_STEPS, MOST_SIGNS = 15, 14, 200
KINDS = ("bewonersinitiatief", "gemeente", "woningcorporatie", "basisschool", "stichting", "winkel")
PLACES = ("Kade", "Brug", "Haven", "Singel", "Plein")
DOCUMENTS = {
    "verslag bewonersavond": (
        "Kinderen uit de flat hebben thuis geen rustige plek om hun huiswerk te maken.",
        "De bibliotheek sluit om vijf uur, juist als kinderen huiswerk willen maken.",
        "Ouders vragen om een lokaal waar kinderen na school huiswerk kunnen maken met hulp.",
        "Op straat ligt te veel grofvuil naast de containers.",
    ),
    "schoolplan Brug": (
        "Leerlingen komen vaak zonder huiswerk op school omdat er thuis geen plek voor is.",
        "De school wil haar lokalen in de middag openen voor hulp bij huiswerk.",
        "Voor hulp bij huiswerk zoekt de school vrijwilligers uit de buurt van de kinderen.",
        "Het schoolplein wordt in het voorjaar groener gemaakt.",
    ),
    "wijkplan Haven": (
        "Het plan noemt een plek voor huiswerk als eerste wens van kinderen en ouders.",
        "Er komt onderzoek naar lege lokalen waar kinderen huiswerk kunnen maken.",
        "De gemeente betaalt hulp bij huiswerk als er een vaste plek voor kinderen is.",
        "De kade krijgt nieuwe verlichting langs het water.",
    ),
    "interview moeder": (
        "Mijn zoon maakt zijn huiswerk op de trap, want thuis is er geen rustige plek voor kinderen.",
        "Ik kan hem niet helpen met huiswerk, hulp uit de buurt zou fijn zijn.",
        "Als de zaal openging voor huiswerk, kwamen alle kinderen uit ons portiek.",
        "De lift in ons gebouw is al maanden stuk.",
    ),
    "onderzoek jeugd": (
        "Vier op de tien kinderen hebben thuis geen rustige plek voor huiswerk.",
        "Hulp bij huiswerk bereikt vooral kinderen wier ouders de weg al kennen.",
        "Een plek voor huiswerk in de eigen straat werkt beter dan een plek in de stad.",
        "De meeste jongeren fietsen naar hun opleiding.",
    ),
}


def spreadsheet() -> bytes:
    """Thirty parties as somebody keeps them: a title, no keys, Dutch kinds, an empty line, and a telephone number."""
    rows = [["Ons netwerk", "", "", "", ""], ["Organisatie", "Soort", "Buurt", "Zoekt", "Telefoon"]]
    for number in range(30):
        name = f"{('Groep', 'Bureau', 'Bouwers', 'School', 'Huis', 'Winkel')[number % 6]} {PLACES[number // 6]}"
        need = "een zaal voor hulp bij huiswerk" if number == 0 else ""
        rows.append([name, KINDS[number % 6], f"{PLACES[number // 6]}buurt", need, "06 12345678"])
        if number == 9:
            rows.append(["", "", "", "", ""])
    return workbook(rows)


def waits_for(somebody: Visitor, words: str, *, seconds: float = 300) -> None:
    """Comes back to the page until it says so, as somebody does who was told that it takes a few minutes."""
    until = time.monotonic() + seconds
    while words not in somebody.reads():
        assert time.monotonic() < until, somebody.reads()
        time.sleep(2)
        somebody.page.reload()


def test_thirty_parties_and_five_pdfs_lead_to_a_first_move(browser: Browser, own_site: Site, tmp_path: Path) -> None:
    empty_workshop(own_site, tmp_path)
    excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    files: list[FilePayload] = [{"name": "netwerk.xlsx", "mimeType": excel, "buffer": spreadsheet()}]
    files += [
        {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": pdf([[line, ""] for line in lines])}
        for name, lines in DOCUMENTS.items()
    ]
    begun, steps, signs = time.monotonic(), 0, 0
    with visitor(browser, own_site, script=False) as somebody:
        page = somebody.page
        somebody.goes_to("/lindebuurt/")
        somebody.presses(BUTTONS[COORDINATOR])
        somebody.goes_to("/lindebuurt/vandaag/")
        somebody.follows("Of lees in wat je al hebt")
        page.get_by_label("Kies je bestanden").set_input_files(files)
        somebody.presses("Bekijk wat het is")
        said = somebody.reads()
        assert "30 nieuw" in said
        assert "Deze kolommen nemen we niet over: Telefoon." in said
        page.get_by_label("“stichting” is").select_option(label="Bewonersinitiatief")
        for holder, field in zip(
            ("Groep Kade", "School Brug", "Bureau Kade"), page.get_by_label("Van wie is het?").all(), strict=False
        ):
            field.fill(holder)
            signs += len(holder)
        somebody.presses("Ja, lees in")
        assert "Dit is ingelezen" in somebody.reads()
        receipt = page.url
        waits_for(somebody, "Lees mee:")
        somebody.follows("Lees mee:")
        steps = 9
        page.get_by_text("Nog een andere partij?").click()
        for name in ("Groep Kade", "Groep Brug", "Huis Haven", "Bureau Kade"):
            page.get_by_label(name).check()
            steps += 1
        somebody.presses("Accepteren")
        page.goto(receipt)
        waits_for(somebody, "die help")
        page.get_by_role("link", name="die help").first.click()
        moves = page.locator("#zetten ~ div h3, #zetten ~ * h3")
        assert moves.count() >= 1
        assert "Groep" in somebody.reads()
    assert time.monotonic() - begun < 60 * MOST_MINUTES
    assert steps <= MOST_STEPS
    assert signs <= MOST_SIGNS
