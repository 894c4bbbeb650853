from django.db import models
from django.db.models import Q

from werkplaats.accounts.models import Account
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.rules import PartyKind
from werkplaats.promises.models import Promise
from werkplaats.tables.rules import HIGHEST, LOWEST, Channel, DecisionKind
from werkplaats.workshops.models import Workshop

_KINDS = [(kind.value, kind.value) for kind in PartyKind]


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


class Turn(models.Model):
    """One time of speaking at a table, by kind of party: never who, never what was said.

    `device` and `number` are what the counting phone calls it, so that what is sent twice is there once, in the order of the
    taps. What the phone's clock said is kept, and nothing rests on it.
    """

    table = models.ForeignKey(Table, models.CASCADE, related_name="turns")
    device = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=_KINDS)
    counted_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    is_back = models.BooleanField(default=False)  # it was taken back

    class Meta:
        ordering = ["table_id", "device", "number"]
        constraints = [
            models.UniqueConstraint(fields=["table", "device", "number"], name="a_tap_is_one_turn"),
            models.CheckConstraint(condition=~Q(device=""), name="a_tap_comes_from_a_device"),
        ]

    def __str__(self) -> str:
        return f"turn {self.pk}"


class Round(models.Model):
    """The last minutes of a table, in which everybody says how it was. `told`: what was last shown of it, to all alike."""

    table = models.OneToOneField(Table, models.CASCADE, related_name="round")
    asks_eight = models.BooleanField(default=False)  # the eight items of the Feeling Heard Scale, chosen when it opened
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    told = models.JSONField(default=dict, blank=True)  # as `analysis.figures` makes it
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["table_id"]

    def __str__(self) -> str:
        return f"round of {self.table_id}"


class CheckOut(models.Model):
    """How one person left a table. Nothing tells who: the key is chance, and no moment is kept."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="check_outs")
    key = models.SlugField(max_length=80)
    kind = models.CharField(max_length=20, choices=_KINDS)
    channel = models.CharField(max_length=10, choices=[(name.value, name.value) for name in Channel])
    heard = models.PositiveSmallIntegerField()
    mattered = models.PositiveSmallIntegerField()
    items = models.JSONField(
        default=list, blank=True
    )  # the eight answers, in the order of the scale; empty: two questions
    words = models.TextField(blank=True)  # for the workshop alone
    is_told = models.BooleanField(default=False)  # whether the figures that were last shown count it

    class Meta:
        ordering = ["round_id", "key"]
        constraints = [
            models.UniqueConstraint(fields=["round", "key"], name="one_check_out_per_key"),
            models.CheckConstraint(
                condition=Q(heard__gte=LOWEST, heard__lte=HIGHEST, mattered__gte=LOWEST, mattered__lte=HIGHEST),
                name="a_check_out_answers_on_the_scale",
            ),
        ]

    def __str__(self) -> str:
        return f"check-out {self.pk}"
