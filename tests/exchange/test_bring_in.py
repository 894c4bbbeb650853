"""A coordinator brings in their own files: looked at first, all of it or nothing, and safely again."""

import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.asks.test_import import workbook
from tests.builders import TODAY, account, party, workshop
from tests.exchange.folders import folder
from tests.exchange.test_load import everything
from tests.samenhang.knowledge.made_files import pdf
from werkplaats.accounts.models import Person
from werkplaats.accounts.rules import RoleName
from werkplaats.config.sweeps import until_done
from werkplaats.consent.models import Consent
from werkplaats.exchange import actions
from werkplaats.exchange.models import Batch, Upload
from werkplaats.exchange.refusals import BatchRefused
from werkplaats.exchange.rules.sheets import FileKind
from werkplaats.exchange.sweeps import BRING_IN
from werkplaats.neighbourhoods.models import Able, Need, Party, Tie
from werkplaats.sources.models import Source
from werkplaats.workshops.models import Area, Theme

AT = datetime(2026, 5, 12, 9, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
LIST = (
    "Naam;Soort;Buurt;Thema's;Zoekt;Werkt samen met;Contactpersoon\r\n"
    "De Lange Tafel;Bewonersinitiatief;Kadebuurt;eten, ontmoeten;een keuken;Wijkteam Kade;Gerda\r\n"
    ";;;;;;\r\n"
    "Gemeente Oeverstad;gemeente;;;;;\r\n"
    'Wijkteam Kade;buurtteam;Kadebuurt;ontmoeten;;"Gemeente Oeverstad; De Onbekende";\r\n'
)

pytestmark = pytest.mark.django_db


def receive(**files: "str | bytes") -> Batch:
    """Files by their name, with ``__`` for the dot."""
    chosen = [
        ContentFile(content.encode("cp1252") if isinstance(content, str) else content, name.replace("__", "."))
        for name, content in files.items()
    ]
    return actions.receive(workshop(), chosen, at=AT)


def told(batch: Batch, number: int = 1) -> dict[str, Any]:
    kept: dict[str, Any] = batch.uploads.get(number=number).told
    return kept


def faults(batch: Batch, number: int = 1) -> list[tuple[int, str]]:
    return [(line, column) for line, column, _reason in told(batch, number)["faults"]]


def bring(batch: Batch, at: datetime = AT) -> Batch:
    return actions.confirm(batch, at=at, today=TODAY)


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name.replace("__", "."), content)
    return made.getvalue()


def test_a_list_as_dutch_excel_saves_it_brings_its_parties_with_what_hangs_on_them() -> None:
    batch = receive(partijen__csv=LIST)
    upload = batch.uploads.get()
    assert upload.kind == FileKind.PARTIES
    bring(batch)
    table = Party.objects.get(key="de-lange-tafel")
    assert (table.kind, table.area and table.area.name, table.source) == (
        "initiative",
        "Kadebuurt",
        "Uit de lijst “partijen.csv”",
    )
    assert [theme.name for theme in table.themes.all()] == ["eten", "ontmoeten"]
    assert Party.objects.get(key="wijkteam-kade").kind == "professional"
    assert Need.objects.get().text == "een keuken"
    assert {(tie.party_a.key, tie.party_b.key) for tie in Tie.objects.all()} == {
        ("de-lange-tafel", "wijkteam-kade"),
        ("gemeente-oeverstad", "wijkteam-kade"),
    }
    assert told(batch)["counts"] == {"new": 3, "changed": 0, "same": 0, "fault": 0}
    assert [note[0] for note in told(batch)["notes"]] == [5]


def test_looking_tells_what_would_happen_and_changes_nothing() -> None:
    batch = receive(partijen__csv=LIST)
    before = everything()
    assert actions.look(batch, at=AT, today=TODAY) is False
    assert everything() == before
    assert told(batch)["counts"]["new"] == 3


def test_the_same_list_again_changes_nothing_and_says_so() -> None:
    bring(receive(partijen__csv=LIST))
    before = everything()
    again = receive(partijen__csv=LIST)
    bring(again, at=LATER)
    assert everything() == before
    assert told(again)["counts"] == {"new": 0, "changed": 0, "same": 3, "fault": 0}


def test_a_later_list_changes_what_it_tells_and_leaves_the_rest() -> None:
    bring(receive(partijen__csv=LIST))
    later = receive(anders__csv="naam;adres\nDE LANGE TAFEL;Kade 3\nGemeente Oeverstad;\n")
    bring(later, at=LATER)
    table = Party.objects.get(key="de-lange-tafel")
    assert (table.address, table.kind, table.name) == ("Kade 3", "initiative", "De Lange Tafel")
    assert told(later)["counts"] == {"new": 0, "changed": 1, "same": 1, "fault": 0}


def test_a_batch_confirmed_twice_by_two_people_comes_in_once() -> None:
    batch = receive(partijen__csv=LIST)
    bring(batch)
    before = everything()
    bring(batch, at=LATER)
    assert everything() == before
    assert Batch.objects.get().done_at == AT


def test_a_faulty_row_is_told_with_its_place_and_nothing_comes_in() -> None:
    batch = receive(
        lijst__csv="Naam;Soort;Website;Begonnen\nA;gemeente;geen adres;\n;gemeente;;\nC;gemeente;;overmorgen\n"
    )
    with pytest.raises(BatchRefused):
        bring(batch)
    assert faults(batch) == [(2, "C (Website)"), (3, "A (Naam)"), (4, "D (Begonnen)")]
    assert not Party.objects.exists()
    assert Batch.objects.get().done_at is None


