"""The claim: which sweep is working on what."""

from typing import ClassVar

from django.db import models


class Claim(models.Model):
    """One piece of slow work that a sweep took, or gave up on after its tries. It is deleted when the work is done.

    `token` is the present owner's; a worker that finds another token there has lost its claim and must stop.
    `error` names the kind and place of the last failure and never its text, which could quote somebody.
    """

    sweep = models.CharField(max_length=50)
    key = models.CharField(max_length=100)
    token = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sweep", "key"], name="one_claim_per_piece_of_work"),
        ]

    def __str__(self) -> str:
        return f"{self.sweep} {self.key}"
