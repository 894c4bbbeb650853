"""``manage.py invite WORKSHOP EMAIL ROLE``: lets somebody sign in. Nobody opens an account by themselves."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from werkplaats.accounts.actions import give_role
from werkplaats.accounts.rules import RoleName
from werkplaats.workshops.models import Workshop


class Command(BaseCommand):
    help = "Gives a mail address a role in a workshop. Who reads that mail can sign in with a code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("workshop", help="the key of the workshop")
        parser.add_argument("email")
        parser.add_argument("role", choices=[name.value for name in RoleName])

    def handle(self, *args: Any, workshop: str, email: str, role: str, **options: Any) -> None:
        try:
            validate_email(email)
            place = Workshop.objects.get(key=workshop)
        except ValidationError as refusal:
            raise CommandError(f"{email} is not a mail address.") from refusal
        except Workshop.DoesNotExist as refusal:
            raise CommandError(f"There is no workshop {workshop}.") from refusal
        give_role(place, email=email, name=RoleName(role), since=timezone.localdate())
        self.stdout.write(f"{email} may sign in to {place.name} as {role}.")
