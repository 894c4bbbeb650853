"""The text of a web page without its menus."""

import re
from pathlib import Path

import trafilatura
from lxml import etree

from samenhang.knowledge.reading import Text
from samenhang.knowledge.records import Unreadable

_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)|<\?xml[^>]+encoding=[\"']([^\"']+)", re.I)
_HEAD = 4096
_ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s+")
_MARK = re.compile(r"^#{1,6}\s+|\*\*|__")


def read(data: bytes, path: Path) -> Text:
    """Headings, paragraphs, list items and table rows, one a line; menus, footers and scripts are left out."""
    page = _decode(data, path)
    tree = trafilatura.load_html(page)
    if tree is None:
        raise Unreadable(path, "broken", "it holds no web page")
    title = tree.findtext(".//title")
    main = trafilatura.extract(
        page, output_format="txt", favor_recall=True, include_tables=True, include_comments=False, deduplicate=False
    )
    return Text([_plain(main or _everything(tree))], title)


def _decode(data: bytes, path: Path) -> str:
    """By byte order mark, else by what the page declares, else UTF-8."""
    declared = _DECLARED.search(data[:_HEAD])
    name = (declared.group(1) or declared.group(2)).decode("ascii", "replace") if declared else "utf-8"
    if data.startswith(b"\xef\xbb\xbf"):
        name = "utf-8-sig"
    elif data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        name = "utf-16"
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError) as problem:
        raise Unreadable(path, "bad_encoding", f"its letters are not {name}, as the page says they are") from problem


def _plain(text: str) -> str:
    made = []
    for line in text.split("\n"):
        item = _ITEM.match(line)
        words = _MARK.sub("", line[item.end() :] if item else line).replace("|", "; ").strip("; \t")
        if words:
            made.append(f"- {words}" if item else " ".join(words.split()))
    return "\n".join(made)


def _everything(tree: etree._Element) -> str:
    """Short pages have no main part to find: all of their text, without scripts."""
    blocks = tree.xpath("//body//text()[not(ancestor::script or ancestor::style or ancestor::nav)]")
    return "\n".join(str(block) for block in blocks) if isinstance(blocks, list) else ""
