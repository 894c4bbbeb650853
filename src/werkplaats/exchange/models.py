from django.db import models
from django.db.models import Q

from werkplaats.accounts.models import Account
from werkplaats.exchange.rules.sheets import FileKind
from werkplaats.workshops.models import Workshop


class Batch(models.Model):
    """Files that a coordinator brings in together: looked at first, then confirmed once."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=40)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    leaves_faults_out = models.BooleanField(default=False)  # a human said: bring in the other rows
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["workshop", "key"], name="one_batch_per_key")]

    def __str__(self) -> str:
        return f"batch {self.key}"


class Upload(models.Model):
    """One file of a batch: what it is, what each column tells, and what came of it."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="uploads")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=300)  # as it came; never a path on this machine
    file = models.CharField(max_length=300, blank=True)  # in the storage, until it is done
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in FileKind])
    heading = models.JSONField(default=list)  # the words above the columns, by which an earlier choice is found again
    columns = models.JSONField(default=dict)  # what -> number of the column
    words = models.JSONField(default=dict)  # a word in a cell -> what it means
    said = models.JSONField(default=dict)  # of a document: title, kind, holder, published_on
    refused = models.TextField(blank=True)  # why it cannot come in at all
    told = models.JSONField(default=dict)  # what came of it: the receipt
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["batch_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="one_upload_per_number"),
            models.CheckConstraint(condition=Q(file="") | Q(refused=""), name="what_is_refused_is_not_kept"),
        ]

    def __str__(self) -> str:
        return f"upload {self.pk}"
