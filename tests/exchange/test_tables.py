"""Tables that were planned, moved, drawn for and closed go along with a workshop; who was drawn stays at home without voices."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.exchange.folders import folder
from tests.exchange.test_take_out import AT, there_and_back
from werkplaats.accounts.actions import put_person
from werkplaats.consent.actions import put_consent
from werkplaats.consent.rules import Channel, Purpose
from werkplaats.exchange.actions import load, take_out
from werkplaats.exchange.rules import Extent
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.actions import name_group
from werkplaats.neighbourhoods.models import Party
from werkplaats.tables.actions import agenda, closing, drawing, hold, inviting, moving
from werkplaats.tables.models import Seat, Table
from werkplaats.tables.rules import Answer
from werkplaats.workshops.models import Workshop

pytestmark = pytest.mark.django_db
PLACE = "kade"
TABLES = ("table_changes", "guests", "agenda_lines", "table_give_backs", "table_draws", "lots", "seats")


def meet() -> None:
    """One table with everything that may happen to one, and one that is off."""
    place, issue = Workshop.objects.get(key=PLACE), Issue.objects.get(key="kou")
    kitchen, team = (Party.objects.get(key=key) for key in ("de-lange-tafel", "wijkteam"))
    person = put_person(place, key="ada", name="Ada Geheim")
    put_consent(person, purpose=Purpose.CONTACT, wording="=Dat mag", channel=Channel.TALK, given_on=date(2026, 1, 1))
    row = hold(place, about="+Kou in huis", held_at=AT + timedelta(days=2), place="Kerk", issue=issue)
    draw = drawing.ask_draw(row, seats=1, quotas={"kind": {"resident": (1, 1)}}, at=AT)
    drawing.put_drawn(draw, found=drawing.drawn(draw), at=AT)
    drawing.accept_draw(draw, at=AT)
    inviting.invite(row, parties=[kitchen, team], at=AT)
    inviting.letter(Seat.objects.get(party=kitchen, table=row), at=AT)
    inviting.answer(Seat.objects.get(party=kitchen, table=row), said=Answer.COMES, at=AT)
    inviting.speak_for(row, party=kitchen, group=name_group(place, name="Huurders aan de kade"))
    agenda.write_line(row, text="=De sleutel")
    agenda.take_off(row, ref="back:2026-01-01")
    moving.move(row, held_at=AT + timedelta(days=3), place="Zaal", reason="-Vol", at=AT)
    closing.note_who_was_there(row, parties=["de-lange-tafel"], guests=[], at=AT + timedelta(days=4))
    closing.give_back(row, text="@Dank", at=AT + timedelta(days=4))
    Table.objects.filter(pk=row.pk).update(report="verslag", lasts=90)
    moving.cancel(hold(place, about="Toch niet", held_at=AT + timedelta(days=5)), reason="Ziek", at=AT)


def test_tables_with_all_that_happened_to_them_come_in_elsewhere_to_the_byte(tmp_path: Path) -> None:
    first, second = there_and_back(folder(tmp_path / "bron"), tmp_path, change=meet)
    assert [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)] == []
    assert {f"memory/{name}.csv" for name in TABLES} <= set(first)
    assert b"cancelled" in first["memory/table_changes.csv"]
    assert b"huurders-aan-de-kade" in first["seats.csv"]


def test_who_was_drawn_by_lot_stays_at_home_without_voices(tmp_path: Path) -> None:
    load(folder(tmp_path / "bron"), at=AT)
    meet()
    take_out(Workshop.objects.get(key=PLACE), to=tmp_path / "uit", extent=Extent.WITHOUT_VOICES)
    names = {path.relative_to(tmp_path / "uit").as_posix() for path in (tmp_path / "uit").rglob("*.csv")}
    assert names & {"memory/guests.csv", "memory/table_draws.csv", "memory/lots.csv"} == set()
    assert {"seats.csv", "tables.csv", "memory/table_changes.csv"} <= names
    said = b"".join(path.read_bytes() for path in (tmp_path / "uit").rglob("*.csv"))
    assert b"Ada" not in said