def test_rows_with_a_fault_may_be_left_out_by_a_human_and_the_receipt_says_so() -> None:
    batch = receive(lijst__csv="Naam;Website\nA;geen adres\nB;\n")
    Batch.objects.update(leaves_faults_out=True)
    bring(batch)
    assert [row.name for row in Party.objects.all()] == ["B"]
    assert told(batch)["counts"] == {"new": 1, "changed": 0, "same": 0, "fault": 1}
    assert faults(batch) == [(2, "B (Website)")]


def test_a_workbook_with_a_title_above_merged_kinds_and_dates_as_numbers_is_read() -> None:
    rows = [["Onze partijen", ""], ["", ""], ["Organisatie", "Type", "Sinds"]]
    rows += [["Huurders Kade", "bewonersinitiatief", "43831"], ["Buurttuin", "", "1998"], ["", "", ""]]
    bring(receive(lijst__xlsx=workbook(rows, merged="B4:B5")))
    assert {(row.name, row.kind, row.founded_on) for row in Party.objects.all()} == {
        ("Huurders Kade", "initiative", date(2020, 1, 1)),
        ("Buurttuin", "initiative", date(1998, 1, 1)),
    }


def test_a_word_that_we_do_not_know_is_asked_about_once_and_remembered_for_the_next_list() -> None:
    text = "naam;soort\nA;coöperatie\nB;Coöperatie\n"
    batch = receive(lijst__csv=text)
    upload = batch.uploads.get()
    actions.choose(upload, kind=FileKind.PARTIES, columns=upload.columns, words={"cooperatie": "business"}, said={})
    bring(batch)
    assert {row.kind for row in Party.objects.all()} == {"business"}
    assert receive(ander__csv=text.replace("A;", "C;")).uploads.get().words == {"cooperatie": "business"}


def test_cells_that_begin_like_a_formula_stay_words() -> None:
    bring(receive(lijst__csv="naam;omschrijving\n=HYPERLINK(1);+31 is geen som\n'@groep;-\n"))
    assert {row.name for row in Party.objects.all()} == {"=HYPERLINK(1)", "@groep"}


def test_ties_needs_and_documents_find_the_parties_of_a_list_beside_them() -> None:
    plan = pdf([["Er is te weinig plek voor huiswerk in de wijk."]])
    batch = receive(
        banden__csv="van;met;soort band;laatst gezien\nA;B;subsidie;2026-03-01\n",
        vragen__csv="partij;vraag;kan helpen\nA;een zaal op dinsdag;B\n",
        plan_2024__pdf=plan,
        bronnen__csv="bestand;titel;van wie;datum\nplan_2024.pdf;Het plan;B;2024-02-01\n",
        partijen__csv="naam\nA\nB\n",
    )
    bring(batch)
    assert (Tie.objects.get().kind, Able.objects.get().party.name) == ("funds", "B")
    assert until_done([BRING_IN]) == 1
    source = Source.objects.get()
    assert (source.title, source.kind, source.holder and source.holder.name) == ("Het plan", "plan", "B")
    assert source.published_on == date(2024, 2, 1)
    assert told(batch, 3)["state"] == "new"
    assert not default_storage.exists(f"imports/{batch.key}/3")


def test_a_tie_with_an_unknown_party_is_a_fault_of_that_cell() -> None:
    party("A")
    batch = receive(banden__csv="van;met\nA;Niemand\n")
    with pytest.raises(BatchRefused):
        bring(batch)
    assert faults(batch) == [(2, "B (met)")]


def test_nobody_is_kept_on_the_word_of_a_list_without_a_yes_of_their_own() -> None:
    party("A")
    text = "naam;mail;partij;rol;toestemming;datum toestemming;mag mailen\n"
    wrong = receive(mensen__csv=text + "Gerda;gerda@example.org;A;kok;nee;2026-01-05;ja\n")
    with pytest.raises(BatchRefused):
        bring(wrong)
    assert not Person.objects.exists()
    for _again in range(2):
        bring(receive(mensen__csv=text + "Gerda;gerda@example.org;A;kok;ja;2026-01-05;ja\n"))
    assert {consent.purpose for consent in Consent.objects.all()} == {"keep", "contact"}
    assert Person.objects.count() == 1


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


def test_an_unknown_area_is_made_where_there_is_no_map_and_refused_where_there_is_one() -> None:
    bring(receive(lijst__csv="naam;buurt\nA;Kadebuurt\nB;Kadebuurt\n"))
    assert [area.name for area in Area.objects.all()] == ["Kadebuurt"]
    batch = receive(lijst__csv="naam;buurt\nC;Nergens\n")
    with pytest.raises(BatchRefused):
        bring(batch)
    assert faults(batch) == [(2, "B (buurt)")]


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


def test_a_whole_workshop_comes_in_as_a_zip_and_only_into_its_own(tmp_path: Path) -> None:
    whole = folder(tmp_path / "kade")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for path in sorted(whole.rglob("*")):
            package.write(path, f"kade/{path.relative_to(whole)}")
    elsewhere = receive(kade__zip=made.getvalue())
    with pytest.raises(BatchRefused):
        bring(elsewhere)
    assert "kanaalkwartier" in told(elsewhere)["faults"][0][2]
    batch = actions.receive(workshop("kade"), [ContentFile(made.getvalue(), "kade.zip")], at=AT)
    assert batch.uploads.get().kind == FileKind.FOLDER
    bring(batch)
    until_done([BRING_IN])
    assert told(batch)["state"] == "new"
    assert told(batch)["documents"] == 2
    assert Party.objects.filter(workshop__key="kade").count() == 3


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
    answer = client.post(page, {"files": chosen}, follow=True)
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
