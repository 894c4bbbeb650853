"""Moves: what a plan proposes, and what ties and demands look like once they are done."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from samenhang.network.demands import Demands
from samenhang.network.ties import Ties
from samenhang.shape import Ints

NONE: Ints = np.zeros(0, dtype=np.int64)

Kind = Literal["introduction", "bridge", "joining"]


@dataclass(frozen=True)
class Move:
    """One proposal to people, with its reason.

    ``kind``: introduction = a new tie of length 1 between ``a`` and ``b``; bridge = a connection of length 2 between
    ``a`` and ``b`` that ``through`` carries, who knows both; joining = ``a`` enters the targets of the demands of
    ``unit`` (``b`` = -1, ``length`` = 0). ``gain``: points of F (0-100) that this move takes away, the moves before it
    being done; 0 = it only makes a later one worth while. ``chance``: of the people concerned saying yes.
    ``shortened``: (demand, steps before, steps after) of each demand whose path it shortens, -1 = not within four.
    ``eased``: demands of the part networks that keep their distance but depend less on one party.
    """

    a: int
    b: int
    through: int | None
    length: int
    gain: float
    shortened: tuple[tuple[int, int, int], ...]
    kind: Kind
    chance: float = 1.0
    unit: Hashable = None
    eased: tuple[int, ...] = ()


def after(ties: Ties, demands: Demands, moves: Iterable[Move]) -> tuple[Ties, Demands]:
    """The ties and demands as they would be with all these moves done.

    >>> ties, demands = Ties(2, [], []), Demands([0], [1])
    >>> move = Move(0, 1, None, 1, 100.0, ((0, -1, 1),), "introduction")
    >>> after(ties, demands, [move])[0].source.tolist()
    [0]
    """
    done = list(moves)
    new = [move for move in done if move.kind != "joining"]
    wider = ties.adding([m.a for m in new], [m.b for m in new], [m.length for m in new]) if new else ties
    targets, joining = [set(row) for row in demands.target], to_join(demands)
    for move in (move for move in done if move.kind == "joining"):
        for q in joined_by(ties, demands, move.a, joining.get(move.unit, NONE)).tolist():
            targets[q].add(move.a)
    entered = [tuple(sorted(row)) for row in targets]
    return wider, demands.reaching(entered)


def to_join(demands: Demands) -> dict[Hashable, Ints]:
    """The demands of each unit that somebody can become a target of by joining: not those of networks, about one pair."""
    rows: dict[Hashable, list[int]] = {}
    for q, (unit, part) in enumerate(zip(demands.unit, demands.part, strict=True)):
        if part != "networks":
            rows.setdefault(unit, []).append(q)
    return {unit: np.array(found, dtype=np.int64) for unit, found in rows.items()}


def joined_by(ties: Ties, demands: Demands, party: int, rows: Ints) -> Ints:
    """Which of these demands ``party`` becomes a target of: not its own, since nobody has to reach themselves."""
    others: Ints = rows[ties.entry[demands.source[rows]] != ties.entry[party]]
    return others
