"""Files: results out as JSON, tables in from CSV with every fault named by file, line, column and reason."""

import csv
import dataclasses
import datetime as dt
import io
import json
import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np

from samenhang.cells import READERS, REASONS, Cell, Field

KEPT = {"kept": True}
"""Metadata of a field that a result keeps for later questions, and that is no part of what it tells: `to_json` leaves it out."""


@dataclass(frozen=True)
class Schema:
    """The columns that a table may have; those that are required must be there, all others may be left out.

    ``together``: what no two rows may both say. Columns in one part may change places: ``(("a", "b"), ("kind",))`` makes
    a row ``x, y, knows`` the same as ``y, x, knows``.
    """

    name: str
    fields: tuple[Field, ...]
    together: tuple[tuple[str, ...], ...] = ()

    def field(self, name: str) -> Field:
        """The column of this name; ``KeyError`` if there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


@dataclass(frozen=True)
class Row:
    """One row of a table: the line of the file on which it starts, and a value for every column of the schema."""

    line: int
    values: Mapping[str, Cell]

    def __getitem__(self, column: str) -> Cell:
        return self.values[column]

    def text(self, column: str) -> str:
        """A cell of text, "" when it is not known."""
        return cast("str | None", self.values[column]) or ""

    def keys(self, column: str) -> tuple[str, ...]:
        """A cell of keys, () when it is not known."""
        return cast("tuple[str, ...] | None", self.values[column]) or ()

    def date(self, column: str) -> dt.date | None:
        """A cell with a date."""
        return cast("dt.date | None", self.values[column])


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file, and where.

    ``line``: from 1, 0 = the file as a whole. ``reason_code`` is for programs that say it in another language, with
    ``value`` (what stands there) and ``other`` (what it clashes with, or what was expected); ``reason`` says it in English.
    """

    file: str
    line: int
    column: str
    reason_code: str
    reason: str
    value: str = ""
    other: str = ""

    def __str__(self) -> str:
        place = [self.file, f"line {self.line}" if self.line else "", f"column {self.column}" if self.column else ""]
        return f"{', '.join(part for part in place if part)}: {self.reason}"


class BadInput(ValueError):
    """Input that cannot be used; ``faults`` says where and why."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Table:
    """What was read: the rows that are sound, and everything that is not."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def to_json(result: object, path: str | os.PathLike[str] | None = None) -> str:
    """Write any result of a measure as JSON (UTF-8, keys in the order of the fields); NaN and infinities become null.

    Returns the text; with ``path`` it is written there too. Raises ``TypeError`` for what is no result.

    >>> to_json({"gain": np.array([1.5, np.nan])}).split()
    ['{', '"gain":', '[', '1.5,', 'null', ']', '}']
    """
    text = json.dumps(_plain(result), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    if path is not None:
        Path(path).write_text(text, encoding="utf-8", newline="\n")
    return text


def _plain(value: object) -> object:
    if isinstance(value, (np.ndarray, np.generic)):
        return _plain(value.tolist())
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, os.PathLike):
        return Path(value).as_posix()
    return _members(value)


