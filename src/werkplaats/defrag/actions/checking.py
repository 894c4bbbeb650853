"""What was expected of a move is frozen when people are asked, and laid beside what came, once."""

from datetime import date
from typing import Any

from django.db import transaction

from werkplaats.defrag.analysis import over_time
from werkplaats.defrag.models import Asking, Measurement, Move
from werkplaats.defrag.records import Situation


def freeze(move: Move) -> tuple[dict[str, Any], str]:
    """What the last measurement expects of a move, whole, and its hash. Nothing was measured: nothing is expected.

    The text holds the ties and demands that it rests on; `parties` tells which party has which number in it.
    """
    last = Measurement.objects.filter(workshop=move.workshop_id).exclude(network="").first()
    if last is None or "move" not in move.predicted:
        return {}, ""
    text = over_time.frozen(over_time.Kept(tuple(last.parties), last.network), move.predicted)
    told = {name: move.predicted[name] for name in ("now", "low", "expected", "high", "chance")}
    return {**told, "parties": last.parties, "text": text}, over_time.hash_of(text)


def laid_beside(asking: Asking, situation: Situation) -> dict[str, Any]:
    """What came of it, or that the prediction was changed since it was frozen and says nothing any more."""
    predicted = asking.predicted
    if over_time.hash_of(predicted["text"]) != asking.predicted_hash:
        return {"intact": False}
    return {
        "intact": True,
        **over_time.checked(over_time.Kept(tuple(predicted["parties"]), predicted["text"]), situation),
    }


@transaction.atomic
def keep_check(asking: Asking, *, found: dict[str, Any], today: date) -> None:
    """Keeps what was found, once: a second time changes nothing."""
    Asking.objects.filter(pk=asking.pk, checked_on=None).update(checked=found, checked_on=today)
