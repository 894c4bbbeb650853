"""Plain text and Markdown."""

import re
from pathlib import Path

from samenhang.knowledge.lines import paragraphs
from samenhang.knowledge.reading import Text
from samenhang.knowledge.records import Unreadable

_LINK = re.compile(r"!?\[([^\]\n]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)|!?\[([^\]\n]+)\]\[[^\]\n]*\]")
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*])(.+?)(?<=[^\s*])\1(?![\w*])|(?<!\w)(_{1,3})(?=\S)(.+?)(?<=\S)\3(?!\w)"
)
_CODE = re.compile(r"`+([^`\n]+)`+")
_RULE = re.compile(r"\s{0,3}(?:(?:[-*_]\s*){3,}|=+\s*|\|?[\s:|-]+\|[\s:|-]*)$")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_HEADINGS = re.compile(r"^#{1,6} \S", re.MULTILINE)  # two of them: Markdown under the name of plain text
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>|<(?=https?://)|(?<=\w)>(?=\s|$)")
_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_TITLE = re.compile(r"^title:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)


def read(data: bytes, path: Path) -> Text:
    """Paragraphs, one a line; in Markdown the marks are taken out and the words kept."""
    text = _decode(data, path).replace("\r\n", "\n").replace("\r", "\n")
    if path.suffix.lower() not in (".md", ".markdown") and len(_HEADINGS.findall(text)) < 2:
        return Text([paragraphs(page.split("\n")) for page in text.split("\f")], None)
    front = _FRONT.match(text)
    named = _TITLE.search(front.group(1)) if front else None
    body = text[front.end() :] if front else text
    first = next((found.group(1) for found in map(_HEADING.match, body.split("\n")) if found), None)
    title = named.group(1) if named else _without_marks(first) if first else None
    return Text([_markdown(page) for page in body.split("\f")], title)


def _decode(data: bytes, path: Path) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        message = f"line {line} is not UTF-8; save the file as UTF-8"
        raise Unreadable(path, "bad_encoding", message) from problem
    if "\0" in text:
        raise Unreadable(path, "broken", "it holds zero bytes and is no text")
    return text


def _markdown(text: str) -> str:
    lines: list[str] = []
    for line in _COMMENT.sub("", text).split("\n"):
        heading = _HEADING.match(line)
        if heading:
            lines += ["", _without_marks(heading.group(1)), ""]
        elif _FENCE.match(line) or (_RULE.match(line) and line.strip()):
            lines.append("")
        else:
            lines.append(_without_marks(_row(_QUOTE.sub("", line))))
    return paragraphs(_emphasis_over_lines(lines))


def _row(line: str) -> str:
    stripped = line.strip()
    if not (stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 2):
        return line
    cells = [cell.strip() for cell in stripped.strip("|").split("|")]
    return "; ".join(cell for cell in cells if cell)


def _without_marks(line: str) -> str:
    plain = _LINK.sub(lambda found: found.group(1) or found.group(2) or "", line)
    plain = _TAG.sub("", _CODE.sub(r"\1", plain))
    for _ in range(2):  # bold within italic
        plain = _EMPHASIS.sub(lambda found: found.group(2) or found.group(4), plain)
    return plain.replace("\\*", "*").replace("\\_", "_").replace("\\#", "#")


def _emphasis_over_lines(lines: list[str]) -> list[str]:
    """Marks that open on one line and close on a later one: a quotation in bold over two lines."""
    return [re.sub(r"(?<!\S)\*{2,3}(?=\S)|(?<=\S)\*{2,3}(?!\S)", "", line) for line in lines]
