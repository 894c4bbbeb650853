from django.db import models
from django.db.models import Q

from werkplaats.accounts.models import Account
from werkplaats.asks.models import Voice
from werkplaats.issues.models import Trajectory
from werkplaats.neighbourhoods.models import Party
from werkplaats.pauses.rules import Noticed, Outcome
from werkplaats.workshops.models import Workshop


class Pause(models.Model):
    """A recorded moment of asking: do residents benefit? The evidence is frozen when it closes."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="+")
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)  # when whoever gave a voice was mailed
    evidence = models.JSONField(default=dict, blank=True)  # records.Evidence as it stood at closing
    outcome = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Outcome], blank=True)
    reason = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-due_on", "key"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_pause_per_key"),
            models.UniqueConstraint(
                fields=["trajectory"], condition=Q(closed_at=None), name="a_trajectory_pauses_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="") & ~Q(reason="")),
                name="a_pause_closes_with_an_outcome_and_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class PauseAnswer(models.Model):
    """What a party, or somebody with a receipt, says to the question of a pause. Words of residents stay in the workshop."""

    pause = models.ForeignKey(Pause, models.CASCADE, related_name="answers")
    party = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="+")
    voice = models.ForeignKey(Voice, models.CASCADE, null=True, blank=True, related_name="+")
    noticed = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Noticed])
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    typed_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pause_id", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(party__isnull=False, voice=None) | Q(party=None, voice__isnull=False),
                name="a_pause_is_answered_by_a_party_or_a_voice",
            ),
            models.UniqueConstraint(
                fields=["pause", "party"], condition=Q(party__isnull=False), name="a_party_answers_a_pause_once"
            ),
            models.UniqueConstraint(
                fields=["pause", "voice"], condition=Q(voice__isnull=False), name="a_voice_answers_a_pause_once"
            ),
        ]
