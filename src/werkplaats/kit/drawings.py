"""A picture of ours as a file that stands alone: SVG with its colours in it, or PNG.

The colours are those of the stylesheet, read there, so that a file and a page never differ. PNG is drawn by pdfium, which is here
already to read documents and brings letters of its own: a server without fonts draws the same.
"""

import ctypes
import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from xml.etree import ElementTree

import pypdfium2
from pypdfium2 import raw

_SHEET = Path(__file__).parent / "static" / "kit" / "samenhang.css"
_NAMESPACE = "http://www.w3.org/2000/svg"
_PAINT = ("fill", "stroke", "stroke-width", "font", "text-anchor")
_ROUND = 0.5523  # how far the handles of a Bézier curve stand out for a quarter of a circle
_EDGE = 16.0
_SCALE = 3
_ONE_AT_A_TIME = Lock()  # pdfium knows no threads

_Style = Mapping[str, str]
_Steps = Iterable[tuple[str, tuple[float, ...]]]


def svg_alone(drawn: str) -> bytes:
    """The same SVG with its size, its ground and its colours in it."""
    root = _root(drawn)
    name, (_x, _y, width, height) = root.get("class", ""), _box(root)
    rules = "".join(
        f"{selector}{{{';'.join(f'{key}:{value}' for key, value in style.items())}}}"
        for selector, style in _rules().items()
        if selector.startswith(f".{name}") and style
    )
    head, _, inside = drawn.partition(">")
    head = head.replace("<svg", f'<svg xmlns="{_NAMESPACE}" width="{width:g}" height="{height:g}"', 1)
    ground = f'<rect width="100%" height="100%" fill="{_token("paper")}"/>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}><style>{rules}</style>{ground}{inside}\n'.encode()


def png(drawn: str) -> bytes:
    """The SVG as a picture of dots, three to a unit. Raises ``ValueError`` for a shape that is not known here."""
    root = _root(drawn)
    x, y, width, height = _box(root)
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument.new()
        try:
            page = document.new_page(width + 2 * _EDGE, height + 2 * _EDGE)
            pen = _Pen(document, page, left=_EDGE - x, top=height + _EDGE + y)
            whole = {"x": x - _EDGE, "y": y - _EDGE, "width": width + 2 * _EDGE, "height": height + 2 * _EDGE}
            pen.path(_corners(whole), {"fill": _token("paper")})
            for element in root:
                pen.draw(element, _style(root.get("class", ""), element))
            page.gen_content()
            bitmap = page.render(scale=_SCALE, rev_byteorder=True)
            return _dots(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)
        finally:
            document.close()


