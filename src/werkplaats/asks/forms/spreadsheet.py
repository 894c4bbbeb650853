"""A file of voices, as people keep them: CSV or Excel, with Dutch or English headings. Every fault with its row and column."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from werkplaats.asks.records import Fault, Row
from werkplaats.asks.refusals import TooManyRows, UnreadableTable
from werkplaats.asks.rules import LONGEST, Privacy, has_words

Cell = object
Table = list[list[Cell]]
MOST_ROWS = 20_000
_COLUMNS = {
    "text": ("tekst", "text", "stem", "inbreng", "antwoord", "verhaal"),
    "privacy": ("wie leest", "privacy", "wie mag het lezen"),
    "given_on": ("datum", "date", "given_on", "wanneer"),
    "language": ("taal", "language"),
    "area": ("gebied", "buurt", "area"),
    "group": ("groep", "group"),
    "through": ("via", "door", "through"),
}
_PRIVACY = {
    "": Privacy.WORKSHOP,
    "werkplaats": Privacy.WORKSHOP,
    "workshop": Privacy.WORKSHOP,
    "alleen de werkplaats": Privacy.WORKSHOP,
    "zonder naam": Privacy.NAMELESS,
    "nameless": Privacy.NAMELESS,
    "mag naar buiten": Privacy.NAMELESS,
}


class Known(NamedTuple):
    """What the cells of a file may refer to: codes of areas and keys of initiatives, by key and by name in lowercase."""

    areas: Mapping[str, str]
    initiatives: Mapping[str, str]


_DATES = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")


def table_of(name: str, content: bytes) -> tuple[Table, tuple[Fault, ...]]:
    """The cells of a file, and the merged ones as faults. Raises `UnreadableTable`."""
    if content[:2] == b"PK" or name.lower().endswith((".xlsx", ".xls", ".ods")):
        return _workbook(name, content)
    return _csv(name, content), ()


def rows_of(table: Table, *, known: Known, today: date) -> tuple[tuple[Row, ...], tuple[Fault, ...]]:
    """The voices in a table with one row of headings, and what is wrong in it. `known`: what a cell may refer to.

    Empty rows are left out. Raises `TooManyRows`.
    """
    if len(table) - 1 > MOST_ROWS:
        raise TooManyRows(MOST_ROWS)
    places = _places(table[0] if table else [])
    if "text" not in places:
        reason = _("Er is geen kolom “tekst”. Zet boven de kolom met de verhalen het woord tekst.")
        return (), (Fault(1, _COLUMNS["text"][0], reason),)
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, cells in enumerate(table[1:], start=2):
        told = {name: _words(cells[at]) if at < len(cells) else "" for name, at in places.items()}
        if not any(told.values()):
            continue
        row = _row(number, told, known, today, faults)
        if row:
            rows.append(row)
    return tuple(rows), tuple(faults)


def _row(number: int, told: Mapping[str, str], known: Known, today: date, faults: list[Fault]) -> Row | None:
    before = len(faults)

    def wrong(column: str, reason: str) -> None:
        faults.append(Fault(number, _COLUMNS[column][0], reason))

    text = told["text"]
    if not has_words(text):
        wrong("text", _("Hier staat geen tekst."))
    elif len(text) > LONGEST:
        wrong("text", _("Deze tekst is langer dan %(longest)d tekens.") % {"longest": LONGEST})
    privacy = _PRIVACY.get(told.get("privacy", "").lower())
    if privacy is None:
        wrong("privacy", _("Kies “werkplaats” of “zonder naam”. Leeg betekent: alleen de werkplaats."))
    given_on = _date(told.get("given_on", ""))
    if told.get("given_on") and given_on is None:
        wrong(
            "given_on", _("“%(words)s” is geen datum. Schrijf 2026-05-12 of 12-05-2026.") % {"words": told["given_on"]}
        )
    elif given_on and given_on > today:
        wrong("given_on", _("Deze dag is nog niet geweest."))
    place, gatherer = _known(told, known, wrong)
    language = told.get("language", "").lower()
    if language and not (2 <= len(language) <= 3 and language.isalpha()):
        wrong("language", _("Schrijf de taal met twee letters, zoals nl, tr of ar."))
    if len(faults) > before or privacy is None:
        return None
    return Row(number, text, language, privacy.value, given_on, place, told.get("group", "")[:120], gatherer)


def _known(told: Mapping[str, str], known: Known, wrong: Callable[[str, str], None]) -> tuple[str, str]:
    """The area and the initiative that a row refers to."""
    area, through = told.get("area", ""), told.get("through", "")
    if area and area.lower() not in known.areas:
        wrong("area", _("“%(words)s” is geen gebied dat de werkplaats kent.") % {"words": area})
    if through and through.lower() not in known.initiatives:
        wrong("through", _("“%(words)s” is geen bewonersinitiatief dat de werkplaats kent.") % {"words": through})
    return known.areas.get(area.lower(), ""), known.initiatives.get(through.lower(), "")


def _places(heading: Sequence[Cell]) -> dict[str, int]:
    """Which column holds what."""
    found: dict[str, int] = {}
    for at, cell in enumerate(heading):
        words = _words(cell).lower().strip(" :?")
        for name, known in _COLUMNS.items():
            if words in known:
                found.setdefault(name, at)
    return found


def _words(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).replace("\x00", "").replace("\r\n", "\n").strip()


def _date(words: str) -> date | None:
    for form in _DATES:
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007  # a day as written has no zone
        except ValueError:
            continue
    return None


def _csv(name: str, content: bytes) -> Table:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # how Excel saves a CSV
    if "\x00" in text:
        raise UnreadableTable(name)
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    csv.field_size_limit(2**21)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text), delimiter=separator)]
    except csv.Error as wrong:
        raise UnreadableTable(name) from wrong


def _workbook(name: str, content: bytes) -> tuple[Table, tuple[Fault, ...]]:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        table: Table = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, OSError, ValueError) as wrong:
        raise UnreadableTable(name) from wrong
    merged = sheet.merged_cell_ranges or []
    reason = _("Hier zijn cellen samengevoegd. Maak dat in Excel ongedaan, zodat elke rij één stem is.")
    return table, tuple(Fault(start[0] + 1, _letter(start[1]), reason) for start, _end in merged)


def _letter(column: int) -> str:
    """The name of a column as a spreadsheet shows it: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
