"""The documents of a folder, one by one, each with the passages that its issues rest on."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from werkplaats.exchange import analysis
from werkplaats.exchange.actions.tables import Tables
from werkplaats.exchange.analysis import Row
from werkplaats.exchange.records import FaultLine
from werkplaats.issues.actions import put_issue_fragment
from werkplaats.kit.refusal import Refusal
from werkplaats.sources.actions import add_document, cite
from werkplaats.sources.models import Source
from werkplaats.workshops.models import Workshop

Progress = Callable[[int, int], None]
"""Hears how many documents are done, of how many."""

Told = tuple[tuple[str, ...], tuple[str, ...], tuple[FaultLine, ...]]


def silent(done: int, total: int) -> None:
    """For callers that want no progress."""


def load(found: analysis.Folder, tables: Tables, *, at: datetime, tell: Progress = silent) -> Told:
    """Loads every document: (titles that are new, titles that were there, what could not be loaded)."""
    passages: dict[str, list[Row]] = defaultdict(list)
    for row in found.rows("issue_fragments"):
        passages[row.text("source")].append(row)
    new: list[str] = []
    known: list[str] = []
    refused: list[FaultLine] = []
    rows = found.rows("sources")
    for done, row in enumerate(rows):
        tell(done, len(rows))
        was_there = _is_there(tables.workshop, row.text("key"))
        try:
            source = _add(found, tables, row, at=at)
        except Refusal as refusal:
            refused.append(FaultLine("sources.csv", row.line, "file", refusal.sentence))
            continue
        (known if was_there else new).append(source.title)
        refused += _put_passages(source, passages[source.key], tables, at=at)
    return tuple(new), tuple(known), tuple(refused)


def _is_there(workshop: Workshop, key: str) -> bool:
    return Source.objects.filter(workshop=workshop, key=key).exists()


def _add(found: analysis.Folder, tables: Tables, row: Row, *, at: datetime) -> Source:
    name, holder = row.text("file"), row.text("holder")
    return add_document(
        tables.workshop,
        key=row.text("key"),
        title=row.text("title"),
        kind=row.text("kind"),
        file=found.path / "documents" / name,
        file_name=name,
        at=at,
        holder=tables.parties[holder] if holder else None,
        published_on=row.date("published_on"),
        themes=[tables.themes[theme] for theme in row.keys("themes")],
        area=tables.area(row.text("area")),
        language=row.text("language"),
        rights=row.text("rights"),
        added_at=tables.maybe_moment(row, "added_at"),
    )


def _put_passages(source: Source, rows: list[Row], tables: Tables, *, at: datetime) -> list[FaultLine]:
    pages = {page.number: page for page in source.pages.all()} if rows else {}
    faults = []
    for row in rows:
        number, start, end = row["page"], row["start"], row["end"]
        assert isinstance(number, int)  # these three are required by the schema
        assert isinstance(start, int)
        assert isinstance(end, int)
        page = pages.get(number)
        if page is None or page.text[start:end] != row.text("text"):
            told = _("Op deze plek in “%(title)s” staat iets anders.") % {"title": source.title}
            faults.append(FaultLine("issue_fragments.csv", row.line, "text", told))
            continue
        centrality = row["centrality"]
        fragment = cite(page, start=start, end=end)
        put_issue_fragment(
            tables.issues[row.text("issue")],
            fragment=fragment,
            at=at,
            is_proof=row.text("proof") == "yes",
            centrality=centrality if isinstance(centrality, float) else None,
        )
    return faults
