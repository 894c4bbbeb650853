"""Queries that are written out: they find what Django finds."""

from datetime import date

import pytest
from django.forms import model_to_dict

from tests.builders import workshop
from werkplaats.kit import prepared
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.queries import workshop_of

pytestmark = pytest.mark.django_db


def test_a_row_that_is_read_by_hand_is_the_row_that_django_reads() -> None:
    made = workshop()
    Workshop.objects.filter(pk=made.pk).update(
        opened_on=date(2024, 2, 29), introduction="100 % van ons", tie_months=7, capabilities=["ask", "table"]
    )
    workshop("andere-buurt")
    found = workshop_of(made.key)
    assert found is not None
    assert model_to_dict(found) == model_to_dict(Workshop.objects.get(pk=made.pk))
    found.tie_months = 8
    found.save()
    assert Workshop.objects.get(pk=made.pk).tie_months == 8
    assert Workshop.objects.count() == 2


def test_what_is_not_there_is_nothing() -> None:
    workshop()
    assert workshop_of("elders") is None


def test_a_change_says_how_many_rows_it_changed_and_a_percent_sign_stays_one() -> None:
    made = workshop()
    assert prepared.change("UPDATE workshops_workshop SET introduction = '5 %%' WHERE key = %s", [made.key]) == 1
    assert prepared.change("UPDATE workshops_workshop SET city = 'Delft' WHERE key = %s", ["elders"]) == 0
    assert prepared.rows("SELECT introduction, city FROM workshops_workshop WHERE key = %s", [made.key]) == [
        ("5 %", "")
    ]
