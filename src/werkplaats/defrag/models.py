from django.db import models
from django.db.models import Q

from werkplaats.accounts.models import Account
from werkplaats.asks.models import Ask
from werkplaats.defrag.rules import Helped, MoveKind, MoveState, Part, Stage
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Need, Party
from werkplaats.neighbourhoods.rules.asking import Answer, By
from werkplaats.workshops.models import Theme, Workshop


class Demand(models.Model):
    """A pair that ought to reach each other: one party, and a set of which one is enough. Says who says so, and why."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.CharField(max_length=300)  # made from what it rests on, so that the same demand keeps its row
    part = models.CharField(max_length=12, choices=[(part.value, part.value) for part in Part])
    source = models.ForeignKey(Party, models.CASCADE, related_name="+")
    targets = models.ManyToManyField(Party, related_name="+", blank=True)  # none: nobody able is on record
    issue = models.ForeignKey(Issue, models.CASCADE, null=True, blank=True, related_name="+")
    ask = models.ForeignKey(
        Ask, models.CASCADE, null=True, blank=True, related_name="+"
    )  # people wait, on no issue yet
    waits = models.BooleanField(default=False)  # people wait for an answer through the source
    need = models.ForeignKey(Need, models.CASCADE, null=True, blank=True, related_name="+")
    theme_a = models.ForeignKey(Theme, models.CASCADE, null=True, blank=True, related_name="+")
    theme_b = models.ForeignKey(Theme, models.CASCADE, null=True, blank=True, related_name="+")
    own_weight = models.FloatField(default=1.0)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)  # no longer follows from what is on record

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_demand_per_key"),
            models.CheckConstraint(condition=Q(own_weight__gt=0), name="a_demand_weighs_something"),
        ]


class Measurement(models.Model):
    """The figure of fragmentation at one moment."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    on = models.DateField()  # the day of `at` in the workshop's zone
    value = models.FloatField(null=True, blank=True)  # F, 0 to 100; empty: no demands on record
    low = models.FloatField(null=True, blank=True)  # between which F lies if everybody had named everybody;
    high = models.FloatField(null=True, blank=True)  # empty: it is not known how many ties nobody named
    recall = models.FloatField(null=True, blank=True)  # the share of its ties that a party names
    change = models.JSONField(default=dict)  # since an earlier day: `records.ChangeLine`
    parties = models.JSONField(default=list)  # keys of the parties by number, and
    network = models.TextField(blank=True)  # the ties and demands as text; kept of the last days only
    value_after = models.FloatField(null=True, blank=True)  # expected F when every proposed move is done
    parts = models.JSONField(default=dict)  # part -> its F, or null when nothing is on record
    ties = models.PositiveIntegerField()  # ties that counted
    faded = models.PositiveIntegerField()  # ties not seen for too long

    class Meta:
        ordering = ["workshop_id", "-at"]
        constraints = [models.UniqueConstraint(fields=["workshop", "on"], name="one_measurement_a_day_stays")]


class Reading(models.Model):
    """One demand at one measurement."""

    measurement = models.ForeignKey(Measurement, models.CASCADE, related_name="readings")
    demand = models.ForeignKey(Demand, models.CASCADE, related_name="+")
    distance = models.SmallIntegerField()  # -1: not within four
    phi = models.FloatField()
    weight = models.FloatField()  # share of the whole; all of a measurement sum to 1

    class Meta:
        ordering = ["measurement_id", "demand__key"]
        constraints = [
            models.UniqueConstraint(fields=["measurement", "demand"], name="a_demand_is_read_once_per_measurement")
        ]


