"""The network at two moments: why F changed, what moves are expected to bring, and what came of that.

Parties are numbered by the order of their keys at the first moment; whoever came later comes after. An entry that proved to
be another party keeps its number and is contracted with that party.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from samenhang import neighbourhood, network
from werkplaats.defrag.records import Situation


@dataclass(frozen=True, slots=True)
class Kept:
    """The ties and demands of one moment as text, and the keys of the parties by number."""

    parties: tuple[str, ...]
    text: str


def ties_of(situation: Situation, keys: Sequence[str], same: Sequence[tuple[str, str]] = ()) -> network.Ties:
    """The ties that count now, between parties numbered as in `keys`; `same`: entries that are one party."""
    named = {node.id: node.key for node in situation.network.nodes}
    reports = [
        neighbourhood.Report(
            named[tie.party_a_id],
            named[tie.party_b_id],
            tuple(named[end] for end in tie.reporter_ids),
            # What an event showed no longer counts once an end says that it is over.
            bool(tie.shown_by) and not tie.ended_by,
        )
        for tie in situation.network.ties
        if not tie.has_faded
    ]
    # The day does not matter: which ties have faded was decided before, by the workshop's own term.
    return neighbourhood.ties(keys, reports, today=date.max, same=same)


def reports_of(situation: Situation) -> network.Reports:
    """Who named whom. Whoever said of any tie that it is so, or that it is over, was asked and answered.

    Of who said neither, not naming says nothing. That somebody named everybody is nowhere on record.
    """
    row = {node.id: number for number, node in enumerate(situation.network.nodes)}
    pairs = [
        (row[end], row[tie.party_b_id if end == tie.party_a_id else tie.party_a_id])
        for tie in situation.network.ties
        if not tie.has_faded
        for end in tie.reporter_ids
    ]
    answered = np.zeros(len(row), dtype=bool)
    answered[[reporter for reporter, _other in pairs]] = True
    answered[[row[end] for tie in situation.network.ties for end in tie.ended_by]] = True
    return network.Reports([one for one, _other in pairs], [other for _one, other in pairs], answered)


def kept(ties: network.Ties, demands: network.Demands, keys: Sequence[str]) -> Kept:
    """One moment, to compare with later; a prediction of no moves holds just that."""
    return Kept(tuple(keys), network.predict(ties, demands, [], None, rng=np.random.default_rng(0)).text)


def changed(before: Kept, situation: Situation, demands: network.Demands) -> dict[str, Any]:
    """The change of F since an earlier moment, split into ties and demands, in points."""
    then = network.read_prediction(before.text)
    keys, same = _numbered(before.parties, situation)
    place = {key: number for number, key in enumerate(keys)}
    number = [place[node.key] for node in situation.network.nodes]
    now = network.Demands(
        [number[source] for source in demands.source.tolist()],
        [tuple(number[target] for target in row) for row in demands.target],
        demands.weight,
        demands.part,
        demands.unit,
        demands.key,
    )
    found = network.change(then.ties, then.demands, ties_of(situation, keys, same), now)
    return {
        "total": found.total,
        "by_ties": found.by_ties,
        "by_demands": found.by_demands,
        "restated": found.restated,
        "added": found.added,
        "removed": found.removed,
    }


def predicted(
    ties: network.Ties, demands: network.Demands, move: network.Move, *, gain: float, chance: float
) -> dict[str, Any]:
    """What one move is expected to bring when nothing else happens, with the hash of everything that rests on."""
    alone = replace(move, gain=gain, chance=chance)
    found = network.predict(ties, demands, [alone], None, rng=np.random.default_rng(0))
    return {
        "low": found.low,
        "expected": found.expected,
        "high": found.high,
        "hash": found.hash,
        "chance": chance,
        "move": [move.kind, move.a, move.b, move.through, move.length, gain, move.unit],
    }


def frozen(moment: Kept, told: Mapping[str, Any]) -> str:
    """The whole text of a prediction, from the moment that it was made of and what was told of it. Its hash is in `told`."""
    base = network.read_prediction(moment.text)
    kind, a, b, through, length, gain, unit = told["move"]
    move = network.Move(a, b, through, length, gain, (), kind, told["chance"], _hashable(unit))
    whole = replace(
        base,
        low=told["low"],
        expected=told["expected"],
        high=told["high"],
        moves=(move,),
        chance=(told["chance"],),
    )
    return whole.text


def hash_of(text: str) -> str:
    """The hash of a frozen prediction."""
    return network.read_prediction(text).hash


def checked(moment: Kept, situation: Situation) -> dict[str, Any]:
    """What came of a frozen prediction: whether the tie formed, and whether distances fell beside those of untouched demands.

    Every tie here is reported by an end or shown by an event: the workshop itself writes none down.
    """
    prediction = network.read_prediction(moment.text)
    keys, same = _numbered(moment.parties, situation)
    later = ties_of(situation, keys, same)
    found = network.check(
        prediction, later, np.ones(len(later.source), dtype=bool), _joined(prediction, keys, situation)
    )
    return {
        "formed": bool(found.formed and found.formed[0]),
        "brier": found.brier,
        "effect": found.effect,
        "controls": found.controls,
        "touched": found.touched,
        "matched": found.matched,
        "fell": found.fell,
        "fell_anyway": found.fell_anyway,
    }


def _joined(prediction: network.Prediction, keys: Sequence[str], situation: Situation) -> list[tuple[int, Any]]:
    units = {move.unit for move in prediction.moves if move.kind == "joining"}
    place = {key: number for number, key in enumerate(keys)}
    return [(place[party], issue.key) for issue in situation.issues if issue.key in units for party in issue.working]


def _numbered(before: Sequence[str], situation: Situation) -> tuple[list[str], list[tuple[str, str]]]:
    """The keys of the parties then, followed by whoever came later; and which of them are one party now."""
    now = [node.key for node in situation.network.nodes]
    keys = [*before, *(key for key in now if key not in set(before))]
    stays = situation.stays
    same = [(stays[key], key) for key in before if stays.get(key, key) != key and stays[key] in set(now)]
    return keys, same


def _hashable(unit: Any) -> Any:
    return tuple(_hashable(part) for part in unit) if isinstance(unit, list) else unit
