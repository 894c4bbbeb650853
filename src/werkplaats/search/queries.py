"""Reads of the index: by word in the database, by meaning in one memory-mapped file per workshop."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import connection
from numpy.typing import NDArray

from werkplaats.search.models import Entry, Index, Vector
from werkplaats.search.records import Meanings, Wanted
from werkplaats.workshops.models import Workshop

PREFIX = 5
"""From this many letters on, a word also finds the longer words that begin with it: Dutch writes compounds as one word."""

MOST_ROWS, _FEW = 1.25, 1_000
"""Rows in the file of meanings per entry: what changes or goes leaves its old row behind until there are more than this."""

_IN_ONE_QUERY, _AT_A_TIME = 500, 30


def by_words(workshop: Workshop, wanted: Wanted, *, most: int) -> dict[int, int]:
    """The entries that hold at least one of the words: their primary keys, each with how many different words it holds.

    In order: those that hold more of them first, then by how well they fit.
    """
    if not wanted.words:
        return {}
    on_postgresql = connection.vendor == "postgresql"
    asked = _tsquery if on_postgresql else _match
    conditions = "entry.workshop_id = %s"
    values: list[int | str] = [workshop.pk]
    if wanted.kinds:
        conditions += f" AND entry.kind IN ({', '.join(['%s'] * len(wanted.kinds))})"
        values += wanted.kinds
    if not wanted.within:
        conditions += " AND entry.is_public"
    statement, holds = (_POSTGRESQL, _HOLDS_POSTGRESQL) if on_postgresql else (_SQLITE, _HOLDS_SQLITE)
    with connection.cursor() as cursor:
        # Only placeholders and fixed words are put into the statement.
        cursor.execute(
            statement.format(" + ".join([holds] * len(wanted.words)), conditions),
            [*(asked([word]) for word in wanted.words), asked(wanted.words), *values, most],
        )
        return dict(cursor.fetchall())


_SQLITE = (
    "SELECT entry.id, {} AS held FROM search_words JOIN search_entry AS entry ON entry.id = search_words.rowid"
    " WHERE search_words MATCH %s AND {} ORDER BY held DESC, bm25(search_words), entry.id LIMIT %s"
)
_HOLDS_SQLITE = "(entry.id IN (SELECT rowid FROM search_words WHERE search_words MATCH %s))"
"""Whether an entry holds one word of the question, as 0 or 1. The list is made once per word, not once per entry."""

_POSTGRESQL = (
    "SELECT entry.id, {} AS held FROM to_tsquery('simple', %s) AS question, search_entry AS entry"
    " WHERE entry.words @@ question AND {} ORDER BY held DESC, ts_rank(entry.words, question, 1) DESC, entry.id LIMIT %s"
)
_HOLDS_POSTGRESQL = "(entry.words @@ to_tsquery('simple', %s))::int"
_WORD = re.compile(r"\w+")


def _match(words: Sequence[Sequence[str]]) -> str:
    """The question for FTS5. A word counts once more where it stands whole, so that it goes before its compounds."""
    forms = [form for group in words for form in group if _WORD.fullmatch(form)]
    return " OR ".join(f'"{form}" OR "{form}"*' if len(form) >= PREFIX else f'"{form}"' for form in forms)


def _tsquery(words: Sequence[Sequence[str]]) -> str:
    forms = [form for group in words for form in group if _WORD.fullmatch(form)]
    return " | ".join(f"'{form}' | '{form}':*" if len(form) >= PREFIX else f"'{form}'" for form in forms)


def in_order(order: Sequence[int], *, workshop: Workshop, within: bool, kinds: Sequence[str] = ()) -> Iterator[Entry]:
    """These entries in this order, as far as whoever asks may see them now: the database decides, not the file of meanings.

    Read a few at a time, since who asks seldom wants them all.
    """
    rows = Entry.objects.filter(workshop=workshop)
    if not within:
        rows = rows.filter(is_public=True)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    for at in range(0, len(order), _AT_A_TIME):
        part = order[at : at + _AT_A_TIME]
        found = rows.in_bulk(part)
        yield from (found[pk] for pk in part if pk in found)


def vectors(text_hashes: Iterable[str], encoder: str = "") -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """The meanings that are known of these texts: their hashes (m,), sorted, and a row of length 1 for each, (m, d).

    Texts that the sweep has not come to yet are left out. Without a name it is the encoder that the sweep used last.
    """
    encoder = encoder or Vector.objects.order_by("-pk").values_list("encoder", flat=True).first() or ""
    wanted = sorted(set(text_hashes))
    known: list[str] = []
    matrix = np.zeros((0, 0), dtype=np.float32)
    for at in range(0, len(wanted), _IN_ONE_QUERY):
        rows = Vector.objects.filter(encoder=encoder, text_hash__in=wanted[at : at + _IN_ONE_QUERY])
        for text, values in rows.order_by("text_hash").values_list("text_hash", "values"):
            if not known:
                matrix = np.empty((len(wanted), len(values) // 4), dtype=np.float32)
            matrix[len(known)] = np.frombuffer(values, dtype="<f4")
            known.append(text)
    return tuple(known), matrix[: len(known)]


def without_meaning(rows: Iterable[Entry], encoder: str) -> dict[str, str]:
    """The texts of these entries that this encoder has not read yet, by their hash."""
    texts = {row.text_hash: row.text.strip() or row.title for row in rows}
    known = Vector.objects.filter(encoder=encoder, text_hash__in=texts).values_list("text_hash", flat=True)
    return {text: texts[text] for text in texts.keys() - set(known)}


def has_many_rows_over(workshop: Workshop, encoder: str) -> bool:
    """Whether the file of meanings has so many rows that no longer count that it is worth writing anew."""
    table = meanings(workshop.pk, encoder)
    entries = Entry.objects.filter(workshop=workshop).count()
    return table is not None and len(table.entry) > MOST_ROWS * entries + _FEW


def is_stale(workshop: Workshop) -> bool:
    """Whether entries or their meanings are still to be indexed."""
    return Index.objects.filter(workshop=workshop, stale_since__isnull=False).exists()


def waiting(workshop: Workshop) -> int:
    """How many entries are offered and not in the index yet."""
    return Entry.objects.filter(workshop=workshop, stale_since__isnull=False).count()


def meanings_path(workshop_id: int, encoder: str) -> Path:
    """Where the file of meanings of a workshop stands. Another encoder is another file."""
    name = re.sub(r"[^a-z0-9.]+", "-", encoder.lower()).strip("-")
    return Path(settings.MEDIA_ROOT).parent / "index" / f"{workshop_id}-{name}.meanings"


def meanings(workshop_id: int, encoder: str) -> Meanings | None:
    """The file of meanings as it is now, mapped into memory. None: the sweep has not written anything into it yet."""
    path = meanings_path(workshop_id, encoder)
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    state = (found.st_ino, found.st_size, found.st_mtime_ns)
    if path not in _last_mapped or _last_mapped[path][0] != state:
        _last_mapped[path] = (state, _mapped(path, found.st_size))
    return _last_mapped[path][1]


_last_mapped: dict[Path, tuple[tuple[int, int, int], Meanings | None]] = {}
"""Per file its last state and what was in it: rows are only added; who still reads a file that was replaced goes on with it."""


def _mapped(path: Path, size: int) -> Meanings | None:
    if not size:
        return None
    try:
        dtype, begins = layout(path)
    except FileNotFoundError:
        return None
    rows = (size - begins) // dtype.itemsize
    if not rows:
        return None
    table = np.memmap(path, dtype=dtype, mode="r", offset=begins, shape=(rows,))
    entry, kind, text = (np.array(table[name]) for name in ("entry", "kind", "text"))
    _, from_the_end = np.unique(entry[::-1], return_index=True)
    return Meanings(entry, kind, text, np.sort(rows - 1 - from_the_end), table["values"])


def layout(path: Path) -> tuple[np.dtype[np.void], int]:
    """What a row of a file of meanings holds, and at which byte the rows begin.

    The head of the file is NumPy's own; how many rows there are follows from the length of the file.
    """
    with path.open("rb") as file:
        np.lib.format.read_magic(file)
        _shape, _order, dtype = np.lib.format.read_array_header_1_0(file)
        return dtype, file.tell()
