"""The text of a Word document (DOCX), headings, lists and tables included."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from samenhang.knowledge.reading import Text
from samenhang.knowledge.records import Unreadable

_OLE = b"\xd0\xcf\x11\xe0"  # a locked DOCX is wrapped in the container of the old Office formats
_LARGEST_UNPACKED = 200_000_000


def read(data: bytes, path: Path) -> Text:
    """One line per paragraph, list item ("- ...") and table row (cells separated by ``; ``); pages at hard breaks."""
    if data.startswith(_OLE):
        raise Unreadable(path, "encrypted", "it is locked with a password, or an old Word file; save it as plain .docx")
    document = _open(data, path)
    pages: list[list[str]] = [[]]
    for line in _lines(document):
        first, *later = line.split("\f")
        pages[-1].append(first)
        pages.extend([part] for part in later)
    texts = ["\n".join(line.strip() for line in page if line.strip()) for page in pages]
    return Text([text for text in texts if text] or [""], document.core_properties.title)


def _open(data: bytes, path: Path) -> WordDocument:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > _LARGEST_UNPACKED:
                raise Unreadable(path, "too_large", "unpacked it is over the limit")
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError, OSError, EOFError) as problem:
        raise Unreadable(path, "broken", "it is not a whole Word document; save it again") from problem


def _lines(document: WordDocument) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield _paragraph(block)


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            words = " ".join(cell.text.split())
            # A merged cell comes by once for each column that it covers.
            if words and words not in cells[-1:]:
                cells.append(words)
        yield "; ".join(cells)


def _paragraph(paragraph: Paragraph) -> str:
    """Its text, a form feed for each hard page break, and a mark before a list item."""
    text = paragraph.text.replace("\t", " ")
    breaks = sum(mark.get(qn("w:type")) == "page" for mark in paragraph._p.iter(qn("w:br")))
    properties = paragraph._p.pPr
    numbered = properties is not None and properties.numPr is not None
    style = paragraph.style.name if paragraph.style is not None else None
    item = text.strip() and (numbered or (style or "").startswith("List"))
    return "\f" * breaks + ("- " + text.strip() if item else text)
