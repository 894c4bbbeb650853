"""What other rooms and templates may read of the library."""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from werkplaats.sources.rules import Likeness, SourceKind, when

KIND_WORDS: dict[SourceKind, Promise] = {
    SourceKind.PLAN: _("Plan"),
    SourceKind.REPORT: _("Onderzoek"),
    SourceKind.MINUTES: _("Verslag"),
    SourceKind.INTERVIEW: _("Gesprek"),
    SourceKind.SURVEY: _("Vragenlijst"),
    SourceKind.ARTICLE: _("Artikel"),
    SourceKind.STORY: _("Verhaal"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """The readable text of a file: one text per page, and the sha-256 of the file itself."""

    sha256: str
    media_type: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A statement-sized passage of page `page` (from 1): the text of that page from `start` to `end`."""

    page: int
    start: int
    end: int
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Pair:
    """That a text says the same as the one with this hash, and how."""

    text_hash: str
    likeness: Likeness
    score: float


@dataclass(frozen=True, slots=True)
class NewSaying:
    """A text that was compared with those before it: `alike` are the ones that say the same."""

    text_hash: str
    sketch: bytes
    has_meaning: bool
    alike: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One place where a text stands, with what says who was first."""

    fragment: int
    source: int
    published_on: date | None
    text_hash: str

    @property
    def when(self) -> tuple[date, int, int]:
        return (*when(self.published_on, self.source), self.fragment)


Kin = dict[str, dict[str, tuple[Likeness, float]]]
"""Of each text the texts that are alike, and how."""

Passed = tuple[list[str], NDArray[np.uint32]]
"""The hashes of sayings in the order in which they came, and their sketches, (n, 64)."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Fragment `later` says again what fragment `earlier` of another source said; `score` 1 = the same words."""

    earlier: int
    later: int
    likeness: Likeness
    score: float


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody wants to see of the library. Empty: everything."""

    text: str = ""
    kind: str = ""
    theme: str = ""
    holder: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One document in the list. `said_before`: how many of its passages an earlier document already had."""

    key: str
    title: str
    kind: SourceKind
    holder: str
    published_on: date | None
    themes: tuple[tuple[str, str], ...]  # (key, name)
    fragments: int
    said_before: int
    is_waiting: bool  # it was added, and is still being read

    @property
    def kind_words(self) -> Promise:
        return KIND_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class ComingIn:
    """What is still to do before everything in the library is read, can be found and is compared."""

    reading: int  # documents, of `documents`
    documents: int
    indexing: int  # texts that search does not find yet
    comparing: int  # passages, of `passages`
    passages: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the list of documents can be narrowed down to: (key, words) each, as far as there are documents for it."""

    kinds: tuple[SourceKind, ...]
    themes: tuple[tuple[str, str], ...]
    holders: tuple[tuple[str, str], ...]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: document, date, page; `fragment` is its mark on the page of that document."""

    source_key: str
    title: str
    holder: str
    published_on: date | None
    page: int
    fragment: int
    url: str
    text: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Run:
    """A run of page text. With a fragment it is marked, and may have been said before or come back later."""

    text: str
    fragment: int | None = None
    language: str = ""
    earlier: tuple[Place, ...] = ()
    more_earlier: int = 0  # places that are not told one by one
    later: tuple[Place, ...] = ()
    more_later: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some lines of a page, with the runs in it that have something beside them."""

    runs: tuple[Run, ...]

    @property
    def noted(self) -> tuple[Run, ...]:
        """The passages of this paragraph that were said before or come back."""
        return tuple(run for run in self.runs if run.earlier or run.later)


@dataclass(frozen=True, slots=True)
class PageText:
    """One page of a document, in paragraphs."""

    number: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A passage of this document that an earlier one had too, with the earliest place first."""

    fragment: int
    page: int
    url: str
    text: str
    earlier: tuple[Place, ...]
    more: int  # places that are not told one by one


@dataclass(frozen=True, slots=True)
class Stretch:
    """A passage as a stretch of its page, from sign `start` to `end`. `is_kept`: people rest a decision about an issue on it."""

    fragment: int
    start: int
    end: int
    words: str  # how it begins
    url: str
    is_said_before: bool
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """One page as it is drawn: so many signs long, with its passages in order."""

    number: int
    length: int
    stretches: tuple[Stretch, ...]

    @property
    def said_before(self) -> int:
        return sum(one.is_said_before for one in self.stretches)

    @property
    def kept(self) -> int:
        return sum(one.is_kept for one in self.stretches)


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A document and what to know about it."""

    pk: int
    key: str
    title: str
    kind: SourceKind
    holder_key: str
    holder: str
    published_on: date | None
    themes: tuple[str, ...]
    area: str
    language: str
    rights: str
    file_name: str
    media_type: str
    added_at: datetime
    is_waiting: bool
    pages: int
    fragments: int
    comes_back: int  # passages that a later document says again
    said_before: int  # passages that an earlier document already had
    said: tuple[Said, ...]  # the first of those, in the order of the text

    @property
    def kind_words(self) -> Promise:
        return KIND_WORDS[self.kind]
