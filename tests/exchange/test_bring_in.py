"""A coordinator brings in their own files: looked at first, all of it or nothing, and safely again."""

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage

from tests.asks.test_import import workbook
from tests.builders import TODAY, party
from tests.exchange.batches import AT, bring, faults, receive, told
from tests.exchange.test_load import everything
from tests.samenhang.knowledge.made_files import pdf
from werkplaats.accounts.models import Person
from werkplaats.config.sweeps import until_done
from werkplaats.consent.models import Consent
from werkplaats.exchange import actions
from werkplaats.exchange.models import Batch
from werkplaats.exchange.refusals import BatchRefused
from werkplaats.exchange.rules.sheets import FileKind
from werkplaats.exchange.sweeps import BRING_IN
from werkplaats.neighbourhoods.models import Able, Need, Party, Tie
from werkplaats.sources.models import Source
from werkplaats.workshops.models import Area

LATER = AT + timedelta(hours=1)
LIST = (
    "Naam;Soort;Buurt;Thema's;Zoekt;Werkt samen met;Contactpersoon\r\n"
    "De Lange Tafel;Bewonersinitiatief;Kadebuurt;eten, ontmoeten;een keuken;Wijkteam Kade;Gerda\r\n"
    ";;;;;;\r\n"
    "Gemeente Oeverstad;gemeente;;;;;\r\n"
    'Wijkteam Kade;buurtteam;Kadebuurt;ontmoeten;;"Gemeente Oeverstad; De Onbekende";\r\n'
)

pytestmark = pytest.mark.django_db


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


def test_an_unknown_area_is_made_where_there_is_no_map_and_refused_where_there_is_one() -> None:
    bring(receive(lijst__csv="naam;buurt\nA;Kadebuurt\nB;Kadebuurt\n"))
    assert [area.name for area in Area.objects.all()] == ["Kadebuurt"]
    batch = receive(lijst__csv="naam;buurt\nC;Nergens\n")
    with pytest.raises(BatchRefused):
        bring(batch)
    assert faults(batch) == [(2, "B (buurt)")]
