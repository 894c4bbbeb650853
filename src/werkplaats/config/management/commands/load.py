"""``manage.py load FOLDER``: an open workshop folder comes in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from werkplaats.accounts.actions import invite_demo_guests
from werkplaats.exchange.actions import load
from werkplaats.exchange.records import FaultLine
from werkplaats.exchange.refusals import FolderRefused
from werkplaats.workshops.models import Workshop

EACH = 100
"""After so many documents the command says how far it is."""


class Command(BaseCommand):
    help = "Loads an open workshop folder; says per row what is wrong. Loading the same folder again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder with the CSV files and documents")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            loaded = load(folder, at=timezone.now(), tell=self._count)
        except FolderRefused as refusal:
            self._tell(refusal.faults)
            raise CommandError(refusal.sentence) from refusal
        self._tell(loaded.refused)
        if settings.DEMO:
            invite_demo_guests(Workshop.objects.get(key=loaded.workshop_key), since=timezone.localdate())
        rows = sum(loaded.rows.values())
        documents = f"{len(loaded.new_documents)} new documents, {len(loaded.known_documents)} known"
        self.stdout.write(f"{loaded.workshop_key}: {rows} rows, {documents}, {len(loaded.refused)} refused")

    def _count(self, done: int, total: int) -> None:
        if done and done % EACH == 0:
            self.stderr.write(f"{done:,} of {total:,} documents")

    def _tell(self, faults: tuple[FaultLine, ...]) -> None:
        for fault in faults:
            place = ", ".join(str(part) for part in (fault.file, fault.line or "", fault.column) if part)
            self.stderr.write(f"{place}: {fault.reason}")
