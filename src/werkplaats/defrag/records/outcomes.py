"""What was expected of moves, and what came."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from werkplaats.defrag.records import JOINING_WORDS, STAGE_WORDS


@dataclass(frozen=True, slots=True)
class Outcome:
    """One frozen prediction. `now`, `expected`, `low`, `high`: F, 0 to 100; `chance`: that everybody says yes, 0 to 1.

    `checked`: what `analysis.over_time.checked` found, empty before that.
    """

    key: str
    heading: str
    stage: str
    is_joining: bool
    asked_at: datetime
    met_on: date | None
    now: float | None
    expected: float | None
    low: float | None
    high: float | None
    chance: float
    frozen_as: str
    check_due_on: date | None
    checked_on: date | None
    checked: dict[str, Any]

    @property
    def stage_words(self) -> Promise:
        return (JOINING_WORDS if self.is_joining else STAGE_WORDS)[self.stage]

    @property
    def chance_percent(self) -> int:
        return round(100 * self.chance)

    @property
    def is_intact(self) -> bool:
        return bool(self.checked.get("intact"))

    @property
    def fell(self) -> int:
        """Of the connections that were to become shorter, how many per cent did."""
        return round(100 * (self.checked.get("fell") or 0))

    @property
    def fell_anyway(self) -> int:
        """The same of connections like them that the move did not touch."""
        return round(100 * (self.checked.get("fell_anyway") or 0))


@dataclass(frozen=True, slots=True)
class Tally:
    """All checks together. `foreseen`: how many were expected to come about; `brier` and `effect` are means, None without any.

    `compared`: of how many moves the connections could be laid beside others.
    """

    checked: int
    came: int
    foreseen: float
    brier: float | None
    effect: float | None
    compared: int

    @property
    def more_often(self) -> int:
        """By how many per cent points more often connections became shorter than others like them; below 0 is less often."""
        return round(100 * (self.effect or 0))

    @property
    def less_often(self) -> int:
        return -self.more_often
