"""Files come in together: kept, guessed at, looked through, and confirmed once."""

import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from secrets import token_hex
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from werkplaats.exchange import analysis
from werkplaats.exchange.models import Batch, Upload
from werkplaats.exchange.rules.sheets import (
    FORGET_DAYS,
    LARGEST_SHEET,
    MOST_FILES,
    SHEETS,
    FileKind,
    kind_of,
    places,
    source_kind_of,
    title_of,
)
from werkplaats.kit.once import once
from werkplaats.kit.refusal import Refusal
from werkplaats.kit.zips import Packed, unpack
from werkplaats.workshops.models import Workshop

_SHEET = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"})
_MAP = frozenset({".geojson", ".json"})
_DOCUMENT = frozenset({".pdf", ".docx", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".text"})
_OFFICE = frozenset({".docx", *_SHEET})
_UNPACKED = 10
"""How many times the largest document a zip may hold."""


def receive(
    workshop: Workshop, files: "Sequence[File[bytes]]", *, at: datetime, by: int | None = None, word: str = ""
) -> Batch:
    """Keeps files to be looked at, and guesses what each of them is. One that cannot come in says why; the others go on.

    `word`: the hidden word of the form, so that the same files sent twice are one batch.
    """
    forget_old(workshop, before=at - timedelta(days=FORGET_DAYS))
    key = once(word, {"files": [(file.name, _digest(file)) for file in files]}) or token_hex(8)
    batch, is_new = Batch.objects.get_or_create(workshop=workshop, key=key, defaults={"made_at": at, "made_by_id": by})
    if not is_new:
        return batch
    for number, (name, path, refused) in enumerate(_each(files), start=1):
        _keep(batch, number, name, path, refused)
    return batch


def forget_old(workshop: Workshop, *, before: datetime) -> int:
    """Throws away what was never confirmed; how many batches."""
    old = list(Batch.objects.filter(workshop=workshop, done_at=None, made_at__lt=before))
    for batch in old:
        drop(batch)
    return len(old)


def drop(batch: Batch) -> None:
    """Throws a batch away with its files. What it brought in already stays."""
    folder = default_storage.path(f"imports/{batch.key}")
    batch.delete()
    transaction.on_commit(partial(shutil.rmtree, folder, ignore_errors=True))


def _digest(file: "File[bytes]") -> str:
    found = sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


@transaction.atomic
def choose(
    upload: Upload, *, kind: FileKind, columns: dict[str, int], words: dict[str, str], said: dict[str, str]
) -> None:
    """What a human says that a file is, and what is in which column."""
    row = Upload.objects.select_for_update().get(pk=upload.pk)
    row.kind, row.columns, row.words, row.said = kind.value, columns, words, row.said | said
    row.save(update_fields=["kind", "columns", "words", "said"])


def path_of(upload: Upload) -> Path:
    """Where an upload is kept."""
    return Path(default_storage.path(upload.file))


def let_go(upload: Upload) -> None:
    """The file of an upload is not needed any more: what came of it is told."""
    if upload.file:
        path_of(upload).unlink(missing_ok=True)
        Upload.objects.filter(pk=upload.pk).update(file="")


