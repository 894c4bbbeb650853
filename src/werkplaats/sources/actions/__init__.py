"""What happens in the library: a document comes in, its passages are made, what was said before is noted."""

import shutil
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from werkplaats.kit.claims import try_again
from werkplaats.neighbourhoods.models import Party
from werkplaats.search.rules import text_hash
from werkplaats.sources import analysis
from werkplaats.sources.actions.comparing import compare_again
from werkplaats.sources.models import Fragment, Library, Page, Saying, Source
from werkplaats.sources.records import Passage, Reading
from werkplaats.sources.refusals import AlreadyInTheLibrary, AnotherDocumentHasThisKey
from werkplaats.sources.rules import COMPARING, READING, SourceKind
from werkplaats.workshops.models import Area, Theme, Workshop

_AT_ONCE = 500
_DETAILS = ("title", "kind", "holder_id", "published_on", "area_id", "language", "rights")


def add_document(
    workshop: Workshop,
    *,
    key: str,
    title: str,
    kind: str,
    file: "str | Path | File[bytes]",
    file_name: str,
    at: datetime,
    holder: Party | None = None,
    published_on: date | None = None,
    themes: Iterable[Theme] = (),
    area: Area | None = None,
    language: str = "",
    rights: str = "",
    added_at: datetime | None = None,
) -> Source:
    """Puts a document into the library: reads it, keeps the file under its sha-256, and has its passages made by the sweep.

    `added_at`: when it came into another library, where it comes from one.
    The same key and file again changes nothing but what is told about it. Raises `analysis.UnreadableDocument`,
    `AlreadyInTheLibrary` and `AnotherDocumentHasThisKey`; then nothing is stored. A crash on the way leaves at most a
    file that no row names, which the next try takes up.
    """
    details: dict[str, Any] = {
        "title": title, "kind": SourceKind(kind).value, "holder_id": holder.pk if holder else None, "published_on": published_on,
        "area_id": area.pk if area else None, "language": language, "rights": rights,
    }  # fmt: skip
    with ExitStack() as stack:
        path = _on_disk(file, file_name, stack)
        if (unchanged := _unchanged(workshop, key, path)) is not None:
            return _tell(unchanged, details, tuple(themes), at=at)
        reading = analysis.read(path, file_name=file_name, largest=settings.MAX_DOCUMENT_BYTES)
        if (known := _known(workshop, key=key, file_name=file_name, sha256=reading.sha256)) is not None:
            return _tell(known, details, tuple(themes), at=at)
        stored = _keep(path, sha256=reading.sha256)
    new = Source(
        workshop=workshop, key=key, file=stored, file_name=Path(file_name).name[-200:], media_type=reading.media_type,
        sha256=reading.sha256, added_at=added_at or at, stale_since=at, **details,
    )  # fmt: skip
    try:
        return _store(new, reading, tuple(themes), at=at)
    except IntegrityError:
        # Somebody added it in the meantime, or pressed the button twice.
        known = _known(workshop, key=key, file_name=file_name, sha256=reading.sha256)
        if known is None:
            raise
        return known


def _on_disk(file: "str | Path | File[bytes]", file_name: str, stack: ExitStack) -> Path:
    """A path to read from. An upload is copied beside, under a name of ours that keeps only the suffix."""
    if not isinstance(file, File):
        return Path(file)
    if file.size > settings.MAX_DOCUMENT_BYTES:
        raise analysis.too_large(file_name, largest=settings.MAX_DOCUMENT_BYTES)
    folder = stack.enter_context(TemporaryDirectory(prefix="werkplaats-"))
    path = Path(folder) / f"document{Path(file_name).suffix.lower()}"
    with path.open("wb") as target:
        shutil.copyfileobj(file, target)
    return path


def _unchanged(workshop: Workshop, key: str, path: Path) -> Source | None:
    """The row of this key if it is of exactly this file: then nobody needs to read it again."""
    row = Source.objects.filter(workshop=workshop, key=key).first()
    if row is None or not path.is_file():
        return None
    with path.open("rb") as opened:
        return row if file_digest(opened, "sha256").hexdigest() == row.sha256 else None


def _known(workshop: Workshop, *, key: str, file_name: str, sha256: str) -> Source | None:
    """The row of exactly this key and file. Raises when the key or the file stands in the library in another pair."""
    under_key = Source.objects.filter(workshop=workshop, key=key).first()
    if under_key is not None and under_key.sha256 == sha256:
        return under_key
    same_file = Source.objects.filter(workshop=workshop, sha256=sha256).first()
    if same_file is not None:
        sentence = _("“%(file)s” staat al in de bibliotheek, onder de titel “%(title)s”.")
        raise AlreadyInTheLibrary(sentence % {"file": file_name, "title": same_file.title}, key=same_file.key)
    if under_key is not None:
        sentence = _(
            "Onder de sleutel “%(key)s” staat al een ander document: “%(title)s”. Geef “%(file)s” een andere sleutel."
        )
        raise AnotherDocumentHasThisKey(sentence % {"key": key, "title": under_key.title, "file": file_name})
    return None


