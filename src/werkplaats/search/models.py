from django.db import models

from werkplaats.workshops.models import Workshop


class Vector(models.Model):
    """The meaning of one text according to one encoder, computed once."""

    text_hash = models.CharField(max_length=64)
    encoder = models.CharField(max_length=80)
    values = models.BinaryField()  # float32, little endian, length 1

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text_hash", "encoder"], name="one_vector_per_text_and_encoder")]


class Entry(models.Model):
    """Something that can be found. Rooms push entries down with `search.actions.offer`.

    Its words stand in the full-text index of the database (see the migration `the_index_of_words`), under the same number.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)  # "fragment", "source", "issue", "party", "need"
    key = models.CharField(max_length=160)  # unique within its kind, given by the room that offers it
    title = models.CharField(max_length=300)
    text = models.TextField()
    url = models.CharField(max_length=400)
    language = models.CharField(max_length=10, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    is_public = models.BooleanField(default=True)
    title_counts = models.BooleanField(default=True)
    text_hash = models.CharField(max_length=64, db_index=True)
    stale_since = models.DateTimeField(null=True, blank=True)  # its words or its meaning are still to be indexed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workshop", "kind", "key"], name="one_search_entry_per_thing")]
        indexes = [
            # Of what is indexed nothing stands in it, so that how many still wait is counted at once.
            models.Index(
                fields=["workshop", "stale_since"],
                condition=models.Q(stale_since__isnull=False),
                name="entries_that_wait_for_index",
            )
        ]


class Index(models.Model):
    """The state of a workshop's index: stale from the first change that its words and file of meanings do not show yet."""

    workshop = models.OneToOneField(Workshop, models.CASCADE, related_name="+", primary_key=True)
    stale_since = models.DateTimeField(null=True, blank=True)
