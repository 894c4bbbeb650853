"""What Today shows: what cannot wait, this week, and the workshop's conscience."""

from dataclasses import dataclass
from datetime import date, datetime

from werkplaats.pages.rules import TaskKind


@dataclass(frozen=True, slots=True)
class Task:
    """One row: since when, what, and one thing to do. `over`: days over its own term; negative: days left."""

    kind: TaskKind
    over: int
    badge: str
    title: str
    text: str
    url: str
    action: str
    since: date | None = None
    at: datetime | None = None

    @property
    def is_late(self) -> bool:
        return self.over > 0


@dataclass(frozen=True, slots=True)
class Attention:
    """What waits for a decision and has no term, in numbers. Zero where there is nothing, or where it is not for this reader."""

    proposed: int
    doubles: int
    unread: int
    take_overs: int


@dataclass(frozen=True, slots=True)
class WeekItem:
    """Something on a day of this week."""

    on: date
    title: str
    text: str
    url: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A day with what is on it, which may be nothing."""

    on: date
    items: tuple[WeekItem, ...]


@dataclass(frozen=True, slots=True)
class Conscience:
    """Who waits for an answer, and how often standing still is due. The same figures stand on the front page."""

    waiting: int
    too_long: int
    does_not_fit: int
    pauses: tuple[tuple[str, str], ...]  # (name, address)


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The page a coordinator works from. `tasks` come first first; `later` more of them are not shown."""

    first_name: str
    sentences: tuple[str, ...]
    tasks: tuple[Task, ...]
    later: int
    week: tuple[WeekDay, ...]
    conscience: Conscience
    caught: int
    is_new: bool  # nothing was told, met or promised yet


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A promise as it was said at the meeting, waiting for the yes of who said it. `link`: shown once, when made."""

    key: str
    who: str
    wording: str
    for_whom: str
    due_on: date | None
    link: str = ""
