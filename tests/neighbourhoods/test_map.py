import re

from werkplaats.neighbourhoods.pictures.map import draw
from werkplaats.neighbourhoods.records import AreaLine, Named


def square(code: str, x: float, y: float, *, parent: Named | None = None, size: float = 0.01) -> AreaLine:
    ring = ((x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y))
    return AreaLine(code, f"Buurt {code}", "buurt", parent, ((ring,),), 1, 2)


def test_without_outlines_there_is_no_map() -> None:
    assert draw([AreaLine("A", "A", "buurt", None, (), 0, 0)]) == ""


def test_a_square_on_the_ground_is_higher_than_wide_in_degrees() -> None:
    """At 52 degrees north a degree of longitude is 0.62 of a degree of latitude."""
    found = re.search(r'viewBox="-4 -4 (\d+) (\d+)"', draw([square("A", 4.9, 52.37)]))
    assert found is not None
    assert round(int(found[1]) / int(found[2]), 2) == 0.61


def test_a_place_that_holds_drawn_places_does_not_cover_them() -> None:
    picture = draw([square("W", 4.9, 52.3, size=0.1), square("B", 4.9, 52.3, parent=Named("W", "Buurt W"))])
    assert picture.count("<path") == 1


def test_names_are_harmless() -> None:
    odd = AreaLine("A", "<script>", "buurt", None, square("A", 4.9, 52.3).polygons, 0, 0)
    assert "<script>" not in draw([odd])


def test_a_place_says_how_many_parties_and_open_needs_it_has() -> None:
    assert "<title>Buurt A: 1 partij, 2 open vragen</title>" in draw([square("A", 4.9, 52.3)])


def outline(name: str, *points: tuple[float, float]) -> AreaLine:
    """A place near the equator, where a degree is as wide as it is high."""
    return AreaLine(name, name, "buurt", None, (((*points, points[0]),),), 0, 0)


def test_a_name_stands_inside_its_place_also_when_the_middle_is_narrow() -> None:
    """A hook: its centre of gravity lies beside the ink, and only the foot is wide enough for the name."""
    hook = outline("Havenkwartier", (0, 0), (1, 0), (1, 0.3), (0.1, 0.3), (0.1, 1), (0, 1))
    found = re.search(r'<text x="(\d+)" y="(\d+)">Havenkwartier<', draw([hook]))
    assert found is not None
    x, y = int(found[1]), int(found[2])
    assert 13 * 20 / 2 <= x <= 1000 - 13 * 20 / 2
    assert 700 + 20 <= y <= 1000 - 20


def test_a_name_that_fits_on_a_wide_screen_only_stands_there_only() -> None:
    east = outline("Ver weg", (0.24, 0), (1, 0), (1, 1), (0.24, 1))
    picture = draw([outline("Spoordriehoek", (0, 0), (0.24, 0), (0.24, 1), (0, 1)), east])
    assert re.search(r'<text [^>]*class="samen-map__wide">Spoordriehoek<', picture)
    assert re.search(r'<text x="\d+" y="\d+">Ver weg<', picture)


def test_a_name_that_fits_nowhere_is_left_to_the_table() -> None:
    picture = draw([square("Spoordriehoek", 4.9, 52.3), square("Ver weg", 4.99, 52.3)])
    assert picture.count("<path") == 2
    assert "<text" not in picture


def test_a_city_of_518_places_is_a_small_picture() -> None:
    city = [square(str(number), 4.7 + number % 30 / 100, 52.2 + number // 30 / 100) for number in range(518)]
    picture = draw(city)
    assert len(picture.encode()) < 200_000
    assert "<text" not in picture  # so many names would cover the map