class Move(models.Model):
    """A proposed introduction, joining or bridge. Nothing happens without the people concerned; a refusal is remembered."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.CharField(max_length=300)  # kind and parties: the same proposal keeps its row, and so its refusal
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in MoveKind])
    party_a = models.ForeignKey(Party, models.CASCADE, related_name="+")
    party_b = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="+")  # empty for joining
    through = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="+")
    issue = models.ForeignKey(Issue, models.CASCADE, null=True, blank=True, related_name="+")  # for joining
    rank = models.PositiveSmallIntegerField()
    gain = models.FloatField()  # expected fall of F, in points, when this move alone is done
    shortened = models.JSONField(default=list)  # [[demand key, phi now, phi when this move alone is done], ...]
    route = models.JSONField(
        null=True
    )  # keys of the parties between the two now, in order; null: not within four steps
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in MoveState])
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    predicted = models.JSONField(default=dict)  # what the last measurement expects of this move: `records.Predicted`

    class Meta:
        ordering = ["workshop_id", "rank"]
        constraints = [models.UniqueConstraint(fields=["workshop", "key"], name="a_move_is_proposed_once")]


class Asking(models.Model):
    """One move asked of its sides, one after the other. What was expected of it is frozen at the moment the asking begins.

    It closes when one of them says no or nobody answers in time; which of the two, and who, is told to nobody.
    """

    move = models.ForeignKey(Move, models.CASCADE, related_name="askings")
    key = models.SlugField(max_length=80)  # says nothing
    stage = models.CharField(max_length=12, choices=[(stage.value, stage.value) for stage in Stage])
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    predicted = models.JSONField(default=dict)
    predicted_hash = models.CharField(max_length=64, blank=True)  # empty: nothing was measured yet
    agreed_at = models.DateTimeField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    help_due_on = models.DateField(
        null=True, blank=True
    )  # when the sides are asked whether it helped; None: not any more
    check_due_on = models.DateField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked = models.JSONField(default=dict)  # what came of the prediction: `records.Checked`

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["move", "key"], name="one_asking_per_key"),
            models.UniqueConstraint(
                fields=["move"], condition=~Q(stage=Stage.TAKEN_BACK.value), name="a_move_is_asked_about_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.MET.value) | Q(met_on__isnull=False), name="who_met_did_so_on_a_day"
            ),
        ]


class Side(models.Model):
    """One party in an asking: the words it is asked with, and what it said. A code opens `thing` without account."""

    asking = models.ForeignKey(Asking, models.CASCADE, related_name="sides")
    key = models.SlugField(max_length=80)  # says nothing
    number = models.PositiveSmallIntegerField()  # in which order they are asked, from 1
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    words = models.TextField()
    by = models.CharField(max_length=6, choices=[(by.value, by.value) for by in By])
    turn_at = models.DateTimeField(null=True, blank=True)  # from when it is this side that is asked
    asked_at = models.DateTimeField(null=True, blank=True)  # the mail went on record, or the first card was made
    card_made_at = models.DateTimeField(null=True, blank=True)  # the last card; those before it open nothing any more
    answer = models.CharField(max_length=4, blank=True, choices=[(answer.value, answer.value) for answer in Answer])
    answered_at = models.DateTimeField(null=True, blank=True)
    help_asked_at = models.DateTimeField(null=True, blank=True)
    helped = models.CharField(max_length=6, blank=True, choices=[(helped.value, helped.value) for helped in Helped])
    helped_at = models.DateTimeField(null=True, blank=True)
    helped_words = models.TextField(blank=True)

    class Meta:
        ordering = ["asking_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["asking", "key"], name="one_side_per_key"),
            models.UniqueConstraint(fields=["asking", "number"], name="sides_are_asked_one_after_the_other"),
            models.UniqueConstraint(fields=["asking", "party"], name="a_party_is_asked_once_per_asking"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False), name="an_answer_was_given_at_a_moment"
            ),
        ]

    @property
    def thing(self) -> str:
        """What a code of this side opens."""
        return f"side:{self.key}"


class Bench(models.Model):
    """Which state of library, network, issues and waiting voices was measured, and on which day (ties fade with time)."""

    workshop = models.OneToOneField(Workshop, models.CASCADE, related_name="+", primary_key=True)
    measured_state = models.CharField(max_length=200)  # `queries.state_of` when the measuring began
    measured_on = models.DateField()
    stale_since = models.DateTimeField(null=True, blank=True)  # a decision about a move asks for a new plan
