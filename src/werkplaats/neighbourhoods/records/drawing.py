"""The parties and their ties as they are drawn."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from werkplaats.neighbourhoods.records import KIND_WORDS, TIE_WORDS

Bounds = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A party as it is drawn; (0, 0) as long as no place was computed for it."""

    id: int
    key: str
    name: str
    kind: str
    x: float
    y: float

    @property
    def kind_words(self) -> Promise:
        return KIND_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class Link:
    """That two parties work together, whatever the kinds of their ties. `is_full`: both ends say so, or something shows it."""

    a: Spot
    b: Spot
    is_full: bool
    kinds: tuple[str, ...]
    last_seen: date | None

    @property
    def kind_words(self) -> tuple[Promise, ...]:
        return tuple(TIE_WORDS[kind] for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Parties and what lies between them now, as one picture and one table. `faded`: pairs whose ties all faded, left out.

    `middle`: whose circle it is, if it is of one party; `own`: the parties that the reader speaks for.
    """

    spots: tuple[Spot, ...]
    links: tuple[Link, ...]
    faded: int = 0
    middle: Spot | None = None
    own: frozenset[int] = frozenset()

    @property
    def full(self) -> int:
        return sum(1 for link in self.links if link.is_full)

    @property
    def half(self) -> int:
        return len(self.links) - self.full

    @property
    def count(self) -> int:
        return len(self.spots)

    @property
    def alone(self) -> tuple[Spot, ...]:
        """The parties without a tie that is known now."""
        tied = {end.id for link in self.links for end in (link.a, link.b)}
        return tuple(spot for spot in self.spots if spot.id not in tied)

    @property
    def alone_count(self) -> int:
        return len(self.alone)

    @property
    def bounds(self) -> Bounds:
        """Between which places the parties stand."""
        across, down = [spot.x for spot in self.spots], [spot.y for spot in self.spots]
        return (min(across), max(across), min(down), max(down)) if self.spots else (0.0, 0.0, 0.0, 0.0)

    @property
    def others(self) -> tuple[Link, ...]:
        """The links that do not end at the party in the middle."""
        return tuple(link for link in self.links if self.middle not in (link.a, link.b))

    @property
    def kinds(self) -> tuple[tuple[str, Promise, int], ...]:
        """Which kinds of party are drawn: (kind, words, how many)."""
        return _kinds(Counter(spot.kind for spot in self.spots))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A large network as it was drawn and kept: a `Drawing` without its parties. `own`: those the reader speaks for."""

    count: int
    counts: Mapping[str, int]
    full: int
    half: int
    faded: int
    alone: tuple[Spot, ...]
    alone_count: int
    bounds: Bounds
    pictures: Mapping[str, str]
    links: Sequence[Link]
    own: tuple[Spot, ...]

    @property
    def kinds(self) -> tuple[tuple[str, Promise, int], ...]:
        return _kinds(self.counts)


def _kinds(count: Mapping[str, int]) -> tuple[tuple[str, Promise, int], ...]:
    return tuple((kind, words, count[kind]) for kind, words in KIND_WORDS.items() if count.get(kind))


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """The picture of the network for one reader. `own`: the circle of the first party that they speak for, if any."""

    whole: Drawing | Drawn
    own: Drawing | None
    is_stale: bool
