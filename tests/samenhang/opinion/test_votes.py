"""Votes: which of them count, and what a file must say."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenhang.files import BadInput
from samenhang.opinion import Votes

ROWS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from((-1, 0, 1))), unique_by=lambda row: row[:2]
)


def made(rows: list[tuple[int, int, int]], moderated: tuple[int, ...] = ()) -> Votes:
    who, what, said = zip(*rows, strict=True) if rows else ((), (), ())
    return Votes(np.array(who, dtype=int), np.array(what, dtype=int), np.array(said, dtype=int), moderated)


def told(votes: Votes) -> list[tuple[int, int, int]]:
    who, what = votes.participants[votes.row], votes.statements[votes.column]
    return list(zip(who.tolist(), what.tolist(), votes.value.tolist(), strict=True))


def test_the_last_vote_of_a_participant_on_a_statement_counts() -> None:
    assert told(made([(1, 5, 1), (2, 5, 1), (1, 5, -1), (1, 5, 0)])) == [(1, 5, 0), (2, 5, 1)]


@given(ROWS, st.randoms())
def test_the_order_of_the_rows_changes_nothing(rows: list[tuple[int, int, int]], chance: object) -> None:
    again = list(rows)
    chance.shuffle(again)  # type: ignore[attr-defined]
    assert told(made(rows)) == told(made(again)) == sorted(rows)


@given(ROWS, st.sets(st.integers(0, 9)))
def test_votes_on_what_was_moderated_out_are_left_out_and_counted_apart(
    rows: list[tuple[int, int, int]], moderated: set[int]
) -> None:
    votes = made(rows, tuple(moderated))
    assert told(votes) == sorted(row for row in rows if row[1] not in moderated)
    assert not set(votes.statements.tolist()) & moderated
    assert votes.struck.sum() == sum(1 for row in rows if row[1] in moderated)
    assert votes.participants.tolist() == sorted({row[0] for row in rows})


@pytest.mark.parametrize(
    ("who", "what", "said", "reason"),
    [
        ([1, 2], [1, 1], [1, 2], "row 1: value 2 is not 1"),
        ([1], [1], [-2], "row 0: value -2"),
        ([1, 2], [1], [1], "2 participants, 1 statements"),
        ([0.5], [1], [1], "participant must be whole numbers"),
    ],
)
def test_what_is_no_vote_is_refused_by_its_row(who: list[int], what: list[int], said: list[int], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Votes(who, what, said)


def test_a_plain_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "stemmen.csv"
    file.write_text("participant,statement,value\n3,1,1\n3,2,0\n4,1,-1\n", encoding="utf-8")
    assert told(Votes.read(file)) == [(3, 1, 1), (3, 2, 0), (4, 1, -1)]


COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
VOTES = "timestamp,datetime,comment-id,voter-id,vote\n"


def polis(folder: Path, *, comments: str, votes: str) -> Path:
    (folder / "comments.csv").write_text(COMMENTS + comments, encoding="utf-8")
    (folder / "votes.csv").write_text(VOTES + votes, encoding="utf-8")
    return folder


def test_a_polis_folder_is_read_and_the_last_vote_in_time_counts(tmp_path: Path) -> None:
    folder = polis(
        tmp_path,
        comments='1,"",0,7,1,0,1,"Een zaal, ook in de winter"\n2,"",1,7,0,1,-1,Weg\n3,"",2,7,0,0,0,Nieuw\n',
        votes='900,"",0,5,-1\n100,"",0,5,1\n100,"",1,5,1\n100,"",2,6,0\n',
    )
    votes = Votes.read(folder)
    assert told(votes) == [(5, 0, -1), (6, 2, 0)]
    assert votes.moderated == (1,)


@pytest.mark.parametrize(
    ("comments", "votes", "reason"),
    [
        ("1,,0,7,1,0,1,Zaal\n", "1,,9,5,1\n", "votes.csv, line 2, column comment-id: a vote on statement 9"),
        ("1,,0,7,1,0,1,Zaal\n", "1,,0,5,2\n", "votes.csv, line 2, column vote"),
        ("1,,0,7,1,0,1,Zaal\n", "1,,0,,1\n", "votes.csv, line 2, column voter-id"),
        ("1,,0,7,1,0,1,Zaal\n1,,0,7,1,0,1,Twee\n", "", "comments.csv, line 3, column comment-id"),
        ("1,,0,7,1,0,weg,Zaal\n", "", "comments.csv, line 2, column moderated"),
    ],
)
def test_a_polis_folder_that_does_not_fit_is_refused_by_file_and_line(
    comments: str, votes: str, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as refused:
        Votes.read(polis(tmp_path, comments=comments, votes=votes))
    assert reason in str(refused.value)


def test_a_folder_without_votes_is_refused_by_the_name_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "comments.csv").write_text(COMMENTS, encoding="utf-8")
    with pytest.raises(BadInput, match=r"votes\.csv: not in the folder"):
        Votes.read(tmp_path)
    with pytest.raises(FileNotFoundError):
        Votes.read(tmp_path / "nergens")


@given(ROWS, st.integers(0, 9))
def test_the_lot_of_a_vote_does_not_hang_on_who_else_came(rows: list[tuple[int, int, int]], gone: int) -> None:
    whole, part = made(rows), made([row for row in rows if row[0] != gone])
    kept = whole.participants[whole.row] != gone
    assert np.array_equal(whole.lot(7)[kept], part.lot(7))
