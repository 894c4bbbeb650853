"""What the front page shows."""

from dataclasses import dataclass
from datetime import date

from werkplaats.asks.records import AskLine, Waiting
from werkplaats.promises.records import PromiseLine
from werkplaats.threads.records import Stations


@dataclass(frozen=True, slots=True)
class Change:
    """Something that came, came back or was decided on a day.

    `title` names it when it is alone, `count` when there are more; `promise` is there for what became of a promise.
    """

    kind: str  # "source", "issue", "promise", "no" or "give_back"
    on: date
    count: int
    key: str
    title: str
    promise: PromiseLine | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """The issue whose way from voice to difference is shown, with its line."""

    key: str
    name: str
    line: Stations


@dataclass(frozen=True, slots=True)
class StartPage:
    """The front page: who waits, one story, what is due, what changed, and what one can do.

    `tell_key`: of the ask that is always open, "" when there is none yet. `payers`: sentences on who pays.
    """

    payers: tuple[str, ...]
    waiting: Waiting
    story: Story | None
    due: tuple[PromiseLine, ...]
    changes: tuple[Change, ...]
    asks: tuple[AskLine, ...]
    tell_key: str
    needs: int
    offers: int
