"""The drawings of parties: they equal their table, no name touches another, and a city stays quick."""

import re
from itertools import combinations
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from werkplaats.neighbourhoods.pictures import circle, network
from werkplaats.neighbourhoods.pictures.marks import SYMBOLS, in_lines
from werkplaats.neighbourhoods.pictures.network import FONT, MARK, NARROW, ZOOMS
from werkplaats.neighbourhoods.records import KIND_WORDS
from werkplaats.neighbourhoods.records.drawing import Drawing, Link, Spot

KINDS = list(KIND_WORDS)
NAMES = ("De Lange Tafel", "Gemeente Oeverstad, Gebiedsteam Kanaalkwartier", "Noor", "Huiswerkklas Spoordriehoek")


def spot(number: int, x: float, y: float, name: str = "") -> Spot:
    return Spot(number, f"p-{number}", name or f"{NAMES[number % 4]} {number}", KINDS[number % len(KINDS)], x, y)


def address(key: str) -> str:
    return f"/w/partijen/{key}/"


def of(spots: list[Spot], ties: list[tuple[int, int, bool]], middle: Spot | None = None) -> Drawing:
    links = tuple(Link(spots[a], spots[b], is_full, ("knows",), None) for a, b, is_full in ties)
    return Drawing(tuple(spots), links, middle=middle)


def ring(count: int) -> Drawing:
    spots = [spot(number, number % 7, number // 7 + number % 3 / 4) for number in range(count)]
    return of(spots, [(number, (number + 1) % count, number % 3 > 0) for number in range(count)] if count > 2 else [])


places = st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=40)


@given(places)
@example([(0.0, 0.0)] * 14 + [(4.5, 0.0), (-6.0, 0.0), (4.4375, 0.0), (9.0, 0.0)])
@settings(max_examples=100, deadline=None)
def test_no_name_touches_another_name_or_a_mark_at_any_size(points: list[tuple[float, float]]) -> None:
    drawing = of([spot(number, x, y) for number, (x, y) in enumerate(points)], [])
    at = network._fitted(drawing.spots, drawing.bounds)
    names = network._names(drawing, at)
    for scale, shown_from in ((1.0, "wide"), (NARROW, "narrow")):
        for zoom in ZOOMS:
            ratio = zoom / scale
            boxes = [
                box(at[pk][0] * ratio, at[pk][1] * ratio, name)
                for pk, name in names.items()
                if getattr(name, shown_from) <= zoom
            ]
            marks = [(x * ratio - MARK, y * ratio - MARK, x * ratio + MARK, y * ratio + MARK) for x, y in at.values()]
            assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
            assert not any(overlap(one, other) for one in boxes for other in marks)


def box(x: float, y: float, name: network._Name) -> tuple[float, float, float, float]:
    """Where the words of a name are drawn, from what is written in the picture."""
    words = network._words(name)
    found = re.search(r'text-anchor="(\w+)"', words)
    spans = [
        (float(a), float(b), line) for a, b, line in re.findall(r'<tspan x="(.*?)" y="(.*?)">(.*?) </tspan>', words)
    ]
    assert found
    width = max(len(line) for _x, _y, line in spans) * FONT * 0.5
    left = {"start": 0.0, "end": -width, "middle": -width / 2}[found[1]] + spans[0][0]
    return x + left, y + spans[0][1] - FONT * 0.8, x + left + width, y + spans[-1][1] + FONT * 0.1


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("count", [1, 2, 30])
def test_the_whole_has_a_mark_for_every_party_and_a_line_for_every_tie(count: int) -> None:
    drawing = ring(count)
    picture = network.draw(drawing, address)
    assert picture.count("<use") == len(drawing.spots)
    full, half = re.findall(r'class="samen-net__ties[^"]*" d="(.*?)"', picture)
    assert (full.count("M"), half.count("M")) == (drawing.full, drawing.half)
    assert drawing.full + drawing.half == len(drawing.links)
    assert re.findall(r'<a href="/w/partijen/p-(\d+)/"', picture) == [str(number) for number in range(count)]
    assert "nan" not in picture.lower().replace("nancy", "")


@pytest.mark.parametrize("count", [3, 13, 24, 40])
def test_a_circle_has_all_for_a_wide_screen_and_all_for_a_phone(count: int) -> None:
    drawing = ring(count)
    both = circle.draw(drawing, address).split("<svg")[1:]
    assert len(both) == 2
    for picture in both:
        assert picture.count("<use") == count
        assert len(re.findall(r'<path class="samen-tie', picture)) == count
        assert picture.count("samen-tie--half") == drawing.half


def test_the_rows_of_a_circle_never_touch_and_stay_inside() -> None:
    for picture in circle.draw(ring(15), address).split("<svg")[1:]:
        found = re.search(r'viewBox="0 0 (\d+) (\d+)"', picture)
        assert found
        width, height = int(found[1]), int(found[2])
        marks = [(int(x), int(y)) for x, y in re.findall(r"<a [^>]*translate\((-?\d+) (-?\d+)\)", picture)]
        assert all(8 <= x <= width - 8 and 8 <= y <= height - 8 for x, y in marks)
        for side in ([y for x, y in marks if x > width / 2], [y for x, y in marks if x <= width / 2]):
            steps = [after - before for before, after in zip(sorted(side), sorted(side)[1:], strict=False)]
            assert all(step >= 40 for step in steps)


def test_whose_circle_it_is_stands_in_the_middle_and_is_no_link() -> None:
    spots = [spot(number, number, number % 2) for number in range(5)]
    drawing = of(spots, [(0, number, True) for number in range(1, 5)], middle=spots[0])
    picture = circle.draw(drawing, address)
    assert picture.count('class="samen-party__own"') == 2
    assert "/w/partijen/p-0/" not in picture
    assert picture.count("<a ") == 2 * 4


def test_nobody_is_drawn_as_nothing() -> None:
    alone = spot(0, 0, 0)
    assert network.draw(Drawing((), ()), address) == ""
    assert circle.draw(Drawing((alone,), (), middle=alone), address) == ""


def test_every_kind_has_a_shape_of_its_own_and_all_are_of_one_size() -> None:
    shapes = re.findall(r'<g id="p-(\w+)" class="samen-party">(.*?)</g>', SYMBOLS)
    assert [kind for kind, _shape in shapes] == KINDS
    assert len({shape for _kind, shape in shapes}) == len(shapes)
    sizes = re.findall(r'width="(\d+)"', network.draw(ring(20), address))
    assert sizes == []


def test_names_are_harmless_and_no_picture_needs_a_style() -> None:
    odd = of([spot(0, 0, 0, "<script>"), spot(1, 5, 5, "B")], [(0, 1, True)])
    for picture in (network.draw(odd, address), circle.draw(odd, address)):
        assert "<script>" not in picture
        assert "style=" not in picture


def test_a_long_name_ends_in_an_ellipsis() -> None:
    assert in_lines("Hogeschool Oeverland, lectoraat Wonen in de Stad", 22, 2)[-1].endswith("…")
    assert in_lines("x" * 60, 22, 1)


def test_a_city_of_10_000_parties_is_quick_and_nobody_tabs_through_thousands() -> None:
    spots = [spot(number, number * 0.61 % 97, number * 0.37 % 89) for number in range(10_000)]
    drawing = of(spots, [(number, (number * 7 + 1) % 10_000, True) for number in range(10_000)])
    began = process_time()
    picture = network.draw(drawing, address)
    assert process_time() - began < 1.5
    assert picture.count("h0") + picture.count("<use") == 10_000
    assert 20 < picture.count("<a ") <= network.NAMED
    assert len(picture.encode()) < 700_000
