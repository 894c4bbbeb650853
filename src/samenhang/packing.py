"""Writing an open workshop folder: its tables and map, described by ``datapackage.json``."""

import csv
import datetime as dt
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from samenhang.areas import Area
from samenhang.cells import KEY, Cell, Field, harmless
from samenhang.files import Schema
from samenhang.folder import AREAS, SCHEMA, VERSION


def write_table(path: str | os.PathLike[str], name: str, rows: Iterable[Mapping[str, Cell]]) -> None:
    """Write one table of a folder at ``path``, with all its columns; a cell that a row does not name stays empty.

    Raises ``KeyError`` for a table that does not exist and ``ValueError`` for a column that it has not.
    """
    write_rows(Path(path) / f"{name}.csv", [field.name for field in SCHEMA[name].fields], rows)


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> None:
    """Write one CSV file with these columns; no cell of it is a formula. Raises ``ValueError`` for a column that it has not."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            unknown = set(row) - set(columns)
            if unknown:
                raise ValueError(f"{path.name} has no column {', '.join(sorted(unknown))}")
            writer.writerow([_cell(row.get(column)) for column in columns])


def write_areas(path: str | os.PathLike[str], areas: Iterable[Area]) -> None:
    """Write the map of a folder at ``path``; an area without an outline has none there either."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "code": area.code,
                "name": area.name,
                "parent": area.parent,
                "kind": area.kind,
                "population": area.population,
            },
            "geometry": dict(area.geometry) or None,
        }
        for area in areas
    ]
    told = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1)
    (Path(path) / AREAS).write_text(told + "\n", encoding="utf-8", newline="\n")


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(value)
    return value.isoformat() if isinstance(value, dt.date) else harmless(str(value))


def datapackage(
    name: str, title: str, tables: Iterable[str] | None = None, memory: Iterable[Schema] = (), **more: object
) -> dict[str, object]:
    """The ``datapackage.json`` of a folder: a Frictionless Data Package with a Table Schema for each of its tables.

    ``name``: a key. ``tables``: those in the folder, None = all. ``memory``: the tables that a program keeps
    beside them. ``more``: other properties, such as ``created``.

    >>> datapackage("noord", "Werkplaats Noord", ["themes"])["resources"][0]["path"]
    'themes.csv'
    """
    if not KEY.fullmatch(name):
        raise ValueError(f"{name!r} is not a key: lower-case letters, digits and hyphens")
    chosen = set(SCHEMA) if tables is None else set(tables)
    resources = [_resource(schema, chosen) for known, schema in SCHEMA.items() if known in chosen]
    resources += [_resource(schema, set(), "memory/") for schema in memory]
    told = {"name": name, "title": title, "profile": "data-package", "folder_version": VERSION}
    return {**told, **more, "resources": resources}


def _resource(schema: Schema, chosen: set[str], within: str = "") -> dict[str, object]:
    described: dict[str, object] = {"fields": [_described(field) for field in schema.fields], "missingValues": [""]}
    if any(field.name == "key" for field in schema.fields):
        described["primaryKey"] = "key"
    links = [
        {"fields": field.name, "reference": {"resource": field.references.replace("_", "-"), "fields": "key"}}
        for field in schema.fields
        if field.references in chosen and field.type != "keys"
    ]
    if links:
        described["foreignKeys"] = links
    return {
        "name": f"{within}{schema.name}".replace("_", "-").replace("/", "-"),
        "path": f"{within}{schema.name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": described,
    }


_PATTERNS: Mapping[str, str] = {
    "key": KEY.pattern,
    "keys": f"{KEY.pattern}(; {KEY.pattern})*",
    "moment": r"\d{4}-\d{2}-\d{2}(T.+)?",
}


def _described(field: Field) -> dict[str, object]:
    constraints: dict[str, object] = {}
    if field.required:
        constraints["required"] = True
    if field.unique:
        constraints["unique"] = True
    if field.values:
        constraints["enum"] = list(field.values)
    if field.longest:
        constraints["maxLength"] = field.longest
    if field.type in _PATTERNS:
        constraints["pattern"] = _PATTERNS[field.type]
    if field.type == "integer":
        constraints["minimum"] = 0
    kind = field.type if field.type in {"integer", "number", "date"} else "string"
    found: dict[str, object] = {"name": field.name, "type": kind}
    if field.description:
        found["description"] = field.description
    if constraints:
        found["constraints"] = constraints
    return found
