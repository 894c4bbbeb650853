"""Check: whether the moves did what was predicted, with untouched demands beside them."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from samenhang.network.fragmentation import Fragmentation, fragmentation
from samenhang.network.moves import Move, after
from samenhang.network.prediction import Prediction
from samenhang.network.ties import Ties
from samenhang.shape import Bools, Floats, Ints


@dataclass(frozen=True)
class Check:
    """What came of a prediction.

    ``brier``: mean of (chance - formed)^2 over the moves, 0 = foreseen exactly, 0.25 = no better than tossing a coin;
    None without moves. ``formed``: of each move, in the order of ``prediction.moves``, whether it came about.

    ``effect``: by how much more often the distance of a demand fell that the moves were to shorten than of untouched
    demands like it, -1 to 1; None when there is nothing to compare. ``controls``: how many untouched demands were used.
    ``touched``: how many demands the moves were to shorten; ``fell``: the share of them that came nearer; ``fell_anyway``:
    that share among the controls, as they were matched; both None as ``effect`` is. ``matched``: how many of ``touched``
    have a control; ``fell`` and ``effect`` are about these.
    """

    brier: float | None
    effect: float | None
    controls: int
    formed: tuple[bool, ...]
    touched: int
    matched: int
    fell: float | None
    fell_anyway: float | None


def check(
    prediction: Prediction, later: Ties, confirmed: ArrayLike, joined: Iterable[tuple[int, Hashable]] = ()
) -> Check:
    """Did the introductions come about, and did people get nearer who would not have otherwise.

    ``later``: every tie on record at the time of the check (the parties keep their numbers). ``confirmed``: (E,) one per
    tie of ``later``, True when an end of it or an event says so, False when only the workshop wrote it down. A tie that
    is new, or shorter than it was, counts only when it is confirmed. ``joined``: (party, unit) of who takes part by its
    own word now.

    A move came about when its two have a counted tie no longer than it promised (a joining: when it is in ``joined``).
    Touched are the demands that all moves together would shorten, whether or not people said yes (as they were meant, not
    as they worked out: leaving out refusals would flatter). Untouched are those that the moves do not change, and whose
    path later needs none of the new ties between the parties of a move. Each touched demand is compared with all untouched
    ones of the same distance at the start and the same ``theme``: fell = 1 when its distance is less than it was;
    effect = mean over touched demands of (fell - mean of fell over its controls).

    Raises ``ValueError`` when the prediction was changed since it was frozen, or for rows that do not fit. There is no
    interval: demands share ties, so they are no independent trials. It says what happened around these moves; it is no
    verdict on anyone who said no.

    Source: Brier (1950); difference-in-differences with exact matching.

    >>> from samenhang.network import Demands, predict
    >>> ties, demands = Ties(4, [], []), Demands([0, 2], [1, 3])
    >>> move = Move(0, 1, None, 1, 50.0, (), "introduction")
    >>> frozen = predict(ties, demands, [move], 0.8, rng=np.random.default_rng(0))
    >>> found = check(frozen, Ties(4, [0], [1]), [True])
    >>> round(found.brier, 3), found.effect, found.controls
    (0.04, 1.0, 1)
    """
    if not prediction.intact:
        raise ValueError("check: this prediction was changed since it was frozen; its hash does not fit")
    if later.n < prediction.ties.n:
        raise ValueError(f"check: {prediction.ties.n} parties then and {later.n} now; their numbers must stay")
    joins, moves, then = set(joined), prediction.moves, prediction.ties
    # Entries that turned out to be one party are one from the start: that is measurement, and nobody came nearer by it.
    then = Ties(later.n, then.source, then.target, then.length, later.same)
    now = _counted(then, later, confirmed)
    formed = tuple(_formed(now, move, joins) for move in moves)
    entered = [move for move, yes in zip(moves, formed, strict=True) if yes and move.kind == "joining"]
    before = fragmentation(then, prediction.demands)
    meant = fragmentation(*after(then, prediction.demands, moves))
    found = fragmentation(now, after(then, prediction.demands, entered)[1])
    own = fragmentation(_own(then, now, moves), prediction.demands)
    return _compared(
        brier=float(np.mean((np.array(prediction.chance) - np.array(formed)) ** 2)) if formed else None,
        formed=formed,
        touched=_steps(meant) < _steps(before),
        untouched=(meant.phi == before.phi) & (own.phi == found.phi),
        nearer=_steps(found) < _steps(before),
        kinds=list(zip(before.distance.tolist(), prediction.theme, strict=True)),
    )


def _compared(
    *,
    brier: float | None,
    formed: tuple[bool, ...],
    touched: Bools,
    untouched: Bools,
    nearer: Bools,
    kinds: list[tuple[int, Hashable]],
) -> Check:
    alike: dict[tuple[int, Hashable], list[int]] = {}
    for q in np.flatnonzero(untouched).tolist():
        alike.setdefault(kinds[q], []).append(q)
    matched = [q for q in np.flatnonzero(touched).tolist() if kinds[q] in alike]
    used = {kinds[q] for q in matched}
    fell: Floats = nearer[matched].astype(np.float64)
    anyway = np.array([nearer[alike[kinds[q]]].mean() for q in matched])
    return Check(
        brier=brier,
        effect=float((fell - anyway).mean()) if matched else None,
        controls=sum(len(alike[kind]) for kind in used),
        formed=formed,
        touched=int(touched.sum()),
        matched=len(matched),
        fell=float(fell.mean()) if matched else None,
        fell_anyway=float(anyway.mean()) if matched else None,
    )


def _steps(found: Fragmentation) -> Ints:
    """(Q,) the distance of each demand, a large number when not within four."""
    return np.where(found.distance < 0, np.iinfo(np.int64).max, found.distance)


def _counted(before: Ties, later: Ties, confirmed: ArrayLike) -> Ties:
    """The later ties that count: what only the workshop wrote is as it was before."""
    vouched = np.asarray(confirmed, dtype=bool)
    if vouched.shape != later.source.shape:
        raise ValueError(f"check: confirmed has shape {vouched.shape}, expected one per tie ({len(later.source)},)")
    return _as_before(before, later, ~vouched)


def _as_before(before: Ties, later: Ties, rows: Bools) -> Ties:
    """The later ties, with these rows as they were: those that are new left out, those that are shorter as long again."""
    old: dict[int, int] = {}
    for pair, length in zip(_pairs(before, before.source, before.target).tolist(), before.length.tolist(), strict=True):
        old[pair] = min(length, old.get(pair, length))
    was = np.array([old.get(pair, 0) for pair in _pairs(later, later.source, later.target).tolist()], dtype=np.int64)
    length = np.where(rows, np.maximum(later.length, was), later.length)
    kept = ~rows | (was > 0)
    return Ties(later.n, later.source[kept], later.target[kept], length[kept], later.same)


def _pairs(ties: Ties, a: Ints, b: Ints) -> Ints:
    x, y = ties.entry[a], ties.entry[b]
    found: Ints = np.minimum(x, y) * ties.n + np.maximum(x, y)
    return found


def _formed(now: Ties, move: Move, joined: set[tuple[int, Hashable]]) -> bool:
    if move.kind == "joining":
        return (move.a, move.unit) in joined
    a, b = now.entry[move.a], now.entry[move.b]
    return bool(b in now.graph.one.at(a) or (move.length == 2 and b in now.graph.two.at(a)))


def _own(before: Ties, now: Ties, moves: tuple[Move, ...]) -> Ties:
    """The later ties without those that the moves made."""
    ends = np.array([(move.a, move.b) for move in moves if move.kind != "joining"], dtype=np.int64).reshape(-1, 2)
    made = np.isin(_pairs(now, now.source, now.target), _pairs(now, ends[:, 0], ends[:, 1]))
    return _as_before(before, now, made)