def _keep(path: Path, *, sha256: str) -> str:
    """Stores a file under its sha-256, whole or not at all; the name in the storage."""
    name = f"documents/{sha256[:2]}/{sha256}"
    kept = Path(default_storage.path(name))
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        aside = kept.with_name(f"{kept.name}.{uuid4().hex}")
        try:
            shutil.copyfile(path, aside)
            aside.replace(kept)
        finally:
            aside.unlink(missing_ok=True)
    return name


@transaction.atomic
def _store(source: Source, reading: Reading, themes: Sequence[Theme], *, at: datetime) -> Source:
    source.save(force_insert=True)
    source.themes.set(themes)
    pages = [Page(source=source, number=number, text=text) for number, text in enumerate(reading.pages, start=1)]
    Page.objects.bulk_create(pages, batch_size=_AT_ONCE)
    touch(source.workshop, at=at)
    return source


@transaction.atomic
def _tell(source: Source, details: dict[str, Any], themes: Sequence[Theme], *, at: datetime) -> Source:
    """Renews what is told about a document; the search then shows it too."""
    if source.published_on != details["published_on"]:
        compare_again(list(Fragment.objects.filter(source=source).values_list("pk", flat=True)))
    themes_differ = {theme.pk for theme in themes} != set(source.themes.values_list("pk", flat=True))
    if not themes_differ and all(getattr(source, name) == details[name] for name in _DETAILS):
        return source
    for name, value in details.items():
        setattr(source, name, value)
    source.stale_since = at
    source.save()
    source.themes.set(themes)
    try_again(READING, source.pk)
    touch(source.workshop, at=at)
    return source


def read_again(source: Source) -> None:
    """Has a document tried once more whose reading was given up. Of one that was read, nothing changes."""
    try_again(READING, source.pk)


def put_passages(pages: Sequence[Page], passages: Iterable[Passage]) -> tuple[list[Fragment], list[int]]:
    """Makes the fragments of these pages be exactly these passages: (all of them, the primary keys of what went).

    What stands where it stood keeps its row, and so every link to it; what is cited stays in any case.
    """
    number = {page.number: page for page in pages}
    rows = Fragment.objects.filter(page__in=pages).select_related("page")
    there = {(row.page.number, row.start, row.end, row.text): row for row in rows}
    cited = [at for at, row in there.items() if row.is_cited]
    wanted = {at: each for at, each in _by_place(passages).items() if at in there or not _overlaps(at, cited)}
    stay = [row for at, row in there.items() if row.is_cited or (at in wanted and not _overlaps(at, cited))]
    gone = sorted({row.pk for row in there.values()} - {row.pk for row in stay})
    compare_again(gone)
    Fragment.objects.filter(pk__in=gone).delete()
    _forget_what_nobody_says({row.text_hash for row in there.values() if row.pk in set(gone)}, pages)
    new = [
        Fragment(
            page=number[each.page], source_id=number[each.page].source_id, start=each.start, end=each.end, text=each.text,
            language=each.language, text_hash=text_hash(each.text),
        )
        for at, each in wanted.items()
        if at not in there
    ]  # fmt: skip
    return [*stay, *Fragment.objects.bulk_create(new, batch_size=_AT_ONCE)], gone


def _forget_what_nobody_says(hashes: set[str], pages: Sequence[Page]) -> None:
    if hashes:
        said = Fragment.objects.filter(source__workshop=pages[0].source.workshop_id, text_hash__in=hashes)
        gone = hashes - set(said.values_list("text_hash", flat=True))
        Saying.objects.filter(workshop=pages[0].source.workshop_id, text_hash__in=gone).delete()


_At = tuple[int, int, int, str]  # page, start, end, text


def _by_place(passages: Iterable[Passage]) -> dict[_At, Passage]:
    return {(each.page, each.start, each.end, each.text): each for each in passages}


def _overlaps(at: _At, cited: Iterable[_At]) -> bool:
    """Whether a passage has signs in common with one that is cited: the cited one goes before."""
    page, start, end, _text = at
    return any(page == other and start < last and first < end for other, first, last, _words in cited)


@transaction.atomic
def cite(page: Page, *, start: int, end: int) -> Fragment:
    """The passage at this place, on which people rest a decision: from now on it stays. It is made if it is not there yet."""
    text = page.text[start:end]
    told = {"source_id": page.source_id, "end": end, "text": text, "text_hash": text_hash(text)}
    fragment, _made = Fragment.objects.get_or_create(page=page, start=start, defaults=told)
    keep([fragment.pk])
    return fragment


def keep(fragments: Iterable[int]) -> None:
    """People rest a decision on these passages: from now on they stay, however passages are cut later."""
    Fragment.objects.filter(pk__in=list(fragments), is_cited=False).update(is_cited=True)


def finish_reading(source: Source, *, seen: datetime | None, at: datetime) -> None:
    """The passages of a document are made, as it was at `seen`."""
    Source.objects.filter(pk=source.pk, stale_since=seen).update(stale_since=None)
    touch(source.workshop, at=at)


def touch(workshop: Workshop, *, at: datetime) -> None:
    """Notes that the library changed, for whatever is computed over all of it."""
    try_again(COMPARING, workshop.pk)
    Library.objects.update_or_create(workshop=workshop, defaults={"changed_at": at})
