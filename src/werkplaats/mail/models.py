from django.db import models
from django.db.models import Q

from werkplaats.mail.rules import Kind, Pace
from werkplaats.workshops.models import Workshop


class Reader(models.Model):
    """Who wants to hear from a workshop: a mail address, or a name on paper that they chose themselves.

    The token in every mail opens the choices of this reader, and nothing else.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    address = models.EmailField(blank=True)
    paper_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, default="nl")
    token = models.CharField(max_length=40, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "address"], condition=~Q(address=""), name="one_reader_per_address"
            ),
            models.UniqueConstraint(
                fields=["workshop", "paper_name"], condition=~Q(paper_name=""), name="one_reader_per_name_on_paper"
            ),
            models.CheckConstraint(
                condition=Q(address="") ^ Q(paper_name=""), name="a_reader_has_an_address_or_a_name_on_paper"
            ),
        ]

    def __str__(self) -> str:
        return f"reader {self.pk}"


class Choice(models.Model):
    """How often a reader wants to hear about one kind. Made when they choose, and changed by nobody else."""

    reader = models.ForeignKey(Reader, models.CASCADE, related_name="choices")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    pace = models.CharField(max_length=10, choices=[(pace.value, pace.value) for pace in Pace])
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "kind"], name="one_choice_per_kind")]


class Follow(models.Model):
    """A reader's wish to be told about a thing (its portable key, such as ``issue:veilig-naar-school``).

    Typed by somebody who is not signed in, it waits until the owner of the address says yes.
    """

    reader = models.ForeignKey(Reader, models.CASCADE, related_name="follows")
    thing = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=300, blank=True)  # the page of the thing, from the top of the site
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["reader", "thing"], name="a_thing_is_followed_once")]
        indexes = [models.Index(fields=["thing"], name="who_follows_a_thing")]


class Message(models.Model):
    """What a reader is told, on record before it goes out, so that it goes out at most once.

    `taken_at` is set and kept before a mail server hears of it. Taken and never sent: nobody knows whether it arrived, and it
    is not tried again. The words and the address are removed when it is sent; that it was sent stays.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    reader = models.ForeignKey(Reader, models.CASCADE, related_name="messages")
    key = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    about = models.CharField(max_length=120, blank=True)  # the portable key of a thing
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    # Of its reader: the purposes of `consent` without which it may not go out. Empty: the reader asked for it themselves.
    rests_on = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    is_alone = models.BooleanField()  # a mail of its own; otherwise one part of a digest
    due_at = models.DateTimeField(null=True, blank=True)  # None: the reader does not want this kind
    taken_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reader", "key"], name="a_reader_is_told_once"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(taken_at__isnull=False), name="what_is_sent_was_taken_first"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(taken_at__isnull=True), name="messages_to_be_sent")
        ]


class Question(models.Model):
    """That a giver was asked something, over the whole system: at most one a month about one receipt."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    about = models.CharField(max_length=120)  # the portable key of what the receipt is of
    key = models.CharField(max_length=160)  # which question
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "about", "key"], name="a_question_is_asked_once_of_a_receipt")
        ]
