from django.db import models
from django.db.models import Q

from werkplaats.accounts.models import Account
from werkplaats.catches.rules import State
from werkplaats.workshops.models import Workshop


class Catch(models.Model):
    """One line that keeps what just happened: who, what, for whom, when. An upper room turns it into what it is."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    who = models.CharField(max_length=200, blank=True)  # a party or a group as written, never looked up
    what = models.CharField(max_length=500)
    for_whom = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    caught_at = models.DateTimeField()
    caught_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    waits = models.BooleanField(default=False)  # somebody waits for an answer from the workshop
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in State], default=State.OPEN.value
    )
    became_kind = models.CharField(max_length=20, blank=True)  # "voice", "promise", "ask", "tie"
    became_key = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)  # when it became something or was dropped

    class Meta:
        ordering = ["-caught_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_catch_per_key"),
            models.CheckConstraint(condition=~Q(what=""), name="a_catch_says_what"),
            models.CheckConstraint(
                condition=(Q(state=State.BECAME.value) & ~Q(became_kind="") & ~Q(became_key=""))
                | (~Q(state=State.BECAME.value) & Q(became_kind="", became_key="")),
                name="a_catch_that_became_something_says_what",
            ),
        ]
        indexes = [models.Index(fields=["workshop", "state", "-caught_at"], name="open_catches_first")]

    def __str__(self) -> str:
        return f"catch {self.key}"
