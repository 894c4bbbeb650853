"""Issues against themes: squares that equal their numbers."""

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.builders import theme, workshop
from tests.issues.shelf import issue, source
from werkplaats.issues import pictures
from werkplaats.issues.queries.drawers import drawers
from werkplaats.issues.records.drawers import Drawers, DrawersRow
from werkplaats.issues.rules import State


@given(st.integers(0, 3_000), st.sampled_from([1, 10, 100]))
def test_the_squares_count_to_the_number(count: int, each: int) -> None:
    picture = pictures.squares(count, each=each)
    opened = picture.count("samen-square--open")
    whole = picture.count("<rect") - opened
    assert whole * each <= count < (whole + 1) * each
    assert opened == (count % each > 0)


def test_one_square_is_one_passage_until_nobody_would_count_them() -> None:
    def most(count: int) -> int:
        return pictures.unit(Drawers((("a", "A"),), (DrawersRow("i", "I", (count,), 0, count),)))

    assert [most(count) for count in (0, 1, 60, 61, 600, 601)] == [1, 1, 1, 10, 10, 100]
    assert pictures.unit(Drawers((), ())) == 1


@pytest.mark.django_db
def test_a_passage_counts_in_every_drawer_of_its_document(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    housing, youth, _empty = theme("Wonen"), theme("Jeugd"), theme("Veiligheid")
    both = source("Monitor", ["Een.", "Twee."], themes=[housing, youth])
    one = source("Plan", ["Drie."], themes=[housing])
    loose = source("Brief", ["Vier."])
    issue("Schimmel", [*both, *one, *loose], state=State.ACCEPTED)
    issue("Nog een voorstel", both)
    issue("Zonder passages", state=State.ACCEPTED)
    here = workshop()
    with django_assert_num_queries(4):
        found = drawers(here)
    assert found.themes == (("jeugd", "Jeugd"), ("wonen", "Wonen"))
    assert found.rows == (DrawersRow("schimmel", "Schimmel", (2, 3), 1, 4),)
    assert found.rows[0].drawers == 2
    assert found.has_loose


@pytest.mark.django_db
def test_the_list_of_issues_shows_a_square_for_every_passage(client: Client) -> None:
    issue("Schimmel", source("Monitor", ["Een.", "Twee.", "Drie."], themes=[theme("Wonen")]), state=State.ACCEPTED)
    page = client.get("/kanaalkwartier/vraagstukken/").content.decode()
    cell = re.search(r'data-label="Wonen">(.*?)<span class="samen-number">(\d+)</span>', page)
    assert cell is not None
    assert cell[1].count("<rect") == int(cell[2]) == 3
    assert "Zonder thema" not in page


@pytest.mark.django_db
def test_without_issues_there_are_no_drawers(client: Client) -> None:
    assert "In welke vakjes" not in client.get("/kanaalkwartier/vraagstukken/").content.decode()
