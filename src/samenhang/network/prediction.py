"""Prediction: what a plan will bring, written down before anyone acts, in a form that cannot be changed unseen."""

import hashlib
import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from samenhang.files import to_json
from samenhang.network.demands import PARTS, Demands
from samenhang.network.fragmentation import fragmentation
from samenhang.network.moves import Kind, Move, after
from samenhang.network.ties import Ties
from samenhang.shape import Bools, Floats

FORM = 1
"""The form of the frozen text; it goes up when the text changes."""

LOW, HIGH = 0.025, 0.975


@dataclass(frozen=True, eq=False)
class Prediction:
    """What F will be once people have said yes or no to the moves.

    ``low``, ``expected``, ``high``: F, 0-100: the 2.5 % quantile, mean and 97.5 % quantile over who says yes; all None
    without demands that count. ``hash``: sha-256 (hexadecimal) of ``text``, which holds everything else here.

    ``ties``, ``demands``, ``moves``, ``chance``, ``theme``, ``shares``: what it was computed from, in an order of their own
    (so that the order of rows changes nothing); ``chance``: (M,) of each move being accepted; ``theme``: (Q,) what demands
    are matched on in ``check``. Of a move ``shortened`` and ``eased`` are left out, as they follow from the rest.
    """

    low: float | None
    expected: float | None
    high: float | None
    hash: str
    ties: Ties
    demands: Demands
    moves: tuple[Move, ...]
    chance: tuple[float, ...]
    theme: tuple[Hashable, ...]
    shares: Mapping[str, float]

    @cached_property
    def text(self) -> str:
        """The canonical form that is hashed: JSON, to be kept with the hash; ``read_prediction`` makes it whole again."""
        a, b, length = self.ties.graph.pairs()
        names = self.ties.lowest
        ties = [names[a], names[b], length]
        return to_json(
            {
                "form": FORM,
                "expected": [self.low, self.expected, self.high],
                "parties": self.ties.n,
                "same": [[int(names[of]), row] for row, of in enumerate(self.ties.entry.tolist()) if names[of] != row],
                "ties": np.array(ties, dtype=np.int64).T,
                "demands": [
                    [key, source, target, weight, part, unit, theme]
                    for key, source, target, weight, part, unit, theme in zip(
                        self.demands.key,
                        self.demands.source.tolist(),
                        self.demands.target,
                        self.demands.weight.tolist(),
                        self.demands.part,
                        self.demands.unit,
                        self.theme,
                        strict=True,
                    )
                ],
                "moves": [[*_of(move), chance] for move, chance in zip(self.moves, self.chance, strict=True)],
                "shares": [self.shares[part] for part in PARTS],
            }
        )

    @property
    def intact(self) -> bool:
        """Whether nothing was changed since the hash was taken."""
        return digest(self.text) == self.hash


def predict(
    ties: Ties,
    demands: Demands,
    moves: Iterable[Move],
    chance: ArrayLike | None,
    *,
    rng: np.random.Generator,
    shares: Mapping[str, float] | None = None,
    theme: Sequence[Hashable] | None = None,
    draws: int = 400,
) -> Prediction:
    """What will these introductions bring, knowing that people may say no? To be kept, with its hash, before anyone acts.

    F after the moves that are accepted, over ``draws`` draws in which each move is accepted with its own chance, apart
    from the others; every combination is tried, weighed exactly, when there are no more of them than draws. ``chance``:
    one per move, or one for all; None = the chance that each move has itself. ``theme``: one label per demand, on which
    ``check`` matches; None = the part and, for all parts but people, the unit if one was given. ``shares``: as in
    ``fragmentation``.

    Raises ``ValueError`` for chances that are none, and ``TypeError`` for keys, units or themes that are not text, numbers
    or tuples of them, since those cannot be written down.

    Only whether people accept is uncertain here, not which ties are missing; and nobody may be judged by a chance.

    >>> ties, demands = Ties(3, [], []), Demands([0, 0], [1, 2])
    >>> move = Move(0, 1, None, 1, 50.0, ((0, -1, 1),), "introduction")
    >>> found = predict(ties, demands, [move], 0.8, rng=np.random.default_rng(0))
    >>> found.low, found.expected, found.high, found.intact
    (50.0, 60.0, 100.0, True)
    """
    listed = list(moves)
    given = [move.chance for move in listed] if chance is None else chance
    chances = np.array(np.broadcast_to(np.asarray(given, dtype=np.float64), (len(listed),)))
    if not ((chances >= 0) & (chances <= 1)).all():
        raise ValueError(f"predict: {chances[~((chances >= 0) & (chances <= 1))][0]} is not a probability")
    if theme is not None and len(theme) != len(demands):
        raise ValueError(f"predict: {len(theme)} themes for {len(demands)} demands")
    order = sorted(range(len(demands)), key=lambda q: to_json([demands.key[q], demands.part[q]]))
    asked = demands.some(np.array(order, dtype=np.int64))
    labels = _themes(asked) if theme is None else tuple(theme[q] for q in order)
    placed = sorted(range(len(listed)), key=lambda row: (to_json(_of(listed[row])), chances[row]))
    kept = tuple(_bare(listed[row]) for row in placed)
    known = {part: float((shares or dict.fromkeys(PARTS, 1.0)).get(part, 0.0)) for part in PARTS}
    sorted_ties = _canonical(ties)
    low, expected, high = _drawn(sorted_ties, asked, kept, chances[placed], known, draws, rng)
    told = Prediction(low, expected, high, "", sorted_ties, asked, kept, tuple(chances[placed].tolist()), labels, known)
    return read_prediction(told.text)


