"""Presence: who is affected, was invited, was there, spoke and decided, as one table."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

Parties = Mapping[Hashable, Hashable]
"""Of each party its kind."""

STAGES = ("affected", "invited", "present", "spoke", "decided")


@dataclass(frozen=True)
class PresenceRow:
    """How many parties of one kind."""

    kind: Hashable
    affected: int
    invited: int
    present: int
    spoke: int
    decided: int


@dataclass(frozen=True)
class Presence:
    """``rows``: one per kind of party, in the order of the kinds.

    ``missing``: kinds of which parties are affected and none was there ("no tenant at this table"). Parties by name:
    ``not_invited``: affected, not invited, not there; ``stayed_away``: invited and not there; ``not_affected``: decided without
    being affected; ``decided_absent``: decided without being there; ``not_asked``: affected and there, and had no part in
    what was decided although something was.
    """

    rows: tuple[PresenceRow, ...]
    missing: tuple[Hashable, ...]
    not_invited: tuple[Hashable, ...]
    stayed_away: tuple[Hashable, ...]
    not_affected: tuple[Hashable, ...]
    decided_absent: tuple[Hashable, ...]
    not_asked: tuple[Hashable, ...]


def presence(affected: Parties, invited: Parties, present: Parties, spoke: Parties, decided: Parties) -> Presence:
    """Who is missing at a table, and who decides about whom.

    Each: the parties of that stage with their kind; a party may be in any of them, since people come uninvited and decide from
    elsewhere: that is what the table is to show. Who spoke was there.

    Raises ``ValueError`` for a party with two kinds, or one that spoke without having been there. Counts of few are for those
    who were at the table; leaving them out for others is the caller's.

    >>> found = presence({"Ada": "huurder", "WS": "corporatie"}, {"WS": "corporatie"}, {"WS": "corporatie"}, {}, {})
    >>> found.missing, found.not_invited
    (('huurder',), ('Ada',))
    """
    stages = dict(zip(STAGES, (affected, invited, present, spoke, decided), strict=True))
    kinds: dict[Hashable, Hashable] = {}
    for parties in stages.values():
        for party, kind in parties.items():
            if kinds.setdefault(party, kind) != kind:
                raise ValueError(f"presence: {party!r} is {kinds[party]!r} and {kind!r}; a party has one kind")
    silent = _named(set(spoke) - set(present))
    if silent:
        raise ValueError(f"presence: {silent[0]!r} spoke without having been there")
    rows = tuple(
        PresenceRow(kind, *(sum(one == kind for one in parties.values()) for parties in stages.values()))
        for kind in _named(set(kinds.values()))
    )
    here, there = set(affected), set(present)
    return Presence(
        rows=rows,
        missing=tuple(row.kind for row in rows if row.affected and not row.present),
        not_invited=_named(here - set(invited) - there),
        stayed_away=_named(set(invited) - there),
        not_affected=_named(set(decided) - here),
        decided_absent=_named(set(decided) - there),
        not_asked=_named((here & there) - set(decided)) if decided else (),
    )


def _named(found: set[Hashable]) -> tuple[Hashable, ...]:
    return tuple(sorted(found, key=str))
