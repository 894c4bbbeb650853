"""Maps, documents and zips of a coordinator come in; what cannot is refused by name, and the rest goes on."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.builders import account, workshop
from tests.exchange.batches import AT, bring, faults, receive, told
from tests.exchange.folders import folder
from werkplaats.accounts.rules import RoleName
from werkplaats.config.sweeps import until_done
from werkplaats.exchange import actions
from werkplaats.exchange.models import Upload
from werkplaats.exchange.refusals import BatchRefused
from werkplaats.exchange.rules.sheets import FileKind
from werkplaats.exchange.sweeps import BRING_IN
from werkplaats.neighbourhoods.models import Party
from werkplaats.sources.actions import add_document
from werkplaats.sources.models import Source
from werkplaats.workshops.models import Area, Theme

pytestmark = pytest.mark.django_db


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name.replace("__", "."), content)
    return made.getvalue()


def test_a_map_comes_in_and_a_broken_outline_is_refused_with_its_number() -> None:
    ring = [[4.9, 52.3], [4.91, 52.3], [4.91, 52.31], [4.9, 52.3]]
    areas = [("K1", ring), ("K2", ring)]

    def drawn(shapes: list[tuple[str, list[list[float]]]]) -> bytes:
        features = [
            {
                "type": "Feature",
                "properties": {"code": code, "naam": code},
                "geometry": {"type": "Polygon", "coordinates": [one]},
            }
            for code, one in shapes
        ]
        return json.dumps({"type": "FeatureCollection", "features": features}).encode()

    broken = receive(kaart__geojson=drawn([areas[0], ("K2", ring[:3])]))
    with pytest.raises(BatchRefused):
        bring(broken)
    assert faults(broken) == [(2, "geometry")]
    assert "grens is niet dicht" in told(broken)["faults"][0][2]
    for expected in ({"new": 2}, {"same": 2}):
        batch = receive(kaart__geojson=drawn(areas))
        bring(batch)
        assert {state: n for state, n in told(batch)["counts"].items() if n} == expected
    assert Area.objects.count() == 2


def test_a_zip_gives_its_files_and_what_climbs_out_or_swells_is_refused_by_name(settings: Settings) -> None:
    settings.MAX_DOCUMENT_BYTES = 1_000_000
    made = zipped(
        **{
            "lijst__csv": b"naam\nA\n",
            "../uit__csv": b"naam\nB\n",
            "bom__txt": b"0" * 3_000_000,
            "x/plan__txt": b"Een plan.",
        }
    )
    batch = receive(alles__zip=made)
    assert [(row.name, row.kind, bool(row.refused)) for row in batch.uploads.all()] == [
        ("lijst.csv", "parties", False),
        ("../uit.csv", "skip", True),
        ("bom.txt", "skip", True),
        ("x/plan.txt", "document", False),
    ]
    bring(batch)
    until_done([BRING_IN])
    assert [row.name for row in Party.objects.all()] == ["A"]
    assert [row.title for row in Source.objects.all()] == ["Plan"]


def test_documents_that_cannot_be_read_are_told_by_name_and_the_others_go_on(settings: Settings) -> None:
    settings.MAX_DOCUMENT_BYTES = 2_000_000
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(3):
            package.writestr(f"word/{number}.xml", b" " * 100_000_000)
    batch = receive(
        groot__pdf=b"%PDF-1.4" + b"0" * 2_000_001,
        bom__docx=bomb.getvalue(),
        stuk__pdf=b"%PDF-1.4 half",
        plaatje__png=b"x",
        goed__txt=b"De zaal gaat open.",
    )
    bring(batch)
    until_done([BRING_IN])
    refused = {row.name: row.refused or row.told.get("reason", "") for row in batch.uploads.all()}
    assert "te groot" in refused["groot.pdf"]
    assert "te groot" in refused["bom.docx"]
    assert "niet heel" in refused["stuk.pdf"]
    assert "lezen we niet" in refused["plaatje.png"]
    assert not refused["goed.txt"]
    assert Source.objects.count() == 1


def test_the_same_document_in_two_batches_stands_in_the_library_once() -> None:
    for state in ("new", "same"):
        batch = receive(verslag__txt=b"De zaal gaat op dinsdag open.")
        bring(batch)
        until_done([BRING_IN])
        assert told(batch)["state"] == state
    assert Source.objects.count() == 1


def packed(whole: Path) -> bytes:
    """A folder as a zip, as a file manager makes it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for path in sorted(whole.rglob("*")):
            package.write(path, f"{whole.name}/{path.relative_to(whole)}")
    return made.getvalue()


