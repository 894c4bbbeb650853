"""A file of voices, as people keep them: CSV or Excel, with Dutch or English headings. Every fault with its row and column."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from werkplaats.asks import analysis
from werkplaats.asks.records import Fault, Row
from werkplaats.asks.refusals import TooManyRows
from werkplaats.asks.rules import LONGEST, Privacy, has_words

Cell = object
Table = Sequence[Sequence[Cell]]
MOST_ROWS = 20_000
_COLUMNS = {
    "text": ("tekst", "text", "stem", "inbreng", "antwoord", "verhaal"),
    "privacy": ("wie leest", "privacy", "wie mag het lezen"),
    "given_on": ("datum", "date", "given_on", "wanneer"),
    "language": ("taal", "language"),
    "area": ("gebied", "buurt", "area"),
    "group": ("groep", "group"),
}
_PRIVACY = {
    "": Privacy.WORKSHOP,
    "werkplaats": Privacy.WORKSHOP,
    "workshop": Privacy.WORKSHOP,
    "alleen de werkplaats": Privacy.WORKSHOP,
    "zonder naam": Privacy.NAMELESS,
    "nameless": Privacy.NAMELESS,
    "mag naar buiten": Privacy.NAMELESS,
}


def table_of(name: str, content: bytes) -> tuple[Table, tuple[Fault, ...]]:
    """The cells of a file, and the merged ones as faults. Raises `UnreadableTable`."""
    table, merged = analysis.table(name, content)
    reason = _("Hier zijn cellen samengevoegd. Maak dat in Excel ongedaan, zodat elke rij één stem is.")
    return table, tuple(Fault(line, column, reason) for line, column in merged)


def rows_of(table: Table, *, areas: Mapping[str, str], today: date) -> tuple[tuple[Row, ...], tuple[Fault, ...]]:
    """The voices in a table with one row of headings, and what is wrong in it. `areas`: code by code and by name, lowercase.

    Empty rows are left out. Raises `TooManyRows`.
    """
    if len(table) - 1 > MOST_ROWS:
        raise TooManyRows(MOST_ROWS)
    places = _places(table[0] if table else [])
    if "text" not in places:
        reason = _("Er is geen kolom “tekst”. Zet boven de kolom met de verhalen het woord tekst.")
        return (), (Fault(1, _COLUMNS["text"][0], reason),)
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, cells in enumerate(table[1:], start=2):
        told = {name: analysis.words(cells[at]) if at < len(cells) else "" for name, at in places.items()}
        if not any(told.values()):
            continue
        row = _row(number, told, areas, today, faults)
        if row:
            rows.append(row)
    return tuple(rows), tuple(faults)


def _row(
    number: int, told: Mapping[str, str], areas: Mapping[str, str], today: date, faults: list[Fault]
) -> Row | None:
    before = len(faults)

    def wrong(column: str, reason: str) -> None:
        faults.append(Fault(number, _COLUMNS[column][0], reason))

    text = told["text"]
    if not has_words(text):
        wrong("text", _("Hier staat geen tekst."))
    elif len(text) > LONGEST:
        wrong("text", _("Deze tekst is langer dan %(longest)d tekens.") % {"longest": LONGEST})
    privacy = _PRIVACY.get(told.get("privacy", "").lower())
    if privacy is None:
        wrong("privacy", _("Kies “werkplaats” of “zonder naam”. Leeg betekent: alleen de werkplaats."))
    given_on = analysis.day(told.get("given_on", ""))
    if told.get("given_on") and given_on is None:
        wrong(
            "given_on", _("“%(words)s” is geen datum. Schrijf 2026-05-12 of 12-05-2026.") % {"words": told["given_on"]}
        )
    elif given_on and given_on > today:
        wrong("given_on", _("Deze dag is nog niet geweest."))
    area = told.get("area", "")
    if area and area.lower() not in areas:
        wrong("area", _("“%(words)s” is geen gebied dat de werkplaats kent.") % {"words": area})
    language = told.get("language", "").lower()
    if language and not (2 <= len(language) <= 3 and language.isalpha()):
        wrong("language", _("Schrijf de taal met twee letters, zoals nl, tr of ar."))
    if len(faults) > before or privacy is None:
        return None
    place = areas.get(area.lower(), "")
    return Row(number, text, language, privacy.value, given_on, place, told.get("group", "")[:120])


def _places(heading: Sequence[Cell]) -> dict[str, int]:
    """Which column holds what."""
    found: dict[str, int] = {}
    for at, cell in enumerate(heading):
        words = analysis.words(cell).lower().strip(" :?")
        for name, known in _COLUMNS.items():
            if words in known:
                found.setdefault(name, at)
    return found
