"""A heap of documents read, cut up, compared and grouped in one go."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from samenhang.knowledge.duplicates import near_duplicates
from samenhang.knowledge.encoder import Encoder, encode, encoder_name
from samenhang.knowledge.fragmenting import fragments_of
from samenhang.knowledge.grouping import belongs_together
from samenhang.knowledge.labelling import labels
from samenhang.knowledge.reading import read
from samenhang.knowledge.records import Document, Overview, Placed, Refused, Unreadable


def overview(
    paths: Sequence[str | os.PathLike[str]],
    *,
    rng: np.random.Generator,
    progress: Callable[[str], None] | None = None,
    encoder: Encoder | None = None,
    among: Sequence[str] = ("nl", "en"),
) -> Overview:
    """What scattered documents say together: what was said before, and what belongs together with its proof.

    A file that cannot be read is refused by name and the rest goes on; a file with the same content as an earlier one
    is refused as ``twice``. ``progress`` is called with one plain English line at each step.

    >>> overview([], rng=np.random.default_rng(0)).fragments
    ()
    """
    tell = progress or _silent
    kept, documents, refused = _read_all([Path(path) for path in paths], tell)
    placed: list[Placed] = []
    holder: list[int] = []
    for number, document in enumerate(documents):
        found = fragments_of(document, among)
        placed += found
        holder += [number] * len(found)
    texts = [fragment.text for fragment in placed]
    tell(f"comparing {len(texts)} fragments letter by letter")
    said_before = near_duplicates(texts)
    tell(f"comparing {len(texts)} fragments by meaning ({encoder_name(encoder)})")
    vec = encode(texts, encoder)
    spoken = [fragment.language for fragment in placed]
    cl = belongs_together(texts, vec, rng=rng, languages=spoken)
    named = labels(texts, cl, vec, spoken)
    return Overview(
        paths=tuple(kept),
        documents=tuple(documents),
        refused=tuple(refused),
        fragments=tuple(placed),
        holder=tuple(holder),
        said_before=tuple(said_before.tolist()),
        cluster=tuple(cl.tolist()),
        labels=named,
        encoder=encoder_name(encoder),
    )


def _read_all(paths: list[Path], tell: Callable[[str], None]) -> tuple[list[Path], list[Document], list[Refused]]:
    kept: list[Path] = []
    documents: list[Document] = []
    refused: list[Refused] = []
    seen: dict[str, Path] = {}
    for path in paths:
        tell(f"reading {path.name}")
        try:
            document = read(path)
        except Unreadable as refusal:
            refused.append(Refused(path, refusal.reason_code, refusal.message))
            continue
        if document.sha256 in seen:
            refused.append(Refused(path, "twice", f"it is the same file as {seen[document.sha256].name}"))
            continue
        seen[document.sha256] = path
        kept.append(path)
        documents.append(document)
    return kept, documents, refused


def _silent(line: str) -> None:
    """For callers that want no progress."""
