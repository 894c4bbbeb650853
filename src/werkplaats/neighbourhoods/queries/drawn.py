"""The network as it was drawn and kept, when it is too large to be drawn for every page."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, overload

from werkplaats.neighbourhoods.models import DrawnNetwork, Party, Position
from werkplaats.neighbourhoods.records.drawing import Drawn, Link, Spot
from werkplaats.workshops.models import Workshop

CHUNK = 100
"""So many ties stand on one line of what is kept: a page of the table reads one or two of those."""


def drawn(workshop: Workshop, *, own: Collection[int]) -> Drawn | None:
    """What was kept of the whole, with the reader's own parties; None when it is drawn for each page. At most 3 queries."""
    row = DrawnNetwork.objects.filter(workshop=workshop).first()
    if row is None:
        return None
    spots = spots_of({*own, *row.alone})
    return Drawn(
        count=row.parties,
        counts=row.kinds,
        full=row.full,
        half=row.half,
        faded=row.faded,
        alone=tuple(spots[pk] for pk in row.alone if pk in spots),
        alone_count=row.alone_count,
        bounds=tuple(row.bounds),
        pictures=row.pictures,
        links=KeptLinks(row.links, row.full + row.half),
        own=tuple(spots[pk] for pk in own if pk in spots),
    )


def spots_of(parties: Iterable[int]) -> dict[int, Spot]:
    """Parties as they are drawn, by id. 2 queries."""
    chosen = list(parties)
    rows = Party.objects.filter(pk__in=chosen, canonical__isnull=True).values_list("pk", "key", "name", "kind")
    places = {pk: (x, y) for pk, x, y in Position.objects.filter(party__in=chosen).values_list("party_id", "x", "y")}
    return {pk: Spot(pk, key, name, kind, *places.get(pk, (0.0, 0.0))) for pk, key, name, kind in rows}


def in_chunks(links: Sequence[Link]) -> str:
    """Ties as text, so many on a line, in the order in which they stand in the table."""
    rows = [
        [link.a.id, link.b.id, int(link.is_full), link.kinds, link.last_seen.isoformat() if link.last_seen else ""]
        for link in links
    ]
    return "\n".join(
        json.dumps(rows[first : first + CHUNK], separators=(",", ":")) for first in range(0, len(rows), CHUNK)
    )


class KeptLinks(Sequence[Link]):
    """The ties of a large network, of which only those are read that a page shows. Who left since is left out."""

    def __init__(self, text: str, count: int) -> None:
        self.text, self.number = text, count

    def __len__(self) -> int:
        return self.number

    @overload
    def __getitem__(self, place: int) -> Link: ...
    @overload
    def __getitem__(self, place: slice) -> list[Link]: ...
    def __getitem__(self, place: int | slice) -> Link | list[Link]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        first, last, _step = place.indices(self.number)
        if last <= first:
            return []
        lines = self.text.split("\n")[first // CHUNK : (last - 1) // CHUNK + 1]
        skipped = first // CHUNK * CHUNK
        rows: list[list[Any]] = [row for line in lines for row in json.loads(line)][first - skipped : last - skipped]
        spots = spots_of({end for row in rows for end in row[:2]})
        return [
            Link(spots[a], spots[b], bool(full), tuple(kinds), date.fromisoformat(seen) if seen else None)
            for a, b, full, kinds, seen in rows
            if a in spots and b in spots
        ]
