"""Table: who is invited, who came, who spoke, and what was decided by whom."""

from samenhang.table.lots import Lots, draw, lots
from samenhang.table.people import People
from samenhang.table.presence import Presence, presence
from samenhang.table.quotas import Quotas
from samenhang.table.relaxing import Relaxation
from samenhang.table.turns import Turns, turns

__all__ = [
    "Lots",
    "People",
    "Presence",
    "Quotas",
    "Relaxation",
    "Turns",
    "draw",
    "lots",
    "presence",
    "turns",
]
