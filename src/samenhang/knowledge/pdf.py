"""The text of a PDF, page by page."""

import ctypes
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from samenhang.knowledge.lines import paragraphs, running_lines
from samenhang.knowledge.reading import Text
from samenhang.knowledge.records import Unreadable

_END = b"%%EOF"
_TAIL = 2048  # some writers leave white space or a stray line after the end mark


def read(data: bytes, path: Path) -> Text:
    """The paragraphs of each page; running headers and footers stay lines of their own."""
    document = _open(data, path)
    try:
        printed = [_printed_lines(document, number, path) for number in range(len(document))]
        title = document.get_metadata_dict().get("Title")
    finally:
        document.close()
    running = running_lines(printed)
    return Text([paragraphs(lines, running) for lines in printed], title)


def _open(data: bytes, path: Path) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower() or "security" in str(problem).lower():
            raise Unreadable(path, "encrypted", "it is locked with a password; save it without one") from problem
        raise Unreadable(path, "broken", "it is not a whole PDF; fetch or save it again") from problem
    # The reader mends a file that was cut off by guessing; half a plan must not pass for the plan.
    if _END not in data[-_TAIL:]:
        document.close()
        raise Unreadable(path, "broken", "its end is missing; fetch or save it again")
    if len(document) == 0:
        document.close()
        raise Unreadable(path, "broken", "it has no pages")
    return document


def _printed_lines(document: pypdfium2.PdfDocument, number: int, path: Path) -> list[str]:
    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError as problem:
        raise Unreadable(path, "broken", f"page {number + 1} cannot be read; fetch or save it again") from problem
    try:
        return _text(text_page).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    finally:
        text_page.close()
        page.close()


def _text(text_page: pypdfium2.PdfTextPage) -> str:
    """The page's text as it stands, also where it holds signs that are no valid UTF-16."""
    count = text_page.count_chars()
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count * 2 + 2))()
    raw.FPDFText_GetText(text_page, 0, count, buffer)
    return bytes(buffer).decode("utf-16-le", errors="replace").split("\0", 1)[0]
