"""The small frozen records that the knowledge measures give."""

from dataclasses import dataclass
from pathlib import Path


class Unreadable(Exception):
    """A file that cannot be read as a document; says which and why.

    ``reason_code`` is one of ``missing``, ``empty``, ``too_large``, ``encrypted``, ``broken``, ``no_text``,
    ``bad_encoding``, ``unsupported``, and of a file read apart ``too_heavy`` and ``crashed``;
    ``message`` is one plain English sentence.

    >>> str(Unreadable(Path("plan.pdf"), "encrypted", "the file is locked with a password"))
    'plan.pdf: the file is locked with a password'
    """

    def __init__(self, path: Path, reason_code: str, message: str) -> None:
        super().__init__(path, reason_code, message)
        self.path = path
        self.reason_code = reason_code
        self.message = message

    def __str__(self) -> str:
        return f"{self.path.name}: {self.message}"


@dataclass(frozen=True, slots=True)
class Document:
    """The readable text of one file: NFC text per page (page 1 is ``pages[0]``), and the sha-256 of the file itself."""

    sha256: str
    media_type: str
    pages: tuple[str, ...]
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: ``source[start:end] == text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """One statement-sized passage: ``source[start:end] == text``; ``language`` is an ISO 639-1 code."""

    start: int
    end: int
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A fragment and its place: ``document.pages[page - 1][start:end] == text``."""

    page: int
    start: int
    end: int
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Label:
    """What a cluster is about: its words, and as proof the indices of its most central texts (at most three)."""

    cluster: int
    size: int
    words: tuple[str, ...]
    proof: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties that were compared: rows ``a < b``, ``score`` in 0-1, ``band`` in ``same``, ``ask``, ``different``."""

    a: int
    b: int
    score: float
    band: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was left out, and why (see ``Unreadable``)."""

    path: Path
    reason_code: str
    message: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What a heap of documents says together.

    ``fragments[i]`` stands in ``documents[holder[i]]``, read from ``paths[holder[i]]``. ``said_before[i]`` is equal for
    near duplicates, ``cluster[i]`` for what belongs together (-1: alone). ``encoder`` names what compared the meanings.
    """

    paths: tuple[Path, ...]
    documents: tuple[Document, ...]
    refused: tuple[Refused, ...]
    fragments: tuple[Placed, ...]
    holder: tuple[int, ...]
    said_before: tuple[int, ...]
    cluster: tuple[int, ...]
    labels: tuple[Label, ...]
    encoder: str
