"""What the search for what was said before reads: sayings, which are alike, and where they stand."""

from collections import defaultdict
from collections.abc import Collection, Iterable

import numpy as np

from werkplaats.sources.models import Alike, Fragment, Saying
from werkplaats.sources.records import Kin, Passed, Told
from werkplaats.sources.rules import SKETCH_PLACES, Likeness
from werkplaats.workshops.models import Workshop

_IN_ONE_QUERY = 500


def still_to_compare(workshop: Workshop) -> int:
    """How many passages were not compared yet."""
    return Fragment.objects.filter(source__workshop=workshop, is_compared=False).count()


def to_compare(workshop: Workshop, *, most: int) -> tuple[tuple[int, str, str], ...]:
    """The first passages that were not compared yet: (primary key, text hash, text)."""
    rows = Fragment.objects.filter(source__workshop=workshop, is_compared=False).order_by("pk")
    return tuple(rows.values_list("pk", "text_hash", "text")[:most])


def passed(workshop: Workshop) -> Passed:
    """Every saying that was compared, in the order in which they came: the hashes, and the sketches (n, 64)."""
    rows = Saying.objects.filter(workshop=workshop).order_by("pk").values_list("text_hash", "sketch")
    hashes: list[str] = []
    sketches = bytearray()
    for text_hash, sketch in rows.iterator():
        hashes.append(text_hash)
        sketches += sketch
    return hashes, np.frombuffer(bytes(sketches), dtype="<u4").reshape(-1, SKETCH_PLACES)


def compared_without(workshop: Workshop, encoder: str) -> tuple[str, ...]:
    """The hashes of the sayings whose meaning this encoder did not compare."""
    rows = Saying.objects.filter(workshop=workshop).exclude(encoder=encoder)
    return tuple(rows.values_list("text_hash", flat=True))


def texts(workshop: Workshop, hashes: Iterable[str]) -> dict[str, str]:
    """What these hashes stand for, as far as it is still in the library."""
    found: dict[str, str] = {}
    for some in _parts(hashes):
        rows = Fragment.objects.filter(source__workshop=workshop, text_hash__in=some)
        found |= dict(rows.values_list("text_hash", "text"))
    return found


def kin(workshop: Workshop, hashes: Iterable[str]) -> Kin:
    """Of each of these texts the texts that are alike, and how."""
    found: Kin = defaultdict(dict)
    rows = Alike.objects.filter(one__workshop=workshop)
    for some in _parts(hashes):
        wanted = frozenset(some)
        for pairs in (rows.filter(one__text_hash__in=some), rows.filter(other__text_hash__in=some)):
            columns = pairs.values_list("one__text_hash", "other__text_hash", "likeness", "score")
            for one, other, likeness, score in columns:
                for here, there in ((one, other), (other, one)):
                    if here in wanted:
                        found[here][there] = (Likeness(likeness), score)
    return found


def told(workshop: Workshop, hashes: Iterable[str]) -> tuple[Told, ...]:
    """Every place where one of these texts stands."""
    found: list[Told] = []
    for some in _parts(hashes):
        rows = Fragment.objects.filter(source__workshop=workshop, text_hash__in=some)
        found += (Told(*row) for row in rows.values_list("pk", "source_id", "source__published_on", "text_hash"))
    return tuple(found)


def _parts(hashes: Iterable[str]) -> Iterable[Collection[str]]:
    every = sorted(set(hashes))
    return (every[at : at + _IN_ONE_QUERY] for at in range(0, len(every), _IN_ONE_QUERY))
