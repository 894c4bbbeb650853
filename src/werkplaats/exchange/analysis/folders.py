"""Reads and writes an open workshop folder, and says in Dutch what is wrong with one."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from samenhang import folder, packing, sheets
from samenhang.areas import read_areas
from samenhang.cells import Cell, Field
from samenhang.files import Fault, Row, Schema, read_table, to_json
from werkplaats.exchange.records import FaultLine, SheetRead
from werkplaats.exchange.refusals import UnreadableSheet
from werkplaats.exchange.rules.sheets import MOST_ROWS, heading_row
from werkplaats.workshops.records import AreaRow

Folder = folder.Folder
LEDGER = "grootboek.jsonl"
MEMORY = "memory"


def read(path: Path) -> Folder:
    """The folder as it was found, with all its faults. Raises `NotADirectoryError`."""
    return folder.read(path)


def faults(found: Folder) -> tuple[FaultLine, ...]:
    """Everything that is wrong in the files of a folder, in Dutch."""
    return tuple(FaultLine(fault.file, fault.line, fault.column, sentence(fault)) for fault in found.faults)


def areas(found: Folder) -> tuple[AreaRow, ...]:
    """The areas of a folder. A file with one level names parents that stand in another file: those are left out."""
    codes = {area.code for area in found.areas}
    return tuple(_as_row(area, codes) for area in found.areas)


def _as_row(area: folder.Area, codes: set[str]) -> AreaRow:
    return AreaRow(
        code=area.code,
        name=area.name,
        parent_code=area.parent if area.parent in codes else "",
        kind=area.kind or "",
        population=area.population,
        polygons=_polygons(area),
    )


def _polygons(area: folder.Area) -> list[object]:
    coordinates = area.geometry.get("coordinates", [])
    assert isinstance(coordinates, list)  # folder.read checked the shape
    return [coordinates] if area.geometry.get("type") == "Polygon" else coordinates


def sheet(name: str, content: bytes) -> SheetRead:
    """The headings of somebody's sheet and its rows as words; a merged cell speaks for all its rows. Raises `UnreadableSheet`."""
    try:
        found = sheets.read(name, content).filled()
    except sheets.BrokenSheet as wrong:
        raise UnreadableSheet(name, wrong.reason) from wrong
    rows = [tuple(sheets.words(cell) for cell in row) for row in found.rows]
    if len(rows) > MOST_ROWS:
        raise UnreadableSheet(name, "too_many_rows")
    at = heading_row(rows)
    width = max(map(len, rows))
    heading = rows[at] + ("",) * (width - len(rows[at]))
    told = ((line, row + ("",) * (width - len(row))) for line, row in enumerate(rows[at + 1 :], start=at + 2))
    return SheetRead(heading, tuple((line, row) for line, row in told if any(row)))


def letter(column: int) -> str:
    """The name of a column as a spreadsheet shows it."""
    return sheets.letter(column)


def map_of(path: Path, name: str) -> tuple[tuple[AreaRow, ...], tuple[FaultLine, ...]]:
    """The areas of a GeoJSON file, and what is wrong in it: the line is the number of the feature, from 1."""
    found = read_areas(path)
    codes = {area.code for area in found.areas}
    wrong = []
    for fault in found.faults:
        number, _, rest = fault.column.removeprefix("features[").partition("]")
        line = int(number) + 1 if number.isdecimal() and rest.startswith((".", "")) else fault.line
        wrong.append(FaultLine(name, line, rest.strip("."), sentence(fault)))
    return tuple(_as_row(area, codes) for area in found.areas), tuple(wrong)


def memory(path: Path, known: Mapping[str, Sequence[str]]) -> tuple[dict[str, tuple[Row, ...]], tuple[FaultLine, ...]]:
    """What a program remembered beside the tables of a folder. `known`: the columns of every table that there may be."""
    found: dict[str, tuple[Row, ...]] = {}
    wrong: list[FaultLine] = []
    for file in sorted((path / MEMORY).glob("*.csv")):
        name = f"{MEMORY}/{file.name}"
        if file.stem not in known or not file.resolve().is_relative_to(path.resolve()):
            told = Fault(name, 0, "", "unknown_file", "", file.name, ", ".join(known))
            wrong.append(FaultLine(name, 0, "", sentence(told)))
            continue
        table = read_table(file, _remembered(file.stem, known[file.stem]))
        found[file.stem] = table.rows
        wrong += [FaultLine(name, fault.line, fault.column, sentence(fault)) for fault in table.faults]
    return found, tuple(wrong)


def _remembered(name: str, columns: Sequence[str]) -> Schema:
    return Schema(name, tuple(Field(column, required=column == "row", unique=column == "row") for column in columns))


def write(
    path: Path,
    *,
    key: str,
    title: str,
    tables: Mapping[str, Sequence[Mapping[str, Cell]]],
    areas: Iterable[AreaRow],
    memory: Mapping[str, tuple[Sequence[str], Sequence[Mapping[str, str]]]],
) -> None:
    """Writes everything of a folder but its documents and its ledger."""
    for name, rows in tables.items():
        packing.write_table(path, name, rows)
    if drawn := [_area(row) for row in areas]:
        packing.write_areas(path, drawn)
    if memory:
        (path / MEMORY).mkdir()
    for name, (columns, lines) in memory.items():
        packing.write_rows(path / MEMORY / f"{name}.csv", columns, lines)
    kept = [_remembered(name, columns) for name, (columns, _lines) in memory.items()]
    to_json(packing.datapackage(key, title, tables, kept), path / folder.DATAPACKAGE)


