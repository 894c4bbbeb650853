"""The day of a table goes out and comes in elsewhere: its turns, its last round, and what each said there, which stays at home
when a folder goes to somebody else."""

from pathlib import Path

import pytest

from tests.exchange.folders import folder
from tests.exchange.test_take_out import AT, there_and_back
from werkplaats.exchange.actions import load, take_out
from werkplaats.exchange.rules import Extent
from werkplaats.neighbourhoods.rules import PartyKind
from werkplaats.tables import actions, queries
from werkplaats.tables.models import CheckOut, Table
from werkplaats.tables.rules import Tap

pytestmark = pytest.mark.django_db


def the_day() -> None:
    row = Table.objects.select_related("workshop").get()
    taps = [Tap("5f0a", number, "government", is_back=number == 3) for number in range(1, 6)]
    actions.count_turns(row, taps=taps, at=AT)
    held = actions.open_round(row, at=AT)
    for number in range(1, 7):
        actions.type_in(
            held, number=number, kind=PartyKind.INITIATIVE, answers=[number], mattered=4, at=AT, words="Eigen woorden."
        )
    actions.close_round(held, at=AT)


def test_a_day_at_a_table_comes_in_elsewhere_to_the_byte(tmp_path: Path) -> None:
    first, second = there_and_back(folder(tmp_path / "bron"), tmp_path, change=the_day)
    assert {f"memory/{name}.csv" for name in ("turns", "rounds", "check_outs")} <= first.keys()
    assert [name for name in first if first[name] != second[name]] == []
    load(tmp_path / "twee", at=AT)
    row = Table.objects.get()
    assert [tap.number for tap in queries.turns_of(row.pk).taps] == [1, 2, 4, 5]
    told = queries.round_of(row.pk)
    assert told is not None
    assert (told.people, {score.value for score in told.scores}) == (6, {3.5, 4.0})
    assert not CheckOut.objects.filter(is_told=False).exists()


def test_what_one_person_said_stays_at_home(tmp_path: Path) -> None:
    load(folder(tmp_path / "bron"), at=AT)
    the_day()
    row = Table.objects.select_related("workshop").get()
    take_out(row.workshop, to=tmp_path / "mee", extent=Extent.WITHOUT_VOICES)
    names = {path.name for path in (tmp_path / "mee" / "memory").iterdir()}
    assert "check_outs.csv" not in names
    assert {"turns.csv", "rounds.csv"} <= names
    said = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "mee").rglob("*.csv"))
    assert "Eigen woorden." not in said
