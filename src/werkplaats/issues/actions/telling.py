"""What every event of an issue has: a line in its history, a sign to what is computed from issues, an entry in the search."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse

from werkplaats.issues.models import Agenda, Issue, IssueEvent
from werkplaats.issues.rules import OPEN, EventKind, State
from werkplaats.kit.names import key_from, sort_key
from werkplaats.search.actions import offer, withdraw
from werkplaats.search.records import EntryRow
from werkplaats.workshops.models import Workshop


def touch(workshop: Workshop, *, at: datetime) -> None:
    """Notes that the issues of a workshop changed, for what is computed from them."""
    Agenda.objects.update_or_create(workshop=workshop, defaults={"changed_at": at})


def happened(
    issue: Issue,
    kind: EventKind,
    *,
    at: datetime,
    by: int | None,
    reason: str = "",
    before: str = "",
    hashes: list[str] | None = None,
) -> None:
    """Adds to the history of an issue, and lets what is computed from issues and the search know."""
    IssueEvent.objects.create(
        issue=issue, kind=kind.value, at=at, by_id=by, reason=reason, before=before, text_hashes=hashes or []
    )
    touch(issue.workshop, at=at)
    show_in_search(issue, at=at)


def day(workshop: Workshop, at: datetime) -> date:
    """The day of a moment, as the people of this workshop count it."""
    return at.astimezone(ZoneInfo(workshop.timezone)).date()


def hashes_of_issue(issue: Issue) -> list[str]:
    """The passages of an issue as an event remembers them: by their text, whatever becomes of their rows."""
    return sorted(set(issue.fragments.values_list("fragment__text_hash", flat=True)))


def new_issue(workshop: Workshop, name: str, state: State, *, at: datetime) -> Issue:
    """An issue that is not stored yet, with a key of its own."""
    taken = frozenset(Issue.objects.filter(workshop=workshop).values_list("key", flat=True))
    return Issue(
        workshop=workshop,
        key=key_from(name, taken),
        name=name,
        sort_name=sort_key(name),
        state=state.value,
        proposed_on=day(workshop, at),
    )


def show_in_search(issue: Issue, *, at: datetime) -> None:
    """Lets everybody find an accepted issue, the team a proposed one, and nobody what was refused or joined."""
    if State(issue.state) not in OPEN:
        withdraw(issue.workshop, kind="issue", keys=[issue.key])
        return
    entry = EntryRow(
        kind="issue",
        key=issue.key,
        title=issue.name,
        text=issue.summary or ", ".join(issue.words),
        url=reverse("pages:issue", args=[issue.workshop.key, issue.key]),
        language=next(iter(issue.workshop.languages), "nl"),
        dated_on=issue.decided_on or issue.proposed_on,
        is_public=issue.state == State.ACCEPTED,
    )
    offer(issue.workshop, [entry], at=at)
