"""The front page: what the rooms below know, put together. A bounded number of queries."""

from datetime import date, tzinfo
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import TruncDate

from werkplaats.asks import queries as asks
from werkplaats.asks.models import GiveBack, VoiceIssue
from werkplaats.issues.models import Issue
from werkplaats.issues.rules import State
from werkplaats.neighbourhoods import queries as neighbourhood
from werkplaats.neighbourhoods.models import Need
from werkplaats.neighbourhoods.rules import NeedKind, StewardRole
from werkplaats.pages.records.start import Change, StartPage, Story
from werkplaats.pages.rules import DUE_DAYS, SHOWN_ASKS, SHOWN_CHANGES, SHOWN_DUE
from werkplaats.promises import queries as promises
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import Kind
from werkplaats.promises.rules import State as PromiseState
from werkplaats.sources.models import Source
from werkplaats.tables.models import Table
from werkplaats.threads.queries import stations_of_issue
from werkplaats.workshops.models import Workshop


def start_page(workshop: Workshop, *, today: date, zone: tzinfo) -> StartPage:
    """The front page, the same for everybody. Days are those of `zone`. At most 45 queries."""
    needs = (
        Need.objects.open()
        .filter(workshop=workshop)
        .aggregate(needs=Count("pk", filter=Q(kind=NeedKind.NEED)), offers=Count("pk", filter=Q(kind=NeedKind.OFFER)))
    )
    who_pays = neighbourhood.stewards(workshop=workshop)
    return StartPage(
        payers=tuple(one.words for one in who_pays if one.role == StewardRole.PAYS),
        waiting=asks.waiting(workshop, today=today),
        story=_story(workshop, today=today),
        due=promises.due(workshop, today=today, days=DUE_DAYS, most=SHOWN_DUE),
        changes=_changes(workshop, today=today, zone=zone),
        asks=asks.open_asks(workshop, today=today, most=SHOWN_ASKS),
        tell_key=asks.standing_key(workshop),
        needs=needs["needs"],
        offers=needs["offers"],
    )


def _story(workshop: Workshop, *, today: date) -> Story | None:
    """The story of the issue that came furthest: with the latest promise, else the latest table, else the latest voice."""
    issue = (
        _latest_issue(Promise.objects.filter(confirmed_at__isnull=False, workshop=workshop), "issue", "confirmed_at")
        or _latest_issue(Table.objects.filter(workshop=workshop), "issue", "held_at")
        or _latest_issue(VoiceIssue.objects.filter(voice__workshop=workshop), "issue", "voice__given_at")
    )
    if issue is None:
        return None
    return Story(issue.key, issue.name, stations_of_issue(issue, today=today))


def _latest_issue(rows: QuerySet[Any], issue: str, moment: str) -> Issue | None:
    newest = rows.filter(**{f"{issue}__state": State.ACCEPTED}).order_by(f"-{moment}", "-pk")
    found = newest.values_list(issue, flat=True).first()
    return Issue.objects.select_related("workshop").filter(pk=found).first() if found else None


def _changes(workshop: Workshop, *, today: date, zone: tzinfo) -> tuple[Change, ...]:
    """What changed last: promises done or honestly refused, what came back, and new documents and issues."""
    found = [*_of_promises(workshop, today=today), *_given_back(workshop, zone=zone), *_arrived(workshop, zone=zone)]
    return tuple(sorted(found, key=lambda change: (change.on, change.kind), reverse=True)[:SHOWN_CHANGES])


def _of_promises(workshop: Workshop, *, today: date) -> list[Change]:
    """The promises that were last done, or answered with a no and its reason."""
    rows = Promise.objects.filter(workshop=workshop)
    done = rows.filter(state=PromiseState.DONE).order_by("-done_at")[:SHOWN_CHANGES]
    refused = rows.filter(kind=Kind.NO, state=PromiseState.RUNNING).order_by("-confirmed_at")[:SHOWN_CHANGES]
    newest = Promise.objects.filter(pk__in=[row.pk for row in (*done, *refused)])
    changes = []
    for line in promises.promise_lines(newest, today=today):
        on = line.confirmed_on if line.kind == Kind.NO else line.done_on
        if on is not None:
            kind = "no" if line.kind == Kind.NO else "promise"
            changes.append(Change(kind, on, 1, line.key, line.wording, line, line.maker.name))
    return changes


def _given_back(workshop: Workshop, *, zone: tzinfo) -> list[Change]:
    rows = GiveBack.objects.filter(ask__workshop=workshop).select_related("ask", "party__canonical").order_by("-at")
    return [
        Change(
            "give_back",
            row.at.astimezone(zone).date(),
            1,
            row.ask.key,
            row.ask.title,
            who=(row.party.canonical or row.party).name,
        )
        for row in rows[:SHOWN_CHANGES]
    ]


def _arrived(workshop: Workshop, *, zone: tzinfo) -> list[Change]:
    """The latest documents and accepted issues; what came on one day is one line. 4 queries."""
    added = Source.objects.filter(workshop=workshop).annotate(on=TruncDate("added_at", tzinfo=zone))
    accepted = Issue.objects.filter(workshop=workshop, state=State.ACCEPTED, decided_on__isnull=False)
    days = [("source", *day) for day in _latest_days(added)]
    days += [("issue", *day) for day in _latest_days(accepted.annotate(on=F("decided_on")))]
    documents = Source.objects.in_bulk([pk for kind, _, _, pk in days if kind == "source"])
    decided = Issue.objects.in_bulk([pk for kind, _, _, pk in days if kind == "issue"])
    return [
        Change(kind, on, count, documents[pk].key, documents[pk].title)
        if kind == "source"
        else Change(kind, on, count, decided[pk].key, decided[pk].name)
        for kind, on, count, pk in days
    ]


def _latest_days(rows: QuerySet[Any]) -> list[tuple[date, int, int]]:
    """The latest days in column `on`, each with how many rows it has and the newest of them."""
    counted = rows.order_by().values("on").annotate(n=Count("pk"), newest=Max("pk"))
    return list(counted.order_by("-on").values_list("on", "n", "newest")[:SHOWN_CHANGES])
