"""Through which parties people wait, for whom and about what; never who, and never how many."""

from django.db.models import Case, F, When
from django.db.models.functions import Coalesce

from werkplaats.asks.models import Voice
from werkplaats.asks.records import WaitsThrough
from werkplaats.asks.rules import State
from werkplaats.workshops.models import Workshop


def waits_through(workshop: Workshop) -> tuple[WaitsThrough, ...]:
    """Each party through which somebody waits, with whoever owes them an answer: told once, however many wait. 1 query.

    The standing ask names nobody: who listens to everything is not therefore able to act on it. A voice is about the
    issues that a human put it with, or else about that of its ask.
    """
    rows = (
        Voice.objects.filter(workshop=workshop, state=State.WAITING, through__isnull=False)
        .values_list(
            "through_id",
            "ask__key",
            Case(When(ask__is_standing=False, then=F("ask__asker_id"))),
            "come_back_by_id",
            Coalesce("issues__issue_id", "ask__issue_id"),
        )
        .order_by()
        .distinct()
    )
    return tuple(sorted((WaitsThrough(*row) for row in rows), key=repr))
