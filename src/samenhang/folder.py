"""The open workshop folder, read whole with all faults; ``packing`` writes one.

What each file may hold stands in one place, ``folder.json`` beside this file; ``docs/open-folder.md`` tells it to people.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files as package_files
from pathlib import Path, PurePosixPath
from typing import cast

from samenhang.agreement import CHECKS
from samenhang.areas import Area, Areas, read_areas
from samenhang.cells import Field, Kind
from samenhang.files import Fault, Row, Schema, read_table

__all__ = [
    "AREAS",
    "DATAPACKAGE",
    "DOCUMENTS",
    "SCHEMA",
    "VERSION",
    "Area",
    "Areas",
    "Folder",
    "read",
    "read_areas",
]

AREAS = "areas.geojson"
DATAPACKAGE = "datapackage.json"
DOCUMENTS = "documents"
VERSION = 1
"""Of the folder as this machine knows it: what an older one would misread makes it go up."""


def _schema() -> dict[str, Schema]:
    raw = json.loads(package_files("samenhang").joinpath("folder.json").read_text(encoding="utf-8"))
    return {name: _table(name, table) for name, table in raw.items()}


def _table(name: str, raw: Mapping[str, object]) -> Schema:
    fields = cast("list[Mapping[str, object]]", raw["fields"])
    parts = cast("list[str | list[str]]", raw.get("unique_together", []))
    together = tuple((part,) if isinstance(part, str) else tuple(part) for part in parts)
    return Schema(name, tuple(_field(field) for field in fields), together)


def _field(raw: Mapping[str, object]) -> Field:
    return Field(
        name=str(raw["name"]),
        type=cast("Kind", raw["type"]),
        required=bool(raw.get("required")),
        unique=bool(raw.get("unique")),
        values=tuple(cast("list[str]", raw.get("values", []))),
        references=str(raw.get("references", "")),
        description=str(raw.get("description", "")),
        longest=int(str(raw.get("longest", 0))),
    )


SCHEMA: Mapping[str, Schema] = _schema()
"""Every table of the folder by its name; the file is the name with ``.csv``."""


@dataclass(frozen=True)
class Folder:
    """A folder as it was found. ``tables``: those that are there; ``documents``: every file that may be a document.

    With any fault nothing should be loaded: the tables belong together.
    """

    path: Path
    tables: Mapping[str, tuple[Row, ...]]
    areas: tuple[Area, ...]
    documents: tuple[Path, ...]
    faults: tuple[Fault, ...]

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table, () when its file is not there; ``KeyError`` for a table that does not exist."""
        return self.tables.get(SCHEMA[table].name, ())


def read(path: str | os.PathLike[str]) -> Folder:
    """Read a workshop folder: every table that is there, the map, and which documents there are.

    A folder without ``documents/`` and without any table is a heap of documents: then every file in it counts as one.
    Raises ``NotADirectoryError`` when it is no folder. All faults of all files come together, in the order of the files.

    >>> import tempfile
    >>> read(tempfile.mkdtemp()).tables
    {}
    """
    root = Path(path)
    if not root.is_dir():
        raise NotADirectoryError(f"{root} is not a folder")
    faults: list[Fault] = []
    tables: dict[str, tuple[Row, ...]] = {}
    for name, schema in SCHEMA.items():
        if (root / f"{name}.csv").is_file() and _is_inside(root / f"{name}.csv", root):
            table = read_table(root / f"{name}.csv", schema)
            tables[name] = table.rows
            faults += table.faults
    has_map = (root / AREAS).is_file() and _is_inside(root / AREAS, root)
    areas = read_areas(root / AREAS) if has_map else Areas((), ())
    faults += [*_newer(root), *areas.faults, *_strange_tables(root), *_links(root)]
    folder = Folder(root, tables, areas.areas, _documents(root, bare=not tables), ())
    return Folder(root, tables, areas.areas, folder.documents, (*faults, *_across(folder, broken=_broken(faults))))


def _documents(root: Path, *, bare: bool) -> tuple[Path, ...]:
    heap = root / DOCUMENTS
    if heap.is_dir():
        files = (path for path in heap.rglob("*") if path.is_file() and _is_inside(path, root))
        return tuple(sorted(path for path in files if not path.name.startswith(".")))
    own = {AREAS, DATAPACKAGE}
    loose = (path for path in root.iterdir() if path.is_file() and path.suffix.lower() != ".csv")
    return tuple(sorted(p for p in loose if bare and p.name not in own and not p.name.startswith(".")))


def _is_inside(path: Path, folder: Path) -> bool:
    """Whether a file really stands in a folder: a link in a folder that somebody sent may lead anywhere on this machine."""
    return path.resolve().is_relative_to(folder.resolve())


def _links(root: Path) -> Iterator[Fault]:
    for path in sorted([*root.glob("*.csv"), root / AREAS]):
        if not _is_inside(path, root):
            yield Fault(path.name, 0, "", "link", "this is a link to a file outside the folder", path.name)


