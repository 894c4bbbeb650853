"""The whole network: every party as a mark at its place, with as many names as fit; closer by there are more."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from werkplaats.neighbourhoods.pictures.marks import LETTER, Address, in_lines, mark, title
from werkplaats.neighbourhoods.records.drawing import Bounds, Drawing, Drawn, Spot

SIDE = 800
"""The picture is a square of so many units; on a wide screen a unit is about one screen point."""

EDGE = 40

MOST = 800
"""Up to so many parties every one has its shape and is a link. Of more, only so many are tried for a name, and the others are
dots: nobody tabs through thousands, or tells their shapes apart."""
NAMED = 150

ZOOMS = (1, 2, 4, 8)
"""At which sizes names are chosen. Names and marks stay as large as they are when somebody comes closer."""

NARROW = 2.3
"""On a phone, names and marks are this much larger against the whole, so that they stay readable (see `.samen-net`)."""

SIDES = ("end", "start", "below", "above")

FONT, LINE, MARK, LETTERS = 15, 18, 11, 24

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Name:
    """The name of a party, on which side of its mark, and from which size on it is shown: on a wide screen, on a phone."""

    lines: tuple[str, ...]
    side: str
    wide: int
    narrow: int


def draw(drawing: Drawing, address: Address) -> SafeString:
    """All parties at the places that were computed for them. Empty where there is nobody."""
    if not drawing.spots:
        return SafeString("")
    places = _fitted(drawing.spots, drawing.bounds)
    names = _names(drawing, places)
    is_city = len(drawing.spots) > MOST
    shaped = [spot for spot in drawing.spots if spot.id in names] if is_city else drawing.spots
    dots = _dots(places, (spot for spot in drawing.spots if spot.id not in names)) if is_city else ""
    full = "".join(_line(places, link.a.id, link.b.id) for link in drawing.links if link.is_full)
    half = "".join(_line(places, link.a.id, link.b.id) for link in drawing.links if not link.is_full)
    marks = "".join(
        _party(spot, places[spot.id], names.get(spot.id), address=address, is_own=spot.id in drawing.own)
        for spot in shaped
    )
    label = ngettext(
        "Netwerk van %(count)d partij: %(full)d hele en %(half)d halve banden. In de tabel staat hetzelfde.",
        "Netwerk van %(count)d partijen: %(full)d hele en %(half)d halve banden. In de tabel staat hetzelfde.",
        len(drawing.spots),
    ) % {"count": len(drawing.spots), "full": drawing.full, "half": drawing.half}
    return mark_safe(  # noqa: S308 - numbers of ours, and names that are escaped where they are put in
        f'<svg class="samen-net" viewBox="0 0 {SIDE} {SIDE}" data-zoom="1" role="group" aria-label="{escape(label)}">'
        f'<path class="samen-net__ties" d="{full}"/><path class="samen-net__ties samen-net__ties--half" d="{half}"/>'
        f"{dots}{marks}</svg>"
    )


def of_reader(drawn: Drawn, language: str, address: Address) -> SafeString:
    """The picture that was kept, with the reader's own parties marked in it."""
    kept = drawn.pictures.get(language) or next(iter(drawn.pictures.values()))
    places = _fitted(drawn.own, drawn.bounds)
    marks = (
        _party(spot, places[spot.id], _Name(tuple(_lines(spot)), "end", 1, 1), address=address, is_own=True)
        for spot in drawn.own
    )
    return mark_safe(kept.removesuffix("</svg>") + "".join(marks) + "</svg>")  # noqa: S308 - drawn by us, as above


def _fitted(spots: Sequence[Spot], bounds: Bounds) -> dict[int, tuple[float, float]]:
    """Places in the square. A picture that is wider than high is stretched a little, never more than by half."""
    left, right, top, bottom = bounds
    room = SIDE - 2 * EDGE
    least = max(right - left, bottom - top, 1e-9) / 1.5
    wide, high = max(right - left, least), max(bottom - top, least)
    return {
        spot.id: (
            SIDE / 2 + room * (spot.x - (left + right) / 2) / wide,
            SIDE / 2 + room * (spot.y - (top + bottom) / 2) / high,
        )
        for spot in spots
    }


def _names(drawing: Drawing, places: dict[int, tuple[float, float]]) -> dict[int, _Name]:
    """As many names as fit without touching a mark or each other, those of the reader's own parties first.

    Then those by which others find their way, because they are tied to many; nothing else follows from that.
    """
    tied: Counter[int] = Counter(end for link in drawing.links for end in (link.a.id, link.b.id))
    order = sorted(drawing.spots, key=lambda spot: (spot.id not in drawing.own, -tied[spot.id], spot.name.casefold()))
    if len(order) > MOST:
        order = order[:NAMED]
        places = {spot.id: places[spot.id] for spot in order}
    wide = _Paper(places, 1.0).chosen(order)
    narrow = _Paper(places, NARROW).chosen(order, sides={pk: side for pk, (_zoom, side) in wide.items()})
    return {
        spot.id: _Name(tuple(_lines(spot)), wide[spot.id][1], wide[spot.id][0], narrow.get(spot.id, (99, ""))[0])
        for spot in order
        if spot.id in wide
    }


