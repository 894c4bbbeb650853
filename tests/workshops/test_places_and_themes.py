import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import theme, workshop
from werkplaats.workshops.actions import put_areas, put_theme, put_workshop, relate_themes
from werkplaats.workshops.models import Area, RelatedThemes, Theme, Workshop
from werkplaats.workshops.records import AreaRow
from werkplaats.workshops.refusals import AreasInACircle, SameTheme, UnknownParent
from werkplaats.workshops.rules import circle

SQUARE = [[[[4.9, 52.4], [4.91, 52.4], [4.91, 52.41], [4.9, 52.4]]]]


@given(st.permutations("abcdef"))
def test_areas_inside_each_other_are_no_circle_in_any_order(order: list[str]) -> None:
    inside = dict(zip("abcdef", "bcdef", strict=False))
    assert circle({code: inside.get(code, "") for code in order}) == ()


@given(st.permutations("abcdef"))
def test_a_circle_is_found_in_any_order(order: list[str]) -> None:
    inside = {"a": "b", "b": "c", "c": "b", "d": "a", "e": "", "f": "e"}
    assert set(circle({code: inside[code] for code in order})) == {"b", "c"}


@pytest.mark.django_db
def test_areas_may_come_before_what_they_lie_in() -> None:
    areas = put_areas(
        workshop(), [AreaRow("b1", "Kadebuurt", "w1", "buurt", 900, SQUARE), AreaRow("w1", "De Kade", kind="wijk")]
    )
    assert areas["b1"].parent == areas["w1"]
    assert areas["b1"].polygons == SQUARE


@pytest.mark.django_db
def test_loading_areas_twice_changes_nothing() -> None:
    rows = [AreaRow("b1", "Kadebuurt", "w1"), AreaRow("w1", "De Kade")]
    first = put_areas(workshop(), rows)
    assert put_areas(workshop(), rows) == first
    assert Area.objects.count() == 2


@pytest.mark.django_db
def test_areas_in_a_circle_are_refused_with_those_already_there() -> None:
    put_areas(workshop(), [AreaRow("a", "A", "b"), AreaRow("b", "B")])
    with pytest.raises(AreasInACircle) as refusal:
        put_areas(workshop(), [AreaRow("b", "B", "a")])
    assert set(refusal.value.codes) == {"a", "b"}
    assert Area.objects.get(code="b").parent is None


@pytest.mark.django_db
def test_an_unknown_parent_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(UnknownParent) as refusal:
        put_areas(workshop(), [AreaRow("w1", "De Kade"), AreaRow("b1", "Kadebuurt", "weg")])
    assert refusal.value.code == "b1"
    assert not Area.objects.exists()


@pytest.mark.django_db
def test_areas_of_another_workshop_are_strangers() -> None:
    put_areas(workshop("elders"), [AreaRow("w1", "Elders")])
    with pytest.raises(UnknownParent):
        put_areas(workshop(), [AreaRow("b1", "Kadebuurt", "w1")])


@pytest.mark.django_db
def test_a_workshop_is_kept_under_its_key() -> None:
    put_workshop("noord", name="Noord")
    put_workshop("noord", name="Wijkwerkplaats Noord", languages=("nl", "en"), introduction="Welkom.")
    kept = Workshop.objects.get()
    assert (kept.name, kept.languages, kept.introduction) == ("Wijkwerkplaats Noord", ["nl", "en"], "Welkom.")


@pytest.mark.django_db
def test_themes_are_related_once_whichever_comes_first() -> None:
    wonen, jeugd = theme("Wonen"), theme("Jeugd")
    relate_themes(wonen, other=jeugd)
    relate_themes(jeugd, other=wonen, why="Wie krap woont, leert buiten.")
    assert RelatedThemes.objects.get().why == "Wie krap woont, leert buiten."
    with pytest.raises(SameTheme):
        relate_themes(wonen, other=wonen)


@pytest.mark.django_db
def test_a_theme_sorts_by_its_plain_name() -> None:
    put_theme(workshop(), key="armoede", name="Éénmalig")
    put_theme(workshop(), key="armoede", name="Éénmalig inkomen")
    assert Theme.objects.get().sort_name == "eenmalig inkomen"
