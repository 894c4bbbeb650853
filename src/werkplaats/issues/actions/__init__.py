"""What happens to issues: one atomic function per event. `by` is the account that did it; None: a folder that was loaded."""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse

from werkplaats.issues.models import (
    Agenda,
    Issue,
    IssueEvent,
    IssueFragment,
    IssueNeed,
    IssueParty,
    SuggestedFragment,
)
from werkplaats.issues.refusals import AlreadyDecided, CannotJoin, CannotSplit, ChangedMeanwhile, LastPassage, NotThere
from werkplaats.issues.rules import MAY_BECOME, OPEN, EventKind, State, may_join
from werkplaats.kit.names import key_from, sort_key
from werkplaats.neighbourhoods.models import Need, Party
from werkplaats.search.actions import offer, withdraw
from werkplaats.search.records import EntryRow
from werkplaats.sources.models import Fragment
from werkplaats.workshops.models import Theme, Workshop


def touch(workshop: Workshop, *, at: datetime) -> None:
    """Notes that the issues of a workshop changed, for what is computed from them."""
    Agenda.objects.update_or_create(workshop=workshop, defaults={"changed_at": at})


@transaction.atomic
def accept(
    issue: Issue, *, name: str, parties: Iterable[Party], at: datetime, summary: str = "", by: int | None = None
) -> Issue:
    """People stand behind it: under a name of their own choice, with the parties of their own choice."""
    row = _locked(issue, State.ACCEPTED)
    name_before = row.name if row.name != name else ""
    row.state, row.decided_on, row.reason = State.ACCEPTED.value, _day(row.workshop, at), ""
    row.name, row.sort_name, row.summary = name, sort_key(name), summary
    row.save()
    row.parties.all().delete()
    IssueParty.objects.bulk_create([IssueParty(issue=row, party=party) for party in set(parties)])
    _happened(row, EventKind.ACCEPTED, at=at, by=by, before=name_before, hashes=_hashes(row))
    # What lies near it is looked for at once, not only when a document is added.
    Agenda.objects.filter(workshop=row.workshop).update(proposed_up_to=None)
    return row


@transaction.atomic
def refuse(issue: Issue, *, reason: str, at: datetime, by: int | None = None) -> Issue:
    """These passages are no issue together. Remembered, so that the same proposal does not come back."""
    row = _locked(issue, State.REFUSED)
    row.state, row.decided_on, row.reason = State.REFUSED.value, _day(row.workshop, at), reason
    row.save()
    row.suggestions.all().delete()
    _happened(row, EventKind.REFUSED, at=at, by=by, reason=reason, hashes=_hashes(row))
    return row


@transaction.atomic
def rename(
    issue: Issue, *, name: str, at: datetime, summary: str | None = None, was: str = "", by: int | None = None
) -> Issue:
    """Another name, and summary if given; refused when the name is no longer what it `was` on the page."""
    row = _locked(issue)
    if was and row.name not in (was, name):
        raise ChangedMeanwhile(row.name)
    before = row.name
    if before == name and summary in (None, row.summary):
        return row
    row.name, row.sort_name = name, sort_key(name)
    row.summary = row.summary if summary is None else summary
    row.save()
    _happened(row, EventKind.RENAMED, at=at, by=by, before=before)
    return row


@transaction.atomic
def split(issue: Issue, *, fragments: Iterable[int], name: str, at: datetime, by: int | None = None) -> Issue:
    """Gives some of its passages (fragment ids) an issue of their own, in the same state. Returns the new issue."""
    row = _locked(issue)
    moving = row.fragments.filter(fragment_id__in=set(fragments))
    going, staying = moving.count(), row.fragments.count()
    if not 0 < going < staying:
        raise CannotSplit
    made = new_issue(row.workshop, name, State(row.state), at=at)
    made.decided_on = _day(row.workshop, at) if row.state == State.ACCEPTED else None
    made.save()
    made.themes.set(row.themes.all())
    moving.update(issue=made)
    for one in (row, made):
        _choose_proof(one)
    _happened(row, EventKind.SPLIT, at=at, by=by, before=made.name, hashes=_hashes(made))
    _happened(made, EventKind.SPLIT, at=at, by=by, before=row.name, hashes=_hashes(made))
    return made


@transaction.atomic
def join(issue: Issue, *, into: Issue, at: datetime, by: int | None = None) -> Issue:
    """It goes up in another issue, which gets its passages, parties and needs. Its own rows stay, to walk back along."""
    pair = {one.pk: one for one in Issue.objects.select_for_update().filter(pk__in=(issue.pk, into.pk)).order_by("pk")}
    row, target = pair[issue.pk], pair[into.pk]
    if row.state == State.JOINED:
        raise AlreadyDecided(row)
    if (
        row.pk == target.pk
        or row.workshop_id != target.workshop_id
        or not may_join(State(row.state), State(target.state))
    ):
        raise CannotJoin
    row.state, row.joined_into, row.decided_on = State.JOINED.value, target, _day(row.workshop, at)
    row.save()
    row.suggestions.all().delete()
    IssueFragment.objects.bulk_create(
        [IssueFragment(issue=target, fragment_id=one.fragment_id) for one in row.fragments.all()], ignore_conflicts=True
    )
    IssueParty.objects.bulk_create(
        [IssueParty(issue=target, party_id=one.party_id, role=one.role) for one in row.parties.all()],
        ignore_conflicts=True,
    )
    IssueNeed.objects.bulk_create(
        [IssueNeed(issue=target, need_id=one.need_id) for one in row.needs.all()], ignore_conflicts=True
    )
    row.trajectories.update(issue=target)
    target.suggestions.filter(fragment__in=row.fragments.values("fragment")).delete()
    target.themes.add(*row.themes.all())
    _happened(row, EventKind.JOINED, at=at, by=by, before=target.name, hashes=_hashes(row))
    _happened(target, EventKind.JOINED, at=at, by=by, before=row.name, hashes=_hashes(row))
    return target