def _members(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        told = [field.name for field in dataclasses.fields(value) if not field.metadata.get("kept")]
        return {name: _plain(getattr(value, name)) for name in told}
    if isinstance(value, Mapping):
        return {key if isinstance(key, str) else json.dumps(_plain(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((_plain(item) for item in value), key=json.dumps)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    raise TypeError(f"to_json: {type(value).__name__} is no result of a measure")


def read_table(path: str | os.PathLike[str], schema: Schema) -> Table:
    """Read a CSV file against a schema; all faults together, each with the line on which it really stands.

    UTF-8 (with or without a byte order mark), comma, one header row. An empty cell is "not known" (None). Checks columns,
    types, required and unique; references between files are checked by who knows the other files. Raises ``OSError`` when
    the file cannot be opened at all.
    """
    name = Path(path).name
    text, fault = _decoded(Path(path).read_bytes(), name)
    if fault is not None:
        return Table((), (fault,))
    lines = _lines(text, name)
    header = next(lines, None)
    if isinstance(header, Fault):
        return Table((), (header,))
    if header is None:
        return Table((), (Fault(name, 0, "", "empty_file", "the file is empty"),))
    columns, faults = _columns(header[1], schema, name, header[0])
    if faults:
        return Table((), tuple(faults))
    return _rows(lines, columns, schema, name)


def _decoded(data: bytes, name: str) -> tuple[str, Fault | None]:
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        hint = "; save it as CSV UTF-8" if data[:2] in {b"\xff\xfe", b"\xfe\xff", b"PK"} else ""
        return "", Fault(name, line, "", "nul_byte", f"this is not a text file in UTF-8{hint}")
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as wrong:
        # The byte order mark is taken off before decoding, so positions are those in what is left.
        body = data.removeprefix(b"\xef\xbb\xbf")
        line = body[: wrong.start].count(b"\n") + 1
        byte = f"0x{body[wrong.start]:02x}"
        reason = f"byte {byte} is not UTF-8; save the file as CSV UTF-8"
        return "", Fault(name, line, "", "bad_encoding", reason, byte)


def _lines(text: str, name: str) -> Iterator[tuple[int, list[str]] | Fault]:
    """Each row with the line on which it starts; rows without any text are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            yield Fault(name, line, "", "broken_row", f"the quotes on this row do not fit ({wrong})")
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _columns(cells: list[str], schema: Schema, name: str, line: int) -> tuple[list[str], list[Fault]]:
    columns = [cell.strip() for cell in cells]
    known = [field.name for field in schema.fields]
    if len(columns) == 1 and ";" in columns[0]:
        reason = "the columns are separated by semicolons, as Excel does; save it with commas"
        return columns, [Fault(name, line, "", "semicolons", reason)]
    faults = []
    for place, column in enumerate(columns):
        if column not in known:
            reason = f"unknown column; there are: {', '.join(known)}"
            faults.append(
                Fault(name, line, column or f"{place + 1}", "unknown_column", reason, column, ", ".join(known))
            )
        elif column in columns[:place]:
            faults.append(Fault(name, line, column, "double_column", "this column stands here twice", column))
    missing = [field.name for field in schema.fields if field.required and field.name not in columns]
    faults += [Fault(name, line, column, "missing_column", "this column is missing", column) for column in missing]
    return columns, faults


def _rows(lines: Iterator[tuple[int, list[str]] | Fault], columns: list[str], schema: Schema, name: str) -> Table:
    rows: list[Row] = []
    faults: list[Fault] = []
    first: dict[tuple[str, Cell], int] = {}
    for found in lines:
        if isinstance(found, Fault):
            faults.append(found)
            break
        line, cells = found
        if len(cells) != len(columns):
            code = "too_many_cells" if len(cells) > len(columns) else "too_few_cells"
            reason = f"{len(cells)} cells on this row, but {len(columns)} columns"
            faults.append(Fault(name, line, "", code, reason, str(len(cells)), str(len(columns))))
            continue
        row, wrong = _row(line, dict(zip(columns, cells, strict=True)), schema, name)
        wrong += [*_doubles(row, schema, name, first), *_said_twice(row, schema, name, first)]
        faults += wrong
        if not wrong:
            rows.append(row)
    return Table(tuple(rows), tuple(faults))


def _row(line: int, cells: dict[str, str], schema: Schema, name: str) -> tuple[Row, list[Fault]]:
    values: dict[str, Cell] = {}
    faults: list[Fault] = []
    for field in schema.fields:
        text = cells.get(field.name, "").strip()
        values[field.name] = None
        if not text:
            if field.required:
                faults.append(Fault(name, line, field.name, "required", "this cell may not be empty"))
            continue
        if 0 < field.longest < len(text):
            reason = f"{len(text)} characters, but {field.longest} fit"
            faults.append(Fault(name, line, field.name, "too_long", reason, str(len(text)), str(field.longest)))
            continue
        try:
            values[field.name] = READERS[field.type](text, field)
        except ValueError:
            code, reason = REASONS[field.type]
            expected = ", ".join(field.values)
            faults.append(Fault(name, line, field.name, code, reason.format(text, expected), text, expected))
    return Row(line, values), faults


def _doubles(row: Row, schema: Schema, name: str, first: dict[tuple[str, Cell], int]) -> list[Fault]:
    faults = []
    for field in schema.fields:
        value = row.values[field.name]
        if not field.unique or value is None:
            continue
        before = first.setdefault((field.name, value), row.line)
        if before != row.line:
            reason = f"{value!r} stands on line {before} already"
            faults.append(Fault(name, row.line, field.name, "duplicate", reason, str(value), str(before)))
    return faults


def _said_twice(row: Row, schema: Schema, name: str, first: dict[tuple[str, Cell], int]) -> list[Fault]:
    """A row that says what an earlier one says already, though it has no key of its own."""
    columns = [column for part in schema.together for column in part]
    if not columns or any(row[column] is None for column in columns):
        return []
    parts = [sorted(str(row[column]) for column in part) for part in schema.together]
    before = first.setdefault(("", json.dumps(parts)), row.line)
    if before == row.line:
        return []
    said = ", ".join(str(row[column]) for column in columns)
    reason = f"line {before} says this already: {said}"
    return [Fault(name, row.line, "", "said_twice", reason, said, str(before))]
