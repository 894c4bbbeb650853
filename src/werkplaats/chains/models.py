from datetime import date
from secrets import token_hex

from django.db import models
from django.db.models import F, Q

from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Workshop


class Chain(models.Model):
    """A process that a resident must go through, past parties and desks."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200)  # kit.names.sort_key(name), set by actions
    wish = models.CharField(max_length=300)  # what a resident wants from it, in one sentence

    class Meta:
        ordering = ["sort_name", "key"]
        constraints = [models.UniqueConstraint(fields=["workshop", "key"], name="one_chain_per_key")]

    def __str__(self) -> str:
        return self.name


class ChainIssue(models.Model):
    """An issue that a chain touches."""

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="touches")
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["chain_id", "issue_id"]
        constraints = [models.UniqueConstraint(fields=["chain", "issue"], name="a_chain_touches_an_issue_once")]


class VersionQuerySet(models.QuerySet["ChainVersion"]):
    def in_force(self, today: date) -> "VersionQuerySet":
        """Those that hold today: of each chain at most one."""
        return self.filter(Q(until=None) | Q(until__gte=today), since__lte=today)


class ChainVersion(models.Model):
    """How a chain went from one day to another. Only the one without an end changes; the others stay as they were."""

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the last day on which it held

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["chain_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="versions_of_a_chain_are_numbered"),
            models.UniqueConstraint(fields=["chain"], condition=Q(until=None), name="a_chain_has_one_open_version"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="a_version_ends_after_it_began"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id} / {self.number}"


class Lane(models.Model):
    """Who does steps of a version: a party, or a kind of desk in words where no party is on record."""

    version = models.ForeignKey(ChainVersion, models.CASCADE, related_name="lanes")
    party = models.ForeignKey(Party, models.RESTRICT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["version_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(party__isnull=False, words="") | (Q(party=None) & ~Q(words="")),
                name="a_lane_is_a_party_or_a_kind_of_desk",
            ),
            models.UniqueConstraint(
                fields=["version", "party"], condition=Q(party__isnull=False), name="a_party_has_one_lane"
            ),
            models.UniqueConstraint(fields=["version", "words"], condition=Q(party=None), name="a_desk_has_one_lane"),
        ]

    def __str__(self) -> str:
        return self.words or str(self.party)


def step_key() -> str:
    """A key for a step. It says nothing, and stays when the step goes up or down."""
    return f"s{token_hex(6)}"


class Step(models.Model):
    """One thing that is done in a chain, by whom, at which desk."""

    version = models.ForeignKey(ChainVersion, models.CASCADE, related_name="steps")
    key = models.SlugField(max_length=40, default=step_key)  # the same in a later version that was made from this one
    number = models.PositiveSmallIntegerField()
    lane = models.ForeignKey(Lane, models.RESTRICT, related_name="steps")
    name = models.CharField(max_length=200)
    desk = models.CharField(max_length=200, blank=True)
    documents = models.TextField(blank=True)  # what is asked for there, one on each line
    term_days = models.PositiveSmallIntegerField(null=True, blank=True)  # by law; None: not known

    class Meta:
        ordering = ["version_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="steps_of_a_version_are_numbered"),
            models.UniqueConstraint(fields=["version", "key"], name="a_version_has_one_step_per_key"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class Handover(models.Model):
    """One step hands over to another of the same version."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="hands_over")
    then = models.ForeignKey(Step, models.CASCADE, related_name="comes_after")

    class Meta:
        ordering = ["step_id", "then_id"]
        constraints = [
            models.UniqueConstraint(fields=["step", "then"], name="a_step_hands_over_to_another_once"),
            models.CheckConstraint(condition=~Q(step=F("then")), name="a_step_hands_over_to_another"),
        ]
