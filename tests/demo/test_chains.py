"""The chains of the demo tell the story of demo/README.nl.md."""

import tempfile
from datetime import date
from pathlib import Path
from typing import ClassVar

from django.test import TestCase, override_settings
from django.utils import timezone
from django.utils.translation import override

from tests.demo.planted import DEMO
from werkplaats.chains.queries import chain, chains
from werkplaats.dependence.queries.situation import situation
from werkplaats.dependence.queries.waiting import fall, overview
from werkplaats.exchange.actions import load
from werkplaats.neighbourhoods.models import Party
from werkplaats.tables.models import Table
from werkplaats.tables.queries.affected import affected
from werkplaats.workshops.models import Workshop

DAY = date(2026, 11, 23)


class TestChains(TestCase):
    """As the folder has it, without any slow work."""

    workshop: ClassVar[Workshop]

    @classmethod
    def setUpTestData(cls) -> None:
        kept = tempfile.TemporaryDirectory()
        cls.addClassCleanup(kept.cleanup)
        with override_settings(MEDIA_ROOT=Path(kept.name)):
            load(DEMO, at=timezone.now())
        cls.workshop = Workshop.objects.get()

    def test_there_are_two_and_since_a_year_mould_is_measured(self) -> None:
        assert [(line.key, line.number, line.steps) for line in chains(self.workshop, today=DAY)] == [
            ("vergunning-voor-een-buurtfeest", 1, 6),
            ("schimmel-laten-herstellen", 2, 6),
        ]
        before = chain(self.workshop, "schimmel-laten-herstellen", today=date(2024, 5, 1))
        assert before is not None
        assert (before.version.number, len(before.steps)) == (1, 4)

    def test_the_builder_is_affected_by_the_table_about_mould_for_a_step_and_for_nothing_else(self) -> None:
        table = Table.objects.select_related("issue__workshop", "workshop").get(key="tafel-schimmel")
        found = {one.key: one for one in affected(table.issue, on=table.day).parties}
        with override("nl"):
            assert [str(words) for words in found["bouwbedrijf-steen-en-dochter"].why_words] == [
                "doet een stap in de keten “Schimmel laten herstellen”"
            ]

    def test_when_the_department_of_permits_stops_the_chain_of_a_street_party_stops(self) -> None:
        now = situation(self.workshop, today=DAY)
        permits = Party.objects.get(key="afdeling-vergunningen-vastgoed")
        with override("nl"):
            assert (
                "De keten “Een vergunning voor een buurtfeest” stopt dan bij stap 3, “De aanvraag beoordelen”. "
                "De 2 stappen erna bereikt dan niemand meer."
            ) in fall(now, permits.pk).sentences

    def test_who_gives_the_permit_waits_for_who_knows_whether_the_street_can_close(self) -> None:
        lines = overview(situation(self.workshop, today=DAY)).lines
        waits = {(one.waiter.key, one.on.key) for one in lines if one.steps}
        assert ("afdeling-vergunningen-vastgoed", "afdeling-verkeer") in waits
        assert ("woningstichting-kanaalzicht", "gezondheidsdienst-oeverland") in waits
