"""Turns: how often each kind of party spoke, beside how many of them sat there."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Turns:
    """One kind of party at one table. Shares are from 0 to 1.

    ``share_of_turns``: None when nobody's turns were counted. ``per_seat``: its turns per seat against all turns per seat: 1 = as
    often as everybody on average, 2 = twice as often; None without turns at all, or without a seat.
    """

    kind: Hashable
    turns: int
    seats: int
    share_of_turns: float | None
    share_of_seats: float
    per_seat: float | None


def turns(
    turns: Mapping[Hashable, int] | Iterable[Hashable], seats: Mapping[Hashable, int] | Iterable[Hashable]
) -> tuple[Turns, ...]:
    """Who did the talking, against who sat at the table; in the order of the kinds.

    ``turns`` and ``seats``: how many of each kind of party, or one kind for each turn and each person. A kind that spoke
    without a seat (somebody who was asked in) stands there too.

    Describes one table and proves nothing: a turn is a tap, long or short, and a chair may have had good reasons. Never for
    a person, and no score of a party. Raises ``ValueError`` for a count below 0, and a table without seats.

    >>> [(one.kind, one.per_seat) for one in turns(["gemeente"] * 3 + ["huurder"], ["gemeente", "huurder"])]
    [('gemeente', 1.5), ('huurder', 0.5)]
    """
    said, sat = Counter(turns), Counter(seats)
    for name, counted in (("turns", said), ("seats", sat)):
        for kind, count in counted.items():
            if count < 0:
                raise ValueError(f"turns: {count} {name} of {kind!r} cannot be")
    spoken, chairs = sum(said.values()), sum(sat.values())
    if not chairs:
        raise ValueError("turns: nobody had a seat at this table")
    return tuple(
        Turns(
            kind=kind,
            turns=said[kind],
            seats=sat[kind],
            share_of_turns=said[kind] / spoken if spoken else None,
            share_of_seats=sat[kind] / chairs,
            per_seat=said[kind] / sat[kind] * chairs / spoken if spoken and sat[kind] else None,
        )
        for kind in sorted(set(said) | set(sat), key=str)
    )
