"""What was expected of every move that people were asked about, beside what came of it."""

from collections.abc import Sequence
from statistics import fmean
from typing import overload

from django.db.models import F, QuerySet

from werkplaats.defrag.models import Asking
from werkplaats.defrag.queries.people import WITH_PARTIES
from werkplaats.defrag.queries.reasons import heading
from werkplaats.defrag.records.outcomes import Outcome, Tally
from werkplaats.defrag.rules import MoveKind, Stage
from werkplaats.workshops.models import Workshop


def _frozen(workshop: Workshop) -> QuerySet[Asking]:
    rows = Asking.objects.filter(move__workshop=workshop).exclude(predicted_hash="")
    return rows.exclude(stage=Stage.TAKEN_BACK.value)  # who may be asked again is nobody's to know


class Outcomes(Sequence[Outcome]):
    """Every frozen prediction, those that were checked last first; read a page at a time, 1 query each.

    The frozen text itself is left where it is: it holds the whole network of its day.
    """

    def __init__(self, workshop: Workshop) -> None:
        told = {name: F(f"predicted__{name}") for name in ("now", "expected", "low", "high", "chance")}
        rows = _frozen(workshop).defer("predicted").select_related(*WITH_PARTIES).annotate(**told)
        self.rows = rows.order_by(F("checked_on").desc(nulls_last=True), "-asked_at", "pk")

    def __len__(self) -> int:
        return self.rows.count()

    @overload
    def __getitem__(self, place: int) -> Outcome: ...
    @overload
    def __getitem__(self, place: slice) -> list[Outcome]: ...
    def __getitem__(self, place: int | slice) -> Outcome | list[Outcome]:
        return _outcome(self.rows[place]) if isinstance(place, int) else [_outcome(row) for row in self.rows[place]]


def tally(workshop: Workshop) -> Tally:
    """All checks of predictions that nobody changed since. 1 query."""
    rows = _frozen(workshop).exclude(checked_on=None).values_list("checked", "predicted__chance")
    found = [(checked, chance) for checked, chance in rows if checked.get("intact")]
    briers = [checked["brier"] for checked, _chance in found if checked["brier"] is not None]
    effects = [checked["effect"] for checked, _chance in found if checked["effect"] is not None]
    return Tally(
        checked=len(found),
        came=sum(1 for checked, _chance in found if checked["formed"]),
        foreseen=sum(chance for _checked, chance in found),
        brier=fmean(briers) if briers else None,
        effect=fmean(effects) if effects else None,
        compared=len(effects),
    )


def _outcome(row: Asking) -> Outcome:
    move = row.move
    told = vars(row)  # with what was annotated
    return Outcome(
        key=row.key,
        heading=heading(move, move.party_a.stays.name, move.party_b.stays.name if move.party_b else ""),
        stage=row.stage,
        is_joining=move.kind == MoveKind.JOINING,
        asked_at=row.asked_at,
        met_on=row.met_on,
        now=told["now"],
        expected=told["expected"],
        low=told["low"],
        high=told["high"],
        chance=told["chance"] or 0.0,
        frozen_as=row.predicted_hash[:12],
        check_due_on=row.check_due_on,
        checked_on=row.checked_on,
        checked=row.checked,
    )
