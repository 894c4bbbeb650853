"""What people decide about issues: one atomic function per event. `by` is the account that did it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from werkplaats.issues.actions.telling import day, happened, hashes_of_issue, new_issue
from werkplaats.issues.models import Agenda, Issue, IssueFragment, IssueNeed, IssueParty, SuggestedFragment
from werkplaats.issues.refusals import AlreadyDecided, CannotJoin, CannotSplit, ChangedMeanwhile, LastPassage, NotThere
from werkplaats.issues.rules import MAY_BECOME, OPEN, EventKind, State, may_join
from werkplaats.kit.names import sort_key
from werkplaats.mail.actions import follow_on
from werkplaats.neighbourhoods.models import Party
from werkplaats.sources.actions import keep


@transaction.atomic
def accept(
    issue: Issue, *, name: str, parties: Iterable[Party], at: datetime, summary: str = "", by: int | None = None
) -> Issue:
    """People stand behind it: under a name of their own choice, with the parties of their own choice."""
    row = _locked(issue, State.ACCEPTED)
    name_before = row.name if row.name != name else ""
    row.state, row.decided_on, row.reason = State.ACCEPTED.value, day(row.workshop, at), ""
    row.name, row.sort_name, row.summary = name, sort_key(name), summary
    row.save()
    row.parties.all().delete()
    IssueParty.objects.bulk_create([IssueParty(issue=row, party=party) for party in set(parties)])
    happened(row, EventKind.ACCEPTED, at=at, by=by, before=name_before, hashes=hashes_of_issue(row))
    _keep_passages(row)
    # What lies near it is looked for at once, not only when a document is added.
    Agenda.objects.filter(workshop=row.workshop).update(proposed_up_to=None)
    return row


@transaction.atomic
def refuse(issue: Issue, *, reason: str, at: datetime, by: int | None = None) -> Issue:
    """These passages are no issue together. Remembered, so that the same proposal does not come back."""
    row = _locked(issue, State.REFUSED)
    row.state, row.decided_on, row.reason = State.REFUSED.value, day(row.workshop, at), reason
    row.save()
    row.suggestions.all().delete()
    happened(row, EventKind.REFUSED, at=at, by=by, reason=reason, hashes=hashes_of_issue(row))
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
    happened(row, EventKind.RENAMED, at=at, by=by, before=before)
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
    made.decided_on = day(row.workshop, at) if row.state == State.ACCEPTED else None
    made.save()
    made.themes.set(row.themes.all())
    moving.update(issue=made)
    for one in (row, made):
        _choose_proof(one)
        _keep_passages(one)
    happened(row, EventKind.SPLIT, at=at, by=by, before=made.name, hashes=hashes_of_issue(made))
    happened(made, EventKind.SPLIT, at=at, by=by, before=row.name, hashes=hashes_of_issue(made))
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
    row.state, row.joined_into, row.decided_on = State.JOINED.value, target, day(row.workshop, at)
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
    url = reverse("pages:issue", args=[target.workshop.key, target.key])
    follow_on(target.workshop, thing=row.thing, into=target.thing, title=target.name, url=url)
    target.suggestions.filter(fragment__in=row.fragments.values("fragment")).delete()
    target.themes.add(*row.themes.all())
    _keep_passages(target)
    happened(row, EventKind.JOINED, at=at, by=by, before=target.name, hashes=hashes_of_issue(row))
    happened(target, EventKind.JOINED, at=at, by=by, before=row.name, hashes=hashes_of_issue(row))
    return target


@transaction.atomic
def add_party(issue: Issue, *, party: Party, at: datetime, role: str = "", by: int | None = None) -> Issue:
    """A party works on it. Adding it twice changes nothing."""
    row = _locked(issue)
    _one, is_new = IssueParty.objects.get_or_create(issue=row, party=party, defaults={"role": role})
    if is_new:
        happened(row, EventKind.ADDED, at=at, by=by, before=party.name[:200])
    return row


@transaction.atomic
def remove_party(issue: Issue, *, party: Party, at: datetime, by: int | None = None) -> Issue:
    """A party no longer works on it, under none of its names."""
    row = _locked(issue)
    stays = party.canonical_id or party.pk
    gone = row.parties.filter(party_id=stays) | row.parties.filter(party__canonical_id=stays)
    if gone.delete()[0]:
        happened(row, EventKind.REMOVED, at=at, by=by, before=party.name[:200])
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
    happened(row, EventKind.REMOVED, at=at, by=by, hashes=[one.fragment.text_hash])
    return row


@transaction.atomic
def add_suggested(issue: Issue, *, fragment: int, at: datetime, by: int | None = None) -> Issue:
    """A suggested passage belongs to it."""
    row, one = _suggested(issue, fragment)
    IssueFragment.objects.get_or_create(issue=row, fragment=one.fragment, defaults={"centrality": one.closeness})
    keep([one.fragment_id])
    one.delete()
    happened(row, EventKind.ADDED, at=at, by=by, hashes=[one.fragment.text_hash])
    return row


@transaction.atomic
def refuse_suggested(issue: Issue, *, fragment: int, at: datetime, by: int | None = None) -> Issue:
    """A suggested passage does not belong to it, and is not suggested again, in whatever document it stands."""
    row, one = _suggested(issue, fragment)
    row.suggestions.filter(fragment__text_hash=one.fragment.text_hash).delete()
    happened(row, EventKind.REMOVED, at=at, by=by, hashes=[one.fragment.text_hash])
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


def _keep_passages(issue: Issue) -> None:
    """People stand behind these passages together: they stay, however documents are cut later."""
    keep(issue.fragments.values_list("fragment_id", flat=True))


def _choose_proof(issue: Issue) -> None:
    """Proof is at most three passages; the most central ones where too few are left."""
    rows = list(issue.fragments.order_by("-is_proof", "-centrality", "fragment_id"))
    issue.fragments.filter(pk__in=[row.pk for row in rows[:3]]).update(is_proof=True)