def read_prediction(text: str) -> Prediction:
    """A prediction from the text that was kept of it; its ``hash`` is that of this text, to compare with the one kept.

    Raises ``ValueError`` for a text that is no prediction, or of a form that is not known.

    >>> kept = predict(Ties(2, [], []), Demands([0], [1]), [], None, rng=np.random.default_rng(0))
    >>> read_prediction(kept.text).hash == kept.hash
    True
    """
    try:
        raw = json.loads(text)
        if raw["form"] != FORM:
            raise ValueError(f"prediction: form {raw['form']} is not known, only {FORM}")
        pairs = np.array(raw["ties"], dtype=np.int64).reshape(-1, 3)
        rows = [_hashable(row) for row in raw["demands"]]
        key, source, target, weight, part, unit, theme = zip(*rows, strict=True) if rows else ((),) * 7
        moves = [cast("tuple[Hashable, ...]", _hashable(row)) for row in raw["moves"]]
        same = [(int(a), int(b)) for a, b in raw["same"]]
        low, expected, high = raw["expected"]
        return Prediction(
            low=low,
            expected=expected,
            high=high,
            hash=digest(text),
            ties=Ties(raw["parties"], pairs[:, 0], pairs[:, 1], pairs[:, 2], same),
            demands=Demands(source, target, weight, part, unit, key),
            moves=tuple(_move(row) for row in moves),
            chance=tuple(float(cast("float", row[-1])) for row in moves),
            theme=theme,
            shares=dict(zip(PARTS, raw["shares"], strict=True)),
        )
    except (KeyError, TypeError, json.JSONDecodeError) as wrong:
        raise ValueError(f"this is no prediction: {wrong}") from None


def digest(text: str) -> str:
    """The sha-256 of a frozen text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _drawn(
    ties: Ties,
    demands: Demands,
    moves: tuple[Move, ...],
    chance: Floats,
    shares: Mapping[str, float],
    draws: int,
    rng: np.random.Generator,
) -> tuple[float | None, float | None, float | None]:
    """The 2.5 % quantile, the mean and the 97.5 % quantile of F over who accepts."""
    if fragmentation(ties, demands, shares).value is None:
        return None, None, None
    accepted, share = _combinations(chance, draws, rng)
    values = []
    for row in accepted:
        wider = after(ties, demands, [move for move, yes in zip(moves, row, strict=True) if yes])
        values.append(cast("float", fragmentation(*wider, shares).value))
    order = np.argsort(values, kind="stable")
    upto = np.cumsum(share[order])
    # The last bits of a sum of chances decide nothing.
    low, high = (values[order[np.searchsorted(upto, upto[-1] * level - 1e-12)]] for level in (LOW, HIGH))
    return low, float(np.array(values) @ share), high


def _combinations(chance: Floats, draws: int, rng: np.random.Generator) -> tuple[Bools, Floats]:
    """(k, M) who accepts, and (k,) how likely that is: all combinations when there are few, drawn ones otherwise."""
    count = len(chance)
    if count < draws.bit_length():
        every = (np.arange(2**count)[:, None] >> np.arange(count) & 1).astype(bool)
        return every, np.where(every, chance, 1 - chance).prod(axis=1)
    drawn, times = np.unique(rng.random((draws, count)) < chance, axis=0, return_counts=True)
    return drawn, times / draws


def _canonical(ties: Ties) -> Ties:
    a, b, length = ties.graph.pairs()
    names = ties.lowest
    same = [(int(names[of]), row) for row, of in enumerate(ties.entry.tolist()) if names[of] != row]
    return Ties(ties.n, names[a], names[b], length, same)


def _themes(demands: Demands) -> tuple[Hashable, ...]:
    # A unit of the part people is one party, and a unit that is one demand has no other: there the whole part is like it.
    return tuple(
        part if part == "people" or unit == key else (part, unit)
        for part, unit, key in zip(demands.part, demands.unit, demands.key, strict=True)
    )


def _of(move: Move) -> tuple[Hashable, ...]:
    return (move.kind, move.a, move.b, move.through, move.length, move.gain, move.unit)


def _bare(move: Move) -> Move:
    return _move((*_of(move), move.chance))


def _move(row: tuple[Hashable, ...]) -> Move:
    kind, a, b, through, length, gain, unit, chance = cast(
        "tuple[Kind, int, int, int | None, int, float, Hashable, float]", row
    )
    return Move(a, b, through, length, float(gain), (), kind, float(chance), unit)


def _hashable(value: object) -> Hashable:
    return tuple(_hashable(item) for item in value) if isinstance(value, list) else value
