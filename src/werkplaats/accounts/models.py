from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from werkplaats.accounts.rules import RoleName
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.rules import WRITTEN


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, email: str | None) -> "Account":
        return self.get(email__iexact=email)


class Account(AbstractBaseUser):
    """A way to sign in. Its mail address is its only name; who somebody is, stands in Person."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    def __str__(self) -> str:
        return f"account {self.pk}"


class Person(models.Model):
    """Somebody who works with a workshop, stored only by their own act or consent; may have no account."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    area = models.ForeignKey("workshops.Area", models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=10, blank=True)
    account = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["sort_name", "key"]
        constraints = [models.UniqueConstraint(fields=["workshop", "key"], name="one_person_per_key")]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def written_in(self) -> str:
        """The language in which we write to them: theirs, as far as we write it."""
        return self.language if self.language in WRITTEN else WRITTEN[0]


class Role(models.Model):
    """What an account may be in one workshop."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, models.CASCADE, related_name="roles")
    name = models.CharField(max_length=20, choices=[(name.value, name.value) for name in RoleName])
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workshop", "account", "name"], name="a_role_is_given_once")]


class Code(models.Model):
    """A door without account: a receipt, a link to confirm, a place at a table. The digits themselves are kept nowhere.

    `thing` is the portable key of what it opens, such as ``voice:7f3a``. A code that is spent or over its date opens nothing.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)  # HMAC-SHA256 of the digits, with the secret of this machine
    thing = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    spent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "digest"], name="digits_open_one_thing_in_a_workshop"),
            models.CheckConstraint(condition=~models.Q(thing=""), name="a_code_opens_something"),
        ]
        indexes = [models.Index(fields=["workshop", "thing"], name="codes_of_a_thing")]

    def opens(self, *, purpose: str, at: datetime) -> bool:
        """Whether this code opens its thing now, for whoever came for `purpose`."""
        is_late = self.expires_at is not None and self.expires_at <= at
        return self.purpose == purpose and self.spent_at is None and not is_late
