"""Who sees and decides what in defragmenting, and from when the figure is shown."""

from enum import StrEnum

from werkplaats.accounts.rules import COORDINATORS, PARTIES, Verb

READ = Verb("defrag.read", PARTIES)
DECIDE = Verb("defrag.decide", COORDINATORS)

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
    REFUSED = "refused"
    OVERTAKEN = "overtaken"  # no longer among the best, by a later measurement


def shade(phi: float) -> int:
    """Which of the five blocks shows this phi: 0 direct, 1 half, 2 a third, 3 a quarter, 4 does not arrive; else the nearest.

    >>> [shade(phi) for phi in (1.0, 0.5, 1 / 3, 0.25, 0.0, 0.45)]
    [0, 1, 2, 3, 4, 1]
    """
    steps = (1.0, 1 / 2, 1 / 3, 1 / 4, 0.0)
    return min(range(5), key=lambda step: abs(steps[step] - phi))
