"""One cell of a table: what it may hold, and how it is read."""

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Cell = str | int | float | dt.date | tuple[str, ...] | None
Kind = Literal["string", "key", "keys", "integer", "number", "date", "moment", "enum"]

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def harmless(text: str) -> str:
    """Text as it is written into a cell, so that no spreadsheet takes it for a formula; ``as_said`` takes the mark off again.

    >>> harmless("=1+1"), as_said(harmless("=1+1")), harmless("De Spil")
    ("'=1+1", '=1+1', 'De Spil')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def as_said(text: str) -> str:
    """What a cell says, without the mark of ``harmless``."""
    return text[1:] if _ESCAPED.match(text) else text


@dataclass(frozen=True)
class Field:
    """One column of a table.

    ``references``: the table whose keys may stand here; ``values``: what an enum may be; ``longest``: how many characters
    fit, 0 = any number.
    """

    name: str
    type: Kind = "string"
    required: bool = False
    unique: bool = False
    values: tuple[str, ...] = ()
    references: str = ""
    description: str = ""
    longest: int = 0


def _key(text: str, _field: Field) -> str:
    if not KEY.fullmatch(text):
        raise ValueError(text)
    return text


def _keys(text: str, field: Field) -> tuple[str, ...]:
    found = tuple(_key(part.strip(), field) for part in text.split(";") if part.strip())
    if not found:
        raise ValueError(text)
    return found


def _integer(text: str, _field: Field) -> int:
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise ValueError(text)
    return int(text)


def _number(text: str, _field: Field) -> float:
    if not math.isfinite(found := float(text)):
        raise ValueError(text)
    return found


def _date(text: str, _field: Field) -> dt.date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError(text)
    return dt.date.fromisoformat(text)


def _moment(text: str, field: Field) -> dt.date:
    if "T" not in text:
        return _date(text, field)
    found = dt.datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


def _enum(text: str, field: Field) -> str:
    if text not in field.values:
        raise ValueError(text)
    return text


READERS: dict[Kind, Callable[[str, Field], Cell]] = {
    "string": lambda text, _field: as_said(text),
    "key": _key,
    "keys": _keys,
    "integer": _integer,
    "number": _number,
    "date": _date,
    "moment": _moment,
    "enum": _enum,
}

REASONS: dict[Kind, tuple[str, str]] = {
    "key": ("not_a_key", "{0!r} is not a key: lower-case letters, digits and hyphens"),
    "keys": ("not_a_key", "{0!r} is not a list of keys: lower-case letters, digits and hyphens, separated by '; '"),
    "integer": ("not_a_whole_number", "{0!r} is not a whole number of 0 or more"),
    "number": ("not_a_number", "{0!r} is not a number"),
    "date": ("not_a_date", "{0!r} is not a date like 2024-03-31"),
    "moment": (
        "not_a_moment",
        "{0!r} is not a date like 2024-03-31, nor a moment with its zone like 2024-03-31T19:00+02:00",
    ),
    "enum": ("not_allowed", "{0!r} is none of: {1}"),
}
