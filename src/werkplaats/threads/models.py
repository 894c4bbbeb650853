from typing import ClassVar

from django.db import models
from django.db.models import Q

from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Workshop


class HandOver(models.Model):
    """What an official or researcher leaves behind, and to whom. No name of a person: a party and a function.

    `items` is what was open when it was made, kept as it was: ``[{"kind", "key", "words", "due_on"}]`` (ISO dates or "").
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    leaver = models.ForeignKey(Party, models.CASCADE, related_name="+")
    leaver_function = models.CharField(max_length=200, blank=True)
    receiver = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="+")
    receiver_function = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    items = models.JSONField(default=list)
    left_open = models.BooleanField(default=False)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_hand_over_per_key"),
            models.CheckConstraint(
                condition=Q(receiver__isnull=False, left_open=False) | Q(receiver__isnull=True, left_open=True),
                name="a_hand_over_has_a_receiver_or_is_visibly_left_open",
            ),
        ]

    def __str__(self) -> str:
        return f"hand-over {self.key}"
