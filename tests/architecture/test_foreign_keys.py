"""Tables know only tables below them: a foreign key that is written as text is invisible to import contracts."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture.house import floors, may_know


def wrong_keys(tables: Iterable[type[models.Model]]) -> list[str]:
    """Keys between rooms that point up or sideways, or that can be followed backwards (rule 6)."""
    wrong = []
    rooms = floors()
    for table in tables:
        for field in table._meta.get_fields():
            if field.auto_created or not isinstance(field, models.ForeignKey | models.ManyToManyField):
                continue
            here, there = table._meta.app_label, field.related_model._meta.app_label
            if there == here or there not in rooms:
                continue
            if not may_know(here, there):
                wrong.append(f"{table.__name__}.{field.name} points up to {there}")
            if not field.remote_field.hidden:
                wrong.append(f'{table.__name__}.{field.name} needs related_name="+"')
    return wrong


def test_foreign_keys_between_rooms_point_down_and_cannot_be_followed_back() -> None:
    ours = [table for table in apps.get_models() if table.__module__.startswith("werkplaats.")]
    assert len(ours) > 10
    assert wrong_keys(ours) == []


@isolate_apps("werkplaats.workshops", "werkplaats.defrag")
def test_a_key_that_points_up_or_back_is_noticed() -> None:
    class Move(models.Model):
        class Meta:
            app_label = "defrag"

    class Street(models.Model):
        up = models.ForeignKey(Move, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "workshops"

    class Step(models.Model):
        street = models.ForeignKey(Street, on_delete=models.CASCADE)
        move = models.ForeignKey(Move, on_delete=models.CASCADE)

        class Meta:
            app_label = "defrag"

    assert wrong_keys([Move, Street, Step]) == ["Street.up points up to defrag", 'Step.street needs related_name="+"']
