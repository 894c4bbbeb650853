"""What the library tells the asks: what is known already, in which language somebody speaks, what stands in a spreadsheet."""

from datetime import date

from samenhang import knowledge, sheets
from samenhang.sheets import day, words
from werkplaats.asks.records import Known, KnownAlready
from werkplaats.asks.refusals import UnreadableTable
from werkplaats.search import queries as index
from werkplaats.search.models import Entry
from werkplaats.workshops.models import Workshop

__all__ = ["day", "known_already", "language_of", "table", "words"]

KINDS = ("fragment", "issue", "ask", "voice")
SPOKEN = ("nl", "en", "tr", "ar", "fr", "es", "de", "pl", "bg", "ro", "uk", "fa", "zh", "pt", "it", "ur")
"""The languages that a voice is told apart in when its giver does not say."""

CLOSE = 0.3
"""Cosine from which something is about the question; unrelated texts lie between -0.1 and 0.2, also across languages."""

_CANDIDATES = 200  # nearest of any kind: enough to keep the best few of ours after what is not public is left out
_LONGEST = 600
_SHOWN = 320  # characters of each


def known_already(workshop: Workshop, text: str, *, limit: int = 8) -> KnownAlready:
    """What the neighbourhood told before about this, nearest in meaning first, across languages; only what is public.

    Sources, issues, asks, and voices that may go out: the index holds no other voice.
    """
    question = " ".join(text.split())[:_LONGEST]
    table = index.meanings(workshop.pk, knowledge.encoder_name())
    if table is None or not question:
        return KnownAlready((), is_ready=table is not None)
    near, score = knowledge.nearest(table.values, knowledge.encode([question])[0], k=_CANDIDATES, among=table.stands)
    likeness = {int(pk): float(cosine) for pk, cosine in zip(table.entry[near], score, strict=True) if cosine >= CLOSE}
    order = sorted(likeness, key=lambda pk: (-likeness[pk], pk))
    found: dict[str, Known] = {}
    for row in index.in_order(order, workshop=workshop, within=False, kinds=KINDS):
        found.setdefault(row.text_hash, _known(row, likeness[row.pk]))  # the same words once
        if len(found) == limit:
            break
    return KnownAlready(tuple(found.values()), is_ready=True)


def language_of(text: str) -> str:
    """The language of somebody's words, as an ISO 639-1 code; empty where there are no letters to tell by."""
    return knowledge.language([text], SPOKEN)[0] if any(map(str.isalpha, text)) else ""


def table(name: str, content: bytes) -> tuple[tuple[tuple[object, ...], ...], tuple[tuple[int, str], ...]]:
    """The cells of a file, and where its merged ones begin: (row, letter of the column). Raises `UnreadableTable`."""
    try:
        sheet = sheets.read(name, content)
    except sheets.BrokenSheet as wrong:
        raise UnreadableTable(name) from wrong
    return sheet.rows, tuple((one.row + 1, sheets.letter(one.column)) for one in sheet.merged)


def _known(entry: Entry, likeness: float) -> Known:
    dated_on: date | None = entry.dated_on
    text = entry.text if len(entry.text) <= _SHOWN else f"{entry.text[: entry.text.rfind(' ', 0, _SHOWN)]} …"
    return Known(entry.kind, entry.title, text, entry.url, entry.language, dated_on, likeness)