def test_a_whole_workshop_comes_in_as_a_zip_and_only_into_its_own(tmp_path: Path) -> None:
    made = packed(folder(tmp_path / "kade"))
    elsewhere = receive(kade__zip=made)
    with pytest.raises(BatchRefused):
        bring(elsewhere)
    assert "kanaalkwartier" in told(elsewhere)["faults"][0][2]
    batch = actions.receive(workshop("kade"), [ContentFile(made, "kade.zip")], at=AT)
    assert batch.uploads.get().kind == FileKind.FOLDER
    bring(batch)
    until_done([BRING_IN])
    assert told(batch)["state"] == "new"
    assert told(batch)["documents"] == 2
    assert Party.objects.filter(workshop__key="kade").count() == 3


def test_how_far_a_folder_is_shows_on_its_page_while_it_is_read(
    tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = actions.receive(workshop("kade"), [ContentFile(packed(folder(tmp_path / "kade")), "kade.zip")], at=AT)
    client.force_login(account(RoleName.COORDINATOR, of=workshop("kade")))
    page, seen = reverse("exchange:batch", args=["kade", batch.key]), []
    bring(batch)

    def looked_at(*given: Any, **told: Any) -> Source:
        seen.append(client.get(page).content.decode())
        return add_document(*given, **told)

    monkeypatch.setattr("werkplaats.exchange.actions.documents.add_document", looked_at)
    until_done([BRING_IN])
    assert ["0 van 2 documenten" in seen[0], "1 van 2 documenten" in seen[1]] == [True, True]
    assert "2 nieuwe documenten" in client.get(page).content.decode()


def test_what_was_never_confirmed_is_thrown_away_after_a_week() -> None:
    receive(lijst__csv="naam\nA\n")
    actions.receive(workshop(), [], at=AT + timedelta(days=8))
    assert Upload.objects.count() == 0
    assert not Theme.objects.exists()


def test_the_doors_are_for_coordinators_of_this_workshop(client: Client) -> None:
    batch = receive(lijst__csv="naam\nA\n")
    pages = [
        reverse("exchange:bring_in", args=["kanaalkwartier"]),
        reverse("exchange:batch", args=["kanaalkwartier", batch.key]),
    ]
    pages.append(reverse("exchange:take_out", args=["kanaalkwartier"]))
    client.force_login(account(RoleName.COORDINATOR, of=workshop("zuid")))
    assert {client.get(page).status_code for page in pages} == {403}
    assert client.get(reverse("exchange:batch", args=["zuid", batch.key])).status_code == 404
    client.force_login(account(RoleName.PARTY))
    assert {client.get(page).status_code for page in pages} == {403}


def test_a_coordinator_chooses_looks_and_confirms_on_the_pages(client: Client) -> None:
    client.force_login(account(RoleName.COORDINATOR))
    page = reverse("exchange:bring_in", args=["kanaalkwartier"])
    chosen = [ContentFile(b"Wie;Wat\nA;gemeente\n", "lijst.csv"), ContentFile(b"De zaal gaat open.", "verslag.txt")]
    answer = client.post(page, {"uploads": chosen}, follow=True)
    here = answer.redirect_chain[-1][0]
    assert "Klopt dit?" in answer.content.decode()
    data = {
        "f1-kind": "parties",
        "f2-kind": "document",
        "f2-title": "Het verslag",
        "f2-source_kind": "minutes",
        "f2-holder": "A",
    }
    client.post(here, data | {"doe": "kijk"})
    assert "Zeg nog in welke kolom" in client.get(here).content.decode()
    data |= {"f1-c-name": "0", "f1-c-kind": "1"}
    client.post(here, data | {"doe": "kijk"})
    assert "1 nieuw" in client.get(here).content.decode()
    client.post(here, data | {"doe": "inlezen"})
    until_done([BRING_IN])
    shown = client.get(here).content.decode()
    assert "Dit is ingelezen" in shown
    assert "Het verslag" in shown
    assert Source.objects.get().holder == Party.objects.get()
    assert "Er is niets dubbel bijgekomen" in client.post(here, data | {"doe": "inlezen"}).content.decode()


def test_the_same_files_sent_twice_are_one_batch_and_a_mended_file_is_another() -> None:
    def sent(content: bytes) -> str:
        return actions.receive(workshop(), [ContentFile(content, "partijen.csv")], at=AT, word="een-woord").key

    first = sent(b"Naam\nDe Lange Tafel\n")
    assert sent(b"Naam\nDe Lange Tafel\n") == first
    assert Upload.objects.count() == 1
    assert sent(b"Naam\nDe Korte Tafel\n") != first
