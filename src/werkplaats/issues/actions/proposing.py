"""What the machine proposes, stored: only what nobody touched yet is changed or taken back."""

from collections.abc import Iterable, Sequence, Set
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from werkplaats.issues import queries
from werkplaats.issues.actions.telling import new_issue, show_in_search
from werkplaats.issues.models import Agenda, Issue, IssueEvent, IssueFragment, IssueNeed, SuggestedFragment
from werkplaats.issues.records import Addition, Proposal
from werkplaats.issues.rules import SHOWN_WORDS, EventKind, State, alike_pairs, proposed_name, rests_until
from werkplaats.search.actions import withdraw
from werkplaats.workshops.models import Workshop


@transaction.atomic
def propose(workshop: Workshop, proposals: Sequence[Proposal], *, touched: Set[int], at: datetime) -> None:
    """Renews the proposals: goes on with those that are alike, adds what is new, takes back what no longer stands.

    `touched`: issues (ids) that a person had a hand in. They stay as they are, and what half repeats them is not proposed.
    """
    hashes = queries.hashes_of(Issue.objects.filter(workshop=workshop, state=State.PROPOSED))
    theirs = frozenset[str]().union(*(hashes[pk] for pk in hashes if pk in touched))
    new = {
        number: proposal.hashes
        for number, proposal in enumerate(proposals)
        if 2 * len(proposal.hashes & theirs) < len(proposal.hashes)
    }
    own = {pk: hashes[pk] for pk in hashes if pk not in touched}
    going_on = alike_pairs(new, own)
    for gone in Issue.objects.filter(pk__in=own.keys() - set(going_on.values())):
        withdraw(workshop, kind="issue", keys=[gone.key])
        gone.delete()
    stand = Issue.objects.select_related("workshop").in_bulk(going_on.values())
    for number in new:
        proposal = proposals[number]
        issue = stand[going_on[number]] if number in going_on else _proposed(workshop, proposal, at=at)
        _fill(issue, proposal, at=at)


def _proposed(workshop: Workshop, proposal: Proposal, *, at: datetime) -> Issue:
    issue = new_issue(workshop, proposed_name(proposal.words, _("{}, {} en {}"))[:200], State.PROPOSED, at=at)
    issue.save()
    hashes = sorted(proposal.hashes)
    IssueEvent.objects.create(issue=issue, kind=EventKind.PROPOSED.value, at=at, text_hashes=hashes)
    return issue


def _fill(issue: Issue, proposal: Proposal, *, at: datetime) -> None:
    """The passages and needs of a proposal, in place of those it had. The name and the key stay: people saw them already."""
    issue.words = list(proposal.words[:SHOWN_WORDS])
    issue.save()
    issue.themes.set(proposal.theme_ids)
    issue.fragments.all().delete()
    IssueFragment.objects.bulk_create(
        IssueFragment(issue=issue, fragment_id=pk, is_proof=pk in proposal.proof, centrality=closeness)
        for pk, closeness in zip(proposal.fragment_ids, proposal.closeness, strict=True)
    )
    issue.needs.all().delete()
    IssueNeed.objects.bulk_create(IssueNeed(issue=issue, need_id=pk) for pk in proposal.need_ids)
    show_in_search(issue, at=at)


@transaction.atomic
def suggest(workshop: Workshop, additions: Iterable[Addition]) -> None:
    """Renews what is suggested to the accepted issues. What they have already, or denied, `additions` leaves out."""
    SuggestedFragment.objects.filter(issue__workshop=workshop).delete()
    accepted = frozenset(Issue.objects.filter(workshop=workshop, state=State.ACCEPTED).values_list("pk", flat=True))
    SuggestedFragment.objects.bulk_create(
        SuggestedFragment(issue_id=one.issue_id, fragment_id=one.fragment_id, closeness=one.closeness)
        for one in additions
        if one.issue_id in accepted
    )


def note_proposed(
    workshop: Workshop, *, began: datetime, at: datetime, library: datetime | None, needs: datetime | None
) -> None:
    """Notes which change of library and needs the proposals rest on, and until when there are no others if it took long."""
    seen = {
        "proposed_at": at,
        "proposed_up_to": library,
        "needs_up_to": needs,
        "rests_until": rests_until(began, at),
    }
    Agenda.objects.update_or_create(workshop=workshop, defaults=seen, create_defaults={**seen, "changed_at": at})
