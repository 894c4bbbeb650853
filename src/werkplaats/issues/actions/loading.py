"""Issues as a folder has them. Loading the same again changes nothing."""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from werkplaats.issues.actions.telling import show_in_search, touch
from werkplaats.issues.models import Issue, IssueEvent, IssueFragment, IssueNeed, IssueParty
from werkplaats.issues.rules import EventKind, State
from werkplaats.kit.names import sort_key
from werkplaats.neighbourhoods.models import Need, Party
from werkplaats.sources.actions import keep
from werkplaats.sources.models import Fragment
from werkplaats.workshops.models import Theme, Workshop


@transaction.atomic
def put_issue(
    workshop: Workshop,
    *,
    key: str,
    name: str,
    state: State,
    at: datetime,
    summary: str = "",
    themes: Iterable[Theme] = (),
    proposed_on: date | None = None,
    decided_on: date | None = None,
    reason: str = "",
) -> Issue:
    """An issue as a folder has it. Loading the same again changes nothing; a later decision that was taken here stays."""
    row = Issue.objects.select_for_update().filter(workshop=workshop, key=key).first()
    if row is not None and (row.state == State.JOINED or (row.decided_on or date.min) > (decided_on or date.max)):
        return row
    row = row or Issue(workshop=workshop, key=key)
    told = {
        "name": name,
        "sort_name": sort_key(name),
        "summary": summary,
        "state": state.value,
        "proposed_on": proposed_on,
        "decided_on": decided_on,
        "reason": reason,
    }
    changed = row._state.adding or any(getattr(row, field) != value for field, value in told.items())
    for field, value in told.items():
        setattr(row, field, value)
    if changed:
        row.save()
        # In its history it stands on the day of the decision, whenever the folder was loaded.
        moment = datetime.combine(decided_on, time.min, ZoneInfo(workshop.timezone)) if decided_on else at
        IssueEvent.objects.create(issue=row, kind=EventKind(state.value).value, at=moment, reason=reason)
        touch(workshop, at=at)
        show_in_search(row, at=at)
    row.themes.set(themes)
    return row


@transaction.atomic
def put_issue_fragment(
    issue: Issue, *, fragment: Fragment, at: datetime, is_proof: bool = False, centrality: float | None = None
) -> IssueFragment:
    """A passage of an issue, as a folder has it; from now on it stays in its document. Not told, its centrality stays."""
    told = {"is_proof": is_proof} | ({} if centrality is None else {"centrality": centrality})
    row, is_new = IssueFragment.objects.update_or_create(issue=issue, fragment=fragment, defaults=told)
    keep([fragment.pk])
    if is_new:
        touch(issue.workshop, at=at)
    return row


@transaction.atomic
def put_issue_party(issue: Issue, *, party: Party, at: datetime, role: str = "") -> IssueParty:
    """A party that works on an issue, as a folder has it."""
    row, is_new = IssueParty.objects.update_or_create(issue=issue, party=party, defaults={"role": role})
    if is_new:
        touch(issue.workshop, at=at)
    return row


@transaction.atomic
def put_issue_need(issue: Issue, *, need: Need, at: datetime) -> IssueNeed:
    """A need or offer that belongs to an issue, as a folder has it."""
    row, is_new = IssueNeed.objects.get_or_create(issue=issue, need=need)
    if is_new:
        touch(issue.workshop, at=at)
    return row


@transaction.atomic
def need_belongs_to(need: Need, *, issue: Issue | None, at: datetime) -> None:
    """Somebody says to which issue a need or offer belongs, or that it belongs to none. What the engine proposes stays."""
    said = IssueNeed.objects.filter(need=need, issue__state=State.ACCEPTED.value).exclude(issue=issue)
    gone = bool(said.delete()[0])
    if issue is not None:
        put_issue_need(issue, need=need, at=at)
    elif gone:
        touch(need.workshop, at=at)
