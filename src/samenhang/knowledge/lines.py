"""Lines as they were printed, put back into paragraphs."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

_DIGITS = re.compile(r"\d+|\b[ivxl]+\b", re.IGNORECASE)
_MARK = re.compile(r"\s*(?:[-–—•*·◦▪‣+]|\(?[0-9]{1,3}(?:\.[0-9]+)*[.)]?|\(?[a-z][.)])[ \t]")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐\u00ad\ufffe\u0002]\Z")
_SOFT = re.compile(r"[\u00ad\ufffe\u0002]")
_HANGING = frozenset({"en", "of", "tot", "and", "or", "to"})
_EDGE = 2  # running headers and footers stand in the first or last two lines of a page
_CLOSES = tuple(".!?:;…")
_OPENING = " \t\"'“‘("
_CLOSING = "\"'”’)"
_SHORT = 0.5  # a heading is shorter than this share of the usual width
_FULL = 0.7  # a line shorter than this share of the usual width may close a paragraph


def same_line(line: str) -> str:
    """A line with its numbers taken out, so that "pagina 3 van 6" equals "pagina 4 van 6"."""
    return _DIGITS.sub("#", " ".join(line.split())).lower()


def running_lines(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """The headers and footers of a document: lines at the edge of most pages (``same_line`` of each).

    ``pages`` holds the lines of each page. A document of one page has none.
    """
    if len(pages) < 2:
        return frozenset()
    seen: Counter[str] = Counter()
    for page in pages:
        lines = [same_line(line) for line in page if line.strip()]
        seen.update(set(lines[:_EDGE] + lines[-_EDGE:]))
    enough = max(2, (len(pages) + 1) // 2)
    return frozenset(line for line, pages_with in seen.items() if pages_with >= enough)


def paragraphs(lines: Sequence[str], running: frozenset[str] = frozenset()) -> str:
    """Join printed lines into paragraphs, one a line; words broken at a line end are made whole.

    An empty line ends a paragraph; so do a list mark, a running line, and a short line before a capital. A heading is a
    line of its own.
    """
    width = _usual_width(lines)
    made: list[str] = []
    open_line = ""  # the last printed line of the paragraph that is being made; "" when it is closed
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        plain = " ".join(line.split())
        if not plain:
            open_line = open_line if made and _goes_on(made[-1]) else ""
        elif same_line(plain) in running:
            made.append(plain)
            open_line = ""
        elif open_line and not _is_heading(open_line, plain, following, width) and _continues(open_line, plain, width):
            made[-1] = _join(made[-1], plain)
            open_line = plain
        else:
            made.append(plain)
            open_line = plain
    return "\n".join(_SOFT.sub("", line) for line in made)


def _usual_width(lines: Sequence[str]) -> int:
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _goes_on(paragraph: str) -> bool:
    """Whether a paragraph stops in the middle of a sentence: a page or column ended there."""
    return (len(paragraph) > 60 and paragraph[-1].isalpha()) or paragraph.endswith(",")


def _is_heading(before: str, line: str, following: str, width: int) -> bool:
    """A short line without a closing mark, between a closed sentence and a line that opens with a capital.

    The last line before a heading may be a full one, so that its length does not tell that the paragraph ended.
    """
    is_short = len(line) < _SHORT * width and not line.endswith((*_CLOSES, ","))
    closed = before.rstrip(_CLOSING).endswith((".", "!", "?"))
    return is_short and closed and line[0].isupper() and following.lstrip(_OPENING)[:1].isupper()


def _continues(before: str, line: str, width: int) -> bool:
    if _HYPHEN.search(before):
        return True
    first = line.lstrip(_OPENING)[:1]
    if _MARK.match(line) and not (first.isdigit() and len(before) >= _FULL * width and before[-1] not in ".:;!?"):
        return False
    if first.islower():
        return before[-1] not in ".!?"
    if len(before) < _FULL * width:
        return False
    return not (before.endswith(_CLOSES) and len(before) < 0.9 * width and before[-1] in ":;")


def _join(before: str, line: str) -> str:
    hyphen = _HYPHEN.search(before)
    if not hyphen:
        return f"{before} {line}"
    if hyphen.group() in "\u00ad\ufffe\u0002":
        return before[:-1] + line
    next_word = line.split(" ", 1)[0].lower()
    if next_word in _HANGING:
        return f"{before} {line}"
    broken = line[:1].islower() and not before[-3:-1].isupper()
    return before[:-1] + line if broken else before + line
