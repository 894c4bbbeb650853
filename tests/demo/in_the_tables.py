"""The demo neighbourhood in the database, loaded once for all tests of a class and taken out again."""

import csv
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import ClassVar

import pytest
from django.test import TestCase, override_settings
from django.utils import timezone

from tests.builders import TODAY
from tests.demo.planted import DEMO
from werkplaats.config.sweeps import until_done
from werkplaats.exchange.actions import load
from werkplaats.kit.models import Claim
from werkplaats.workshops.models import Workshop

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=UTC)
ABOUT_ISSUES = ("issues.csv", "issue_fragments.csv", "issue_parties.csv", "trajector*.csv", "pause*.csv", "chain*.csv")
FROM_VOICES = ("asks.csv", "voice*.csv", "repl*.csv", "give_backs.csv", "promise*.csv", "tables.csv", "seats.csv")
TOLD_BY_PEOPLE = (*ABOUT_ISSUES, *FROM_VOICES, "decisions.csv", "catches.csv", "memory")


class WithTheDemo(TestCase):
    """Loads the demo and does all slow work, on a day soon after the demo was written: ties fade with time.

    Every test begins with what was loaded; what a test changes is not there for the next.
    """

    workshop: ClassVar[Workshop]
    folder: ClassVar[Path] = DEMO
    files: ClassVar[Path]

    @classmethod
    def setUpClass(cls) -> None:
        kept = tempfile.TemporaryDirectory()
        cls.addClassCleanup(kept.cleanup)
        cls.files = Path(kept.name) / "files"
        cls.enterClassContext(override_settings(MEDIA_ROOT=cls.files))
        clock = cls.enterClassContext(pytest.MonkeyPatch.context())
        begin = monotonic()
        clock.setattr(timezone, "now", lambda: NOON + timedelta(seconds=monotonic() - begin))
        super().setUpClass()

    def setUp(self) -> None:
        # Every test has files of its own (tests/conftest.py); these tests have those of their class.
        self.enterContext(override_settings(MEDIA_ROOT=self.files))

    @classmethod
    def setUpTestData(cls) -> None:
        loaded = load(cls.folder, at=timezone.now())
        assert not loaded.refused
        until_done()
        assert not Claim.objects.exclude(error="").values_list("sweep", "error")
        cls.workshop = Workshop.objects.get(key=loaded.workshop_key)


class WithoutIssues(WithTheDemo):
    """The same, without anything that people said about issues: the machine has to find them."""

    @classmethod
    def setUpClass(cls) -> None:
        kept = tempfile.TemporaryDirectory()
        cls.addClassCleanup(kept.cleanup)
        cls.folder = Path(kept.name) / "folder"
        leave_out_issues(cls.folder)
        super().setUpClass()


def leave_out_issues(folder: Path) -> None:
    """A copy of the demo at `folder` in which no issue is told."""
    shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns(*TOLD_BY_PEOPLE))
    with (DEMO / "needs.csv").open(encoding="utf-8", newline="") as given:
        rows = list(csv.DictReader(given))
    with (folder / "needs.csv").open("w", encoding="utf-8", newline="") as kept:
        table = csv.DictWriter(kept, [name for name in rows[0] if name != "issue"], extrasaction="ignore")
        table.writeheader()
        table.writerows(rows)
