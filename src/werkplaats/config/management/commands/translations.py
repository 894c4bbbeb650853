"""``manage.py translations``: the English beside every Dutch sentence."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

SOURCE_LANGUAGE = "nl"
IGNORED = [".venv", "var", "tests", "demo", "docs", "benchmarks", "build"]


class Command(BaseCommand):
    help = (
        "Collects every sentence of the screens into locale/; with --check only says whether a translation is missing."
    )
    # Without a database and a working site there is still something to translate.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when a sentence is missing")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        files = [_file(language) for language, _ in settings.LANGUAGES if language != SOURCE_LANGUAGE]
        before = {path: path.read_bytes() if path.exists() else None for path in files}
        try:
            _collect(files)
            missing = [f"{path.parts[-3]}: {sentence}" for path in files for sentence in untranslated(path)]
        finally:
            if check:
                _put_back(before)
        for line in missing:
            self.stderr.write(line)
        if missing and check:
            raise CommandError(f"{len(missing)} sentences have no translation; `make translations` collects them.")
        self.stdout.write(f"{len(missing)} sentences to translate" if missing else "every sentence is translated")


def untranslated(path: Path) -> list[str]:
    """The sentences in a PO file without a translation, or with one that was only guessed."""
    with path.open("rb") as file:
        catalog = read_po(file)
    return [
        str(message.id[0] if isinstance(message.id, tuple) else message.id)
        for message in catalog
        if message.id and (message.fuzzy or not all(_forms(message.string)))
    ]


def _forms(string: Any) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, list | tuple) else (string,)


def _file(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def _collect(files: list[Path]) -> None:
    for path in files:
        path.parent.mkdir(parents=True, exist_ok=True)
    languages = [path.parts[-3] for path in files]
    # Places by file only: line numbers would change the catalogue with every edit.
    options = {"add_location": "file", "no_wrap": True, "no_obsolete": True, "ignore_patterns": IGNORED, "verbosity": 0}
    try:
        call_command("makemessages", locale=languages, **options)
    except CommandError as refusal:
        sys.exit(f"translations: {refusal}")


def _put_back(before: dict[Path, bytes | None]) -> None:
    for path, text in before.items():
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(text)
