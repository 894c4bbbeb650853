"""A whole workshop goes out as an open folder, or as a zip of one, that loads elsewhere to the same state."""

import shutil
import zipfile
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction

from werkplaats.exchange import analysis, queries
from werkplaats.exchange.records import TakenOut
from werkplaats.exchange.refusals import DocumentGone, FolderNotEmpty
from werkplaats.exchange.rules import Extent
from werkplaats.promises.queries import export_ledger, head
from werkplaats.workshops.models import Workshop

_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip knows: the same workshop gives the same bytes


def take_out(workshop: Workshop, *, to: Path, extent: Extent = Extent.WHOLE) -> TakenOut:
    """Writes a workshop into an empty folder. Raises `FolderNotEmpty`, `DocumentGone`.

    What is private in it is private: the folder holds voices and mail addresses, unless `extent` leaves them at home.
    """
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise FolderNotEmpty(to.name)
    to.mkdir(parents=True, exist_ok=True)
    with transaction.atomic():
        names = queries.document_names(workshop)
        tables = dict(queries.tables(workshop, extent=extent))
        for row in tables.get("sources", ()):
            row["file"] = names[str(row["key"])][0]
        memory = {name: (columns, rows) for name, columns, rows in queries.remembered(workshop, extent=extent)}
        places = queries.areas(workshop)
        analysis.write(to, key=workshop.key, title=workshop.name, tables=tables, areas=places, memory=memory)
        _write_ledger(workshop, to, extent)
    for name, kept in names.values():
        _copy(kept, to / "documents" / name)
    return TakenOut({name: len(rows) for name, rows in tables.items()}, len(names))


def zip_of(folder: Path, to: Path) -> None:
    """Packs a folder; the same folder gives the same bytes."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as package:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            told = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _DATE)
            told.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as source, package.open(told, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target)


def _write_ledger(workshop: Workshop, to: Path, extent: Extent) -> None:
    if head(workshop) is not None:
        export_ledger(workshop, to, private=extent is Extent.WHOLE)


def _copy(kept: str, to: Path) -> None:
    to.parent.mkdir(exist_ok=True)
    try:
        shutil.copyfile(default_storage.path(kept), to)
    except FileNotFoundError as gone:
        raise DocumentGone(to.name) from gone
