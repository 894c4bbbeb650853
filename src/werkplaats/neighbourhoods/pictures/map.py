"""The map: the outlines of the places, as SVG. The table beside it says the same in words."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import cos, radians

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from werkplaats.neighbourhoods.records import AreaLine

WIDTH = 1000
"""The drawing is this many units wide, and coordinates are whole units: finer than a screen shows."""

FEW = 30
"""Up to this many places have their name on the map."""

NARROW, WIDE = (22.0, 40.0), (15.5, 28.0)
"""Units that a letter is wide and a line is high: on a phone, where names are largest, and on a wide screen. The letters
are 36 and 25 units (see `.samen-map text`); a bold one is on average 0.56 of that wide, and it stays clear of the border."""

STEP = 8
"""A name is tried this many units higher or lower at a time."""

Point = tuple[float, float]
Ring = tuple[Point, ...]
Outline = list[list[tuple[int, int]]]


def draw(areas: Iterable[AreaLine]) -> SafeString:
    """The places that have an outline, smallest first on top. Empty when none has one.

    Longitude and latitude are drawn straight (equirectangular), longitude shortened by the cosine of the middle latitude,
    which is right to the pixel for a city. Points that fall on one unit are drawn once, so 518 buurten stay small.
    """
    drawn = [area for area in _innermost(list(areas)) if area.polygons]
    points = [point for area in drawn for polygon in area.polygons for ring in polygon for point in ring]
    if not points:
        return SafeString("")
    west, east = min(lon for lon, _lat in points), max(lon for lon, _lat in points)
    south, north = min(lat for _lon, lat in points), max(lat for _lon, lat in points)
    narrower = cos(radians((south + north) / 2))
    scale = WIDTH / max((east - west) * narrower, north - south, 1e-9)
    size = round((east - west) * narrower * scale), round((north - south) * scale)

    def place(point: Point) -> tuple[int, int]:
        return round((point[0] - west) * narrower * scale), round((north - point[1]) * scale)

    placed = [
        (area, [[[place(point) for point in ring] for ring in polygon] for polygon in area.polygons]) for area in drawn
    ]
    shapes = [_shape(area, polygons) for area, polygons in placed]
    names = [_name(area.name, max(polygons, key=_height)) for area, polygons in placed] if len(drawn) <= FEW else []
    words = ngettext(
        "Kaart met %(count)d gebied. Dezelfde gegevens staan in de tabel.",
        "Kaart met %(count)d gebieden. Dezelfde gegevens staan in de tabel.",
        len(drawn),
    ) % {"count": len(drawn)}
    return mark_safe(  # noqa: S308 - numbers of ours, and names that are escaped where they are put in
        f'<svg class="samen-map" viewBox="-4 -4 {size[0] + 8} {size[1] + 8}" role="img" aria-label="{escape(words)}">'
        f"{''.join(shapes)}{''.join(names)}</svg>"
    )


def _innermost(areas: list[AreaLine]) -> list[AreaLine]:
    """Places that hold other drawn places are left to their parts, so that outlines do not cover each other."""
    holders = {area.parent.key for area in areas if area.polygons and area.parent}
    return [area for area in areas if area.code not in holders]


def _shape(area: AreaLine, polygons: list[Outline]) -> str:
    path = "".join(_path(ring) for polygon in polygons for ring in polygon)
    parties = ngettext("%(count)d partij", "%(count)d partijen", area.parties) % {"count": area.parties}
    needs = ngettext("%(count)d open vraag", "%(count)d open vragen", area.needs) % {"count": area.needs}
    title = f"{area.name}: {parties}, {needs}"
    return f'<path fill-rule="evenodd" d="{path}"><title>{escape(title)}</title></path>'


def _path(ring: list[tuple[int, int]]) -> str:
    """One closed line in relative steps; a ring smaller than a unit stays a dot."""
    steps = list(_steps(ring))
    start, rest = (
        ring[0],
        "".join(f"{dx}{dy:+d}" if dx < 0 or not i else f" {dx}{dy:+d}" for i, (dx, dy) in enumerate(steps)),
    )
    return f"M{start[0]} {start[1]}l{rest or '1+0'}z"


def _steps(ring: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    before = ring[0]
    for x, y in ring[1:-1]:
        if (x, y) != before:
            yield x - before[0], y - before[1]
            before = x, y


def _name(name: str, outline: Outline) -> str:
    """A name inside its place: on every screen, or on wide ones only, or nowhere when it does not fit (the table has it)."""
    for (letter, line), css in ((NARROW, ""), (WIDE, ' class="samen-map__wide"')):
        spot = _spot(outline, len(name) * letter, line)
        if spot is not None:
            return f'<text x="{spot[0]}" y="{spot[1]}"{css}>{escape(name)}</text>'
    return ""


def _spot(outline: Outline, width: float, height: float) -> tuple[int, int] | None:
    """The middle of a box of this size that lies inside the outline, as near to its centre of gravity as can be."""
    x, y = _middle(outline[0])
    heights = range(min(y for _x, y in outline[0]), max(y for _x, y in outline[0]), STEP)
    for row in sorted((y, *heights), key=lambda row: abs(row - y)):
        free = _inside(outline, row)
        for edge in (row - height / 2, row + height / 2):
            free = [
                (max(left, west), min(right, east))
                for left, right in free
                for west, east in _inside(outline, edge)
                if min(right, east) - max(left, west) >= width
            ]
        if free:
            west, east = min(free, key=lambda part: max(part[0] - x, x - part[1]))
            return round(min(max(x, west + width / 2), east - width / 2)), row
    return None


def _inside(outline: Outline, height: float) -> list[tuple[float, float]]:
    """The parts of a horizontal line at this height that lie inside the outline, from left to right."""
    crossings = sorted(
        x0 + (height - y0) * (x1 - x0) / (y1 - y0)
        for ring in outline
        for (x0, y0), (x1, y1) in pairwise(ring)
        if (y0 <= height) != (y1 <= height)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=True))


def _height(outline: Outline) -> int:
    """How high a part of a place is; a name goes to the highest."""
    heights = [y for _x, y in outline[0]]
    return max(heights) - min(heights)


def _middle(ring: list[tuple[int, int]]) -> tuple[int, int]:
    """The centre of gravity of an outline; of one without a surface, its first point."""
    sides = [(x0 * y1 - x1 * y0, x0 + x1, y0 + y1) for (x0, y0), (x1, y1) in pairwise(ring)]
    surface = 3 * sum(side for side, _x, _y in sides)
    if not surface:
        return ring[0]
    return round(sum(side * x for side, x, _y in sides) / surface), round(
        sum(side * y for side, _x, y in sides) / surface
    )
