"""A picture of ours as a file that stands alone: SVG with its colours in it.

The colours are those of the stylesheet, read there, so that a file and a page never differ.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

SHEET = Path(__file__).parent / "static" / "kit" / "samenhang.css"
_NAMESPACE = "http://www.w3.org/2000/svg"
_PAINT = ("fill", "stroke", "stroke-width", "font", "text-anchor")


def svg_alone(drawn: str) -> bytes:
    """The same SVG with its size, its ground and its colours in it."""
    name, (width, height) = _root(drawn).get("class", ""), size(drawn)
    head, _, inside = drawn.partition(">")
    head = head.replace("<svg", f'<svg xmlns="{_NAMESPACE}" width="{width:g}" height="{height:g}"', 1)
    ground = f'<rect width="100%" height="100%" fill="{token("paper")}"/>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}><style>{colours(name)}</style>{ground}{inside}\n'.encode()


def size(drawn: str) -> tuple[float, float]:
    """The width and height of an SVG in its own units."""
    _x, _y, width, height = (float(one) for one in _root(drawn).get("viewBox", "").split())
    return width, height


def colours(name: str = "samen") -> str:
    """The rules of paint for drawings of which the class begins with `name`, as they stand in the stylesheet."""
    return "".join(
        f"{selector}{{{';'.join(f'{key}:{value}' for key, value in style.items())}}}"
        for selector, style in _rules().items()
        if selector.startswith(f".{name}") and style
    )


@cache
def token(name: str) -> str:
    """A value of the stylesheet by its name, such as ``paper``. Raises ``ValueError`` for a name that is not there."""
    found = re.search(rf"--samen-{name}:\s*([^;]+);", SHEET.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"the stylesheet has no --samen-{name}")
    return _meant(found[1])


def _root(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)  # noqa: S314 - drawn here


@cache
def _rules() -> Mapping[str, Mapping[str, str]]:
    """What the stylesheet says of paint, by selector: of one class, or of a kind of element in one."""
    found: dict[str, dict[str, str]] = {}
    bare = re.sub(r"/\*.*?\*/", "", SHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", bare):
        told = dict(part.split(":", 1) for part in body.split(";") if ":" in part)
        paint = {key.strip(): _meant(value) for key, value in told.items() if key.strip() in _PAINT}
        for selector in selectors.split(","):
            if re.fullmatch(r"\.[\w-]+( [a-z]+)?", selector.strip()) and paint:
                found.setdefault(selector.strip(), {}).update(paint)
    return found


def _meant(value: str) -> str:
    return re.sub(r"var\(--samen-([\w-]+)\)", lambda found: token(found[1]), value).strip().replace('"', "'")
