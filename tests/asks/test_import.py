import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.asks.street import TODAY, area, ask
from tests.builders import account
from werkplaats.accounts.rules import RoleName
from werkplaats.asks.forms.spreadsheet import rows_of, table_of
from werkplaats.asks.models import Voice
from werkplaats.asks.refusals import UnreadableTable

GOOD = "tekst;wie leest;datum;buurt\nDe lift is kapot.;zonder naam;2026-05-01;Kadebuurt\nHet is donker.;;01-05-2026;\n"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(rows: list[list[str]], *, merged: str = "") -> bytes:
    """The smallest Excel file that holds these cells."""
    cells = "".join(
        f'<row r="{y}">'
        + "".join(f'<c r="{chr(65 + x)}{y}" t="inlineStr"><is><t>{text}</t></is></c>' for x, text in enumerate(row))
        + "</row>"
        for y, row in enumerate(rows, start=1)
    )
    merge = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_LINKS}"><sheets>'
        '<sheet name="Blad1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{cells}</sheetData>{merge}</worksheet>',
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text in parts.items():
            file.writestr(name, f'<?xml version="1.0"?>{text}')
    return made.getvalue()


@pytest.mark.parametrize(
    "content", [GOOD.encode(), GOOD.encode("cp1252"), b"\xef\xbb\xbf" + GOOD.replace(";", ",").encode()]
)
def test_a_csv_is_read_however_a_spreadsheet_saved_it(content: bytes) -> None:
    table, merged = table_of("stemmen.csv", content)
    rows, faults = rows_of(table, areas={"kadebuurt": "k1"}, today=TODAY)
    assert (merged, faults) == ((), ())
    assert [(row.number, row.text, row.privacy, row.area) for row in rows] == [
        (2, "De lift is kapot.", "nameless", "k1"),
        (3, "Het is donker.", "workshop", ""),
    ]


def test_every_fault_is_told_with_its_row_and_column() -> None:
    told = "tekst;wie leest;datum;buurt;taal\n ;;;;nl\nA;iedereen;2126-01-01;Nergens;Nederlands\nB;;gisteren;;\n"
    rows, faults = rows_of(table_of("x.csv", told.encode())[0], areas={}, today=TODAY)
    assert rows == ()
    assert [(fault.row, fault.column) for fault in faults] == [
        (2, "tekst"),
        (3, "wie leest"),
        (3, "datum"),
        (3, "gebied"),
        (3, "taal"),
        (4, "datum"),
    ]


def test_a_table_without_a_column_of_words_says_what_to_do() -> None:
    _rows, faults = rows_of([["naam", "leeftijd"], ["x", 3]], areas={}, today=TODAY)
    assert "tekst" in faults[0].reason


def test_excel_is_read_and_its_merged_cells_are_refused_by_place() -> None:
    rows = [["tekst", "taal"], ["De lift", "nl"], ["Het licht", "nl"]]
    assert table_of("x.xlsx", workbook(rows)) == (tuple(map(tuple, rows)), ())
    _table, faults = table_of("x.xlsx", workbook(rows, merged="A2:A3"))
    assert [(fault.row, fault.column) for fault in faults] == [(2, "A")]


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"a\x00b"])
def test_a_file_that_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableTable):
        table_of("x.csv", content)


@pytest.mark.django_db
def test_a_file_comes_in_whole_once_or_not_at_all(client: Client) -> None:
    row = ask()
    area()
    client.force_login(account(RoleName.COORDINATOR))
    page = reverse("asks:import", args=["kanaalkwartier", row.key])

    def send(text: str) -> str:
        return client.post(
            page, {"file": SimpleUploadedFile("stemmen.csv", text.encode())}, follow=True
        ).content.decode()

    assert "Er is niets ingelezen" in send(GOOD + "Nog een.;wie weet;;\n")
    assert not Voice.objects.exists()
    assert "Er kwamen 2 stemmen bij" in send(GOOD)
    assert "Dit bestand was al ingelezen" in send(GOOD)
    assert Voice.objects.count() == 2
    assert "geen enkele stem" in send("tekst\n\n")
