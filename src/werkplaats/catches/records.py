"""What other rooms and templates may read of a catch."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CatchLine:
    """One line of what happened. `became_kind` and `became_key` say what was made of it, if anything was."""

    key: str
    who: str
    what: str
    for_whom: str
    due_on: date | None
    caught_at: datetime
    waits: bool
    state: str
    became_kind: str
    became_key: str
    is_overdue: bool
    workshop_id: int
