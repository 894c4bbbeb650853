from django.db import models

from werkplaats.accounts.models import Person
from werkplaats.consent.rules import Channel, Purpose


class Consent(models.Model):
    """What a person allows, for one purpose, with the wording that was shown. Withdrawal is final for that purpose."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=20, choices=[(purpose.value, purpose.value) for purpose in Purpose])
    wording = models.TextField()
    channel = models.CharField(max_length=10, choices=[(channel.value, channel.value) for channel in Channel])
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["person_id", "purpose"]
        constraints = [
            models.UniqueConstraint(fields=["person", "purpose"], name="one_consent_per_purpose"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on__isnull=True) | models.Q(withdrawn_on__gte=models.F("given_on")),
                name="consent_is_withdrawn_after_it_is_given",
            ),
        ]
