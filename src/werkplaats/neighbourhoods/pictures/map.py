"""The map: the outlines of the places, as SVG. The table beside it says the same in words."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import cos, radians

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from werkplaats.neighbourhoods.records import AreaLine

WIDTH = 1000
"""The drawing is this many units wide, and coordinates are whole units: finer than a screen shows."""

FEW = 30
"""Up to this many places have their name on the map."""

Point = tuple[float, float]
Ring = tuple[Point, ...]


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

    shapes = [
        _shape(area, [[[place(point) for point in ring] for ring in polygon] for polygon in area.polygons])
        for area in drawn
    ]
    names = (
        [_name(area, [place(point) for point in area.polygons[0][0]]) for area in drawn] if len(drawn) <= FEW else []
    )
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


def _shape(area: AreaLine, polygons: list[list[list[tuple[int, int]]]]) -> str:
    path = "".join(_path(ring) for polygon in polygons for ring in polygon)
    title = _("%(name)s: %(parties)d partijen, %(needs)d open vragen") % {
        "name": area.name,
        "parties": area.parties,
        "needs": area.needs,
    }
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


def _name(area: AreaLine, ring: list[tuple[int, int]]) -> str:
    x, y = _middle(ring)
    return f'<text x="{x}" y="{y}">{escape(area.name)}</text>'


def _middle(ring: list[tuple[int, int]]) -> tuple[int, int]:
    """The centre of gravity of an outline; of one without a surface, its first point."""
    sides = [(x0 * y1 - x1 * y0, x0 + x1, y0 + y1) for (x0, y0), (x1, y1) in pairwise(ring)]
    surface = 3 * sum(side for side, _x, _y in sides)
    if not surface:
        return ring[0]
    return round(sum(side * x for side, x, _y in sides) / surface), round(
        sum(side * y for side, _x, y in sides) / surface
    )
