"""Change: whether something is another now than before, or only looks so."""

from samenhang.change.difference import Difference, Drawn, Estimate, difference
from samenhang.change.discovery import Discovery, false_discovery
from samenhang.change.heard import COMPONENTS, ITEMS, Heard, Score, feeling_heard, on_scale
from samenhang.change.untouched import against_untouched

__all__ = [
    "COMPONENTS",
    "ITEMS",
    "Difference",
    "Discovery",
    "Drawn",
    "Estimate",
    "Heard",
    "Score",
    "against_untouched",
    "difference",
    "false_discovery",
    "feeling_heard",
    "on_scale",
]
