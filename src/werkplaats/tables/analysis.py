"""What the library tells of a table: who spoke how often against who sat there."""

from collections.abc import Iterable, Mapping

from samenhang import table
from werkplaats.conversations.rules import share
from werkplaats.tables.records import TurnShare


def shares(turns: Mapping[str, int], seats: Iterable[str]) -> tuple[TurnShare, ...]:
    """Turns against seats for each kind of party, the one that spoke most first; `seats`: the kind of each."""
    sat = tuple(seats)
    if not sat:
        return ()
    whole = sum(turns.values())
    found = []
    for one in table.turns(turns, sat):
        told = None if one.share_of_turns is None else [round(100 * part) for part in share(one.turns, whole)]
        rate, low, high = told or (None, None, None)
        found.append(TurnShare(str(one.kind), one.turns, one.seats, rate, low, high, round(100 * one.share_of_seats)))
    return tuple(sorted(found, key=lambda one: (-one.turns, one.kind)))
