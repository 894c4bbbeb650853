"""From a file to the text of its pages, or a clear refusal."""

import hashlib
import os
import unicodedata
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from samenhang.knowledge.records import Document, Unreadable

LARGEST = 50_000_000  # bytes

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Text(NamedTuple):
    """What a reader of one format gives: the text of each page, and the title if the file names one."""

    pages: list[str]
    title: str | None


Reader = Callable[[bytes, Path], Text]

# Each format has its own module, imported only when a file of that format comes by.
_READERS = {PDF: "pdf", DOCX: "word", "text/html": "web", "text/markdown": "plain", "text/plain": "plain"}
_BY_SUFFIX = {
    ".pdf": PDF,
    ".docx": DOCX,
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
    ".text": "text/plain",
}
_KNOWN_OTHERS = {
    ".json": "a JSON file holds data, not a document; save what it tells as text",
    ".csv": "a CSV file is a table; put it among the tables of an open folder",
    ".xlsx": "a spreadsheet is a table, not a document; save what it tells as text",
    ".doc": "old Word files cannot be read; save it as .docx",
    ".odt": "OpenDocument text cannot be read; save it as .docx or PDF",
    ".rtf": "RTF cannot be read; save it as .docx or PDF",
    ".pptx": "slides cannot be read; save them as PDF",
    ".png": "a picture has no text to read",
    ".jpg": "a picture has no text to read",
    ".jpeg": "a picture has no text to read",
}


def read(path: str | os.PathLike[str], largest: int = LARGEST) -> Document:
    """Read one PDF, DOCX, HTML, Markdown or plain text file.

    Page text is NFC; lines as printed are put back into paragraphs, one a line, and words broken at a line end are made
    whole, so offsets always point into the text that is given here. Formats without pages are split at form feeds and
    hard page breaks only. Text must be UTF-8 (a byte order mark is allowed) or UTF-16 with its mark; HTML may declare
    another encoding.

    Raises ``Unreadable`` with a reason code: ``missing``, ``empty``, ``too_large`` (over ``largest`` bytes),
    ``encrypted``, ``broken``, ``no_text`` (a scan), ``bad_encoding``, ``unsupported``.

    >>> import tempfile, pathlib
    >>> note = pathlib.Path(tempfile.mkdtemp()) / "nota.txt"
    >>> _ = note.write_text("Er is te weinig plek.", encoding="utf-8")
    >>> read(note).pages
    ('Er is te weinig plek.',)
    """
    file = Path(path)
    data = _content(file, largest)
    media_type = _media_type(file, data)
    reader: Reader = import_module(f"samenhang.knowledge.{_READERS[media_type]}").read
    text = reader(data, file)
    pages = tuple(unicodedata.normalize("NFC", page) for page in text.pages)
    if not any(map(str.isalnum, "".join(pages))):
        scanned = "it holds pictures of pages and no text; run text recognition (OCR) on it first"
        raise Unreadable(file, "no_text", scanned if media_type == PDF else "it holds no text")
    title = " ".join(unicodedata.normalize("NFC", text.title).split()) if text.title else None
    return Document(hashlib.sha256(data).hexdigest(), media_type, pages, title or None)


def _content(file: Path, largest: int) -> bytes:
    try:
        size = file.stat().st_size
        if size > largest:
            raise Unreadable(file, "too_large", f"it is {size:,} bytes, over the limit of {largest:,}")
        data = file.read_bytes()
    except OSError as problem:
        raise Unreadable(file, "missing", f"it cannot be opened: {problem.strerror or problem}") from problem
    if not data.strip(b"\0 \t\r\n\f\xef\xbb\xbf"):
        raise Unreadable(file, "empty", "the file is empty")
    return data


def _media_type(file: Path, data: bytes) -> str:
    """By suffix, except that a file whose first bytes tell otherwise is not forced into it."""
    suffix = file.suffix.lower()
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    known = _KNOWN_OTHERS.get(suffix, f"files of the kind {suffix or '(no suffix)'} are not read")
    raise Unreadable(file, "unsupported", f"{known} (PDF, DOCX, HTML, Markdown and plain text are)")
