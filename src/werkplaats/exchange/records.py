"""What loading a folder tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from werkplaats.exchange.rules.sheets import FileKind, Type
from werkplaats.neighbourhoods.records import KIND_WORDS as PARTY_WORDS
from werkplaats.neighbourhoods.records import TIE_WORDS
from werkplaats.sources.records import KIND_WORDS as SOURCE_WORDS

KIND_WORDS: dict[str, Promise] = {
    FileKind.PARTIES: _("Een lijst van partijen"),
    FileKind.TIES: _("Wie met wie werkt"),
    FileKind.NEEDS: _("Vragen en aanbod"),
    FileKind.PEOPLE: _("Mensen die toestemming gaven"),
    FileKind.SOURCES: _("Een lijst die bij de documenten hoort"),
    FileKind.DOCUMENT: _("Een document om te lezen"),
    FileKind.AREAS: _("Een kaart met gebieden"),
    FileKind.FOLDER: _("Een hele werkplaats (open map)"),
    FileKind.POLIS: _("Een gesprek uit Polis"),
    FileKind.SKIP: _("Dit bestand niet inlezen"),
}
WORD_CHOICES: dict[Type, list[tuple[str, Promise]]] = {
    Type.PARTY_KIND: list(PARTY_WORDS.items()),
    Type.TIE_KIND: list(TIE_WORDS.items()),
    Type.SOURCE_KIND: [(str(kind), words) for kind, words in SOURCE_WORDS.items()],
}
"""What a word in a sheet may mean."""
HEADING_WORDS: dict[str, Promise] = {
    "name": _("Naam"),
    "kind": _("Soort"),
    "description": _("Omschrijving"),
    "address": _("Adres"),
    "area": _("Buurt"),
    "themes": _("Thema’s"),
    "theme": _("Thema"),
    "website": _("Website"),
    "founded_on": _("Begonnen op"),
    "size": _("Grootte"),
    "need": _("Wat zij zoeken"),
    "offer": _("Wat zij bieden"),
    "works_with": _("Met wie zij werken"),
    "source": _("Waar dit vandaan komt"),
    "recorded_on": _("Van wanneer dit is"),
    "party_a": _("De ene partij"),
    "party_b": _("De andere partij"),
    "shown_by": _("Waar het uit blijkt"),
    "since": _("Sinds"),
    "last_seen": _("Laatst gezien"),
    "party": _("Partij"),
    "text": _("Vraag of aanbod"),
    "able": _("Wie kan helpen"),
    "email": _("Mailadres"),
    "role": _("Rol"),
    "keep": _("Ja op bewaren"),
    "given_on": _("Wanneer ja gezegd"),
    "wording": _("Waar ja op gezegd is"),
    "channel": _("Hoe ja gezegd is"),
    "contact": _("Ja op mailen"),
    "show_name": _("Ja op naam tonen"),
    "introduce": _("Ja op voorstellen aan anderen"),
    "file": _("Naam van het bestand"),
    "title": _("Titel"),
    "holder": _("Van wie"),
    "published_on": _("Wanneer verschenen"),
    "rights": _("Wie mag het gebruiken"),
}


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One thing that is wrong: in which file, on which line (0: the file as a whole), in which column, and why."""

    file: str
    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder brought: rows per table, documents that are new, and documents and passages that could not be loaded."""

    workshop_key: str
    rows: Mapping[str, int] = field(default_factory=dict)
    new_documents: tuple[str, ...] = ()
    known_documents: tuple[str, ...] = ()
    refused: tuple[FaultLine, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What went into a folder: rows per table, and how many documents."""

    rows: Mapping[str, int]
    documents: int


class RowState(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class SheetRead:
    """The cells of a sheet as words: the headings, and each row that says anything with its line in the file."""

    heading: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What one row of a sheet will do. `told`: what it says by heading; `notes`: what is left out of it, and why."""

    line: int
    state: RowState
    told: Mapping[str, object]
    faults: tuple[FaultLine, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What one file will do."""

    rows: tuple[PlanRow, ...] = ()
    faults: tuple[FaultLine, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    sentence: str = ""  # what comes in, where rows do not tell it

    def count(self, state: str) -> int:
        """How many rows are in this state."""
        return self.counts.get(state, 0)


@dataclass(frozen=True, slots=True)
class DocumentSaid:
    """What is told about one document before it is read."""

    title: str
    kind: str
    holder: str = ""
    published_on: date | None = None
    themes: tuple[str, ...] = ()
    rights: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """Where a workshop is between its first files and its first move."""

    parties: int
    documents: int
    waiting: int  # files that are still being read
    is_thinking: bool  # issues are being looked for
    proposed: int
    first_proposed: str
    accepted: int
    moves: int
