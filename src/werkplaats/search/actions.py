"""What rooms do to the index, and how the sweep fills it."""

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import BinaryIO, TypeVar
from uuid import uuid4

import numpy as np
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from numpy.typing import NDArray

from werkplaats.kit.claims import try_again
from werkplaats.search import queries
from werkplaats.search.models import Entry, Index, Vector
from werkplaats.search.records import EntryRow
from werkplaats.search.rules import INDEXING, has_meaning, text_hash, text_key
from werkplaats.workshops.models import Workshop

Thing = TypeVar("Thing")
_AT_ONCE = 500
_SHOWN = [
    "title",
    "text",
    "url",
    "language",
    "dated_on",
    "place",
    "is_public",
    "title_counts",
    "text_hash",
    "stale_since",
]


@transaction.atomic
def offer(workshop: Workshop, rows: Iterable[EntryRow], *, at: datetime) -> None:
    """Puts things into the index, or renews them. Offering the same again changes nothing; only other words become stale.

    Whether something is public counts at once. A thing named twice counts as it was named last.
    """
    for batch in _batches(rows):
        _offer(workshop, {(row.kind, row.key): row for row in batch}, at=at)


def _offer(workshop: Workshop, rows: dict[tuple[str, str], EntryRow], *, at: datetime) -> None:
    known: dict[tuple[str, str], Entry] = {}
    for kind in {kind for kind, _ in rows}:
        keys = [key for other, key in rows if other == kind]
        known |= {(kind, row.key): row for row in Entry.objects.filter(workshop=workshop, kind=kind, key__in=keys)}
    new = [
        _filled(Entry(workshop=workshop, kind=row.kind, key=row.key), row, at)
        for place, row in rows.items()
        if place not in known
    ]
    changed = [_filled(entry, rows[place], at) for place, entry in known.items() if _differs(entry, rows[place])]
    Entry.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["workshop", "kind", "key"], update_fields=_SHOWN
    )
    Entry.objects.bulk_update(changed, _SHOWN)
    if new or any(entry.stale_since for entry in changed):
        touch(workshop, at=at)


def _differs(entry: Entry, row: EntryRow) -> bool:
    return any(getattr(entry, name) != getattr(row, name) for name in _SHOWN[:-2])


def _filled(entry: Entry, row: EntryRow, at: datetime) -> Entry:
    if not entry.pk or _words_differ(entry, row):
        entry.stale_since = _mark(entry.stale_since, at)
    for name in _SHOWN[:-2]:
        setattr(entry, name, getattr(row, name))
    entry.text_hash = text_hash(row.meaning)
    return entry


def _mark(before: datetime | None, at: datetime) -> datetime:
    """A mark that is not the one of before: who indexed the state of before must not take the new one away."""
    return at if before is None or before < at else before + timedelta(microseconds=1)


def _words_differ(entry: Entry, row: EntryRow) -> bool:
    return any(getattr(entry, name) != getattr(row, name) for name in ("title", "text", "language", "title_counts"))


@transaction.atomic
def withdraw(workshop: Workshop, *, kind: str, keys: Iterable[str]) -> None:
    """Takes things out of the index: from this moment they are not found, by word or by meaning."""
    for batch in _batches(keys):
        Entry.objects.filter(workshop=workshop, kind=kind, key__in=batch).delete()


@transaction.atomic
def touch(workshop: Workshop, *, at: datetime) -> None:
    """Notes that the index does not show everything any more. What failed on the old contents is tried on the new."""
    try_again(INDEXING, workshop.pk)
    index, _made = Index.objects.select_for_update().get_or_create(workshop=workshop)
    index.stale_since = _mark(index.stale_since, at)
    index.save(update_fields=["stale_since"])


