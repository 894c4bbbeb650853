"""From what is on record to the figure of fragmentation and the moves that would lower it."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

import numpy as np

from samenhang import neighbourhood, network
from werkplaats.defrag.analysis.over_time import Kept, changed, kept, predicted, reports_of, ties_of
from werkplaats.defrag.records import Situation
from werkplaats.neighbourhoods.records import Node
from werkplaats.neighbourhoods.rules.asking import room_left

MOVES = 20
RESERVED = 0.3
"""The share of the moves that small residents' parties have to themselves."""

NEAR = 4


@dataclass(frozen=True, slots=True)
class DemandRow:
    """One connection that ought to be there, by keys; `subject`: the need, the issue, the ask, or ``theme / theme``."""

    key: str
    part: str
    source: str
    targets: tuple[str, ...]
    subject: str
    issue: str | None
    waits: bool
    distance: int
    phi: float
    weight: float


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One proposal, by keys. `b` is None for a joining, `issue` for all others.

    `shortened`: (demand key, phi now, phi with this move alone); `route`: who is between now.

    `predicted`: what is expected of it, as it is frozen when people are asked.
    """

    key: str
    kind: str
    a: str
    b: str | None
    through: str | None
    issue: str | None
    gain: float
    shortened: tuple[tuple[str, float, float], ...]
    route: tuple[str, ...] | None
    predicted: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """F (0 to 100, None: nothing on record), its parts, every demand, the moves, and F with all moves done.

    `low` and `high`: between which F lies if everybody had named everybody, `recall`: the share of its ties that a party
    names; both None when that is not known. `change`: since the moment `before`, empty without one. `kept`: this moment.
    """

    value: float | None
    low: float | None
    high: float | None
    recall: float | None
    value_after: float | None
    parts: dict[str, float | None]
    demands: tuple[DemandRow, ...]
    moves: tuple[MoveRow, ...]
    ties: int
    faded: int
    change: dict[str, Any]
    kept: Kept


def measure(situation: Situation, *, before: Kept | None = None) -> Measured:
    """The figure of a neighbourhood and the twenty moves that would help it most, within what every party wants to carry."""
    nodes = situation.network.nodes
    on_record = _demands(situation)
    asked = _known_again(on_record)
    keys = [node.key for node in nodes]
    ties = ties_of(situation, keys)
    rng = np.random.default_rng(0)
    now = network.fragmentation(ties, asked, reports=reports_of(situation), rng=rng)
    demands = tuple(
        DemandRow(
            key=_key(reason),
            part=reason.part,
            source=reason.source,
            targets=reason.targets,
            subject=reason.subject,
            issue=reason.issue,
            waits=reason.waits,
            distance=int(now.distance[row]),
            phi=float(now.phi[row]),
            weight=float(now.weight[row]),
        )
        for row, reason in enumerate(on_record.reasons)
    )
    moves = _plan(ties, asked, situation)
    done = network.fragmentation(*network.after(ties, asked, moves))
    return Measured(
        value=now.value,
        low=now.low,
        high=now.high if now.recall is not None else None,
        recall=now.recall,
        value_after=done.value,
        parts={part.name: part.value for part in now.parts},
        demands=demands,
        moves=tuple(_told(move, ties, asked, now, demands, situation) for move in moves),
        ties=len(ties.source),
        faded=sum(tie.has_faded for tie in situation.network.ties),
        change=changed(before, situation, asked) if before else {},
        kept=kept(ties, asked, keys),
    )


def _known_again(on_record: neighbourhood.OnRecord) -> network.Demands:
    """The demands with the keys of their rows, by which they are known again at another moment."""
    found = on_record.demands
    keys = [_key(reason) for reason in on_record.reasons]
    return network.Demands(found.source, found.target, found.weight, found.part, found.unit, keys)


def _demands(situation: Situation) -> neighbourhood.OnRecord:
    nodes = situation.network.nodes
    return neighbourhood.demands(
        [node.key for node in nodes],
        needs=[neighbourhood.Need(need.key, need.party, need.able, need.issue) for need in situation.needs],
        waiting=[neighbourhood.Waiting(one.party, one.ask, one.answers, one.issue) for one in situation.waiting],
        issues=[neighbourhood.Issue(issue.key, issue.holders, issue.working) for issue in situation.issues],
        initiatives=[node.key for node in nodes if node.kind == "initiative"],
        related=[
            neighbourhood.Related(pair.theme_a, pair.theme_b, pair.active_a, pair.active_b)
            for pair in situation.related
        ],
    )


def _plan(ties: network.Ties, demands: network.Demands, situation: Situation) -> tuple[network.Move, ...]:
    """A plan in which no party gets more introductions than it wants, with those of this month that it was asked for."""
    nodes = situation.network.nodes
    room = [
        room_left(
            node.introductions_per_month, asked=situation.asked.get(node.id, 0), is_open=node.open_to_introductions
        )
        for node in nodes
    ]
    row = {node.id: place for place, node in enumerate(nodes)}
    row_of = {node.key: place for place, node in enumerate(nodes)}
    return network.plan(
        ties,
        demands,
        budget=MOVES,
        cap=room,
        allowed=[left > 0 for left in room],
        apart=[(row[a], row[b]) for a, b in situation.network.apart if a != b],
        refused=[(row[a], row[b]) for a, b in situation.refused if a in row and b in row],
        small=[node.is_small_initiative for node in nodes],
        reserve=RESERVED,
        joinable=[(row_of[party], issue.key) for issue in situation.issues for party in issue.could_join],
    )


def _told(
    move: network.Move,
    ties: network.Ties,
    demands: network.Demands,
    now: network.Fragmentation,
    rows: Sequence[DemandRow],
    situation: Situation,
) -> MoveRow:
    nodes: Sequence[Node] = situation.network.nodes
    then = network.fragmentation(*network.after(ties, demands, [move]))
    before, with_it = now.value or 0.0, then.value or 0.0
    joins = move.kind == "joining"
    a, b = nodes[move.a].key, None if joins else nodes[move.b].key
    through = None if move.through is None else nodes[move.through].key
    issue = str(move.unit) if joins else None
    between = None if joins else route(ties, move.a, move.b)
    return MoveRow(
        key=":".join(part for part in (move.kind, *sorted(end for end in (a, b) if end), through, issue) if part),
        kind=move.kind,
        a=a,
        b=b,
        through=through,
        issue=issue,
        gain=before - with_it,
        shortened=tuple(
            (row.key, float(was), float(after))
            for row, was, after in zip(rows, now.phi, then.phi, strict=True)
            if after > was + 1e-9
        ),
        route=None if between is None else tuple(nodes[party].key for party in between),
        predicted={
            "now": before,
            **predicted(ties, demands, move, gain=before - with_it, chance=situation.chance),
        },
    )


def route(ties: network.Ties, start: int, end: int) -> tuple[int, ...] | None:
    """Who is between two parties on the shortest way, in order; None when that is longer than four steps.

    >>> route(network.Ties(3, [0, 1], [1, 2]), 0, 2)
    (1,)
    """
    beside: dict[int, list[tuple[int, int]]] = {}
    for a, b, length in zip(ties.source.tolist(), ties.target.tolist(), ties.length.tolist(), strict=True):
        beside.setdefault(a, []).append((b, length))
        beside.setdefault(b, []).append((a, length))
    ahead: list[tuple[int, tuple[int, ...]]] = [(0, (start,))]
    seen: set[int] = set()
    while ahead:
        steps, way = heappop(ahead)
        if way[-1] == end:
            return way[1:-1]
        if way[-1] in seen:
            continue
        seen.add(way[-1])
        for party, length in beside.get(way[-1], ()):
            if party not in seen and steps + length <= NEAR:
                heappush(ahead, (steps + length, (*way, party)))
    return None


def _key(reason: neighbourhood.Reason) -> str:
    """What a demand rests on, so that the same demand keeps its row whatever happens to others."""
    subject = reason.subject.replace(" / ", "+")
    if reason.waits:
        return ":".join((reason.part, "issue" if reason.issue else "ask", subject, reason.source))
    ends = (reason.source, *reason.targets) if reason.part == "networks" else (reason.source,)
    return ":".join((reason.part, subject, *ends))
