"""What rooms push into the index, and what a search gives back."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class EntryRow:
    """Something that can be found. `key` is unique within its `kind` and workshop.

    Found by the words of `title` and `text`, and by the meaning of `text` (of the title where there is no text).
    With ``title_counts=False`` the title is shown but not searched: a passage is not about the name of its document.
    """

    kind: str
    key: str
    title: str
    text: str
    url: str
    language: str = ""
    dated_on: date | None = None
    place: str = ""
    is_public: bool = True
    title_counts: bool = True

    @property
    def meaning(self) -> str:
        """The text whose meaning is compared."""
        return self.text.strip() or self.title


class Why(StrEnum):
    """Why something was found."""

    WORDS = "words"
    MEANING = "meaning"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in an excerpt; `matches`: it is one of the words asked for."""

    text: str
    matches: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, and why."""

    kind: str
    key: str
    title: str
    url: str
    excerpt: tuple[Piece, ...]
    why: Why
    place: str
    dated_on: date | None
    language: str


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a question. `by_meaning` is False where only words could be compared; `waiting` entries are not in yet."""

    hits: tuple[Hit, ...]
    by_meaning: bool
    waiting: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in the index of words: per word of the question the forms that count as it."""

    words: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...]  # empty: every kind
    within: bool  # also what is not public


@dataclass(frozen=True, slots=True, eq=False)
class Meanings:
    """The file of meanings: of each row the entry, its kind, the key of its text (`rules.text_key`) and its meaning, (n, d).

    `stands`: the rows that count, rising. An entry that changed has a later row, and its earlier ones count no more; one
    that was withdrawn is still there, so who finds it asks the database. A text too short to have a meaning is a row of zeros.
    """

    entry: NDArray[np.int64]
    kind: NDArray[np.bytes_]
    text: NDArray[np.uint64]
    stands: NDArray[np.intp]
    values: NDArray[np.float32]