@transaction.atomic
def add_party(issue: Issue, *, party: Party, at: datetime, role: str = "", by: int | None = None) -> Issue:
    """A party works on it. Adding it twice changes nothing."""
    row = _locked(issue)
    _one, is_new = IssueParty.objects.get_or_create(issue=row, party=party, defaults={"role": role})
    if is_new:
        _happened(row, EventKind.ADDED, at=at, by=by, before=party.name[:200])
    return row


@transaction.atomic
def remove_party(issue: Issue, *, party: Party, at: datetime, by: int | None = None) -> Issue:
    """A party no longer works on it, under none of its names."""
    row = _locked(issue)
    stays = party.canonical_id or party.pk
    gone = row.parties.filter(party_id=stays) | row.parties.filter(party__canonical_id=stays)
    if gone.delete()[0]:
        _happened(row, EventKind.REMOVED, at=at, by=by, before=party.name[:200])
    return row


@transaction.atomic
def choose_parties(issue: Issue, *, parties: Iterable[Party], at: datetime, by: int | None = None) -> Issue:
    """Exactly these parties work on it: the others leave, who was there keeps its role."""
    chosen = {party.pk: party for party in parties}
    rows = IssueParty.objects.filter(issue_id=issue.pk).select_related("party")
    stays = {one.party.canonical_id or one.party_id: one.party for one in rows}
    for pk in stays.keys() - chosen.keys():
        remove_party(issue, party=stays[pk], at=at, by=by)
    for pk in chosen.keys() - stays.keys():
        add_party(issue, party=chosen[pk], at=at, by=by)
    return _locked(issue)


@transaction.atomic
def remove_fragment(issue: Issue, *, fragment: int, at: datetime, by: int | None = None) -> Issue:
    """A passage does not belong to it (fragment id). Remembered by its text, so that it is not suggested again."""
    row = _locked(issue)
    one = row.fragments.filter(fragment_id=fragment).select_related("fragment").first()
    if one is None:
        raise NotThere
    if row.fragments.count() == 1:
        raise LastPassage
    one.delete()
    _choose_proof(row)
    _happened(row, EventKind.REMOVED, at=at, by=by, hashes=[one.fragment.text_hash])
    return row


@transaction.atomic
def add_suggested(issue: Issue, *, fragment: int, at: datetime, by: int | None = None) -> Issue:
    """A suggested passage belongs to it."""
    row, one = _suggested(issue, fragment)
    IssueFragment.objects.get_or_create(issue=row, fragment=one.fragment, defaults={"centrality": one.closeness})
    one.delete()
    _happened(row, EventKind.ADDED, at=at, by=by, hashes=[one.fragment.text_hash])
    return row


@transaction.atomic
def refuse_suggested(issue: Issue, *, fragment: int, at: datetime, by: int | None = None) -> Issue:
    """A suggested passage does not belong to it, and is not suggested again, in whatever document it stands."""
    row, one = _suggested(issue, fragment)
    row.suggestions.filter(fragment__text_hash=one.fragment.text_hash).delete()
    _happened(row, EventKind.REMOVED, at=at, by=by, hashes=[one.fragment.text_hash])
    return row


def _locked(issue: Issue, becomes: State | None = None) -> Issue:
    """The row as it stands now, held until the end; refused when it may not become this, or is not open any more."""
    row = Issue.objects.select_for_update().select_related("workshop").get(pk=issue.pk)
    state = State(row.state)
    if becomes not in MAY_BECOME[state] if becomes else state not in OPEN:
        raise AlreadyDecided(row)
    return row


def _suggested(issue: Issue, fragment: int) -> tuple[Issue, SuggestedFragment]:
    row = _locked(issue)
    one = row.suggestions.filter(fragment_id=fragment).select_related("fragment").first()
    if one is None:
        raise NotThere
    return row, one


def _happened(
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
    show_in_search(issue)


def _day(workshop: Workshop, at: datetime) -> date:
    return at.astimezone(ZoneInfo(workshop.timezone)).date()


def _hashes(issue: Issue) -> list[str]:
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
        proposed_on=_day(workshop, at),
    )


def _choose_proof(issue: Issue) -> None:
    """Proof is at most three passages; the most central ones where too few are left."""
    rows = list(issue.fragments.order_by("-is_proof", "-centrality", "fragment_id"))
    issue.fragments.filter(pk__in=[row.pk for row in rows[:3]]).update(is_proof=True)


def show_in_search(issue: Issue) -> None:
    """Lets everybody find an accepted issue, members a proposed one, and nobody what was refused or joined."""
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
    offer(issue.workshop, [entry])


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
        moment = datetime.combine(decided_on, time(12), ZoneInfo(workshop.timezone)) if decided_on else at
        IssueEvent.objects.create(issue=row, kind=EventKind(state.value).value, at=moment, reason=reason)
        touch(workshop, at=at)
        show_in_search(row)
    row.themes.set(themes)
    return row


@transaction.atomic
def put_issue_fragment(issue: Issue, *, fragment: Fragment, at: datetime, is_proof: bool = False) -> IssueFragment:
    """A passage of an issue, as a folder has it."""
    row, is_new = IssueFragment.objects.update_or_create(
        issue=issue, fragment=fragment, defaults={"is_proof": is_proof}
    )
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