def _area(row: AreaRow) -> folder.Area:
    kind = "Polygon" if len(row.polygons) == 1 else "MultiPolygon"
    shape = row.polygons[0] if len(row.polygons) == 1 else row.polygons
    geometry = {"type": kind, "coordinates": shape} if row.polygons else {}
    return folder.Area(row.code, row.name, row.parent_code or None, row.kind or None, row.population, geometry)


def sentence(fault: Fault) -> str:
    """Why a file or row is refused, in words for whoever made it."""
    sentences = {
        "another_ask": _("“%(value)s” is gegeven op een andere vraag dan die “%(other)s” beantwoordt."),
        "bad_encoding": _("Hier staat een teken (%(value)s) dat geen UTF-8 is. Bewaar het bestand als “CSV UTF-8”."),
        "broken_json": _("Dit is geen JSON."),
        "broken_row": _("De aanhalingstekens op deze rij kloppen niet."),
        "broken_shape": _("De coördinaten zijn geen lijsten van [lengte, breedte]."),
        "double_column": _("Deze kolom staat er twee keer."),
        "duplicate": _("“%(value)s” staat er al: %(other)s."),
        "empty_file": _("Het bestand is leeg."),
        "link": _("Dit is een verwijzing naar een bestand buiten de map. Zet het bestand zelf in de map."),
        "missing_column": _("Deze kolom ontbreekt."),
        "missing_document": _("Het bestand documents/%(value)s is er niet."),
        "newer_version": _(
            "Deze map is gemaakt met een nieuwere versie (%(value)s). Wij lezen tot en met versie %(other)s. "
            "Werk eerst dit platform bij."
        ),
        "no_areas": _("Dit is geen GeoJSON met gebieden."),
        "no_code": _("Dit gebied heeft geen code."),
        "no_name": _("Dit gebied heeft geen naam."),
        "no_passage": _("%(value)s is geen passage: bladzijden tellen vanaf 1 en het einde ligt na het begin."),
        "no_properties": _("Dit gebied heeft geen kenmerken."),
        "not_a_date": _("“%(value)s” is geen datum zoals 2024-03-31."),
        "not_a_digest": _("Dit is geen vingerafdruk van een code (64 tekens). De code zelf hoort niet in de map."),
        "not_a_key": _("“%(value)s” is geen sleutel. Gebruik kleine letters, cijfers en streepjes."),
        "not_a_moment": _("“%(value)s” is geen moment zoals 2024-03-31T19:00+02:00, en ook geen datum."),
        "not_a_number": _("“%(value)s” is geen getal."),
        "not_a_whole_number": _("“%(value)s” is geen heel getal van 0 of meer."),
        "not_allowed": _("“%(value)s” kan hier niet. Kies uit: %(other)s."),
        "not_an_area": _("Een gebied is een Polygon of een MultiPolygon."),
        "not_an_end": _("“%(value)s” meldt een band van anderen. Dat kunnen alleen de twee partijen zelf."),
        "not_degrees": _("De coördinaten zijn geen graden (WGS 84). Reken de kaart eerst om."),
        "nul_byte": _("Dit is geen tekstbestand in UTF-8. Bewaar het als “CSV UTF-8”."),
        "one_of": _("Vul één van deze cellen in, en niet meer dan één: %(other)s."),
        "one_row": _("In dit bestand staat één rij: één werkplaats per map."),
        "open_ring": _("Een grens is niet dicht: de laatste plek moet de eerste zijn."),
        "outside": _("“%(value)s” staat niet in de map documents."),
        "required": _("Deze cel mag niet leeg zijn."),
        "said_twice": _("Dit staat er al op rij %(other)s: %(value)s."),
        "same_party": _("“%(value)s” staat aan beide kanten. Dat moeten twee partijen zijn."),
        "semicolons": _("De kolommen zijn gescheiden door puntkomma's. Bewaar het bestand met komma's."),
        "stage_and_answers": _("“%(value)s” past niet bij wat de kanten in %(other)s zeiden."),
        "too_few_cells": _("Deze rij heeft %(value)s cellen, maar er zijn %(other)s kolommen."),
        "too_long": _("Deze tekst is te lang: %(value)s tekens. Er passen er %(other)s."),
        "too_many_cells": _("Deze rij heeft %(value)s cellen, maar er zijn %(other)s kolommen."),
        "unknown_column": _("Deze kolom kennen we niet. Er zijn: %(other)s."),
        "unknown_file": _("Dit bestand kennen we niet. Er zijn: %(other)s."),
        "unknown_reference": _("“%(value)s” staat niet in %(other)s."),
    }
    # A code that is new in the library is told in its own words rather than hidden.
    return sentences.get(fault.reason_code, fault.reason.replace("%", "%%")) % {
        "value": fault.value,
        "other": fault.other,
    }
