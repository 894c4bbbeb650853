"""Chains with all their versions go along with a workshop, and come in by hand; what does not hold is told by file and row."""

from pathlib import Path

import pytest

from tests.exchange.folders import folder
from tests.exchange.test_take_out import AT, there_and_back
from werkplaats.chains import actions
from werkplaats.chains.actions import Told
from werkplaats.chains.models import Chain, ChainVersion, Handover, Step
from werkplaats.exchange.actions import load
from werkplaats.exchange.refusals import FolderRefused
from werkplaats.neighbourhoods.models import Party

pytestmark = pytest.mark.django_db
CHAINS = {
    "chains": "key,name,wish\nmuur,Een natte muur,Ik wil een droge muur.\n",
    "chain_issues": "chain,issue\nmuur,kou\n",
    "chain_versions": "chain,number,since,until\nmuur,1,2025-01-01,2025-12-31\nmuur,2,2026-01-01,\n",
    "chain_steps": (
        "chain,version,number,name,party,lane,desk,documents,term_days\n"
        "muur,1,1,Melden,,de huurder,,,\n"
        'muur,2,1,Melden,,de huurder,=Het formulier,"Een foto\nHuurcontract",\n'
        "muur,2,2,Komen kijken,wijkteam,,,,14\n"
        "muur,2,3,Droog,huurders,,,,0\n"
    ),
    "chain_handovers": "chain,version,step,then\nmuur,2,1,2\nmuur,2,2,3\nmuur,2,2,1\n",
}
FILES = {f"{name}.csv" for name in CHAINS}


def with_chains(at: Path, **changed: str) -> Path:
    made = folder(at)
    for name, text in (CHAINS | changed).items():
        (made / f"{name}.csv").write_text(text, encoding="utf-8")
    return made


def _keys(version: ChainVersion, *numbers: int) -> list[str]:
    return list(version.steps.filter(number__in=numbers).values_list("key", flat=True))


def go_on() -> None:
    """What a coordinator does after it came in."""
    row = Chain.objects.get()
    version = actions.renew(row, since=AT.date())
    actions.add_step(version, Told("Bellen", party=Party.objects.get(key="de-lange-tafel")), after=_keys(version, 1, 3))
    actions.move_step(version, *_keys(version, 4), up=True)
    actions.take_out(version, *_keys(version, 1))


def test_chains_come_in_and_go_out_to_the_byte(tmp_path: Path) -> None:
    first, second = there_and_back(with_chains(tmp_path / "bron"), tmp_path)
    assert [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)] == []
    assert set(first) >= FILES
    assert b"Een foto\nHuurcontract" in first["chain_steps.csv"]


def test_what_a_coordinator_did_with_a_chain_goes_along_to_the_byte(tmp_path: Path) -> None:
    first, second = there_and_back(with_chains(tmp_path / "bron"), tmp_path, change=go_on)
    assert [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)] == []
    assert first["chain_versions.csv"].count(b"muur") == 3
    assert b"muur,3,2,Bellen,de-lange-tafel" in first["chain_steps.csv"]


def test_a_version_that_stands_here_stays_as_it_is_and_a_new_one_comes_in(tmp_path: Path) -> None:
    load(with_chains(tmp_path / "een"), at=AT)
    held = ChainVersion.objects.get(number=2)
    actions.take_out(held, *_keys(held, 1))
    load(with_chains(tmp_path / "twee"), at=AT)
    assert list(Step.objects.filter(version__number=2).values_list("name", flat=True)) == ["Komen kijken", "Droog"]
    assert Handover.objects.count() == 1
    earlier = CHAINS["chain_versions"].replace("muur,1,", "muur,0,")
    with pytest.raises(FolderRefused):
        load(with_chains(tmp_path / "drie", chain_versions=earlier), at=AT)


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "says"),
    [
        ("chain_steps", "wijkteam,,", ",,", 5, "party"),
        ("chain_steps", "wijkteam,,", "wijkteam,de balie,", 5, "party"),
        ("chain_steps", "wijkteam", "niemand", 5, "niemand"),
        ("chain_steps", "muur,2,3,", "muur,7,3,", 6, "chain_versions.csv"),
        ("chain_steps", "muur,1,1,", "muur,1,0,", 2, "vanaf 1"),
        ("chain_steps", "muur,2,3,", "muur,2,2,", 6, "2"),
        ("chain_steps", "14", "twee weken", 5, "twee weken"),
        ("chain_handovers", "muur,2,2,3", "muur,2,2,9", 3, "chain_steps.csv"),
        ("chain_handovers", "muur,2,2,3", "muur,2,2,2", 3, "zichzelf"),
        ("chain_versions", "2025-12-31", "2024-12-31", 2, "eindigen"),
        ("chain_versions", "2025-12-31", "", 3, "hooguit één versie"),
        ("chain_versions", "muur,2,2026-01-01,\n", "muur,2,2026-01-01,\nmuur,0,2024-01-01,2024-02-01\n", 4, "vanaf 1"),
        ("chain_issues", "kou", "warmte", 2, "warmte"),
        ("chains", "Ik wil een droge muur.", "", 2, "leeg"),
    ],
)
def test_what_does_not_hold_is_refused_by_file_and_row_and_nothing_comes_in(
    tmp_path: Path, file: str, old: str, new: str, line: int, says: str
) -> None:
    assert old in CHAINS[file]
    with pytest.raises(FolderRefused) as refused:
        load(with_chains(tmp_path / "bron", **{file: CHAINS[file].replace(old, new, 1)}), at=AT)
    told = [fault for fault in refused.value.faults if fault.file == f"{file}.csv" and fault.line == line]
    assert any(says in fault.reason or says in fault.column for fault in told), refused.value.faults
    assert not Chain.objects.exists()
