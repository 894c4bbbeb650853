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
    """Who asks and reached somebody before. Who is able itself looks for somebody else, so its way is looked at alone."""
    before, after = within(graph, subject.able), within(graph, subject.able - {party}, without=party)
    lost = {asker for asker in subject.askers - subject.able if asker in before and asker not in after}
    for asker in subject.askers & subject.able:
        others = subject.able - {asker}
        if asker in within(graph, others) and asker not in within(graph, others - {party}, without=party):
            lost.add(asker)
    return frozenset(lost - {party})


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
