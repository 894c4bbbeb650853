from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.exchange.folders import TABLES, folder
from tests.exchange.test_take_out import there_and_back
from werkplaats.defrag.models import Asking, Move, Side
from werkplaats.defrag.rules import MoveState
from werkplaats.exchange.actions import load
from werkplaats.exchange.refusals import FolderRefused
from werkplaats.mail.models import Message
from werkplaats.neighbourhoods.actions.ties import no_longer, report
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.rules import TieKind
from werkplaats.neighbourhoods.rules.asking import Answer

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 12, 9, tzinfo=UTC)


def test_loading_an_asking_twice_changes_nothing_and_asks_nobody(tmp_path: Path) -> None:
    for _ in range(2):
        load(folder(tmp_path), at=AT)
    asking = Asking.objects.get()
    assert (asking.stage, asking.move.state, asking.move.key) == (
        "met",
        MoveState.ASKED,
        "introduction:huurders:wijkteam",
    )
    assert list(Side.objects.values_list("answer", flat=True)) == [Answer.YES, Answer.YES]
    assert not Message.objects.exists()


def change() -> None:
    huurders, wijkteam, tafel = (Party.objects.get(key=key) for key in ("huurders", "wijkteam", "de-lange-tafel"))
    report(huurders, other=wijkteam, kind=TieKind.ADVISES, at=AT, today=AT.date())
    no_longer(tafel, other=wijkteam, kind=TieKind.KNOWS, at=AT, today=AT.date())
    Asking.objects.update(predicted={"low": 1.5, "text": "{}"}, predicted_hash="a" * 64, checked={"intact": True})
    Side.objects.update(helped="little", helped_at=AT, helped_words="Fijn, =dank", card_made_at=AT)
    Move.objects.update(predicted={"expected": 2}, shortened=[["people:warm:huurders", 0.5, 1.0]])


def test_what_was_asked_expected_and_said_of_ties_goes_along_to_the_byte(tmp_path: Path) -> None:
    first, second = there_and_back(folder(tmp_path / "bron"), tmp_path, change=change)
    assert [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)] == []
    for name in ("askings", "sides", "moves", "ties"):
        assert f"memory/{name}.csv" in first
    assert b"z1,huurders,1,Koffie?,paper" in first["sides.csv"]


@pytest.mark.parametrize(
    ("table", "old", "new", "column"),
    [
        ("sides", "yes,2026-02-04", "no,2026-02-04", "stage"),
        ("sides", "yes,2026-02-04", ",", "stage"),
        ("sides", "yes,2026-02-04", "yes,", "answered_at"),
        ("askings", "2026-02-09", "", "met_on"),
        ("askings", "introduction", "bridge", "through"),
        ("askings", "introduction", "joining", "issue"),
        ("askings", "huurders,wijkteam", "huurders,huurders", "party_b"),
        ("askings", "huurders,wijkteam", "huurders,niemand", "party_b"),
    ],
)
def test_what_does_not_fit_is_named_by_row_and_column_and_nothing_is_loaded(
    tmp_path: Path, table: str, old: str, new: str, column: str
) -> None:
    spoiled = TABLES[table].replace(old, new, 1)
    assert spoiled != TABLES[table]
    with pytest.raises(FolderRefused) as refused:
        load(folder(tmp_path, **{table: spoiled}), at=AT)
    assert column in {fault.column for fault in refused.value.faults}
    assert not Asking.objects.exists()