def _newer(root: Path) -> Iterator[Fault]:
    """A folder that a newer program wrote is not guessed at."""
    path = root / DATAPACKAGE
    if not path.is_file() or not _is_inside(path, root):
        return
    try:
        told = json.loads(path.read_bytes().decode("utf-8-sig"))
    except ValueError:
        yield Fault(DATAPACKAGE, 0, "", "broken_json", "this is not JSON")
        return
    version = told.get("folder_version", VERSION) if isinstance(told, dict) else VERSION
    if not isinstance(version, int) or version > VERSION:
        reason = f"this folder is of version {version}; this program reads up to version {VERSION}"
        yield Fault(DATAPACKAGE, 0, "folder_version", "newer_version", reason, str(version), str(VERSION))


def _strange_tables(root: Path) -> Iterator[Fault]:
    for path in sorted(root.glob("*.csv")):
        if path.stem not in SCHEMA:
            known = ", ".join(f"{name}.csv" for name in SCHEMA)
            yield Fault(
                path.name, 0, "", "unknown_file", f"this file is not known; there are: {known}", path.name, known
            )


def _broken(faults: list[Fault]) -> set[str]:
    """Files with rows that fell away: what they would hold is not known, so nothing can be said about references to them."""
    return {fault.file for fault in faults}


def _across(folder: Folder, *, broken: set[str]) -> Iterator[Fault]:
    """What only shows between files: keys that nobody has, ties between other parties than those who report them."""
    known = {name: {row.text("key") for row in rows} for name, rows in folder.tables.items() if _has_key(name)}
    known["areas"] = {area.code for area in folder.areas}
    for name, rows in folder.tables.items():
        links = [field for field in SCHEMA[name].fields if field.references and _holder(field) not in broken]
        for row in rows:
            for field in links:
                yield from _unknown(row, field, f"{name}.csv", known.get(field.references, set()))
            for check in _CHECKS.get(name, ()):
                yield from check(row, folder)
    if len(folder.rows("workshop")) > 1:
        line = folder.rows("workshop")[1].line
        yield Fault("workshop.csv", line, "", "one_row", "there is one workshop in a folder, so one row in this file")


def _has_key(name: str) -> bool:
    return any(field.name == "key" for field in SCHEMA[name].fields)


def _holder(field: Field) -> str:
    return AREAS if field.references == "areas" else f"{field.references}.csv"


def _unknown(row: Row, field: Field, file: str, known: set[str]) -> Iterator[Fault]:
    holder = _holder(field)
    keys = row.keys(field.name) if field.type == "keys" else (row.text(field.name),)
    for key in keys:
        if key and key not in known:
            reason = f"{key!r} does not stand in {holder}"
            yield Fault(file, row.line, field.name, "unknown_reference", reason, key, holder)


def _two_ends(file: str) -> Callable[[Row, Folder], Iterator[Fault]]:
    def check(row: Row, _folder: Folder) -> Iterator[Fault]:
        if row.text("party_a") == row.text("party_b"):
            reason = "a party cannot stand on both sides"
            yield Fault(file, row.line, "party_b", "same_party", reason, row.text("party_b"))

    return check


def _reported(row: Row, _folder: Folder) -> Iterator[Fault]:
    ends = {row.text("party_a"), row.text("party_b")}
    for party in row.keys("reported_by"):
        if party not in ends:
            reason = f"{party!r} reports a tie between others; only its two parties can"
            yield Fault("ties.csv", row.line, "reported_by", "not_an_end", reason, party, " / ".join(sorted(ends)))


def _confirmed(row: Row, _folder: Folder) -> Iterator[Fault]:
    if row.text("confirmed_by") == row.text("party"):
        reason = "being able has to be confirmed by another party"
        yield Fault("able.csv", row.line, "confirmed_by", "same_party", reason, row.text("confirmed_by"))


def _document(row: Row, folder: Folder) -> Iterator[Fault]:
    name = row.text("file")
    if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\\" in name:
        reason = f"{name!r} does not stand inside {DOCUMENTS}/"
        yield Fault("sources.csv", row.line, "file", "outside", reason, name)
    elif not (folder.path / DOCUMENTS / name).is_file():
        reason = f"there is no file {DOCUMENTS}/{name}"
        yield Fault("sources.csv", row.line, "file", "missing_document", reason, name)
    elif not _is_inside(folder.path / DOCUMENTS / name, folder.path):
        yield Fault("sources.csv", row.line, "file", "link", "this is a link to a file outside the folder", name)


def _passage(row: Row, _folder: Folder) -> Iterator[Fault]:
    page, start, end = (cast("int", row[column]) for column in ("page", "start", "end"))
    if page < 1 or start >= end:
        reason = (
            f"page {page}, characters {start} to {end} is no passage: pages count from 1, the end is after the start"
        )
        yield Fault("issue_fragments.csv", row.line, "start", "no_passage", reason, f"{page}:{start}-{end}")


_CHECKS: Mapping[str, tuple[Callable[[Row, Folder], Iterator[Fault]], ...]] = {
    "ties": (_two_ends("ties.csv"), _reported),
    "keep_apart": (_two_ends("keep_apart.csv"),),
    "doubles": (_two_ends("doubles.csv"),),
    "able": (_confirmed,),
    "sources": (_document,),
    "issue_fragments": (_passage,),
    **CHECKS,
}
