"""What happens on the bench: a measurement is kept, a human refuses a move or takes that back."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from werkplaats.accounts.models import Account
from werkplaats.asks.models import Ask
from werkplaats.defrag.analysis import DemandRow, Measured, MoveRow
from werkplaats.defrag.models import Bench, Demand, Measurement, Move, Reading
from werkplaats.defrag.refusals import Overtaken
from werkplaats.defrag.rules import MoveState, Part
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Need, Party
from werkplaats.workshops.models import Theme, Workshop


@transaction.atomic
def refuse_move(move: Move, *, by: Account | None, at: datetime, reason: str = "") -> Move:
    """An introduction that is not proposed, now or later; the reason stays with the coordinators. Raises `Overtaken`.

    Refusing twice changes nothing. The plan is made anew without it.
    """
    row = Move.objects.select_for_update().get(pk=move.pk)
    if row.state == MoveState.REFUSED:
        return row
    if row.state != MoveState.PROPOSED:
        raise Overtaken
    row.state, row.decided_at, row.decided_by, row.reason = MoveState.REFUSED.value, at, by, reason
    row.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    ask_anew(row.workshop, at=at)
    return row


@transaction.atomic
def take_back_refusal(move: Move, *, at: datetime) -> Move:
    """The introduction may be proposed again; whether it is among the best, the next plan says. Twice changes nothing."""
    row = Move.objects.select_for_update().get(pk=move.pk)
    if row.state != MoveState.REFUSED:
        return row
    row.state, row.decided_at, row.decided_by, row.reason = MoveState.OVERTAKEN.value, None, None, ""
    row.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    ask_anew(row.workshop, at=at)
    return row


def ask_anew(workshop: Workshop, *, at: datetime) -> None:
    """Asks for a new plan although nothing on record changed."""
    Bench.objects.filter(workshop=workshop).update(stale_since=at)


@transaction.atomic
def keep_measurement(workshop: Workshop, *, measured: Measured, state: str, at: datetime, today: date) -> Measurement:
    """Keeps what a measurement found. One a day stays: a later one of the same day takes the place of the earlier.

    `state`: what `queries.state_of` said when the measuring began; a decision on a move after `at` asks for another.
    """
    demands = _keep_demands(workshop, measured.demands, today=today)
    Measurement.objects.filter(workshop=workshop, on=today).delete()
    kept = Measurement.objects.create(
        workshop=workshop,
        at=at,
        on=today,
        value=measured.value,
        low=measured.low,
        high=measured.high,
        recall=measured.recall,
        change=measured.change,
        parties=list(measured.kept.parties),
        network=measured.kept.text,
        value_after=measured.value_after,
        parts=measured.parts,
        ties=measured.ties,
        faded=measured.faded,
    )
    Reading.objects.bulk_create(
        Reading(measurement=kept, demand=demands[row.key], distance=row.distance, phi=row.phi, weight=row.weight)
        for row in measured.demands
    )
    # Of older days the figures stay; what they were computed from would only grow.
    older = Measurement.objects.filter(workshop=workshop).exclude(pk=kept.pk).order_by("-on")
    kept_too = list(older.values_list("pk", flat=True)[:1])
    older.exclude(pk__in=kept_too).exclude(network="").update(network="", parties=[])
    _keep_moves(workshop, measured.moves, at=at)
    Bench.objects.update_or_create(workshop=workshop, defaults={"measured_state": state, "measured_on": today})
    Bench.objects.filter(workshop=workshop, stale_since__lte=at).update(stale_since=None)
    return kept


def _keep_demands(workshop: Workshop, rows: tuple[DemandRow, ...], *, today: date) -> dict[str, Demand]:
    """One row per demand, by its key: what no longer follows from the records ends, and may begin again."""
    parties = dict(Party.objects.filter(workshop=workshop).values_list("key", "pk"))
    issues = dict(Issue.objects.filter(workshop=workshop).values_list("key", "pk"))
    asks = dict(Ask.objects.filter(workshop=workshop).values_list("key", "pk"))
    needs = dict(Need.objects.filter(workshop=workshop).values_list("key", "pk"))
    themes = dict(Theme.objects.filter(workshop=workshop).values_list("key", "pk"))
    made = []
    for row in rows:
        theme_a, _sign, theme_b = row.subject.partition(" / ") if row.part == Part.THEMES else ("", "", "")
        made.append(
            Demand(
                workshop=workshop,
                key=row.key,
                part=row.part,
                source_id=parties[row.source],
                issue_id=issues.get(row.issue or ""),
                ask_id=asks[row.subject] if row.waits and row.issue is None else None,
                waits=row.waits,
                need_id=needs.get(row.subject) if row.part == Part.PEOPLE and not row.waits else None,
                theme_a_id=themes.get(theme_a),
                theme_b_id=themes.get(theme_b),
                since=today,
            )
        )
    Demand.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["workshop", "key"],
        update_fields=["part", "source", "issue", "ask", "waits", "need", "theme_a", "theme_b", "ended_on"],
    )
    kept = {demand.key: demand for demand in Demand.objects.filter(workshop=workshop, ended_on__isnull=True)}
    gone = [kept.pop(key).pk for key in set(kept) - {row.key for row in rows}]
    Demand.objects.filter(pk__in=gone).update(ended_on=today)
    _keep_targets(rows, kept, parties)
    return kept


def _keep_targets(rows: tuple[DemandRow, ...], demands: dict[str, Demand], parties: dict[str, int]) -> None:
    pairs = Demand.targets.through
    wanted = {(demands[row.key].pk, parties[target]) for row in rows for target in row.targets}
    there = {
        (row.demand_id, row.party_id): row.pk
        for row in pairs.objects.filter(demand__in=[demand.pk for demand in demands.values()])
    }
    pairs.objects.filter(pk__in=[there[pair] for pair in set(there) - wanted]).delete()
    pairs.objects.bulk_create(pairs(demand_id=demand, party_id=party) for demand, party in sorted(wanted - set(there)))


def _keep_moves(workshop: Workshop, rows: tuple[MoveRow, ...], *, at: datetime) -> None:
    """A proposal keeps its row and so its refusal; what is no longer among the best is overtaken."""
    parties = dict(Party.objects.filter(workshop=workshop).values_list("key", "pk"))
    issues = dict(Issue.objects.filter(workshop=workshop).values_list("key", "pk"))
    proposed = Q(state=MoveState.PROPOSED.value)
    asked = set(Move.objects.filter(workshop=workshop, state=MoveState.ASKED.value).values_list("key", flat=True))
    Move.objects.filter(proposed, workshop=workshop).exclude(key__in=[row.key for row in rows]).update(
        state=MoveState.OVERTAKEN.value
    )
    for rank, row in enumerate(rows, start=1):
        if row.key in asked:
            continue  # what people were asked about stays as it was when they were asked
        told = {
            "kind": row.kind,
            "party_a_id": parties[row.a],
            "party_b_id": parties[row.b] if row.b else None,
            "through_id": parties[row.through] if row.through else None,
            "issue_id": issues[row.issue] if row.issue else None,
            "rank": rank,
            "gain": row.gain,
            "shortened": [list(change) for change in row.shortened],
            "route": None if row.route is None else list(row.route),
            "predicted": row.predicted,
        }
        move, _made = Move.objects.update_or_create(
            workshop=workshop,
            key=row.key,
            defaults=told,
            create_defaults={**told, "state": MoveState.PROPOSED.value, "proposed_at": at},
        )
        if move.state == MoveState.OVERTAKEN:
            Move.objects.filter(pk=move.pk).update(state=MoveState.PROPOSED.value, proposed_at=at)