def put_words(indexed: Sequence[tuple[Entry, str]]) -> None:
    """Stores the stems of entries, words with a space between."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = "UPDATE search_entry SET words = to_tsvector('simple', %s) WHERE id = %s"
            cursor.executemany(statement, [(words, entry.pk) for entry, words in indexed])
        else:
            cursor.executemany("DELETE FROM search_words WHERE rowid = %s", [(entry.pk,) for entry, _ in indexed])
            # An entry that was withdrawn meanwhile must not leave its words behind.
            statement = "INSERT INTO search_words (rowid, words) SELECT id, %s FROM search_entry WHERE id = %s"
            cursor.executemany(statement, [(words, entry.pk) for entry, words in indexed])


def settle(indexed: Iterable[Entry]) -> None:
    """These entries are in the index; one that changed since it was read stays stale."""
    pks: dict[datetime | None, list[int]] = {}
    for entry in indexed:
        pks.setdefault(entry.stale_since, []).append(entry.pk)
    for since, some in pks.items():
        Entry.objects.filter(pk__in=some, stale_since=since).update(stale_since=None)


def put_vectors(text_hashes: Sequence[str], rows: NDArray[np.float32], *, encoder: str) -> None:
    """Keeps the meaning of texts, rows of shape (n, d); what is known already stays as it is."""
    made = [
        Vector(text_hash=text, encoder=encoder, values=row.astype("<f4").tobytes())
        for text, row in zip(text_hashes, rows, strict=True)
    ]
    Vector.objects.bulk_create(made, ignore_conflicts=True, batch_size=_AT_ONCE)


def begin_meanings(workshop: Workshop, *, encoder: str, at: datetime) -> None:
    """A file of meanings where there is none: a first one, of a new encoder, or after a backup was put back.

    What this encoder has not read yet becomes stale first, so that it is not forgotten when we are stopped on the way.
    """
    known = Exists(Vector.objects.filter(encoder=encoder, text_hash=OuterRef("text_hash")))
    if Entry.objects.filter(~known, workshop=workshop, stale_since=None).update(stale_since=at):
        touch(workshop, at=at)
    write_meanings(workshop, encoder=encoder)


def write_meanings(workshop: Workshop, *, encoder: str) -> None:
    """Writes the file of meanings anew, beside the old one, and puts it in its place at once."""
    entries = Entry.objects.filter(workshop=workshop).order_by("pk")
    path = queries.meanings_path(workshop.pk, encoder)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{uuid4().hex}")
    try:
        with aside.open("wb") as file:
            for batch in _batches(entries.iterator(_AT_ONCE)):
                _write_rows(file, batch, encoder)
            _sync(file)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def add_meanings(workshop: Workshop, entries: Sequence[Entry], *, encoder: str) -> None:
    """Adds a row for each of these entries at the end of the file of meanings: it counts instead of an earlier one.

    Call it before the entries are settled: who is stopped in between adds them again, and nothing is lost. What a stopped
    writer left of half a row is cut off.
    """
    path = queries.meanings_path(workshop.pk, encoder)
    with path.open("r+b") as file:
        length = file.seek(0, os.SEEK_END)
        if length:
            dtype, begins = queries.layout(path)
            file.truncate(length - (length - begins) % dtype.itemsize)
            file.seek(0, os.SEEK_END)
        _write_rows(file, entries, encoder)
        _sync(file)


def _write_rows(file: BinaryIO, entries: Sequence[Entry], encoder: str) -> None:
    """The rows of these entries, as far as their meaning is known; at the beginning of a file its head goes before."""
    texts = {row.pk: row.text.strip() or row.title for row in entries}
    hashes, matrix = queries.vectors((row.text_hash for row in entries), encoder)
    place = {text: number for number, text in enumerate(hashes)}
    known = [row for row in entries if row.text_hash in place]
    if not known:
        return
    table = np.zeros(
        len(known), dtype=[("entry", "<i8"), ("text", "<u8"), ("kind", "S20"), ("values", "<f4", matrix.shape[1:])]
    )
    table["entry"] = [row.pk for row in known]
    table["text"] = [text_key(row.text_hash) for row in known]
    table["kind"] = [row.kind.encode() for row in known]
    telling = [has_meaning(texts[row.pk]) for row in known]
    table["values"][telling] = matrix[
        [place[row.text_hash] for row, tells in zip(known, telling, strict=True) if tells]
    ]
    if not file.tell():
        np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(table[:0]))
    file.write(table.tobytes())


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def finish(workshop: Workshop, *, seen: datetime | None) -> None:
    """The index shows everything up to `seen`; what changed since keeps it stale."""
    Index.objects.filter(workshop=workshop, stale_since=seen).update(stale_since=None)


def _batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    rest = iter(things)
    while batch := list(islice(rest, _AT_ONCE)):
        yield batch
