from django.db import models
from django.db.models import Q

from werkplaats.accounts.models import Account
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.models import Promise
from werkplaats.tables.rules import DecisionKind
from werkplaats.workshops.models import Workshop


class Table(models.Model):
    """A meeting of parties as equals. Who was there is kept by party, never by name."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    about = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200)
    held_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-held_at", "sort_name", "key"]
        constraints = [models.UniqueConstraint(fields=["workshop", "key"], name="one_table_per_key")]

    def __str__(self) -> str:
        return self.about


class Seat(models.Model):
    """A party that sits at a table."""

    table = models.ForeignKey(Table, models.CASCADE, related_name="seats")
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["table_id", "party__sort_name"]
        constraints = [models.UniqueConstraint(fields=["table", "party"], name="a_party_sits_at_a_table_once")]


class Decision(models.Model):
    """What came of a table: a promise, a "no, because", or a date. Written down there, done elsewhere."""

    table = models.ForeignKey(Table, models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in DecisionKind])
    text = models.TextField(blank=True)
    on = models.DateField(null=True, blank=True)
    promise = models.ForeignKey(Promise, models.SET_NULL, null=True, blank=True, related_name="+")
    catch_key = models.CharField(max_length=80, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["table_id", "noted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "promise"],
                condition=Q(promise__isnull=False),
                name="a_promise_is_decided_once_per_table",
            ),
            models.UniqueConstraint(
                fields=["table", "catch_key"], condition=~Q(catch_key=""), name="a_catch_is_decided_once_per_table"
            ),
            models.CheckConstraint(
                condition=~Q(kind=DecisionKind.DATE.value) | Q(on__isnull=False), name="a_decision_on_a_date_has_one"
            ),
        ]
