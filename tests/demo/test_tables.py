"""The tables of the demo tell the story of demo/README.nl.md."""

import tempfile
from pathlib import Path
from typing import ClassVar

from django.test import TestCase, override_settings
from django.utils import timezone

from tests.demo.planted import DEMO
from werkplaats.config.sweeps import until_done
from werkplaats.exchange.actions import load
from werkplaats.tables import analysis, queries
from werkplaats.tables.models import CheckOut, Table
from werkplaats.tables.records.day import HeardLine, TurnShare
from werkplaats.tables.sweeps import END_ROUNDS
from werkplaats.workshops.models import Workshop


class TestTables(TestCase):
    """As the folder has it, without any slow work but that of tables."""

    workshop: ClassVar[Workshop]

    @classmethod
    def setUpTestData(cls) -> None:
        kept = tempfile.TemporaryDirectory()
        cls.addClassCleanup(kept.cleanup)
        with override_settings(MEDIA_ROOT=Path(kept.name)):
            load(DEMO, at=timezone.now())
        cls.workshop = Workshop.objects.get()

    def shares(self, key: str) -> dict[str, TurnShare]:
        row = Table.objects.get(key=key)
        seats = [seat.party.kind for seat in row.seats.sat().select_related("party")]
        return {one.kind: one for one in analysis.shares(queries.turns_of(row.pk).counts, seats)}

    def test_at_the_table_about_a_room_the_government_spoke_more_than_its_seats(self) -> None:
        shares = self.shares("eerste-tafel-zaal")
        assert sum(one.turns for one in shares.values()) == 60
        government = shares["government"]
        assert (government.of_turns, government.of_seats, government.is_more) == (57, 22, True)
        assert shares["initiative"].is_less

    def test_at_the_table_about_mould_nobody_did_though_its_phone_was_a_day_behind(self) -> None:
        shares = self.shares("tafel-schimmel")
        assert sum(one.turns for one in shares.values()) == 49
        assert not any(one.is_more or one.is_less for one in shares.values())
        rows = Table.objects.get(key="tafel-schimmel").turns.values_list("received_at", "counted_at")
        behind = {(received - counted).days for received, counted in rows if counted}
        assert behind == {1}

    def test_people_felt_more_heard_at_the_second_table_and_the_third_is_within_the_noise(self) -> None:
        assert CheckOut.objects.count() == 50
        assert until_done([END_ROUNDS]) == 3
        lines: tuple[HeardLine, ...] = queries.heard_over(queries.tables(self.workshop))
        told = [(line.table.key, step) for line, step in analysis.steps(lines)]
        assert told == [("eerste-tafel-zaal", None), ("tafel-schimmel", 1), ("tafel-werk", 0)]
        first = queries.round_of(Table.objects.get(key="eerste-tafel-zaal").pk)
        assert first is not None
        means = {score.kind: score.value for score in first.scores if score.component == "heard"}
        assert means == {"": 4.222, "initiative": 3.0, "government": 6.0}
        last = queries.round_of(Table.objects.get(key="tafel-werk").pk)
        assert last is not None
        assert last.asks_eight
        assert {score.component for score in last.scores} >= {"whole", "voice", "attention", "empathy", "respect"}