def _lines(spot: Spot) -> list[str]:
    return in_lines(spot.name, LETTERS, 2)


class _Paper:
    """The picture at one size after the other: a name that was written stays, and there comes room for more.

    So a name has to be free at the size at which it comes and at every larger one: what stood beside its mark moves away
    from the mark as somebody comes closer, and may run into the name.
    """

    CELL = 64

    def __init__(self, places: dict[int, tuple[float, float]], scale: float) -> None:
        """`scale`: how large names and marks are against the whole."""
        self.places = places
        self.sizes: dict[int, tuple[float, float]] = {}
        self.ratios = [zoom / scale for zoom in ZOOMS]
        self.taken: list[dict[tuple[int, int], list[Box]]] = [{} for _ in ZOOMS]
        for size, ratio in enumerate(self.ratios):
            for x, y in places.values():
                self._take(size, (x * ratio - MARK, y * ratio - MARK, x * ratio + MARK, y * ratio + MARK))

    def chosen(self, order: Iterable[Spot], *, sides: dict[int, str] | None = None) -> dict[int, tuple[int, str]]:
        """Per party from which size on its name is shown, and on which side; with `sides` only there."""
        found: dict[int, tuple[int, str]] = {}
        spots = list(order)
        for first, zoom in enumerate(ZOOMS):
            for spot in spots:
                tried = (sides[spot.id],) if sides and spot.id in sides else SIDES
                side = None if spot.id in found else self._free_side(first, spot, tried)
                if side:
                    found[spot.id] = (zoom, side)
                    for size in range(first, len(ZOOMS)):
                        self._take(size, self._box(spot, side, self.ratios[size]))
        return found

    def _free_side(self, first: int, spot: Spot, sides: Iterable[str]) -> str | None:
        """Where the name fits at this size and at all that are larger."""
        sizes = range(first, len(ZOOMS))
        return next((side for side in sides if all(self._fits(size, spot, side) for size in sizes)), None)

    def _fits(self, size: int, spot: Spot, side: str) -> bool:
        box = self._box(spot, side, self.ratios[size])
        return box[0] >= 0 and box[2] <= SIDE * self.ratios[size] and self._is_free(size, box)

    def _box(self, spot: Spot, side: str, ratio: float) -> Box:
        if spot.id not in self.sizes:
            lines = _lines(spot)
            self.sizes[spot.id] = max(map(len, lines)) * FONT * LETTER, LINE * len(lines)
        width, height = self.sizes[spot.id]
        x, y = (part * ratio for part in self.places[spot.id])
        left = {"end": MARK + 3, "start": -MARK - 3 - width}.get(side, -width / 2)
        top = {"below": MARK + 1, "above": -MARK - 1 - height}.get(side, -height / 2)
        return x + left, y + top, x + left + width, y + top + height

    def _cells(self, box: Box) -> Iterable[tuple[int, int]]:
        for column in range(int(box[0]) // self.CELL, int(box[2]) // self.CELL + 1):
            for row in range(int(box[1]) // self.CELL, int(box[3]) // self.CELL + 1):
                yield column, row

    def _take(self, size: int, box: Box) -> None:
        for cell in self._cells(box):
            self.taken[size].setdefault(cell, []).append(box)

    def _is_free(self, size: int, box: Box) -> bool:
        return not any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for cell in self._cells(box)
            for other in self.taken[size].get(cell, ())
        )


def _line(places: dict[int, tuple[float, float]], a: int, b: int) -> str:
    (x0, y0), (x1, y1) = places[a], places[b]
    return f"M{x0:.0f} {y0:.0f}L{x1:.0f} {y1:.0f}"


def _dots(places: dict[int, tuple[float, float]], spots: Iterable[Spot]) -> str:
    drawn = "".join(f"M{places[spot.id][0]:.0f} {places[spot.id][1]:.0f}h0" for spot in spots)
    return f'<path class="samen-net__dots" d="{drawn}"/>'


def _party(spot: Spot, place: tuple[float, float], name: _Name | None, *, address: Address, is_own: bool) -> str:
    own = '<circle class="samen-party__own" r="12"/>' if is_own else ""
    return (
        f'<a href="{escape(address(spot.key))}" transform="translate({place[0]:.0f} {place[1]:.0f})">'
        f'<g class="samen-net__fixed">{own}<path class="samen-hit" d="M-13 0a13 13 0 1 0 26 0a13 13 0 1 0-26 0z"/>'
        f"{mark(spot)}{_words(name) if name else ''}</g>{title(spot)}</a>"
    )


def _words(name: _Name) -> str:
    count = len(name.lines)
    anchor = {"end": "start", "start": "end"}.get(name.side, "middle")
    x = {"end": MARK + 3, "start": -MARK - 3}.get(name.side, 0)
    first = {"below": MARK + 1 + FONT, "above": -MARK - 5 - LINE * (count - 1)}.get(
        name.side, 5 - LINE / 2 * (count - 1)
    )
    lines = "".join(
        f'<tspan x="{x}" y="{first + LINE * number:g}">{escape(line)} </tspan>'
        for number, line in enumerate(name.lines)
    )
    return f'<text text-anchor="{anchor}" data-wide="{name.wide}" data-narrow="{name.narrow}">{lines}</text>'