def _each(files: "Iterable[File[bytes]]") -> Iterator[tuple[str, Path | None, str]]:
    """Every file by its name, where it is until the next one is asked for, and why it is refused."""
    for file in files:
        name = PurePosixPath(str(file.name)).name
        with TemporaryDirectory(prefix="werkplaats-") as folder:
            path = Path(folder) / "bestand"
            with path.open("wb") as target:
                shutil.copyfileobj(file, target)
            if zipfile.is_zipfile(path) and PurePosixPath(name).suffix.lower() not in _OFFICE:
                yield from _zipped(name, path)
            elif path.stat().st_size > settings.MAX_DOCUMENT_BYTES:
                words = _("Dit bestand is te groot. Eén bestand mag %(most)d MB zijn.")
                yield name, None, words % {"most": settings.MAX_DOCUMENT_BYTES // 1_000_000}
            else:
                yield name, path, ""


def _zipped(name: str, path: Path) -> Iterator[tuple[str, Path | None, str]]:
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
    if root_of(names) is not None or analysis.is_polis(names):
        yield name, path, ""
        return
    with TemporaryDirectory(prefix="werkplaats-") as folder:
        try:
            for packed in _unpacked(path, Path(folder)):
                yield packed.name, packed.path, packed.refused
        except Refusal as refusal:
            yield name, None, refusal.sentence


def _unpacked(path: Path, to: Path) -> Iterator[Packed]:
    most = settings.MAX_DOCUMENT_BYTES
    return unpack(path, to, largest=most, most_bytes=_UNPACKED * most, most_files=MOST_FILES)


def root_of(names: Iterable[str]) -> str | None:
    """Where in a zip an open workshop folder stands: at the top ("") or in the only folder there is; None: it holds none."""
    found = [PurePosixPath(name) for name in names if PurePosixPath(name).name == "workshop.csv"]
    if len(found) != 1 or len(found[0].parts) > 2:
        return None
    return "/".join(found[0].parts[:-1])


def kind_of_zip(path: Path) -> FileKind:
    """What a zip is that comes in as one: a whole workshop, or a conversation."""
    with zipfile.ZipFile(path) as package:
        return FileKind.POLIS if root_of(package.namelist()) is None else FileKind.FOLDER


def unpack_folder(path: Path, to: Path) -> Path:
    """Unpacks a zipped workshop folder; where it begins. Raises `Refusal` for the first file that cannot be unpacked."""
    unpack_all(path, to)
    with zipfile.ZipFile(path) as package:
        return to / (root_of(package.namelist()) or "")


def unpack_all(path: Path, to: Path) -> None:
    """Unpacks a zip. Raises `Refusal` for the first file that cannot be unpacked."""
    for packed in _unpacked(path, to):
        if packed.refused:
            raise Refusal(f"{packed.name}: {packed.refused}")


def _keep(batch: Batch, number: int, name: str, path: Path | None, refused: str) -> None:
    row = Upload(batch=batch, number=number, name=name[-300:], kind=FileKind.SKIP.value, refused=refused)
    if path is not None:
        try:
            _guess(row, path)
        except Refusal as refusal:
            row.refused = refusal.sentence
        else:
            row.file = f"imports/{batch.key}/{number}"
            kept = Path(default_storage.path(row.file))
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, kept)
    row.save()


def _guess(row: Upload, path: Path) -> None:
    suffix = PurePosixPath(row.name).suffix.lower()
    if suffix in _SHEET:
        _guess_sheet(row, path)
    elif suffix in _MAP:
        row.kind = FileKind.AREAS.value
    elif suffix in _DOCUMENT:
        name = PurePosixPath(row.name).name
        row.kind, row.said = FileKind.DOCUMENT.value, {"title": title_of(name), "kind": source_kind_of(name)}
    elif zipfile.is_zipfile(path):
        row.kind = kind_of_zip(path).value
    else:
        raise Refusal(
            _("Dit soort bestand lezen we niet. Kies CSV, Excel, PDF, Word (docx), HTML, tekst, GeoJSON of zip.")
        )


def _guess_sheet(row: Upload, path: Path) -> None:
    """By its headings; what somebody chose before for the same headings goes before what we think."""
    if path.stat().st_size > LARGEST_SHEET:
        raise Refusal(_("Deze lijst is groter dan 10 MB. Knip hem op in delen."))
    sheet = analysis.sheet(row.name, path.read_bytes())
    row.heading = list(sheet.heading)
    done = Upload.objects.filter(
        batch__workshop=row.batch.workshop, heading=row.heading, done_at__isnull=False, kind__in=SHEETS
    )
    earlier = done.order_by("-pk").first()
    if earlier is not None:
        row.kind, row.columns, row.words = earlier.kind, earlier.columns, earlier.words
        return
    kind = kind_of(sheet.heading)
    row.kind, row.columns = kind.value, places(kind, sheet.heading)
