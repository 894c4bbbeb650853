"""The phases of a trajectory, as data: what comes after what, and what belongs in each."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Phase(StrEnum):
    GATHER = "gather"
    TOGETHER = "together"
    MIRROR = "mirror"
    AGREE = "agree"
    DO = "do"
    GIVE_BACK = "give_back"
    PAUSE = "pause"


class Activity(StrEnum):
    """What people do together on an issue."""

    ASK = "ask"  # put a question to people
    READ = "read"  # lay side by side what is known
    TABLE = "table"  # sit down together
    TALK = "talk"  # show parties how others meet them
    PROMISE = "promise"  # say what one does
    REPORT = "report"  # say that it is done, with evidence
    TELL = "tell"  # give back to the givers
    WEIGH = "weigh"  # ask whether residents benefit


class TurnKind(StrEnum):
    """What can happen to a trajectory."""

    PLANNED = "planned"
    STARTED = "started"
    MOVED = "moved"  # to another phase
    REWORDED = "reworded"  # another name, benefit or sign
    JOINED = "joined"
    LEFT = "left"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class PhaseRule:
    """What belongs in a phase, and to which phases one may go on from it."""

    activities: frozenset[Activity]
    then: frozenset[Phase]


PHASES: dict[Phase, PhaseRule] = {
    Phase.GATHER: PhaseRule(frozenset({Activity.ASK, Activity.TELL}), frozenset({Phase.TOGETHER, Phase.PAUSE})),
    Phase.TOGETHER: PhaseRule(
        frozenset({Activity.ASK, Activity.READ, Activity.TABLE, Activity.TELL}),
        frozenset({Phase.GATHER, Phase.MIRROR, Phase.AGREE, Phase.PAUSE}),
    ),
    Phase.MIRROR: PhaseRule(
        frozenset({Activity.READ, Activity.TABLE, Activity.TALK, Activity.TELL}),
        frozenset({Phase.TOGETHER, Phase.AGREE, Phase.PAUSE}),
    ),
    Phase.AGREE: PhaseRule(
        frozenset({Activity.TABLE, Activity.PROMISE, Activity.TELL}),
        frozenset({Phase.TOGETHER, Phase.DO, Phase.PAUSE}),
    ),
    Phase.DO: PhaseRule(
        frozenset({Activity.TABLE, Activity.PROMISE, Activity.REPORT, Activity.TELL}),
        frozenset({Phase.AGREE, Phase.GIVE_BACK, Phase.PAUSE}),
    ),
    Phase.GIVE_BACK: PhaseRule(
        frozenset({Activity.TELL, Activity.REPORT}), frozenset({Phase.GATHER, Phase.DO, Phase.PAUSE})
    ),
    # After standing still one may go on anywhere: that is what it is for.
    Phase.PAUSE: PhaseRule(
        frozenset({Activity.WEIGH, Activity.TABLE, Activity.TELL}), frozenset(Phase) - {Phase.PAUSE}
    ),
}


def may_go(phase: Phase, then: Phase) -> bool:
    """Whether a trajectory may go from one phase to another.

    >>> may_go(Phase.AGREE, Phase.DO), may_go(Phase.GATHER, Phase.DO)
    (True, False)
    """
    return then in PHASES[phase].then


def belongs(activity: Activity, phase: Phase) -> bool:
    """Whether something belongs in a phase.

    >>> belongs(Activity.TELL, Phase.DO), belongs(Activity.ASK, Phase.DO)
    (True, False)
    """
    return activity in PHASES[phase].activities


def can_start(*, benefit_for: str, how_noticed: str) -> bool:
    """Whether it is said whom it should benefit and how they would notice.

    >>> can_start(benefit_for="Jongeren", how_noticed=" ")
    False
    """
    return bool(benefit_for.strip()) and bool(how_noticed.strip())


def pause_due(on: date, *, days: int) -> date:
    """When to stand still, counted from a start or from the last pause; `days` is the term of the workshop."""
    return on + timedelta(days=days)


def is_due(next_pause_on: date | None, *, today: date) -> bool:
    """Whether it is time to stand still.

    >>> is_due(date(2026, 6, 10), today=date(2026, 6, 10)), is_due(None, today=date(2026, 6, 10))
    (True, False)
    """
    return next_pause_on is not None and next_pause_on <= today
