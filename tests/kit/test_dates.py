from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from werkplaats.kit.dates import as_said, written

TODAY = date(2026, 5, 12)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "vandaag"),
        (1, "gisteren"),
        (-1, "morgen"),
        (3, "3 dagen geleden"),
        (-8, "over 8 dagen"),
        (21, "3 weken geleden"),
        (75, "2 maanden geleden"),
        (400, "een jaar geleden"),
        (3700, "10 jaar geleden"),
        (-400, "over een jaar"),
    ],
)
def test_dates_are_said_as_people_say_them(days: int, said: str) -> None:
    with translation.override("nl"):
        assert as_said(TODAY - timedelta(days=days), today=TODAY) == said


@given(st.dates(), st.dates())
def test_every_date_can_be_said(day: date, today: date) -> None:
    assert as_said(day, today=today)


def test_the_exact_date_stands_beside_it() -> None:
    template = Template("{% load samen %}{% ago moment %}")
    with translation.override("nl"):
        shown = template.render(Context({"moment": date(2026, 4, 21), "today": TODAY}))
        assert written(TODAY) == "12 mei 2026"
    assert shown == '<time datetime="2026-04-21">3 weken geleden (21 april 2026)</time>'


def test_a_moment_counts_on_its_day_in_the_zone_of_the_workshop() -> None:
    template = Template("{% load samen %}{% day moment %}")
    with translation.override("nl"):
        shown = template.render(Context({"moment": datetime(2026, 5, 11, 23, 30, tzinfo=UTC)}))
    assert shown == '<time datetime="2026-05-12">12 mei 2026</time>'


def test_without_a_date_nothing_is_said() -> None:
    assert Template("{% load samen %}{% ago moment %}{% day moment %}").render(Context({"moment": None})) == ""
