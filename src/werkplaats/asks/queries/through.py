"""Through which parties people wait, for whom and about what; never who, and never how many."""

from werkplaats.asks.models import Ask, Voice
from werkplaats.asks.records import WaitsThrough
from werkplaats.asks.rules import State
from werkplaats.workshops.models import Workshop


def waits_through(workshop: Workshop) -> tuple[WaitsThrough, ...]:
    """Each party through which somebody waits, with whoever owes them an answer: told once, however many wait.

    2 queries; of voices they read indexes alone.

    The standing ask names nobody: who listens to everything is not therefore able to act on it. A voice is about the
    issues that a human put it with, or else about that of its ask.
    """
    waits = Voice.objects.filter(workshop=workshop, state=State.WAITING, through__isnull=False)
    rows = waits.values_list("through_id", "ask_id", "come_back_by_id", "issues__issue_id").order_by().distinct()
    asks = Ask.objects.filter(workshop=workshop).only("key", "is_standing", "asker_id", "issue_id").in_bulk()
    return tuple(sorted({_told(asks[ask], through, back, issue) for through, ask, back, issue in rows}, key=repr))


def _told(ask: Ask, through: int | None, comes_back: int | None, issue: int | None) -> WaitsThrough:
    assert through is not None  # it is asked for
    return WaitsThrough(
        party=through,
        ask=ask.key,
        asker=None if ask.is_standing else ask.asker_id,
        comes_back=comes_back,
        issue=issue or ask.issue_id,
    )
