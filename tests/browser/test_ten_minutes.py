"""The first ten minutes of a coordinator whose workshop is empty."""

from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Locator

from tests.browser.site import Site, manage
from tests.browser.visits import BUTTONS, COORDINATOR, NARROW, Visitor, visitor

MOST_SCREENS, MOST_SIGNS = 5, 1_000
"""Who types slowly, with two fingers, types a thousand signs in ten minutes."""

PROMISED = (
    ("Gemeente Lindestad", "zoekt uit wie de sleutel heeft", "de Kadebuurt", "vrijdag"),
    ("Woonstichting De Linde", "maakt de lift", "de ouderen op nummer 12", "over 2 weken"),
    ("Gemeente Lindestad", "zet een bank bij de bushalte", "de Lindebuurt", ""),
)


class Typist:
    """Somebody at a phone: which screens they fill in, and how much they type."""

    def __init__(self, somebody: Visitor) -> None:
        self.somebody, self.signs = somebody, 0
        self.screens: list[str] = []

    def types(self, field: Locator, words: str) -> None:
        here = self.somebody.page.url.partition("?")[0]
        if here not in self.screens:
            self.screens.append(here)
        self.signs += len(words)
        field.fill(words)


def empty_workshop(site: Site, folder: Path) -> None:
    """A folder with one line, loaded as its README tells."""
    (folder / "workshop.csv").write_text("key,name\nlindebuurt,Nieuwe werkplaats\n", encoding="utf-8")
    manage(site.folder, "load", str(folder))


def test_an_empty_workshop_knows_after_five_screens_who_waits(browser: Browser, own_site: Site, tmp_path: Path) -> None:
    empty_workshop(own_site, tmp_path)
    with visitor(browser, own_site, width=NARROW, script=False) as somebody:
        page, typist = somebody.page, Typist(somebody)
        somebody.goes_to("/lindebuurt/")
        somebody.presses(BUTTONS[COORDINATOR])
        somebody.goes_to("/lindebuurt/vandaag/")
        somebody.follows("Begin met vijf vragen")
        typist.types(page.get_by_label("Hoe heet jullie wijkwerkplaats?"), "Wijkwerkplaats Lindebuurt")
        typist.types(page.get_by_label("In welke plaats of wijk?"), "Lindestad")
        somebody.presses("Verder")
        typist.types(page.get_by_label("Waar ging het over?"), "De lift en de sleutel")
        typist.types(page.get_by_label("Wanneer was dat?"), (date.today() - timedelta(days=1)).isoformat())
        typist.types(
            page.get_by_label("Welke partijen zaten erbij?"),
            "Gemeente Lindestad\nWoonstichting De Linde\nDe Lange Tafel",
        )
        somebody.presses("Verder")
        for number, (who, what, for_whom, due_on) in enumerate(PROMISED, start=1):
            line = page.get_by_role("group", name=f"Regel {number}", exact=True)
            line.get_by_label("Wie", exact=True).select_option(label=who)
            typist.types(line.get_by_label("Wat", exact=True), what)
            typist.types(line.get_by_label("Voor wie", exact=True), for_whom)
            typist.types(line.get_by_label("Wanneer klaar", exact=True), due_on)
        somebody.presses("Verder")
        somebody.presses("Maak de links")
        links = page.get_by_label("Link voor")
        assert links.count() == len(PROMISED)
        first = links.first.input_value().partition("/lindebuurt/")[2]
        somebody.follows("Verder")
        typist.types(page.get_by_label("Wie wacht er?").first, "een moeder uit de Lindebuurt")
        typist.types(page.get_by_label("Waarop?").first, "een plek voor huiswerk")
        somebody.presses("Klaar: naar Vandaag")
        assert "3 beloften wachten op een ja. 1 mens wacht op jou." in somebody.reads()
        assert len(typist.screens) <= MOST_SCREENS
        assert typist.signs <= MOST_SIGNS
        somebody.goes_to(f"/lindebuurt/{first}")
        assert "Beloven jullie dit?" in somebody.reads()


def test_a_line_that_is_not_understood_stays_as_it_was_typed(browser: Browser, own_site: Site, tmp_path: Path) -> None:
    empty_workshop(own_site, tmp_path)
    with visitor(browser, own_site, script=False) as somebody:
        page = somebody.page
        somebody.goes_to("/lindebuurt/")
        somebody.presses(BUTTONS[COORDINATOR])
        somebody.goes_to("/lindebuurt/begin/5/")
        page.get_by_label("Wie wacht er?").first.fill("een vader")
        page.get_by_label("Waarop?").first.fill("een sleutel")
        page.get_by_label("Wanneer kom je erop terug?").first.fill("als het uitkomt")
        somebody.presses("Klaar: naar Vandaag")
        assert "Deze dag begrijpen we niet." in page.locator(".samen-form-field__error").inner_text()
        assert page.get_by_label("Waarop?").first.input_value() == "een sleutel"
