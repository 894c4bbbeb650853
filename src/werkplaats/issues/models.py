from django.db import models
from django.db.models import Q

from werkplaats.accounts.models import Account
from werkplaats.issues.rules import EventKind, State
from werkplaats.issues.rules.phases import Phase, TurnKind
from werkplaats.neighbourhoods.models import Group, Need, Party
from werkplaats.sources.models import Fragment
from werkplaats.workshops.models import Theme, Workshop


class Issue(models.Model):
    """What is at stake in the neighbourhood, across themes. The engine proposes, people decide."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    words = models.JSONField(default=list)  # the words that set it apart, as proposed
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in State])
    themes = models.ManyToManyField(Theme, related_name="+", blank=True)
    proposed_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    joined_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="joined_from")

    class Meta:
        ordering = ["sort_name", "key"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_issue_per_key"),
            models.CheckConstraint(
                condition=Q(state=State.JOINED.value, joined_into__isnull=False) | ~Q(state=State.JOINED.value),
                name="a_joined_issue_says_into_which",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def thing(self) -> str:
        """Its portable key, by which it is followed."""
        return f"issue:{self.key}"


class IssueFragment(models.Model):
    """A passage that belongs to an issue; `centrality` is its cosine with the middle of the issue."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="fragments")
    fragment = models.ForeignKey(Fragment, models.CASCADE, related_name="+")
    is_proof = models.BooleanField(default=False)
    centrality = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["issue_id", "-is_proof", "-centrality", "fragment_id"]
        constraints = [models.UniqueConstraint(fields=["issue", "fragment"], name="a_fragment_is_in_an_issue_once")]


class SuggestedFragment(models.Model):
    """A passage that lies close to an accepted issue. A human adds it or not; what was not added is remembered in an event."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="suggestions")
    fragment = models.ForeignKey(Fragment, models.CASCADE, related_name="+")
    closeness = models.FloatField()  # cosine with the middle of the issue

    class Meta:
        ordering = ["issue_id", "-closeness", "fragment_id"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "fragment"], name="a_fragment_is_suggested_once_per_issue")
        ]


class IssueParty(models.Model):
    """A party that works on an issue."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="parties")
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    role = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["issue_id", "party__sort_name"]
        constraints = [models.UniqueConstraint(fields=["issue", "party"], name="a_party_works_on_an_issue_once")]


class IssueNeed(models.Model):
    """A need or offer that belongs to an issue."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="needs")
    need = models.ForeignKey(Need, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["issue_id", "need__key"]
        constraints = [models.UniqueConstraint(fields=["issue", "need"], name="a_need_is_in_an_issue_once")]


class IssueEvent(models.Model):
    """What happened to an issue. Only added to; a refusal is remembered with the texts that it was about."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in EventKind])
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    before = models.CharField(max_length=200, blank=True)  # the name before a renaming
    text_hashes = models.JSONField(default=list)  # of the fragments that this event was about

    class Meta:
        ordering = ["issue_id", "at", "pk"]


class Trajectory(models.Model):
    """The joint work on an issue, through phases. Whom it should benefit, and how they would notice, is said before it starts."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="trajectories")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200)
    phase = models.CharField(
        max_length=10, choices=[(phase.value, phase.value) for phase in Phase], default=Phase.GATHER.value
    )
    benefit_for = models.TextField(blank=True)
    benefit_groups = models.ManyToManyField(Group, related_name="+", blank=True)
    how_noticed = models.TextField(blank=True)
    started_on = models.DateField(null=True, blank=True)
    next_pause_on = models.DateField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["sort_name", "key"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_trajectory_per_key"),
            models.CheckConstraint(
                condition=Q(started_on=None) | (~Q(benefit_for="") & ~Q(how_noticed="")),
                name="a_trajectory_says_whom_it_should_benefit_before_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(stopped_on=None) | Q(started_on__isnull=False), name="only_what_started_can_stop"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TrajectoryParty(models.Model):
    """A party that works in a trajectory, and as what."""

    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="parties")
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    role = models.CharField(max_length=120, blank=True)
    joined_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["trajectory_id", "party__sort_name"]
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "party"], name="a_party_works_in_a_trajectory_once")
        ]


class TrajectoryEvent(models.Model):
    """What happened to a trajectory. Only added to."""

    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in TurnKind])
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    phase = models.CharField(max_length=10, choices=[(phase.value, phase.value) for phase in Phase])  # from then on
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict)  # what it said until then, where its words changed

    class Meta:
        ordering = ["trajectory_id", "at", "pk"]


class Agenda(models.Model):
    """When the issues of a workshop last changed, and which change of library and needs the proposals rest on."""

    workshop = models.OneToOneField(Workshop, models.CASCADE, related_name="+", primary_key=True)
    changed_at = models.DateTimeField()
    proposed_up_to = models.DateTimeField(
        null=True, blank=True
    )  # Library.changed_at at the start of the last proposing
    proposed_at = models.DateTimeField(null=True, blank=True)  # when that was done
    needs_up_to = models.DateTimeField(null=True, blank=True)  # Network.changed_at at the same start
    rests_until = models.DateTimeField(null=True, blank=True)  # proposing took long: not again before this moment