class _Pen:
    """Draws on a page, whose ground is below and not above."""

    def __init__(self, document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, *, left: float, top: float) -> None:
        self.document, self.page, self.left, self.top = document, page, left, top

    def draw(self, element: ElementTree.Element, style: _Style) -> None:
        told = {name: float(text) for name, text in element.attrib.items() if name not in {"class", "d"}}
        match element.tag:
            case "circle":
                self.path(_round(told), style)
            case "rect":
                self.path(_corners(told), style)
            case "path":
                self.path(_along(element.get("d", "")), style)
            case "text":
                self.text(element.text or "", told, style)
            case _:
                raise ValueError(f"a picture with <{element.tag}> cannot be drawn as PNG")

    def path(self, steps: _Steps, style: _Style) -> None:
        made = None
        for name, places in steps:
            at = self._at(places)
            if made is None:
                made = raw.FPDFPageObj_CreateNewPath(*at)
            elif name == "M":
                raw.FPDFPath_MoveTo(made, *at)
            elif name == "L":
                raw.FPDFPath_LineTo(made, *at)
            elif name == "C":
                raw.FPDFPath_BezierTo(made, *at)
            else:
                raw.FPDFPath_Close(made)
        fill, stroke = style.get("fill", "#000000"), style.get("stroke", "none")
        if fill != "none":
            raw.FPDFPageObj_SetFillColor(made, *_colour(fill))
        if stroke != "none":
            raw.FPDFPageObj_SetStrokeColor(made, *_colour(stroke))
            raw.FPDFPageObj_SetStrokeWidth(made, float(style.get("stroke-width", "1")))
        mode = raw.FPDF_FILLMODE_NONE if fill == "none" else raw.FPDF_FILLMODE_WINDING
        raw.FPDFPath_SetDrawMode(made, mode, stroke != "none")
        raw.FPDFPage_InsertObject(self.page, made)

    def text(self, words: str, told: Mapping[str, float], style: _Style) -> None:
        size = re.search(r"([0-9.]+)px", style.get("font", ""))
        made = raw.FPDFPageObj_NewTextObj(self.document, b"Helvetica-Bold", float(size[1]) if size else 16.0)
        letters = ctypes.create_string_buffer(words.encode("utf-16-le") + b"\0\0")
        raw.FPDFText_SetText(made, ctypes.cast(letters, ctypes.POINTER(ctypes.c_ushort)))
        raw.FPDFPageObj_SetFillColor(made, *_colour(style.get("fill", "#000000")))
        ends = [ctypes.c_float() for _ in range(4)]
        raw.FPDFPageObj_GetBounds(made, *map(ctypes.byref, ends))
        x, y = self._at((told["x"], told["y"]))
        if style.get("text-anchor") == "middle":
            x -= (ends[0].value + ends[2].value) / 2
        raw.FPDFPageObj_Transform(made, 1, 0, 0, 1, x, y)
        raw.FPDFPage_InsertObject(self.page, made)

    def _at(self, places: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(one + self.left if place % 2 == 0 else self.top - one for place, one in enumerate(places))


def _corners(told: Mapping[str, float]) -> _Steps:
    x, y, width, height = (told.get(name, 0.0) for name in ("x", "y", "width", "height"))
    yield "M", (x, y)
    for at in ((x + width, y), (x + width, y + height), (x, y + height)):
        yield "L", at
    yield "Z", ()


def _round(told: Mapping[str, float]) -> _Steps:
    x, y, r = told["cx"], told["cy"], told["r"]
    h = _ROUND * r
    yield "M", (x + r, y)
    yield "C", (x + r, y + h, x + h, y + r, x, y + r)
    yield "C", (x - h, y + r, x - r, y + h, x - r, y)
    yield "C", (x - r, y - h, x - h, y - r, x, y - r)
    yield "C", (x + h, y - r, x + r, y - h, x + r, y)
    yield "Z", ()


def _along(d: str) -> _Steps:
    """A path of straight lines: M, L, H, V and Z, in whole places."""
    x = y = 0.0
    for name, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", d):
        told = [float(one) for one in re.findall(r"-?[0-9.]+", numbers)]
        if name in "ML":
            x, y = told
        elif name == "H":
            (x,) = told
        elif name == "V":
            (y,) = told
        elif name != "Z":
            raise ValueError(f"a path with {name} cannot be drawn as PNG")
        yield ("Z", ()) if name == "Z" else ("M" if name == "M" else "L", (x, y))


def _root(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)  # noqa: S314 - drawn here


def _box(root: ElementTree.Element) -> tuple[float, float, float, float]:
    x, y, width, height = (float(one) for one in root.get("viewBox", "").split())
    return x, y, width, height


def _style(name: str, element: ElementTree.Element) -> _Style:
    """The class of an element tells more than its kind."""
    own = element.get("class", "")
    return {**_rules().get(f".{name} {element.tag}", {}), **(_rules().get(f".{own}", {}) if own else {})}


@cache
def _rules() -> dict[str, dict[str, str]]:
    """What the stylesheet says of paint, by selector: of one class, or of a kind of element in one."""
    found: dict[str, dict[str, str]] = {}
    bare = re.sub(r"/\*.*?\*/", "", _SHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", bare):
        told = dict(part.split(":", 1) for part in body.split(";") if ":" in part)
        paint = {key.strip(): _meant(value) for key, value in told.items() if key.strip() in _PAINT}
        for selector in selectors.split(","):
            if re.fullmatch(r"\.[\w-]+( [a-z]+)?", selector.strip()) and paint:
                found.setdefault(selector.strip(), {}).update(paint)
    return found


def _meant(value: str) -> str:
    return re.sub(r"var\(--samen-([\w-]+)\)", lambda found: _token(found[1]), value).strip().replace('"', "'")


@cache
def _token(name: str) -> str:
    found = re.search(rf"--samen-{name}:\s*([^;]+);", _SHEET.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"the stylesheet has no --samen-{name}")
    return _meant(found[1])


def _colour(told: str) -> tuple[int, int, int, int]:
    digits = told.removeprefix("#")
    digits = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue, 255


def _dots(pixels: bytes, width: int, height: int, stride: int, channels: int) -> bytes:
    """Rows of dots as PNG (https://www.w3.org/TR/png-3/)."""
    rows = (pixels[row * stride : row * stride + width * channels] for row in range(height))
    kind = {1: 0, 3: 2, 4: 6}[channels]
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)),
        (b"IEND", b""),
    )
    told = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + told
