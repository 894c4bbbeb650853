"""A conversation from the file set in which Polis gives it out, with every fault that keeps it out.

In its files 1 is agree and -1 disagree, in ``votes.csv`` and ``participants-votes.csv`` alike; a dump of its database has the
signs turned, and is refused: ``agrees`` in ``comments.csv`` shows it. Votes are read from ``votes.csv``; what
``participants-votes.csv`` and the counts say follows from them, and is not read. Of the two columns with a time only
``timestamp`` counts: ``datetime`` is words, in the zone of whoever made the files.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import cast

from django.utils.translation import gettext as _

from samenhang import opinion
from samenhang.cells import as_said
from samenhang.files import BadInput, Fault, Row, read_table
from samenhang.opinion.polis_files import NAMES, Sheet
from samenhang.opinion.vote_files import COMMENTS, VOTES
from werkplaats.conversations.records import Brought, BroughtStatement, BroughtVote
from werkplaats.conversations.rules import State
from werkplaats.exchange.analysis.folders import sentence
from werkplaats.exchange.records import FaultLine
from werkplaats.exchange.refusals import FolderRefused

STATES = {"1": State.ACCEPTED, "0": State.WAITING, "-1": State.REFUSED}
_FILES = frozenset(f"{name}.csv" for name in NAMES)
_HOSTS = {"", "-1"}
"""Who stated something for the host, in files that we wrote."""
_LONGEST, _LONGEST_TITLE = 300, 200  # as the tables keep it
_MOST_NUMBER = 1_000_000
_FIRST = datetime(2000, 1, 1, tzinfo=UTC)


def is_polis(names: Iterable[str]) -> bool:
    """Whether a zip with these files is meant as a conversation of Polis: two of its four files are in it, or more."""
    return len(_FILES & {PurePosixPath(name).name for name in names}) > 1


def polis(folder: Path, *, at: datetime) -> Brought:
    """What a folder tells, in which the file set stands at the top or in the only folder that holds it.

    Raises `FolderRefused` with every fault of the first kind that is found, by file, row and column.
    """
    try:
        root = _root(folder)
        files = opinion.read_file_set(root)  # what it refuses, is refused
        comments, votes = (
            read_table(root / name, schema).rows for name, schema in (("comments.csv", COMMENTS), ("votes.csv", VOTES))
        )
        _raise(_wrong(comments, votes, files.comments, at=at))
    except BadInput as wrong:
        raise FolderRefused(
            tuple(FaultLine(one.file, one.line, one.column, _sentence(one)) for one in wrong.faults)
        ) from wrong
    about = {row[0].lstrip("\ufeff"): row[1] for row in files.summary if len(row) > 1}
    title = " ".join(as_said(about.get("topic", "")).split()) or _("Gesprek uit Polis")
    bodies = _bodies(files.comments)
    told = [_vote(row, at=at) for row in votes]
    return Brought(
        title=title[:_LONGEST_TITLE],
        question=as_said(about.get("conversation-description", "")) or title,
        statements=tuple(_statement(row, bodies, at=at) for row in comments),
        votes=tuple(sorted(told, key=lambda one: one.at)),
        doubles=len(told) - len(set(told)),
        digest=_digest(root),
    )


def _sentence(fault: Fault) -> str:
    """Why a set is refused, in words for whoever made it."""
    sentences = {
        "missing_file": _("Dit bestand ontbreekt in de map."),
        "not_a_moment_in_ms": _("“%(value)s” is geen tijd in milliseconden sinds 1970, zoals 1777887000000."),
        "signs_turned": _(
            "De tekens staan omgekeerd: -1 telt hier als eens. In de bestanden van Polis is 1 eens en -1 oneens."
        ),
        "stands_twice": _("Dit bestand zit twee keer in de zip: %(other)s. Laat er één map in zitten."),
        "unknown_statement": _("Dit is een stem op stelling %(value)s, en die staat niet in comments.csv."),
    }
    if fault.reason_code not in sentences:
        return sentence(fault)
    return sentences[fault.reason_code] % {"value": fault.value, "other": fault.other}


def _root(folder: Path) -> Path:
    """Where the files stand. One that stands in two places may be the one or the other: nobody guesses which."""
    places: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.csv")):
        if path.name in _FILES:
            places.setdefault(path.name, []).append(path.relative_to(folder).as_posix())
    twice = [Fault(name, 0, "", "stands_twice", "", name, ", ".join(at)) for name, at in places.items() if len(at) > 1]
    _raise(twice)
    missing = [name for name in ("votes.csv", "comments.csv") if name not in places]
    _raise(Fault(name, 0, "", "missing_file", "") for name in missing)
    return (folder / places["votes.csv"][0]).parent


def _raise(faults: Iterable[Fault]) -> None:
    if found := tuple(faults):
        raise BadInput(found)


def _wrong(comments: Sequence[Row], votes: Sequence[Row], sheet: Sheet, *, at: datetime) -> Iterable[Fault]:
    bodies = _bodies(sheet)
    if not bodies:
        yield Fault("comments.csv", 0, "", "empty_file", "")
    for row in comments:
        number, body = _number(row), bodies.get(_number(row), "").strip()
        if number > _MOST_NUMBER:
            yield Fault("comments.csv", row.line, "comment-id", "not_a_number", "", str(number))
        if not body:
            yield Fault("comments.csv", row.line, "comment-body", "required", "")
        if len(body) > _LONGEST:
            yield Fault("comments.csv", row.line, "comment-body", "too_long", "", str(len(body)), str(_LONGEST))
    for name, rows in (("comments.csv", comments), ("votes.csv", votes)):
        for row in rows:
            if _moment(row, at=at) is None:
                yield Fault(name, row.line, "timestamp", "not_a_moment_in_ms", "", str(row["timestamp"]))
    if _is_turned(comments, votes):
        yield Fault("votes.csv", 0, "vote", "signs_turned", "")


def _is_turned(comments: Sequence[Row], votes: Sequence[Row]) -> bool:
    """Whether the counts of every statement fit only when -1 is agree."""
    given = Counter((_number(row), row.text("vote")) for row in votes)
    told = [(_number(row), row.text("agrees"), row.text("disagrees")) for row in comments]
    as_it_is = [(number, str(given[number, "1"]), str(given[number, "-1"])) for number, *_counts in told]
    turned = [(number, against, agrees) for number, agrees, against in as_it_is]
    return told == turned != as_it_is


def _bodies(sheet: Sheet) -> dict[int, str]:
    """The words of each statement to the letter, its white space too."""
    heading = [cell.strip().lstrip("\ufeff") for cell in sheet[0]]
    if "comment-body" not in heading:
        return {}
    number, body = heading.index("comment-id"), heading.index("comment-body")
    return {int(row[number]): as_said(row[body]) for row in sheet[1:] if any(cell.strip() for cell in row)}


def _statement(row: Row, bodies: dict[int, str], *, at: datetime) -> BroughtStatement:
    number, author = _number(row), row.text("author-id")
    moment = _moment(row, at=at)
    assert moment is not None  # _wrong looked
    return BroughtStatement(
        number, bodies[number], STATES[row.text("moderated")], "" if author in _HOSTS else author, moment
    )


def _vote(row: Row, *, at: datetime) -> BroughtVote:
    moment = _moment(row, at=at)
    assert moment is not None  # _wrong looked
    return BroughtVote(str(row["voter-id"]), _number(row), int(row.text("vote")), moment)


def _moment(row: Row, *, at: datetime) -> datetime | None:
    """When it was; of a row without a time: when it came in. None: that is no moment from 2000 to tomorrow."""
    told = row["timestamp"]
    if told is None:
        return at
    try:
        found = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(str(told)))
    except (ValueError, OverflowError):
        return None
    return found if _FIRST <= found <= at + timedelta(days=1) else None


def _number(row: Row) -> int:
    return cast("int", row["comment-id"])


def _digest(root: Path) -> str:
    found = sha256()
    for name in NAMES:
        file = root / f"{name}.csv"
        found.update(file.read_bytes() if file.is_file() else b"")
        found.update(b"\0")
    return found.hexdigest()
