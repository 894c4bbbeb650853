"""What happens to the joint work on an issue: one atomic function per event."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from werkplaats.issues.actions import touch
from werkplaats.issues.models import Issue, Trajectory, TrajectoryEvent, TrajectoryParty
from werkplaats.issues.refusals import AlreadyStarted, NoIssueYet, NoSuchStep, NotRunning, SaysNotForWhom
from werkplaats.issues.rules import State
from werkplaats.issues.rules.phases import Phase, TurnKind, can_start, may_go, pause_due
from werkplaats.kit.names import key_from, sort_key
from werkplaats.neighbourhoods.models import Group, Party


@transaction.atomic
def plan(
    issue: Issue,
    *,
    name: str,
    at: datetime,
    benefit_for: str = "",
    how_noticed: str = "",
    groups: Iterable[Group] = (),
    parties: Iterable[Party] = (),
    by: int | None = None,
) -> Trajectory:
    """Writes down what people want to work on together, and for whom. It has not started yet.

    The same words about the same issue are the same plan, as long as it has not started: a button pressed twice.
    """
    at_stake = Issue.objects.select_for_update().select_related("workshop").get(pk=issue.pk)
    if at_stake.state != State.ACCEPTED:
        raise NoIssueYet
    said = {"name": name, "benefit_for": benefit_for.strip(), "how_noticed": how_noticed.strip()}
    same = Trajectory.objects.filter(issue=at_stake, started_on=None, stopped_on=None, **said).first()
    if same is not None:
        return same
    taken = frozenset(Trajectory.objects.filter(workshop=at_stake.workshop).values_list("key", flat=True))
    row = Trajectory.objects.create(
        workshop=at_stake.workshop, issue=at_stake, key=key_from(name, taken), sort_name=sort_key(name), **said
    )
    row.benefit_groups.set(groups)
    TrajectoryParty.objects.bulk_create([TrajectoryParty(trajectory=row, party=party) for party in set(parties)])
    _turned(row, TurnKind.PLANNED, at=at, by=by)
    return row


@transaction.atomic
def reword(
    trajectory: Trajectory,
    *,
    name: str,
    benefit_for: str,
    how_noticed: str,
    at: datetime,
    groups: Iterable[Group] | None = None,
    by: int | None = None,
) -> Trajectory:
    """Says in other words for whom it is. The old words stay readable; what has started cannot fall silent about it."""
    row = _locked(trajectory)
    said = {"name": name.strip(), "benefit_for": benefit_for.strip(), "how_noticed": how_noticed.strip()}
    if row.started_on and not can_start(benefit_for=benefit_for, how_noticed=how_noticed):
        raise SaysNotForWhom
    before = {field: getattr(row, field) for field, value in said.items() if getattr(row, field) != value}
    if groups is not None:
        chosen = set(groups)
        were = {group.pk: group.name for group in row.benefit_groups.all()}
        if were.keys() != {group.pk for group in chosen}:
            before["groups"] = ", ".join(were.values())
            row.benefit_groups.set(chosen)
    if not before:
        return row
    for field, value in said.items():
        setattr(row, field, value)
    row.sort_name = sort_key(row.name)
    row.save()
    _turned(row, TurnKind.REWORDED, at=at, by=by, before=before)
    return row


@transaction.atomic
def start(trajectory: Trajectory, *, at: datetime, by: int | None = None) -> Trajectory:
    """It begins, with gathering, and after the term of the workshop it is time to stand still.

    Raises `SaysNotForWhom`, `AlreadyStarted`.
    """
    row = _locked(trajectory)
    if row.started_on:
        raise AlreadyStarted
    if not can_start(benefit_for=row.benefit_for, how_noticed=row.how_noticed):
        raise SaysNotForWhom
    row.started_on = day_of(row, at)
    row.next_pause_on = pause_due(row.started_on, days=row.workshop.pause_days)
    row.phase = Phase.GATHER.value
    row.save()
    _turned(row, TurnKind.STARTED, at=at, by=by)
    return row


@transaction.atomic
def move(
    trajectory: Trajectory,
    *,
    then: Phase,
    at: datetime,
    reason: str = "",
    was: Phase | None = None,
    next_pause_on: date | None = None,
    by: int | None = None,
) -> Trajectory:
    """Goes on to another phase; refused when it is no longer in the phase it `was` in on the page."""
    row = _locked(trajectory)
    if not row.started_on or row.stopped_on:
        raise NotRunning
    if (was and row.phase != was) or not may_go(Phase(row.phase), then):
        raise NoSuchStep
    row.phase = then.value
    row.next_pause_on = next_pause_on or row.next_pause_on
    row.save()
    _turned(row, TurnKind.MOVED, at=at, by=by, reason=reason)
    return row


@transaction.atomic
def stop(trajectory: Trajectory, *, reason: str, at: datetime, by: int | None = None) -> Trajectory:
    """It ends, with the reason. What was promised in it stays promised."""
    row = _locked(trajectory)
    if not row.started_on or row.stopped_on:
        raise NotRunning
    row.stopped_on, row.next_pause_on = day_of(row, at), None
    row.save()
    _turned(row, TurnKind.STOPPED, at=at, by=by, reason=reason)
    return row


@transaction.atomic
def join_in(
    trajectory: Trajectory, *, party: Party, at: datetime, role: str = "", by: int | None = None
) -> TrajectoryParty:
    """A party works in it, as what it says itself. Joining twice changes the role at most."""
    row = _locked(trajectory)
    stays = party.canonical or party
    seat, is_new = TrajectoryParty.objects.get_or_create(
        trajectory=row, party=stays, defaults={"role": role, "joined_on": day_of(row, at)}
    )
    if is_new:
        _turned(row, TurnKind.JOINED, at=at, by=by, before={"party": stays.name})
    elif role and seat.role != role:
        seat.role = role
        seat.save(update_fields=["role"])
    return seat


@transaction.atomic
def leave(trajectory: Trajectory, *, party: Party, at: datetime, by: int | None = None) -> None:
    """A party no longer works in it, under none of its names."""
    row = _locked(trajectory)
    stays = party.canonical_id or party.pk
    gone = row.parties.filter(party_id=stays) | row.parties.filter(party__canonical_id=stays)
    if gone.delete()[0]:
        _turned(row, TurnKind.LEFT, at=at, by=by, before={"party": party.name})


@transaction.atomic
def put_trajectory(
    issue: Issue,
    *,
    key: str,
    name: str,
    at: datetime,
    phase: Phase = Phase.GATHER,
    benefit_for: str = "",
    how_noticed: str = "",
    groups: Iterable[Group] = (),
    started_on: date | None = None,
    next_pause_on: date | None = None,
    stopped_on: date | None = None,
) -> Trajectory:
    """A trajectory as a folder has it. What stands here already stays as it is."""
    row = Trajectory.objects.filter(workshop=issue.workshop, key=key).first()
    if row is not None:
        return row
    if started_on and not can_start(benefit_for=benefit_for, how_noticed=how_noticed):
        raise SaysNotForWhom
    row = Trajectory.objects.create(
        workshop=issue.workshop,
        issue=issue,
        key=key,
        name=name,
        sort_name=sort_key(name),
        phase=phase.value,
        benefit_for=benefit_for,
        how_noticed=how_noticed,
        started_on=started_on,
        next_pause_on=next_pause_on,
        stopped_on=stopped_on,
    )
    row.benefit_groups.set(groups)
    _turned(row, TurnKind.PLANNED, at=at, by=None)
    return row


@transaction.atomic
def put_trajectory_party(
    trajectory: Trajectory, *, party: Party, role: str = "", joined_on: date | None = None
) -> TrajectoryParty:
    """A party that works in a trajectory, as a folder has it."""
    row, _made = TrajectoryParty.objects.update_or_create(
        trajectory=trajectory, party=party, defaults={"role": role, "joined_on": joined_on}
    )
    return row


def day_of(trajectory: Trajectory, at: datetime) -> date:
    """The day of a moment where the trajectory is."""
    return at.astimezone(ZoneInfo(trajectory.workshop.timezone)).date()


def _locked(trajectory: Trajectory) -> Trajectory:
    return Trajectory.objects.select_for_update().select_related("workshop").get(pk=trajectory.pk)


def _turned(
    trajectory: Trajectory,
    kind: TurnKind,
    *,
    at: datetime,
    by: int | None,
    reason: str = "",
    before: dict[str, Any] | None = None,
) -> None:
    TrajectoryEvent.objects.create(
        trajectory=trajectory,
        kind=kind.value,
        at=at,
        by_id=by,
        phase=trajectory.phase,
        reason=reason,
        before=before or {},
    )
    touch(trajectory.workshop, at=at)
