"""``manage.py export_ledger WORKSHOP FOLDER``: the ledger of promises as a file, with the program that checks it beside it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from werkplaats.promises.queries import export_ledger
from werkplaats.workshops.models import Workshop


class Command(BaseCommand):
    help = "Writes grootboek.jsonl and verify.py into a folder. Check it anywhere: python verify.py grootboek.jsonl"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("workshop", help="the key of the workshop")
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--private",
            action="store_true",
            help="with who gave a verdict by receipt, and which: never to be published",
        )

    def handle(self, *args: Any, workshop: str, folder: Path, private: bool, **options: Any) -> None:
        place = Workshop.objects.filter(key=workshop).first()
        if place is None:
            raise CommandError(f"There is no workshop {workshop}.")
        self.stdout.write(str(export_ledger(place, folder, private=private)))
