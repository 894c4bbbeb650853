"""Reads of the joint work on issues; each a fixed number of queries."""

from datetime import date

from django.db.models import QuerySet

from werkplaats.issues.models import Trajectory, TrajectoryEvent
from werkplaats.issues.records import (
    ACTIVITY_WORDS,
    PHASE_WORDS,
    TURN_WORDS,
    PartyIn,
    TrajectoryLine,
    TrajectoryRecord,
    TurnLine,
)
from werkplaats.issues.rules.phases import PHASES, Activity, Phase, TurnKind
from werkplaats.workshops.models import Workshop


def of_issue(issue_id: int) -> tuple[TrajectoryLine, ...]:
    """The trajectories of one issue, what runs first. 1 query."""
    return _running_first(Trajectory.objects.filter(issue_id=issue_id))


def of_workshop(workshop: Workshop) -> tuple[TrajectoryLine, ...]:
    """All trajectories of a workshop, what runs first. 1 query."""
    return _running_first(Trajectory.objects.filter(workshop=workshop))


def pauses_due(workshop: Workshop, *, today: date) -> tuple[TrajectoryLine, ...]:
    """The trajectories for which it is time to stand still and that do not stand still yet, longest due first. 1 query."""
    rows = Trajectory.objects.filter(
        workshop=workshop, started_on__isnull=False, stopped_on=None, next_pause_on__lte=today
    ).exclude(phase=Phase.PAUSE.value)
    return _lines(rows.order_by("next_pause_on", "sort_name"))


def trajectory(workshop: Workshop, key: str) -> TrajectoryRecord | None:
    """Everything about one trajectory; None: this workshop has none with that key. 4 queries."""
    row = Trajectory.objects.filter(workshop=workshop, key=key).select_related("issue").first()
    if row is None:
        return None
    line = _line(row)
    rule = PHASES[Phase(row.phase)]
    return TrajectoryRecord(
        line=line,
        workshop_id=row.workshop_id,
        groups=tuple(row.benefit_groups.values_list("key", "name")),
        parties=_parties(row),
        then=tuple((phase.value, PHASE_WORDS[phase]) for phase in Phase if line.is_running and phase in rule.then),
        activities=tuple(ACTIVITY_WORDS[one] for one in Activity if line.is_running and one in rule.activities),
        turns=tuple(_turn(one) for one in row.events.order_by("-at", "-pk")),
    )


def _running_first(rows: QuerySet[Trajectory]) -> tuple[TrajectoryLine, ...]:
    return tuple(sorted(_lines(rows), key=lambda line: not line.is_running))


def _lines(rows: QuerySet[Trajectory]) -> tuple[TrajectoryLine, ...]:
    return tuple(_line(row) for row in rows.select_related("issue"))


def _line(row: Trajectory) -> TrajectoryLine:
    return TrajectoryLine(
        trajectory_id=row.pk,
        key=row.key,
        name=row.name,
        issue_key=row.issue.key,
        issue_name=row.issue.name,
        phase=row.phase,
        benefit_for=row.benefit_for,
        how_noticed=row.how_noticed,
        started_on=row.started_on,
        next_pause_on=row.next_pause_on,
        stopped_on=row.stopped_on,
    )


def _parties(row: Trajectory) -> tuple[PartyIn, ...]:
    """Entries of one party fall together; each stands here once, in the order of names."""
    found: dict[int, PartyIn] = {}
    for one in row.parties.select_related("party__canonical"):
        party = one.party.canonical or one.party
        found.setdefault(party.pk, PartyIn(party.pk, party.key, party.name, party.kind, one.role))
    return tuple(found.values())


def _turn(row: TrajectoryEvent) -> TurnLine:
    moved = row.kind in (TurnKind.MOVED, TurnKind.STARTED)
    return TurnLine(
        words=TURN_WORDS[row.kind],
        phase=PHASE_WORDS[row.phase] if moved else None,
        at=row.at,
        reason=row.reason,
        before=tuple(str(words) for words in row.before.values() if words),
    )
