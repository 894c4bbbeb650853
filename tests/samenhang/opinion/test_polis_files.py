"""The Polis file set: in and out without a changed byte, and malformed folders answered clearly."""

import datetime as dt
from pathlib import Path

import pytest

from samenhang.files import BadInput
from samenhang.opinion import Cast, Statement, Votes, file_set, read_file_set, write_file_set

AT = dt.datetime(2026, 5, 4, 9, 30, tzinfo=dt.UTC)
NAMES = ("summary.csv", "comments.csv", "votes.csv", "participants-votes.csv")


def made(folder: Path) -> Path:
    statements = [
        Statement(0, 5, 'Een zaal, "ook in de winter"\nen in de zomer', 1, AT),
        Statement(1, 6, "Wég ermee", -1, AT),
        Statement(2, 5, "Meer groen", 0, AT),
    ]
    later = AT + dt.timedelta(minutes=3)
    cast = [Cast(5, 0, 1, AT), Cast(6, 0, 1, AT), Cast(6, 0, -1, later), Cast(6, 1, 1, AT), Cast(7, 2, 0, AT)]
    about = {"topic": "De kade", "url": "https://voorbeeld.nl/kade", "conversation-description": "Wat zou jij\ndoen?"}
    write_file_set(file_set(about, statements, cast, {5: 0, 6: 1}), folder)
    return folder


def test_a_file_set_goes_out_and_comes_in_without_a_changed_byte(tmp_path: Path) -> None:
    first = made(tmp_path / "een")
    write_file_set(read_file_set(first), tmp_path / "twee")
    for name in NAMES:
        assert (tmp_path / "twee" / name).read_bytes() == (first / name).read_bytes()


def test_what_goes_out_says_what_was_voted_and_counts_the_last_vote(tmp_path: Path) -> None:
    folder = made(tmp_path)
    votes = Votes.read(folder)
    assert votes.participants.tolist() == [5, 6, 7]
    assert votes.moderated == (1,)
    assert votes.value.tolist() == [1, -1, 0]
    people = (folder / "participants-votes.csv").read_text(encoding="utf-8").splitlines()
    assert people[0] == "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2"
    assert people[1:] == ["5,0,2,1,1,0,1,,", "6,1,1,2,1,1,-1,1,", "7,,0,1,0,0,,,0"]
    assert "groups,2" in (folder / "summary.csv").read_text(encoding="utf-8")


def test_a_folder_packed_twice_is_refused_with_the_name_of_the_folder_inside(tmp_path: Path) -> None:
    made(tmp_path / "gesprek" / "gesprek")
    with pytest.raises(BadInput, match="it is in gesprek/gesprek, give that folder"):
        Votes.read(tmp_path / "gesprek")


def test_an_odd_date_is_refused_by_its_line(tmp_path: Path) -> None:
    folder = made(tmp_path)
    file = folder / "votes.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("1777887000000", "4 mei", 1), encoding="utf-8")
    with pytest.raises(BadInput, match=r"votes\.csv, line 2, column timestamp"):
        read_file_set(folder)
