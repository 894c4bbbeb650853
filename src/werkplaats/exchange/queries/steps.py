"""From what came in to a first useful move: where a workshop is on the way, and what comes next."""

from datetime import datetime, timedelta

from werkplaats.defrag.models import Move
from werkplaats.defrag.rules import MoveState
from werkplaats.exchange.models import Batch, Upload
from werkplaats.exchange.records import Way
from werkplaats.issues.models import Agenda, Issue
from werkplaats.issues.rules import State
from werkplaats.neighbourhoods.models import Party
from werkplaats.sources.models import Library, Source
from werkplaats.workshops.models import Workshop


def way(workshop: Workshop) -> Way:
    """How far a workshop is on its way to a first move. 8 queries."""
    waiting = Upload.objects.filter(batch__workshop=workshop, batch__done_at__isnull=False, done_at=None).exclude(
        file=""
    )
    unread = Source.objects.filter(workshop=workshop, stale_since__isnull=False)
    issues = Issue.objects.filter(workshop=workshop)
    first = issues.filter(state=State.PROPOSED).order_by("pk").first()
    return Way(
        parties=Party.objects.filter(workshop=workshop, canonical=None).count(),
        documents=Source.objects.filter(workshop=workshop).count(),
        waiting=waiting.count() + unread.count(),
        is_thinking=_is_thinking(workshop),
        proposed=issues.filter(state=State.PROPOSED).count(),
        first_proposed=first.key if first else "",
        accepted=issues.filter(state=State.ACCEPTED).count(),
        moves=Move.objects.filter(workshop=workshop, state=MoveState.PROPOSED).count(),
    )


def just_began(workshop: Workshop, *, at: datetime) -> bool:
    """Whether something came in during the last two weeks: then Today says what comes next. 1 query."""
    return Batch.objects.filter(workshop=workshop, done_at__gte=at - timedelta(days=14)).exists()


def batches(workshop: Workshop) -> list[Batch]:
    """What was brought in before, newest first."""
    return list(Batch.objects.filter(workshop=workshop).prefetch_related("uploads")[:20])


def _is_thinking(workshop: Workshop) -> bool:
    """Whether issues are still being looked for in what was read."""
    library = Library.objects.filter(workshop=workshop).first()
    agenda = Agenda.objects.filter(workshop=workshop).first()
    return library is not None and (agenda is None or agenda.proposed_up_to != library.changed_at)
