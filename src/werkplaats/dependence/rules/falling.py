"""What falls if a party stops: who loses its way to help, who comes loose from the rest, and what nobody else can do.

The network is that of ties that count, each way; a party is known by its number.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

STEPS = 4
"""Who is further away than so many steps is not reached: as in the figure of fragmentation."""

Graph = Mapping[int, Collection[int]]


@dataclass(frozen=True, slots=True)
class Subject:
    """About what parties look for help: who asks, and who is able to help or offers something (ids)."""

    key: str
    askers: frozenset[int]
    able: frozenset[int]


@dataclass(frozen=True, slots=True)
class Fall:
    """What falls if one party stops. `unreached`: per subject who reaches nobody any more; `loose`: who comes loose."""

    unreached: tuple[tuple[str, frozenset[int]], ...]
    loose: frozenset[int]


def falls(party: int, graph: Graph, subjects: Iterable[Subject]) -> Fall:
    """What falls in the network if a party stops. Who reached nobody before, loses nothing."""
    unreached = []
    for subject in subjects:
        lost = _lost(party, graph, subject)
        if lost:
            unreached.append((subject.key, lost))
    return Fall(tuple(unreached), loose(party, graph))


def _lost(party: int, graph: Graph, subject: Subject) -> frozenset[int]:
    """Who asks, reached somebody before and nobody after. Who is able itself looks for somebody else."""
    return frozenset(
        asker
        for asker in subject.askers - {party}
        if not reaches(graph, asker, subject.able - {asker, party}, without=party)
        and reaches(graph, asker, subject.able - {asker})
    )


def reaches(graph: Graph, one: int, targets: Collection[int], *, without: int | None = None) -> bool:
    """Whether a party reaches one of `targets` within `STEPS`; a way through `without` is none."""
    wanted, seen, edge = set(targets), {one}, {one}
    for _step in range(STEPS):
        edge = {other for here in edge for other in graph.get(here, ()) if other != without} - seen
        if edge & wanted:
            return True
        seen |= edge
    return False


def within(graph: Graph, start: Iterable[int], *, without: int | None = None, steps: int = STEPS) -> set[int]:
    """Who reaches one of `start` in at most so many steps, themselves among them; a way through `without` is none."""
    seen = set(start) - {without}
    edge = set(seen)
    for _step in range(steps):
        edge = {other for one in edge for other in graph.get(one, ()) if other != without} - seen
        if not edge:
            break
        seen |= edge
    return seen


def loose(party: int, graph: Graph) -> frozenset[int]:
    """Who comes loose from the largest part that is left of those with whom the party hangs together.

    >>> loose(2, {1: [2], 2: [1, 3, 4], 3: [2, 4], 4: [2, 3]})
    frozenset({1})
    """
    rest = within(graph, [party], steps=len(graph)) - {party}
    parts = []
    while rest:
        part = within(graph, [min(rest)], without=party, steps=len(graph))
        parts.append(part)
        rest -= part
    parts.sort(key=lambda part: (-len(part), min(part)))
    return frozenset().union(*parts[1:])
