"""The file set in which Polis gives out a conversation, in and out without a changed byte."""

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from samenhang.files import BadInput, Fault
from samenhang.opinion.vote_files import read_votes
from samenhang.opinion.votes import AGREE, DISAGREE, Votes
from samenhang.shape import Ints

NAMES = ("summary", "comments", "votes", "participants-votes")
SUMMARY = ("topic", "url", "views", "voters", "voters-in-conv", "commenters", "comments", "groups")
COMMENTS = ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")
VOTES = ("timestamp", "datetime", "comment-id", "voter-id", "vote")
PARTICIPANTS = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")

Sheet = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class FileSet:
    """The four tables of a Polis file set as they stand there, cell by cell; a table that is not there is ()."""

    summary: Sheet
    comments: Sheet
    votes: Sheet
    participants: Sheet


@dataclass(frozen=True)
class Statement:
    """A statement to be given out. ``moderated``: 1 accepted, 0 not looked at, -1 moderated out; ``at``: when it was made."""

    number: int
    author: int
    body: str
    moderated: int
    at: dt.datetime


@dataclass(frozen=True)
class Cast:
    """One vote as it was given, changed ones too."""

    participant: int
    statement: int
    value: int
    at: dt.datetime


def read_file_set(folder: Path | str) -> FileSet:
    """A Polis file set, cell by cell. Raises what `Votes.read` raises for a folder whose votes cannot be used."""
    path = Path(folder)
    read_votes(path)
    return FileSet(*(_sheet(path / f"{name}.csv") for name in NAMES))


def _sheet(file: Path) -> Sheet:
    if not file.is_file():
        return ()
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = wrong.object[: wrong.start].count(b"\n") + 1
        byte = f"0x{wrong.object[wrong.start]:02x}"
        raise BadInput((Fault(file.name, line, "", "bad_encoding", f"byte {byte} is not UTF-8", byte),)) from wrong
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return tuple(tuple(row) for row in reader)
    except csv.Error as wrong:
        reason = f"the quotes on this row do not fit ({wrong})"
        raise BadInput((Fault(file.name, reader.line_num, "", "broken_row", reason),)) from wrong


def write_file_set(files: FileSet, folder: Path | str) -> None:
    """Writes the tables that are there; a file set that was read comes out byte for byte."""
    path = Path(folder)
    path.mkdir(parents=True, exist_ok=True)
    for name, sheet in zip(NAMES, (files.summary, files.comments, files.votes, files.participants), strict=True):
        if sheet:
            out = io.StringIO(newline="")
            csv.writer(out, lineterminator="\n").writerows(sheet)
            (path / f"{name}.csv").write_text(out.getvalue(), encoding="utf-8", newline="")


def file_set(
    about: Mapping[str, str],
    statements: Sequence[Statement],
    cast: Sequence[Cast],
    group: Mapping[int, int] | None = None,
) -> FileSet:
    """A conversation as a Polis file set.

    ``about``: ``topic``, ``url`` and whatever else the summary says; ``cast``: every vote in the order given; ``group``: the
    group of a participant, where known. Participants are the numbers in ``cast``: give random ones, not those of your records.

    In every table 1 is agree, -1 disagree and 0 pass, as in the files that Polis gives out (its database has the signs turned).
    As there, ``agrees`` and ``disagrees`` of a statement count every vote that was given, changed ones too, and the table of
    participants counts the last ones.
    """
    last = Votes([one.participant for one in cast], [one.statement for one in cast], [one.value for one in cast])
    groups = group or {}
    counted = {
        "views": len(last.participants),
        "voters": len(last.participants),
        "voters-in-conv": len(last.participants),
        "commenters": len({one.author for one in statements}),
        "comments": len(statements),
        "groups": len(set(groups.values())),
    }
    summary = {name: about.get(name, str(counted.get(name, ""))) for name in SUMMARY} | dict(about)
    ballots = [(*_moment(one.at), str(one.statement), str(one.participant), str(one.value)) for one in cast]
    return FileSet(
        summary=tuple(summary.items()),
        comments=(COMMENTS, *_comments(statements, cast)),
        votes=(VOTES, *ballots),
        participants=_participants(statements, last, groups),
    )


def _moment(at: dt.datetime) -> tuple[str, str]:
    utc = at.astimezone(dt.UTC)
    days, months = "Mon Tue Wed Thu Fri Sat Sun".split(), "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    told = f"{days[utc.weekday()]} {months[utc.month - 1]} {utc:%d %H:%M:%S} UTC {utc.year}"
    return str(int(utc.timestamp()) * 1000 + utc.microsecond // 1000), told


def _comments(statements: Iterable[Statement], cast: Iterable[Cast]) -> Iterable[tuple[str, ...]]:
    given = Counter((one.statement, one.value) for one in cast)
    for one in statements:
        counts = str(given[one.number, AGREE]), str(given[one.number, DISAGREE])
        yield (*_moment(one.at), str(one.number), str(one.author), *counts, str(one.moderated), one.body)


def _participants(statements: Sequence[Statement], last: Votes, groups: Mapping[int, int]) -> Sheet:
    numbers = sorted(one.number for one in statements)
    rows = [(*PARTICIPANTS, *(str(number) for number in numbers))]
    for row, who in enumerate(last.participants.tolist()):
        mine: Ints = np.arange(last.starts[row], last.starts[row + 1])
        said = dict(zip(last.statements[last.column[mine]].tolist(), last.value[mine].tolist(), strict=True))
        made = sum(one.author == who for one in statements)
        values = list(said.values())
        counts = (made, len(values), values.count(1), values.count(-1))
        cells = [str(said[number]) if number in said else "" for number in numbers]
        rows.append((str(who), str(groups.get(who, "")), *(str(count) for count in counts), *cells))
    return tuple(rows)
