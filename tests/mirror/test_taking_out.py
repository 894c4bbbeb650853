"""Mirrors go along with a workshop, to the byte; a folder without voices has none of them."""

from pathlib import Path

import pytest
from django.utils import timezone

from tests.exchange.folders import folder
from tests.exchange.test_take_out import there_and_back
from tests.mirror.street import attempt
from werkplaats.exchange.actions import load, take_out
from werkplaats.exchange.rules import Extent
from werkplaats.mirror import actions
from werkplaats.mirror.models import Mirror, Snapshot, SnapshotItem
from werkplaats.neighbourhoods.models import Party
from werkplaats.sources.models import Source
from werkplaats.workshops.models import Workshop

pytestmark = pytest.mark.django_db
TABLES = (
    *("attempts", "attempt_proofs", "mirrors", "snapshots", "snapshot_items", "snapshot_events"),
    *("shown_figures", "rejoinders", "sides_by_side"),
)


def hold_mirrors() -> None:
    """Two mirrors with a talk, a yes, own words, figures and years; the yes of one to a sheet of two."""
    now, today = timezone.now(), timezone.localdate()
    kitchen, team = Party.objects.get(key="de-lange-tafel"), Party.objects.get(key="wijkteam")
    row = attempt("kas", kitchen, "Een kas", 2014, 2019)
    actions.confirm_attempt(actions.ask_of(row, party=team, at=now).attempt, party=team, at=now)
    source = Source.objects.first()
    assert source is not None
    actions.show_attempt(row, source=source, at=now)
    held = [actions.hold_mirror(party, at=now) for party in (kitchen, team)]
    for mirror in held:
        actions.look(mirror, at=now)
        mirror.figures.create(name="fit:x", states=[[today.isoformat(), {"fits": 6}]])
    state = held[0].snapshots.get()
    actions.note_talk(state, on=today, at=now, words="=Een goed gesprek")
    actions.consent(state, at=now)
    actions.answer(held[0], item="attempt:kas", words="Dat was een mooie tijd", at=now)
    sheet = actions.lay_beside(held[0], other=held[1], at=now)
    actions.say_of_sheet(sheet, mirror=held[0], yes=True, at=now)


def test_mirrors_go_there_and_back_to_the_byte(tmp_path: Path) -> None:
    first, second = there_and_back(folder(tmp_path / "bron"), tmp_path, change=hold_mirrors)
    assert [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)] == []
    for name in TABLES:
        assert first[f"memory/{name}.csv"].count(b"\n") > 1, name
    assert b"Een kas" in first["memory/snapshot_items.csv"]


def test_a_mirror_that_is_public_is_public_elsewhere_and_one_that_is_not_is_not(tmp_path: Path) -> None:
    load(folder(tmp_path / "bron"), at=timezone.now())
    hold_mirrors()
    take_out(Workshop.objects.get(), to=tmp_path / "een")
    for model in (Mirror, Snapshot, SnapshotItem):
        model.objects.all().delete()
    load(tmp_path / "een", at=timezone.now())
    public = Snapshot.objects.exclude(public_since=None)
    assert [row.mirror.party.key for row in public] == ["de-lange-tafel"]
    assert Snapshot.objects.count() == 2


def test_a_folder_for_a_colleague_elsewhere_has_no_mirrors(tmp_path: Path) -> None:
    load(folder(tmp_path / "bron"), at=timezone.now())
    hold_mirrors()
    take_out(Workshop.objects.get(), to=tmp_path / "een", extent=Extent.WITHOUT_VOICES)
    assert [name for name in TABLES if (tmp_path / "een" / "memory" / f"{name}.csv").exists()] == []
