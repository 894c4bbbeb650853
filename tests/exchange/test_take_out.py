"""A workshop goes out and comes in elsewhere: the same tables, the same memory, the same bytes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction

from tests.demo.planted import DEMO
from tests.exchange.folders import folder
from werkplaats.exchange.actions import load, take_out
from werkplaats.workshops.models import Workshop

AT = datetime(2026, 5, 12, 9, tzinfo=UTC)
LATER = datetime(2026, 5, 14, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


class Elsewhere(Exception):
    """Takes back what was done, as if the next block ran on another machine."""


def bytes_of(path: Path) -> dict[str, bytes]:
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file()}


def there_and_back(source: Path, tmp_path: Path, *, change: object = None) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What goes out of a machine that loaded `source`, and what goes out of another one that loaded that."""
    for at, came_from, out in ((AT, source, "een"), (LATER, tmp_path / "een", "twee")):
        try:
            with transaction.atomic():
                loaded = load(came_from, at=at)
                assert not loaded.refused
                if callable(change) and out == "een":
                    change()
                take_out(Workshop.objects.get(key=loaded.workshop_key), to=tmp_path / out)
                raise Elsewhere
        except Elsewhere:
            pass
    return bytes_of(tmp_path / "een"), bytes_of(tmp_path / "twee")


def test_a_folder_that_comes_in_elsewhere_goes_out_again_to_the_byte(tmp_path: Path) -> None:
    first, second = there_and_back(folder(tmp_path / "bron"), tmp_path)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert {"workshop.csv", "grootboek.jsonl", "documents/verslag.md", "memory/voices.csv", "datapackage.json"} <= set(
        first
    )


def test_the_demo_goes_out_and_comes_in_to_the_byte(tmp_path: Path) -> None:
    first, second = there_and_back(DEMO, tmp_path)
    assert [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)] == []
