"""A document or folder of a confirmed batch comes in, one at a time, and what came of it is told."""

from datetime import date, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext as _

from werkplaats.conversations.actions import bring_in
from werkplaats.exchange import analysis
from werkplaats.exchange.actions.batches import path_of, unpack_folder
from werkplaats.exchange.actions.bringing import check_workshop, polis_of
from werkplaats.exchange.actions.cells import Known
from werkplaats.exchange.actions.documents import Progress, silent
from werkplaats.exchange.actions.loading import load
from werkplaats.exchange.models import Upload
from werkplaats.exchange.records import FaultLine
from werkplaats.exchange.refusals import FolderRefused
from werkplaats.exchange.rules.sheets import FileKind, source_kind_of, title_of
from werkplaats.kit.names import key_from
from werkplaats.kit.refusal import Refusal
from werkplaats.sources.actions import add_document
from werkplaats.sources.models import Source
from werkplaats.sources.refusals import AlreadyInTheLibrary
from werkplaats.workshops.models import Theme

Told = dict[str, Any]


def read_in(upload: Upload, *, at: datetime, tell: Progress = silent) -> Told:
    """What came of one file: ``{"state": "new" | "same" | "refused", ...}``. Done again it adds nothing.

    `tell` hears after each document of a folder how many are done, of how many.
    """
    try:
        kind = FileKind(upload.kind)
        if kind is FileKind.FOLDER:
            return _folder(upload, at=at, tell=tell)
        return _polis(upload, at=at) if kind is FileKind.POLIS else _document(upload, at=at)
    except FolderRefused as refusal:
        return {"state": "refused", "reason": refusal.sentence, "faults": _told(refusal.faults)}
    except Refusal as refusal:
        return {"state": "refused", "reason": refusal.sentence}


def finish(upload: Upload, told: Told, *, at: datetime) -> None:
    """Keeps what came of a file."""
    Upload.objects.filter(pk=upload.pk, done_at=None).update(told=upload.told | told, done_at=at)


def _document(upload: Upload, *, at: datetime) -> Told:
    said, workshop = upload.said, upload.batch.workshop
    name = PurePosixPath(upload.name).name
    day = at.date()
    holder = Known.of(workshop, today=day).party(said["holder"]) if said.get("holder") else None
    title = said.get("title") or title_of(name)
    taken = frozenset(Source.objects.filter(workshop=workshop).values_list("key", flat=True))
    with TemporaryDirectory(prefix="werkplaats-") as folder:
        path = Path(folder) / f"document{PurePosixPath(name).suffix.lower()}"
        path.symlink_to(path_of(upload))
        try:
            source = add_document(
                workshop,
                key=key_from(title, taken),
                title=title,
                kind=said.get("kind") or source_kind_of(name),
                file=path,
                file_name=name,
                at=at,
                holder=holder,
                published_on=date.fromisoformat(said["published_on"]) if said.get("published_on") else None,
                themes=Theme.objects.filter(workshop=workshop, key__in=said.get("themes") or ()),
                rights=said.get("rights") or "",
            )
        except AlreadyInTheLibrary as known:
            return {"state": "same", "title": title, "key": known.key}
    return {"state": "new", "title": source.title, "key": source.key}


def _folder(upload: Upload, *, at: datetime, tell: Progress) -> Told:
    with TemporaryDirectory(prefix="werkplaats-") as place:
        root = unpack_folder(path_of(upload), Path(place))
        check_workshop(analysis.read(root), upload.batch.workshop)
        loaded = load(root, at=at, tell=tell)
    counts = {"rows": sum(loaded.rows.values()), "documents": len(loaded.new_documents)}
    return {"state": "new", **counts, "faults": _told(loaded.refused)}


def _polis(upload: Upload, *, at: datetime) -> Told:
    reason = _("Deze stelling deed elders niet mee. Waarom, stond niet in de bestanden.")
    row, is_new = bring_in(upload.batch.workshop, polis_of(upload, at=at), at=at, no_reason=reason)
    return {"state": "new" if is_new else "same", "title": row.ask.title, "key": row.key}


def _told(faults: tuple[FaultLine, ...]) -> list[list[object]]:
    return [[fault.line, f"{fault.file} {fault.column}".strip(), fault.reason] for fault in faults]
