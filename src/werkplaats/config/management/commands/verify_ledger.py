"""``manage.py verify_ledger WORKSHOP``: whether the ledger of promises is as it was written."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from werkplaats.promises.queries import head, verify
from werkplaats.promises.records import FAULT_WORDS
from werkplaats.workshops.models import Workshop


class Command(BaseCommand):
    help = "Checks the ledger of promises of a workshop, and names the first event that was altered."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("workshop", help="the key of the workshop")
        parser.add_argument("--kept", default="", metavar="NUMBER:DIGEST", help="what stands on a sheet or in a mail")

    def handle(self, *args: Any, workshop: str, kept: str, **options: Any) -> None:
        place = Workshop.objects.filter(key=workshop).first()
        if place is None:
            raise CommandError(f"There is no workshop {workshop}.")
        fault = verify(place, kept=kept)
        if fault is not None:
            raise CommandError(str(FAULT_WORDS[fault.what] % {"number": fault.number}))
        end = head(place)
        self.stdout.write(f"{place.key}: holds, {end.number}:{end.digest}" if end else f"{place.key}: holds, empty")
