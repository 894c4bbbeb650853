"""A document as one bar: it equals its table, and every block leads to its passage."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import builders
from tests.sources.documents import HALL, LETTERS, MOULD, added, swept
from werkplaats.sources import queries
from werkplaats.sources.actions import keep
from werkplaats.sources.models import Fragment
from werkplaats.sources.pictures import bar
from werkplaats.sources.records import Outline, Stretch


def stretch(number: int, start: int, end: int, *, said: bool = False, kept: bool = False) -> Stretch:
    return Stretch(number, start, end, f"woorden {number}", f"/bron/#f-{number}", said, kept)


def page(number: int, length: int, every: int = 100) -> Outline:
    starts = range(0, length - every + 1, every)
    found = [stretch(number * 1000 + at, at, at + every - 5, said=at % 300 == 0, kept=at % 500 == 0) for at in starts]
    return Outline(number, length, tuple(found))


def blocks(picture: str) -> int:
    return len(re.findall(r"<a href", picture))


@pytest.mark.parametrize("pages", [1, 3, 40])
def test_the_bar_has_what_its_table_counts(pages: int) -> None:
    outline = [page(number, 2_400) for number in range(1, pages + 1)]
    picture = bar.draw(outline)
    total, said, kept = bar.legend(outline)
    assert blocks(picture) == total == 24 * pages
    assert picture.count('fill="url(#bar-said)"') == said == sum(one.said_before for one in outline)
    assert picture.count("samen-bar__kept") == kept == sum(one.kept for one in outline)
    assert picture.count("samen-bar__page") == pages


def test_every_piece_fits_on_a_phone() -> None:
    outline = [page(1, 9_000), Outline(2, 5_000, (stretch(1, 10, 4_990),))]
    widths = [float(width) for width in re.findall(r'<svg class="samen-flip" width="([\d.]+)"', bar.draw(outline))]
    assert len(widths) > 7
    assert max(widths) <= bar.WIDE + 0.1


def test_a_block_stands_at_its_place_in_the_page() -> None:
    picture = bar.draw([Outline(1, 1_000, (stretch(1, 500, 750),))])
    assert re.search(r'<rect class="samen-bar__passage" x="(\S+)" width="(\S+)"', picture).groups() == ("120.0", "60.0")  # type: ignore[union-attr]


def test_only_what_is_marked_is_a_stop_of_the_tab_key() -> None:
    picture = bar.draw(
        [Outline(1, 400, (stretch(1, 0, 90), stretch(2, 100, 190, said=True), stretch(3, 200, 290, kept=True)))]
    )
    assert re.findall(r'href="/bron/#f-(\d)" tabindex="-1"', picture) == ["1"]


def test_words_are_harmless_and_nothing_is_drawn_of_nothing() -> None:
    odd = Stretch(1, 0, 9, "<b>&", "/x", is_said_before=False, is_kept=False)
    picture = bar.draw([Outline(1, 10, (odd,))])
    assert "<b>" not in picture
    assert "style=" not in picture
    assert bar.draw([Outline(1, 0, ())]) == ""
    assert bar.draw([]) == ""


@pytest.mark.django_db
def test_a_document_shows_which_passages_were_said_before_and_which_people_kept(
    client: Client, tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    added(tmp_path, HALL, key="oud", published_on=date(2017, 9, 1))
    new = added(tmp_path, f"{HALL}\n{MOULD}\n{LETTERS}", key="nieuw", published_on=date(2024, 9, 1))
    swept()
    keep([Fragment.objects.get(source=new, text=MOULD).pk])
    workshop = builders.workshop()
    record = queries.source(workshop, "nieuw")
    assert record is not None
    with django_assert_max_num_queries(3):
        outline = queries.outline(workshop, record)
    assert bar.legend(outline) == (3, 1, 1)
    content = client.get("/kanaalkwartier/bibliotheek/nieuw/").content.decode()
    assert "Het document in één balk" in content
    marked = Fragment.objects.get(source=new, text=MOULD)
    assert (
        f'href="/kanaalkwartier/bibliotheek/nieuw/#f-{marked.pk}"><title>Bladzijde 1, bij een vraagstuk gezet'
        in content
    )
