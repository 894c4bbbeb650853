"""Who sees and decides what in defragmenting, and from when the figure is shown."""

from collections.abc import Sequence
from enum import StrEnum

from werkplaats.accounts.rules import ANYONE, COORDINATORS, PARTIES, Verb
from werkplaats.neighbourhoods.rules.asking import Answer

READ = Verb("defrag.read", PARTIES)
DECIDE = Verb("defrag.decide", COORDINATORS)
ASK = Verb("defrag.ask", COORDINATORS)
ANSWER = Verb("defrag.answer", ANYONE)
"""Anyone with a code comes in; without one, the page asks for it."""

SIDE = "side"
"""The purpose of a code with which one side answers."""

HELP_DAYS = 28
"""So many days after they met, both sides are asked once whether it helped."""
CHECK_DAYS = 84
"""So many days after they met, what was expected is laid beside what came."""

ENOUGH_DEMANDS = 30
"""The figure of fragmentation is shown from this many demands on; moves always."""


class Part(StrEnum):
    PEOPLE = "people"
    INFORMATION = "information"
    NETWORKS = "networks"
    THEMES = "themes"


class MoveKind(StrEnum):
    INTRODUCTION = "introduction"
    JOINING = "joining"
    BRIDGE = "bridge"


class MoveState(StrEnum):
    PROPOSED = "proposed"
    REFUSED = "refused"  # by a coordinator, before anybody was asked
    ASKED = "asked"  # its sides are being asked, or were: `Stage` tells how far
    OVERTAKEN = "overtaken"  # no longer among the best, by a later measurement


class Stage(StrEnum):
    """How far the asking about a move is, as the coordinators see it."""

    ASKING = "asking"
    AGREED = "agreed"
    MET = "met"
    NOT_NOW = "not_now"
    TAKEN_BACK = "taken_back"  # by the side that had said no: the move may be proposed again


class Helped(StrEnum):
    YES = "yes"
    LITTLE = "little"
    NO = "no"


def stage_of(answers: Sequence[Answer | None]) -> Stage:
    """How far an asking is, from what its sides said, in the order in which they are asked; None: nothing yet.

    >>> stage_of([Answer.YES, None]).value, stage_of([Answer.YES, Answer.YES]).value, stage_of([Answer.NO, None]).value
    ('asking', 'agreed', 'not_now')
    """
    if Answer.NO in answers:
        return Stage.NOT_NOW
    return Stage.AGREED if all(answer is Answer.YES for answer in answers) else Stage.ASKING


def shade(phi: float) -> int:
    """Which of the five blocks shows this phi: 0 direct, 1 half, 2 a third, 3 a quarter, 4 does not arrive; else the nearest.

    >>> [shade(phi) for phi in (1.0, 0.5, 1 / 3, 0.25, 0.0, 0.45)]
    [0, 1, 2, 3, 4, 1]
    """
    steps = (1.0, 1 / 2, 1 / 3, 1 / 4, 0.0)
    return min(range(5), key=lambda step: abs(steps[step] - phi))
