from django.db import models
from django.db.models import F, Q

from werkplaats.accounts.models import Account
from werkplaats.accounts.rules import Who
from werkplaats.mirror.rules import Ending, Happened, ItemKind, Section
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Workshop


def _choices(names: type[Ending | Happened | ItemKind | Section]) -> list[tuple[str, str]]:
    return [(name.value, name.value) for name in names]


class Mirror(models.Model):
    """That a party is held a mirror, because it or the coordinator asked; the workshop's own is there by itself."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    party = models.OneToOneField(Party, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    looked_on = models.DateField(null=True, blank=True)  # when the records were last gone through
    wanted_at = models.DateTimeField(null=True, blank=True)  # somebody asked to freeze it as it is now

    class Meta:
        ordering = ["party__sort_name", "party__key"]

    def __str__(self) -> str:
        return f"mirror of {self.party_id}"

    def belongs_to(self, who: Who) -> bool:
        """Whether `who` speaks for the party, under any of its names."""
        return self.party.belongs_to(who)


class Snapshot(models.Model):
    """A mirror as it was on a day. Frozen: what is in it never changes, and what was promised about it hangs on it alone."""

    mirror = models.ForeignKey(Mirror, models.CASCADE, related_name="snapshots")
    on = models.DateField()
    made_at = models.DateTimeField()
    digest = models.CharField(max_length=64)  # of all items: whether anything changed since
    forgot_at = models.DateTimeField()  # up to when words that were erased elsewhere are out of it
    new = models.PositiveIntegerField(default=0)  # items that stood otherwise in the one before, or not at all
    gone = models.JSONField(default=list, blank=True)  # titles of what stood in the one before and is no more
    public_since = models.DateField(null=True, blank=True)  # kept by the sweep; a reader is asked for the rule again

    class Meta:
        ordering = ["mirror_id", "-on"]
        constraints = [models.UniqueConstraint(fields=["mirror", "on"], name="a_mirror_is_frozen_once_a_day")]


class SnapshotItem(models.Model):
    """One thing in a frozen mirror, with the records that it rests on."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    section = models.CharField(max_length=12, choices=_choices(Section))
    kind = models.CharField(max_length=20, choices=_choices(ItemKind))
    key = models.CharField(max_length=300)
    title = models.TextField()
    facts = models.JSONField(default=dict)
    records = models.JSONField(default=list)
    is_new = models.BooleanField(default=False)  # not in the state before, or different there

    class Meta:
        ordering = ["snapshot_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "number"], name="an_item_has_its_place"),
            models.UniqueConstraint(fields=["snapshot", "key"], name="an_item_stands_in_a_mirror_once"),
        ]
        indexes = [models.Index(fields=["snapshot", "section", "number"], name="items_of_a_section")]


class SnapshotEvent(models.Model):
    """What happened to one state of a mirror: the talk or a no to it, a yes to publishing or that it was taken back."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=_choices(Happened))
    on = models.DateField()
    wording = models.TextField(blank=True)  # what was said yes to, as it was shown
    words = models.TextField(blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["snapshot_id", "noted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=Happened.CONSENTED.value) | ~Q(wording=""), name="a_yes_to_publishing_has_its_wording"
            )
        ]


class ShownFigure(models.Model):
    """Counts of people as they were shown in a mirror, each time. They stand until enough people changed: see `rules.shown`."""

    mirror = models.ForeignKey(Mirror, models.CASCADE, related_name="figures")
    name = models.CharField(max_length=200)
    states = models.JSONField()  # [[day, {word: count}], ...], the last is what is shown

    class Meta:
        ordering = ["mirror_id", "name"]
        constraints = [models.UniqueConstraint(fields=["mirror", "name"], name="a_figure_is_shown_one_way")]


class Rejoinder(models.Model):
    """A party's own words beside an item of its mirror, in every state in which the item stands."""

    mirror = models.ForeignKey(Mirror, models.CASCADE, related_name="rejoinders")
    item_key = models.CharField(max_length=300)
    words = models.TextField()
    at = models.DateTimeField()
    typed_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["mirror_id", "item_key"]
        constraints = [
            models.UniqueConstraint(fields=["mirror", "item_key"], name="a_party_says_one_thing_of_an_item"),
            models.CheckConstraint(condition=~Q(words=""), name="own_words_are_words"),
        ]


class Attempt(models.Model):
    """Something a party tried, over years: what, from when until when, how it ended. Its own word, until something shows it."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    what = models.CharField(max_length=200)
    since = models.PositiveSmallIntegerField()  # a year
    until = models.PositiveSmallIntegerField(null=True, blank=True)
    ending = models.CharField(max_length=12, choices=_choices(Ending), default=Ending.RUNS.value)
    why = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["since", "key"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_attempt_per_key"),
            models.CheckConstraint(
                condition=Q(until=None, ending=Ending.RUNS.value)
                | (Q(until__gte=F("since")) & ~Q(ending=Ending.RUNS.value)),
                name="an_attempt_that_ended_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class AttemptProof(models.Model):
    """What shows an attempt beside the word of its party: another party that was there, or a document."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="proofs")
    party = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="+")
    source_key = models.SlugField(
        max_length=80, blank=True
    )  # of a document, which a folder reads after everything else
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)  # when the party that was asked said: so it was

    class Meta:
        ordering = ["attempt_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(party__isnull=False, source_key="") | (Q(party=None) & ~Q(source_key="")),
                name="an_attempt_is_shown_by_a_party_or_a_source",
            ),
            models.CheckConstraint(
                condition=Q(source_key="") | Q(confirmed_at__isnull=False), name="a_document_need_not_say_yes"
            ),
            models.UniqueConstraint(
                fields=["attempt", "party"], condition=Q(party__isnull=False), name="a_party_confirms_an_attempt_once"
            ),
            models.UniqueConstraint(
                fields=["attempt", "source_key"], condition=~Q(source_key=""), name="a_source_shows_an_attempt_once"
            ),
        ]


class SideBySide(models.Model):
    """Two mirrors laid beside each other, for a conversation between the two. It opens when both said yes."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=170)
    one = models.ForeignKey(Mirror, models.CASCADE, related_name="+")
    other = models.ForeignKey(Mirror, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    one_yes_at = models.DateTimeField(null=True, blank=True)
    other_yes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_sheet_per_key"),
            models.UniqueConstraint(fields=["one", "other"], name="two_mirrors_lie_side_by_side_once"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="a_mirror_does_not_lie_beside_itself"),
        ]

    @property
    def is_open(self) -> bool:
        return self.one_yes_at is not None and self.other_yes_at is not None

    def belongs_to(self, who: Who) -> bool:
        """Whether `who` speaks for one of the two."""
        return self.one.belongs_to(who) or self.other.belongs_to(who)
