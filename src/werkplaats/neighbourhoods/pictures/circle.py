"""A circle of parties and what lies between them: with names beside the marks, on both sides or, on a phone, on one."""

from dataclasses import dataclass
from math import atan2, sqrt

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from werkplaats.neighbourhoods.pictures.marks import Address, in_lines, mark, title
from werkplaats.neighbourhoods.records.drawing import Drawing, Link, Spot

MANY = 24
"""From more parties on, rows are lower and a name has one line."""

MOST = 80
"""More parties than this make no circle that anybody can read; the table has them."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Measures of the picture in units of one screen point. `middle`: where the middle of the circle is."""

    css: str
    width: int
    middle: int
    reach: int  # from the middle to the marks furthest aside
    sides: int
    row: int
    low_row: int
    letters: int


_WIDE = _Frame("samen-circle--wide", 720, 360, 136, 2, 48, 30, 22)
_NARROW = _Frame("samen-circle--narrow", 328, 20, 76, 1, 48, 30, 24)

Point = tuple[float, float]


def draw(drawing: Drawing, address: Address) -> SafeString:
    """The parties in the order in which they stand around each other in the whole network. Empty where nobody is to be drawn.

    One drawing for a wide screen and paper, one for a phone; a screen shows one of them. With a party in the middle, that is
    whose circle it is.
    """
    around = sorted((spot for spot in drawing.spots if spot != drawing.middle), key=_turn(drawing))[:MOST]
    if not around:
        return SafeString("")
    label = _("Kring: %(full)d hele en %(half)d halve banden. In de tabel staat hetzelfde.") % {
        "full": drawing.full,
        "half": drawing.half,
    }
    pictures = (_picture(frame, drawing, around, address, label) for frame in (_WIDE, _NARROW))
    return mark_safe("".join(pictures))  # noqa: S308 - numbers of ours, and names that are escaped where they are put in


def _turn(drawing: Drawing) -> "_Turn":
    spots = drawing.spots
    middle = drawing.middle
    x = middle.x if middle else sum(spot.x for spot in spots) / max(len(spots), 1)
    y = middle.y if middle else sum(spot.y for spot in spots) / max(len(spots), 1)
    return _Turn(x, y)


@dataclass(frozen=True, slots=True)
class _Turn:
    """Sorts clockwise around a point, from the top."""

    x: float
    y: float

    def __call__(self, spot: Spot) -> tuple[float, str]:
        return -atan2(self.x - spot.x, spot.y - self.y), spot.key


def _picture(frame: _Frame, drawing: Drawing, around: list[Spot], address: Address, label: str) -> str:
    row = frame.row if len(around) <= MANY else frame.low_row
    rows = -(-len(around) // frame.sides)
    height = rows * row + 16
    places = _places(frame, around, rows=rows, row=row, height=height)
    if drawing.middle:
        places[drawing.middle.id] = (frame.middle, height / 2)
    ties = "".join(_tie(frame, link, places, height=height, drawing=drawing) for link in _drawn(drawing, places))
    marks = "".join(_party(frame, spot, places[spot.id], address=address, row=row) for spot in around)
    return (
        f'<svg class="samen-circle {frame.css}" viewBox="0 0 {frame.width} {height}" role="group" aria-label="{escape(label)}">'
        f"{ties}{_center(drawing, places)}{marks}</svg>"
    )


def _places(frame: _Frame, around: list[Spot], *, rows: int, row: int, height: int) -> dict[int, Point]:
    """Rows of one height, so that names never touch; the marks bend along a circle, from the top of the end side round."""
    places: dict[int, Point] = {}
    for number, spot in enumerate(around):
        is_end = number < rows
        down = number if is_end else len(around) - 1 - number
        on_side = rows if is_end else len(around) - rows
        y = height / 2 + (down - (on_side - 1) / 2) * row
        aside = frame.reach * (0.3 + 0.7 * sqrt(max(0.0, 1 - ((y - height / 2) / (rows * row / 2)) ** 2)))
        places[spot.id] = (frame.middle + (aside if is_end else -aside), y)
    return places


def _drawn(drawing: Drawing, places: dict[int, Point]) -> list[Link]:
    """Those between others first, so that those of the party in the middle lie on top."""
    seen = [link for link in drawing.links if link.a.id in places and link.b.id in places]
    return sorted(seen, key=lambda link: drawing.middle in (link.a, link.b))


def _tie(frame: _Frame, link: Link, places: dict[int, Point], *, height: int, drawing: Drawing) -> str:
    """Straight to the party in the middle; between others a line that bends inwards, so that it is not taken for the rim."""
    css = "samen-tie" if link.is_full else "samen-tie samen-tie--half"
    (x0, y0), (x1, y1) = places[link.a.id], places[link.b.id]
    if drawing.middle in (link.a, link.b):
        return f'<path class="{css}" d="M{x0:.0f} {y0:.0f}L{x1:.0f} {y1:.0f}"/>'
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    # Who stand next to each other need a small bend only.
    bend = 0.7 * min(1.0, (abs(x1 - x0) + abs(y1 - y0)) / (2 * frame.reach))
    x, y = x + (frame.middle - x) * bend, y + (height / 2 - y) * bend / 2
    aside = "" if drawing.middle is None else " samen-tie--aside"
    return f'<path class="{css}{aside}" d="M{x0:.0f} {y0:.0f}Q{x:.0f} {y:.0f} {x1:.0f} {y1:.0f}"/>'


def _center(drawing: Drawing, places: dict[int, Point]) -> str:
    if drawing.middle is None:
        return ""
    x, y = places[drawing.middle.id]
    return (
        f'<g transform="translate({x:.0f} {y:.0f})"><circle class="samen-party__own" r="15"/>'
        f"{mark(drawing.middle)}{title(drawing.middle)}</g>"
    )


def _party(frame: _Frame, spot: Spot, place: Point, *, address: Address, row: int) -> str:
    x, y = place
    is_end = x > frame.middle
    side = 1 if is_end else -1
    lines = in_lines(spot.name, frame.letters, 2 if row == frame.row else 1)
    first = 5.5 - 9.5 * (len(lines) - 1)
    words = "".join(
        f'<tspan x="{side * 18}" y="{first + 19 * number:g}">{escape(line)} </tspan>'
        for number, line in enumerate(lines)
    )
    end = (frame.width - x if is_end else x) - 1
    left = -13 if is_end else -end
    area = f"M{left:.0f} {1 - row / 2:g}h{end + 13:.0f}v{row - 2}h{-end - 13:.0f}z"
    return (
        f'<a href="{escape(address(spot.key))}" transform="translate({x:.0f} {y:.0f})">'
        f'<path class="samen-hit" d="{area}"/>{mark(spot)}'
        f'<text class="{"" if is_end else "samen-circle__start"}">{words}</text>{title(spot)}</a>'
    )
