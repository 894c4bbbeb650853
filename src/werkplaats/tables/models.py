import secrets
from datetime import date
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from werkplaats.accounts.models import Account, Person
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Group, Party
from werkplaats.neighbourhoods.rules import PartyKind
from werkplaats.promises.models import Promise
from werkplaats.tables.rules import (
    HIGHEST,
    LOWEST,
    MINUTES,
    Answer,
    By,
    Change,
    Channel,
    DecisionKind,
    Draw,
    seat_thing,
)
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
    lasts = models.PositiveSmallIntegerField(default=MINUTES)  # minutes
    cancelled_at = models.DateTimeField(null=True, blank=True)
    report = models.SlugField(max_length=80, blank=True)  # the key of its minutes in the library

    class Meta:
        ordering = ["-held_at", "sort_name", "key"]
        constraints = [models.UniqueConstraint(fields=["workshop", "key"], name="one_table_per_key")]

    def __str__(self) -> str:
        return self.about

    @property
    def day(self) -> date:
        """The day on which it is held, in the zone of the workshop."""
        return self.held_at.astimezone(ZoneInfo(self.workshop.timezone)).date()


class TableChange(models.Model):
    """A table was moved or called off. Only added to: how many there are is the sequence of its calendar file."""

    table = models.ForeignKey(Table, models.CASCADE, related_name="changes")
    number = models.PositiveSmallIntegerField()  # 1, 2, 3, ... per table
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Change])
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    was_at = models.DateTimeField()  # when and where it would have been
    was_in = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["table_id", "number"]
        constraints = [models.UniqueConstraint(fields=["table", "number"], name="changes_of_a_table_are_numbered")]


def seat_key() -> str:
    """A key for an invitation. It says nothing, so that nobody guesses another's."""
    return f"s{secrets.token_hex(6)}"


class Invitation(models.Model):
    """What every seat knows: whether it was invited, what was answered, and whether somebody was there."""

    key = models.SlugField(max_length=80, blank=True)  # says nothing; a code opens it
    by = models.CharField(max_length=6, blank=True, choices=[(by.value, by.value) for by in By])
    invited_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, blank=True, choices=[(one.value, one.value) for one in Answer])
    answered_at = models.DateTimeField(null=True, blank=True)
    was_there = models.BooleanField(null=True, blank=True)  # None: nobody noted it
    lettered_at = models.DateTimeField(null=True, blank=True)  # when its letter was printed last

    class Meta:
        abstract = True

    @property
    def thing(self) -> str:
        """Its portable key, for codes and mail."""
        return seat_thing(self.key)


class SeatQuerySet(models.QuerySet["Seat"]):
    """Seats, narrowed by what happened."""

    def sat(self) -> "SeatQuerySet":
        """Of tables that are over: the parties that sat there, as noted, or put there without invitation."""
        return self.filter(Q(was_there=True) | Q(was_there=None, invited_at=None), table__cancelled_at=None)


class Seat(Invitation):
    """A party at a table: put there, or invited. `group`: the residents for whom it speaks there."""

    table = models.ForeignKey(Table, models.CASCADE, related_name="seats")
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["table_id", "party__sort_name"]
        constraints = [
            models.UniqueConstraint(fields=["table", "party"], name="a_party_sits_at_a_table_once"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False), name="an_answer_of_a_party_has_a_moment"
            ),
        ]


class Guest(Invitation):
    """A person at a table who sits there for no party: drawn by lot among who allows us to reach them."""

    table = models.ForeignKey(Table, models.CASCADE, related_name="guests")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["table_id", "person__sort_name"]
        constraints = [
            models.UniqueConstraint(fields=["table", "person"], name="a_person_sits_at_a_table_once"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False), name="an_answer_of_a_person_has_a_moment"
            ),
        ]


class AgendaLine(models.Model):
    """A line on the agenda that the host wrote, or one that follows from the records (`ref`) and was taken off."""

    table = models.ForeignKey(Table, models.CASCADE, related_name="agenda")
    number = models.PositiveSmallIntegerField()
    ref = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["table_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["table", "number"], name="lines_of_an_agenda_are_numbered"),
            models.UniqueConstraint(
                fields=["table", "ref"], condition=~Q(ref=""), name="a_line_is_taken_off_an_agenda_once"
            ),
            models.CheckConstraint(condition=Q(ref="") ^ Q(text=""), name="a_line_is_written_or_taken_off"),
        ]


class TableGiveBack(models.Model):
    """What came back to everybody who was at a table."""

    table = models.ForeignKey(Table, models.CASCADE, related_name="give_backs")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["table_id", "number"]
        constraints = [models.UniqueConstraint(fields=["table", "number"], name="give_backs_of_a_table_are_numbered")]


class TableDraw(models.Model):
    """One lottery for the seats of a table, kept so that it can be shown: everybody's chance, before anything was drawn."""

    table = models.ForeignKey(Table, models.CASCADE, related_name="draws")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in Draw])
    seats = models.PositiveSmallIntegerField()
    quotas = models.JSONField(default=dict)  # trait -> value -> [least, most]
    seed = models.BigIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    drawn_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why it was left
    pool_hash = models.CharField(max_length=64, blank=True)  # of who was in the pool, as analysis.pool_hash makes it
    eased = models.JSONField(default=list)  # what would have to give way: [trait, value, low, high, new low, new high]
    bound = models.FloatField(null=True, blank=True)  # no way to draw gives everybody a higher chance

    class Meta:
        ordering = ["table_id", "number"]
        constraints = [models.UniqueConstraint(fields=["table", "number"], name="draws_of_a_table_are_numbered")]


class Lot(models.Model):
    """One party or person in the pool of a draw, with the chance it had. A person who leaves takes only the name along."""

    draw = models.ForeignKey(TableDraw, models.CASCADE, related_name="lots")
    number = models.PositiveIntegerField()
    party = models.ForeignKey(Party, models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20)
    area = models.CharField(max_length=40, blank=True)
    chance = models.FloatField(null=True, blank=True)
    is_drawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["draw_id", "number"]
        constraints = [models.UniqueConstraint(fields=["draw", "number"], name="lots_of_a_draw_are_numbered")]


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
