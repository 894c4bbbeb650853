"""``manage.py export WORKSHOP FOLDER``: a whole workshop as an open folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from werkplaats.exchange.actions import take_out
from werkplaats.exchange.rules import Extent
from werkplaats.kit.refusal import Refusal
from werkplaats.workshops.models import Workshop


class Command(BaseCommand):
    help = "Writes a whole workshop into an empty folder that `load` reads to the same state. It is private: it holds voices."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("workshop", help="the key of the workshop")
        parser.add_argument("folder", type=Path, help="a folder that is empty or not there yet")
        parser.add_argument(
            "--without-voices", action="store_true", help="without what residents gave and without people"
        )

    def handle(self, *args: Any, workshop: str, folder: Path, without_voices: bool, **options: Any) -> None:
        place = Workshop.objects.filter(key=workshop).first()
        if place is None:
            raise CommandError(f"There is no workshop {workshop}.")
        extent = Extent.WITHOUT_VOICES if without_voices else Extent.WHOLE
        try:
            made = take_out(place, to=folder, extent=extent)
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{workshop}: {sum(made.rows.values())} rows, {made.documents} documents in {folder}")
