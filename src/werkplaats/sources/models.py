from django.db import models
from django.db.models import Q

from werkplaats.neighbourhoods.models import Party
from werkplaats.sources.rules import Likeness, SourceKind
from werkplaats.workshops.models import Area, Theme, Workshop


class Source(models.Model):
    """A document: the file as it came, its text per page, and what to know about it."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in SourceKind])
    holder = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    published_on = models.DateField(null=True, blank=True)
    themes = models.ManyToManyField(Theme, related_name="+", blank=True)
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=10, blank=True)
    rights = models.CharField(max_length=300, blank=True)
    file = models.FileField(max_length=300)  # stored under its sha-256, never under a name that somebody gave
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    stale_since = models.DateTimeField(null=True, blank=True)  # its fragments are still to be made

    class Meta:
        ordering = ["-published_on", "key"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_source_per_key"),
            models.UniqueConstraint(fields=["workshop", "sha256"], name="a_document_is_in_the_library_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Page(models.Model):
    """The text of one page, as read; the offsets of fragments point into it."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()  # from 1
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["source_id", "number"]
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="one_text_per_page")]


class Fragment(models.Model):
    """One statement-sized passage: ``page.text[start:end] == text``."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="fragments")
    source = models.ForeignKey(
        Source, models.CASCADE, related_name="fragments"
    )  # of its page; here so that lists stay one query
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    language = models.CharField(max_length=10, blank=True)
    text_hash = models.CharField(max_length=64, db_index=True)
    is_cited = models.BooleanField(
        default=False
    )  # people rest a decision on it: it stays, however passages are cut later
    is_compared = models.BooleanField(default=False)  # what others said before it, and after it, is noted

    class Meta:
        ordering = ["source_id", "page__number", "start"]
        constraints = [
            models.UniqueConstraint(fields=["page", "start"], name="one_fragment_starts_at_a_place"),
            models.CheckConstraint(condition=Q(end__gt=models.F("start")), name="a_fragment_has_a_length"),
        ]
        indexes = [models.Index(fields=["source"], condition=Q(is_compared=False), name="fragments_still_to_compare")]


class Saying(models.Model):
    """A text that states something: compared once, wherever and however often it stands. Its place in line is its number."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    text_hash = models.CharField(max_length=64)
    sketch = models.BinaryField()  # uint32, little endian: what near duplicates are looked up by
    encoder = models.CharField(max_length=80, blank=True)  # by which its meaning was compared; empty: by letters only

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workshop", "text_hash"], name="a_saying_is_compared_once")]


class Alike(models.Model):
    """Two sayings that are alike, wherever they stand; `one` came into the library before `other`."""

    one = models.ForeignKey(Saying, models.CASCADE, related_name="+")
    other = models.ForeignKey(Saying, models.CASCADE, related_name="+")
    likeness = models.CharField(max_length=10, choices=[(likeness.value, likeness.value) for likeness in Likeness])
    score = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="two_sayings_are_alike_once")]


class SaidBefore(models.Model):
    """Two passages of different sources that say the same; `earlier` was published first."""

    earlier = models.ForeignKey(Fragment, models.CASCADE, related_name="said_again")
    later = models.ForeignKey(Fragment, models.CASCADE, related_name="said_before")
    likeness = models.CharField(max_length=10, choices=[(likeness.value, likeness.value) for likeness in Likeness])
    score = models.FloatField()  # 1 = the same words

    class Meta:
        ordering = ["later_id", "-score", "earlier_id"]
        constraints = [models.UniqueConstraint(fields=["earlier", "later"], name="said_before_is_noted_once")]


class Library(models.Model):
    """When the fragments of a workshop last changed. What is computed over all of them notes up to which change it looked."""

    workshop = models.OneToOneField(Workshop, models.CASCADE, related_name="+", primary_key=True)
    changed_at = models.DateTimeField()
    compared_up_to = models.DateTimeField(null=True, blank=True)  # by the search for what was said before
