"""A table as people keep it: CSV as any spreadsheet saves it, or a workbook. Nothing in it is ever computed or executed."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from python_calamine import CalamineError, CalamineWorkbook

__all__ = ["BrokenSheet", "Merged", "Sheet", "day", "letter", "read", "words"]

Value = object
"""What a cell holds: text, a number, a date, or None."""

LARGEST_UNPACKED = 200_000_000  # bytes: a workbook is a zip, and may be a bomb
MOST_CELLS = 5_000_000
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_SEPARATORS = ";,\t|"
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")
_FORMS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y", "%d/%m/%y")
_MONTHS = (
    ("jan", "januari", "january"),
    ("feb", "februari", "february"),
    ("mrt", "maart", "mar", "march"),
    ("apr", "april"),
    ("mei", "may"),
    ("jun", "juni", "june"),
    ("jul", "juli", "july"),
    ("aug", "augustus", "august"),
    ("sep", "sept", "september"),
    ("okt", "oktober", "oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_IN_WORDS = re.compile(r"(\d{1,2})\s+([a-z]+)\.?\s+(\d{4})")
_EPOCH = dt.date(1899, 12, 30)  # from which a spreadsheet counts its days
_SERIAL = range(10_000, 80_000)  # 1927 to 2119: a smaller number is a year or an amount


@dataclass(frozen=True)
class Merged:
    """Cells that were made one, from 0: the rows and columns of the first and of the last."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """The cells of the first sheet, row by row; a row may be shorter than others. ``rows[0]`` is line 1 of the file."""

    rows: tuple[tuple[Value, ...], ...]
    merged: tuple[Merged, ...] = ()

    def filled(self) -> "Sheet":
        """The same with what a merged cell says in each of its cells, as people mean it.

        >>> Sheet((("Zorg",), (None,)), (Merged(0, 0, 1, 0),)).filled().rows
        (('Zorg',), ('Zorg',))
        """
        rows = [list(row) for row in self.rows]
        for one in self.merged:
            if one.row >= len(rows) or one.column >= len(rows[one.row]):
                continue
            said = rows[one.row][one.column]
            for row in rows[one.row : one.last_row + 1]:
                row[one.column : one.last_column + 1] = [said] * len(row[one.column : one.last_column + 1])
        return Sheet(tuple(map(tuple, rows)))


class BrokenSheet(ValueError):
    """A file that is no table. ``reason``: ``broken``, ``too_large``, ``no_text`` or ``locked``."""

    def __init__(self, reason: Literal["broken", "too_large", "no_text", "locked"]) -> None:
        super().__init__(reason)
        self.reason = reason


def read(name: str, content: bytes) -> Sheet:
    r"""The first sheet of a workbook, or a CSV in whichever separator and encoding a spreadsheet saved it.

    ``name`` only helps to tell what it is. A cell with a formula gives what it last came to in a workbook, and its text in a
    CSV. Raises ``BrokenSheet``.

    >>> read("x.csv", "naam;soort\nDe Spil;=1+1\n".encode("cp1252")).rows
    (('naam', 'soort'), ('De Spil', '=1+1'))
    """
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or name.lower().endswith(_WORKBOOKS):
        return _workbook(content)
    return _csv(content)


def words(cell: Value) -> str:
    """A cell as text: a date as ISO, a whole number without its ``.0``, without the mark that keeps it from being a formula.

    >>> words(dt.datetime(2026, 5, 12)), words(3.0), words("'=1+1"), words(None)
    ('2026-05-12', '3', '=1+1', '')
    """
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = "" if cell is None else str(cell).replace("\x00", "").replace("\r\n", "\n").strip()
    return text[1:] if _ESCAPED.match(text) else text


def day(text: str) -> dt.date | None:
    """The date that a cell says: ISO, as people write it in the Netherlands, in words, or as the number behind a date.

    >>> day("12-05-2026") == day("12 mei 2026") == day("46154") == dt.date(2026, 5, 12)
    True
    >>> day("1998"), day("morgen")
    (datetime.date(1998, 1, 1), None)
    """
    told = text.strip().lower()
    for form in _FORMS:
        try:
            return dt.datetime.strptime(told, form).date()  # noqa: DTZ007  # a day as written has no zone
        except ValueError:
            continue
    if told.isascii() and told.isdecimal() and len(told) <= 5:
        number = int(told)
        if number in _SERIAL:
            return _EPOCH + dt.timedelta(days=number)
        return dt.date(number, 1, 1) if 1500 <= number <= 2200 else None
    found = _IN_WORDS.fullmatch(told)
    if found is None or found[2] not in _MONTH:
        return None
    try:
        return dt.date(int(found[3]), _MONTH[found[2]], int(found[1]))
    except ValueError:
        return None


def letter(column: int) -> str:
    """The name of a column as a spreadsheet shows it.

    >>> letter(0), letter(26)
    ('A', 'AA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _csv(content: bytes) -> Sheet:
    text = _decoded(content)
    if "\x00" in text:
        raise BrokenSheet("broken")
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)\s*", first)  # how Excel says itself which separator it used
    separator = told[1] if told else _separator(text.splitlines()[:10])
    csv.field_size_limit(2**21)
    try:
        rows = [tuple(row) for row in csv.reader(io.StringIO(rest if told else text), delimiter=separator)]
    except csv.Error as wrong:
        raise BrokenSheet("broken") from wrong
    return _bounded(([(), *rows] if told else rows), ())


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as wrong:
            raise BrokenSheet("broken") from wrong
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # how Excel saves a CSV in the Netherlands


def _separator(lines: Sequence[str]) -> str:
    """The sign that stands in most lines, and then most often, outside quotes."""
    bare = [re.sub(r'"[^"]*"', "", line) for line in lines]
    return max(
        _SEPARATORS, key=lambda sign: (sum(sign in line for line in bare), sum(line.count(sign) for line in bare))
    )


def _workbook(content: bytes) -> Sheet:
    if content.startswith(b"PK"):
        _weigh(content)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows = [tuple(row) for row in sheet.to_python(skip_empty_area=False)]
    except CalamineError as wrong:
        raise BrokenSheet("locked" if "assword" in str(wrong) else "broken") from wrong
    except (OSError, ValueError) as wrong:
        raise BrokenSheet("broken") from wrong
    ranges = sheet.merged_cell_ranges or []
    merged = tuple(Merged(start[0], start[1], end[0], end[1]) for start, end in ranges)
    return _bounded([tuple(None if cell == "" else cell for cell in row) for row in rows], merged)


def _weigh(content: bytes) -> None:
    """What a workbook says of its own size is checked by unpacking it, a piece at a time, before anybody keeps it whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(part.file_size for part in package.infolist()) > LARGEST_UNPACKED:
                raise BrokenSheet("too_large")
            for part in package.infolist():
                with package.open(part) as stream:
                    while stream.read(1_000_000):
                        pass
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as wrong:
        if isinstance(wrong, BrokenSheet):
            raise
        raise BrokenSheet("broken") from wrong


def _bounded(rows: Sequence[tuple[Value, ...]], merged: tuple[Merged, ...]) -> Sheet:
    if sum(map(len, rows)) > MOST_CELLS:
        raise BrokenSheet("too_large")
    if not any(words(cell) for row in rows for cell in row):
        raise BrokenSheet("no_text")
    return Sheet(tuple(rows), merged)
