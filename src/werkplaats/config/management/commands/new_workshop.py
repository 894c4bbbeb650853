"""``manage.py new_workshop KEY NAME EMAIL``: an empty workshop with its first coordinator, who begins with five questions."""

import re
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from werkplaats.accounts.actions import give_role
from werkplaats.accounts.rules import RoleName
from werkplaats.kit.names import KEY
from werkplaats.workshops.actions import put_workshop
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.rules import RESERVED


class Command(BaseCommand):
    help = "Makes an empty workshop on this site. Only who runs the site can: a workshop is the border of all data and roles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="stands in every address: lower-case letters, digits and hyphens")
        parser.add_argument("name")
        parser.add_argument("email", help="of its first coordinator")

    def handle(self, *args: Any, key: str, name: str, email: str, **options: Any) -> None:
        if not re.fullmatch(KEY, key) or len(key) > 80 or key in RESERVED:
            raise CommandError(f"{key} cannot be the key of a workshop.")
        if Workshop.objects.filter(key=key).exists():
            raise CommandError(f"There is a workshop {key} already.")
        try:
            validate_email(email)
        except ValidationError as refusal:
            raise CommandError(f"{email} is not a mail address.") from refusal
        made = put_workshop(key, name=name)
        give_role(made, email=email, name=RoleName.COORDINATOR, since=timezone.localdate())
        self.stdout.write(f"{made.name}: {email} may sign in and begins at /{key}/begin/1/")
