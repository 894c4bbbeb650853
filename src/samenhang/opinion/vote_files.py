"""Votes from files: the file set in which Polis gives out a conversation, or one plain CSV file.

In the files of Polis 1 is agree and -1 disagree, in ``votes.csv`` and ``participants-votes.csv`` alike; in its database, and so
in a dump of it, the signs are turned. ``agrees`` and ``disagrees`` in ``comments.csv`` count every row of ``votes.csv``, so
they show which of the two it is.
"""

from pathlib import Path
from typing import cast

from samenhang.cells import Field
from samenhang.files import BadInput, Fault, Row, Schema, read_table

VALUES = ("-1", "0", "1")
STRUCK = "-1"
"""What ``moderated`` says of a statement that was moderated out; 0 = nobody looked, 1 = accepted."""

VOTES = Schema(
    "votes",
    (
        Field("timestamp", "integer"),
        Field("datetime"),
        Field("comment-id", "integer", required=True),
        Field("voter-id", "integer", required=True),
        Field("vote", "enum", required=True, values=VALUES),
    ),
)
COMMENTS = Schema(
    "comments",
    (
        Field("timestamp"),
        Field("datetime"),
        Field("comment-id", "integer", required=True, unique=True),
        Field("author-id"),
        Field("agrees"),
        Field("disagrees"),
        Field("moderated", "enum", required=True, values=VALUES),
        Field("comment-body"),
    ),
)
PLAIN = Schema(
    "votes",
    (
        Field("participant", "integer", required=True),
        Field("statement", "integer", required=True),
        Field("value", "enum", required=True, values=VALUES),
    ),
)

Read = tuple[list[int], list[int], list[int], list[int]]


def read_votes(path: Path) -> Read:
    """Participants, statements and values of each vote in the order of the file, and the statements that were moderated out.

    A folder must have ``votes.csv`` and ``comments.csv``; of a vote the last in time counts, so votes with a time are put in that
    order. A file has ``participant,statement,value``. Raises ``BadInput`` with every fault, ``OSError`` when nothing is there.
    """
    if not path.exists():
        raise FileNotFoundError(2, "there is no such folder or file", str(path))
    return _folder(path) if path.is_dir() else _plain(path)


def _plain(path: Path) -> Read:
    rows = _rows(path, PLAIN)
    who, what = ([_number(row, name) for row in rows] for name in ("participant", "statement"))
    return who, what, [int(row.text("value")) for row in rows], []


def _folder(path: Path) -> Read:
    missing = [name for name in ("votes.csv", "comments.csv") if not (path / name).is_file()]
    if missing:
        raise BadInput(tuple(_missing(path, name) for name in missing))
    comments = _rows(path / "comments.csv", COMMENTS)
    state = {_number(row, "comment-id"): row.text("moderated") for row in comments}
    votes = _rows(path / "votes.csv", VOTES)
    strange = [row for row in votes if _number(row, "comment-id") not in state]
    if strange:
        raise BadInput(tuple(_unknown(row) for row in strange))
    in_time = sorted(votes, key=lambda row: cast("int | None", row["timestamp"]) or 0)
    who, what = ([_number(row, name) for row in in_time] for name in ("voter-id", "comment-id"))
    struck = [number for number, moderated in state.items() if moderated == STRUCK]
    return who, what, [int(row.text("vote")) for row in in_time], struck


def _missing(path: Path, name: str) -> Fault:
    """A folder packed twice has the file one folder further: then that folder is named."""
    deeper = sorted(found.parent.relative_to(path).as_posix() for found in path.glob(f"*/{name}"))
    hint = f"; it is in {path.name}/{deeper[0]}, give that folder" if deeper else ""
    return Fault(name, 0, "", "missing_file", f"not in the folder {path.name}{hint}", path.name, ", ".join(deeper))


def _unknown(row: Row) -> Fault:
    number = str(row["comment-id"])
    reason = f"a vote on statement {number}, which comments.csv does not have"
    return Fault("votes.csv", row.line, "comment-id", "unknown_statement", reason, number, "comments.csv")


def _rows(path: Path, schema: Schema) -> tuple[Row, ...]:
    table = read_table(path, schema)
    if table.faults:
        raise BadInput(table.faults)
    return table.rows


def _number(row: Row, name: str) -> int:
    return cast("int", row[name])


def statement_texts(path: Path) -> dict[int, str]:
    """What the statements say, where the folder tells it."""
    file = path / "comments.csv"
    if not file.is_file():
        return {}
    return {_number(row, "comment-id"): row.text("comment-body") for row in _rows(file, COMMENTS)}
