"""Files that cannot be read: each is refused by name with what to do, and what was typed stays."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.conftest import Visits
from tests.browser.visits import COORDINATOR, Visitor
from tests.samenhang.knowledge.made_files import pdf

LINES = ["In de Weverij is het elke winter zo koud dat kinderen met hun jas aan huiswerk maken."]
STORY = b"Op de tweede verdieping staat elke winter het water op de muur van de slaapkamer.\n"


@dataclass(frozen=True, slots=True)
class Wrong:
    name: str
    content: bytes
    reason: str


WRONG = (
    Wrong("leeg.pdf", b"", "is leeg"),
    Wrong("op-slot.pdf", pdf([LINES], locked=True), "zit op slot"),
    Wrong("afgebroken.pdf", pdf([LINES * 20])[:600], "is niet heel"),
    Wrong("gescand.pdf", pdf([[], []]), "staat geen tekst"),
    Wrong("kapot.docx", b"PK\x03\x04" + b"\x00" * 200, "is niet heel"),
    Wrong("gegevens.json", json.dumps({"wijk": "Kanaalkwartier"}).encode(), "geen document dat we kunnen lezen"),
    Wrong("vreemde-letters.txt", "Eén idee: café ‘De Brug’ als huiskamer".encode("cp1252"), "niet te lezen"),
)


def sends(coordinator: Visitor, folder: Path, name: str, content: bytes, *, title: str) -> None:
    """Fills in the form of the library and sends it."""
    file = folder / name
    file.write_bytes(content)
    coordinator.page.get_by_label("Bestand").set_input_files(file)
    coordinator.page.get_by_label("Titel").fill(title)
    coordinator.presses("Zet in de bibliotheek")


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_a_file_that_cannot_be_read_is_refused_by_name(wrong: Wrong, comes: Visits, tmp_path: Path) -> None:
    coordinator = comes(COORDINATOR)
    coordinator.goes_to("bibliotheek/")
    before = coordinator.page.get_by_role("row").count()
    coordinator.goes_to("bibliotheek-toevoegen/")
    coordinator.page.get_by_label("Wie mag het gebruiken?").fill("openbaar")
    coordinator.page.get_by_label("Soort").select_option("report")
    sends(coordinator, tmp_path, wrong.name, wrong.content, title="Kou in huis")
    said = coordinator.page.locator(".samen-form-field__error").inner_text()
    assert wrong.name in said
    assert wrong.reason in said
    assert coordinator.page.get_by_label("Titel").input_value() == "Kou in huis"
    assert coordinator.page.get_by_label("Wie mag het gebruiken?").input_value() == "openbaar"
    assert coordinator.page.get_by_label("Soort").input_value() == "report"
    coordinator.goes_to("bibliotheek/")
    assert coordinator.page.get_by_role("row").count() == before


def test_a_document_that_is_there_already_is_refused_under_any_name(comes: Visits, tmp_path: Path) -> None:
    coordinator = comes(COORDINATOR)
    coordinator.goes_to("bibliotheek-toevoegen/")
    sends(coordinator, tmp_path, "verhaal.txt", STORY, title="Verhaal van de tweede verdieping")
    assert "staat in de bibliotheek" in coordinator.is_told()
    for name in ("verhaal.txt", "ander-verhaal.txt"):
        coordinator.goes_to("bibliotheek-toevoegen/")
        sends(coordinator, tmp_path, name, STORY, title="Nog eens")
        said = coordinator.page.locator(".samen-form-field__error").inner_text()
        assert f"“{name}” staat al in de bibliotheek" in said
        assert "Verhaal van de tweede verdieping" in said


def test_a_new_document_is_read_while_its_page_is_already_there(comes: Visits, tmp_path: Path) -> None:
    coordinator = comes(COORDINATOR)
    coordinator.goes_to("bibliotheek-toevoegen/")
    sends(
        coordinator,
        tmp_path,
        "nieuw.md",
        b"# Nieuw\n\nDe bakker geeft elke vrijdag het brood van die dag weg.\n",
        title="Brood",
    )
    page = coordinator.page
    assert page.get_by_role("heading", level=1).inner_text() == "Brood"
    for _ in range(60):
        if page.locator("mark").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    assert "De bakker geeft elke vrijdag" in page.locator("mark").first.inner_text()
