"""What moves and matches that people were asked about still ask of a coordinator, who may have people asked."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from werkplaats.accounts.rules import Who, may
from werkplaats.defrag.models import Asking
from werkplaats.defrag.queries.people import helped_on_paper, to_print
from werkplaats.defrag.queries.reasons import heading
from werkplaats.defrag.rules import ASK, Stage
from werkplaats.dependence.models import Match, MatchSide
from werkplaats.dependence.queries.people import WITH_NEEDS, cards, ends_of
from werkplaats.dependence.rules import MATCH, MatchState
from werkplaats.neighbourhoods.models import Party
from werkplaats.pages.queries.tasks import Day
from werkplaats.pages.records.today import Task
from werkplaats.pages.rules import FETCHED_TASKS, TaskKind

DAYS_TO_BRING_TOGETHER = 7
"""Our own term: who said yes on both sides is brought together within a week."""


def asked_moves(day: Day, *, who: Who) -> list[Task]:
    """Both said yes and wait to be brought together; and cards on paper that wait to be printed."""
    if not may(who, ASK, day.workshop):
        return []
    rows = Asking.objects.filter(move__workshop=day.workshop, stage=Stage.AGREED.value)
    rows = rows.select_related("move__party_a__canonical", "move__party_b__canonical", "move__issue")
    found = [_together(day, row) for row in rows.order_by("agreed_at", "pk")[:FETCHED_TASKS]]
    waiting = to_print(day.workshop).count() + helped_on_paper(day.workshop).filter(card_made_at=None).count()
    return [*found, *_cards(day, waiting, url=day.url("defrag:cards"))]


def introduced_matches(day: Day, *, who: Who) -> list[Task]:
    """A need and an offer of which both sides said yes, and nobody told what came of it; and cards. 2 queries, for who may."""
    if not may(who, MATCH, day.workshop):
        return []
    rows = Match.objects.filter(workshop=day.workshop, state=MatchState.INTRODUCED.value)
    rows = rows.exclude(sides__in=MatchSide.objects.exclude(outcome="")).select_related(*WITH_NEEDS)
    found = []
    for row in rows.order_by("introduced_at", "pk")[:FETCHED_TASKS]:
        since = day.of(row.introduced_at or row.proposed_at)
        offers, needs = (end.name if isinstance(end, Party) else _("een bewoner") for end in ends_of(row))
        found.append(
            Task(
                kind=TaskKind.MOVE,
                over=(day.today - since).days - DAYS_TO_BRING_TOGETHER,
                badge=_("Allebei ja"),
                title=_("%(need)s zoekt, %(offer)s biedt") % {"need": needs, "offer": offers},
                text=_("Ze willen kennismaken. Nu ben jij aan de beurt."),
                url=f"{day.url('dependence:matches')}#past-{row.key}",
                action=_("Breng ze bij elkaar"),
                since=since,
            )
        )
    waiting = sum(1 for line in cards(day.workshop) if not line.is_made)
    return [*found, *_cards(day, waiting, url=day.url("dependence:cards"))]


def _together(day: Day, row: Asking) -> Task:
    since = day.of(row.agreed_at or row.asked_at)
    other = row.move.party_b.stays.name if row.move.party_b else ""
    return Task(
        kind=TaskKind.MOVE,
        over=(day.today - since).days - DAYS_TO_BRING_TOGETHER,
        badge=_("Allebei ja"),
        title=heading(row.move, row.move.party_a.stays.name, other),
        text=_("Ze willen kennismaken. Nu ben jij aan de beurt."),
        url=f"{day.url('defrag:asked')}#zet-{row.key}",
        action=_("Breng ze bij elkaar"),
        since=since,
    )


def _cards(day: Day, waiting: int, *, url: str) -> list[Task]:
    if not waiting:
        return []
    title = ngettext("%(n)d kaart om mee te geven", "%(n)d kaarten om mee te geven", waiting)
    return [
        Task(
            kind=TaskKind.MOVE,
            over=0,
            badge=_("Op papier"),
            title=title % {"n": waiting},
            text=_("Voor wie geen mail heeft: een vraag met een code, om af te drukken."),
            url=url,
            action=_("Druk af"),
        )
    ]
