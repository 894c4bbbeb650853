from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from werkplaats.accounts.rules import RoleName
from werkplaats.workshops.models import Workshop


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


class Role(models.Model):
    """What an account may be in one workshop."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, models.CASCADE, related_name="roles")
    name = models.CharField(max_length=20, choices=[(name.value, name.value) for name in RoleName])
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workshop", "account", "name"], name="a_role_is_given_once")]
