"""Reads of issues that cross tables; each a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, F, Max, Min, QuerySet
from django.db.models.functions import Coalesce

from werkplaats.accounts.rules import Who, may
from werkplaats.issues.models import Agenda, Issue, IssueEvent, IssueFragment, IssueNeed, IssueParty, SuggestedFragment
from werkplaats.issues.records import (
    EventLine,
    IssueLine,
    IssueRecord,
    NeedIn,
    PartyChoice,
    PartyIn,
    Passage,
    Quote,
    Standing,
)
from werkplaats.issues.rules import DECIDE, MOST_OTHERS, EventKind, State, Why, named_in
from werkplaats.neighbourhoods.models import Need, Network, Party
from werkplaats.search.rules import text_hash as hash_of
from werkplaats.sources.models import Fragment, Library, Source
from werkplaats.sources.queries import fragment_url
from werkplaats.workshops.models import Workshop

_PLACED = ("fragment__page", "fragment__source__holder__canonical", "fragment__source__workshop")


def standing(workshop: Workshop) -> Standing:
    """How many issues are accepted and proposed, when was last looked, and whether that is out of date."""
    states = dict(Issue.objects.filter(workshop=workshop).values_list("state").annotate(Count("pk")).order_by())
    agenda = Agenda.objects.filter(workshop=workshop).first()
    seen = (agenda.proposed_up_to, agenda.needs_up_to) if agenda else (None, None)
    return Standing(
        accepted=states.get(State.ACCEPTED.value, 0),
        proposed=states.get(State.PROPOSED.value, 0),
        looked_at=agenda.proposed_at if agenda else None,
        is_stale=changed_at(workshop) != seen,
    )


def changed_at(workshop: Workshop) -> tuple[datetime | None, datetime | None]:
    """When the documents, and the parties and needs, of a workshop last changed; None: there are none."""
    library = Library.objects.filter(workshop=workshop).values_list("changed_at", flat=True).first()
    network = Network.objects.filter(workshop=workshop).values_list("changed_at", flat=True).first()
    return library, network


def issue_lines(workshop: Workshop, who: Who, *, theme: str = "") -> tuple[IssueLine, ...]:
    """The issues that `who` may see in a list: everybody the accepted ones, the team those proposed and refused too.

    `theme`: the key of a theme that they must run across; empty for all.
    """
    states = {State.ACCEPTED} | ({State.PROPOSED, State.REFUSED} if may(who, DECIDE, workshop) else set())
    rows = Issue.objects.filter(workshop=workshop, state__in=states)
    lines = _lines(rows.filter(themes__key=theme) if theme else rows)
    return tuple(sorted(lines, key=_widest_proposals_first))


def _widest_proposals_first(line: IssueLine) -> tuple[int, int]:
    """Proposals by from how many documents they come; the others stay by name."""
    return (-line.sources, -line.fragments) if line.state == State.PROPOSED else (0, 0)


def issue(workshop: Workshop, key: str) -> IssueRecord | None:
    """Everything about one issue; None when this workshop has no issue with that key."""
    row = Issue.objects.filter(workshop=workshop, key=key).select_related("joined_into").first()
    if row is None:
        return None
    return IssueRecord(
        issue_id=row.pk,
        workshop_id=row.workshop_id,
        key=row.key,
        name=row.name,
        summary=row.summary,
        state=row.state,
        words=tuple(row.words),
        themes=tuple((theme.key, theme.called) for theme in row.themes.all()),
        proposed_on=row.proposed_on,
        decided_on=row.decided_on,
        reason=row.reason,
        joined_into=(row.joined_into.key, row.joined_into.name) if row.joined_into else None,
        quotes=tuple(_quote(one) for one in row.fragments.select_related(*_PLACED)),
        suggested=tuple(_quote(one) for one in row.suggestions.select_related(*_PLACED)),
        parties=_parties(row),
        needs=_needs(row),
        events=events(row.pk),
    )


def events(issue_id: int) -> tuple[EventLine, ...]:
    """What happened to an issue, oldest first, without who did it."""
    return tuple(
        EventLine(row.kind, row.at, row.reason, row.before, row.by_id is not None, len(row.text_hashes))
        for row in IssueEvent.objects.filter(issue_id=issue_id)
    )


def issues_of_party(party: Party) -> tuple[tuple[str, str], ...]:
    """The accepted issues that a party works on, under any of its names: (key, name)."""
    rows = IssueParty.objects.filter(issue__state=State.ACCEPTED).alias(who=Coalesce("party__canonical_id", "party_id"))
    return tuple(
        rows.filter(who=party.canonical_id or party.pk)
        .values_list("issue__key", "issue__name")
        .order_by("issue__sort_name", "issue__key")
        .distinct()
    )


def others_to_join(workshop: Workshop, key: str) -> tuple[Issue, ...]:
    """The issues that one with this key may be joined into, by name."""
    state = Issue.objects.filter(workshop=workshop, key=key).values_list("state", flat=True).first()
    into = {State.ACCEPTED} | ({State.PROPOSED} if state == State.PROPOSED else set())
    return tuple(Issue.objects.filter(workshop=workshop, state__in=into).exclude(key=key))


def party_choices(record: IssueRecord) -> tuple[PartyChoice, ...]:
    """The parties to ask whether they work on an issue, each with the first reason that holds, most telling reason first.

    Who has a need in it is ticked beforehand; who only holds a document or is named in a passage is not: that is no work on it.
    """
    parties = Party.objects.filter(workshop_id=record.workshop_id).select_related("canonical")
    stays = {party.pk: party.stays for party in parties}
    named = named_in("\n".join(quote.text for quote in record.quotes), (party.name for party in parties))
    reasons: list[tuple[Why, Iterable[int | None]]] = [
        (Why.WORKS, (one.party_id for one in record.parties)),
        (Why.NEEDS, (need.party_id for need in record.needs)),
        (Why.HOLDS, (quote.holder_id for quote in record.quotes)),
        (Why.NAMED, (party.pk for party in parties if party.name in named)),
    ]
    chosen: dict[int, tuple[Party, Why]] = {}
    for why, ids in reasons:
        for pk in ids:
            if pk is not None:
                chosen.setdefault(stays[pk].pk, (stays[pk], why))
    order = list(Why)
    return tuple(
        PartyChoice(party.pk, party.key, party.name, party.kind, why.value, why in (Why.WORKS, Why.NEEDS))
        for party, why in sorted(chosen.values(), key=lambda one: (order.index(one[1]), one[0].sort_name))
    )


def other_parties(record: IssueRecord, *, but: Iterable[PartyChoice]) -> list[tuple[str, str]]:
    """The keys and names of all other parties that stay, as many as a person reads to the end. 1 query."""
    named = {choice.key for choice in but}
    rows = Party.objects.filter(workshop_id=record.workshop_id, canonical=None).exclude(key__in=named)
    return list(rows.values_list("key", "name")[:MOST_OTHERS])


def remembered_hashes(workshop: Workshop) -> tuple[frozenset[str], ...]:
    """The passages of every refusal: what a person said no to is not proposed again."""
    refused = Issue.objects.filter(workshop=workshop, state=State.REFUSED)
    kept = IssueEvent.objects.filter(issue__in=refused, kind=EventKind.REFUSED).values_list("text_hashes", flat=True)
    now = hashes_of(refused).values()
    return tuple(frozenset(hashes) for hashes in (*kept, *now) if hashes)


def hashes_of(issues: QuerySet[Issue]) -> dict[int, frozenset[str]]:
    """Per issue the hashes of its passages."""
    found: dict[int, set[str]] = {pk: set() for pk in issues.values_list("pk", flat=True)}
    for pk, text_hash in IssueFragment.objects.filter(issue__in=issues).values_list("issue_id", "fragment__text_hash"):
        found[pk].add(text_hash)
    return {pk: frozenset(hashes) for pk, hashes in found.items()}


def denied_hashes(workshop: Workshop) -> dict[int, frozenset[str]]:
    """Per issue the passages that a person took out or did not add; a later adding by a person counts again."""
    denied: dict[int, set[str]] = defaultdict(set)
    told = IssueEvent.objects.filter(issue__workshop=workshop, kind__in=(EventKind.REMOVED, EventKind.ADDED))
    for row in told.order_by("at", "pk"):
        if row.kind == EventKind.REMOVED:
            denied[row.issue_id] |= set(row.text_hashes)
        else:
            denied[row.issue_id] -= set(row.text_hashes)
    return {pk: frozenset(hashes) for pk, hashes in denied.items()}


def touched_by_people(workshop: Workshop) -> frozenset[int]:
    """The issues in which anything happened but a proposal by the machine."""
    told = IssueEvent.objects.filter(issue__workshop=workshop).exclude(kind=EventKind.PROPOSED, by=None)
    return frozenset(told.values_list("issue_id", flat=True))


def passages(workshop: Workshop) -> tuple[Passage, ...]:
    """Everything in a workshop that may belong to an issue: its fragments, and its needs and offers of today."""
    drawers: dict[int, set[int]] = defaultdict(set)
    for source, theme in Source.themes.through.objects.filter(source__workshop=workshop).values_list(
        "source_id", "theme_id"
    ):
        drawers[source].add(theme)
    rows = Fragment.objects.filter(source__workshop=workshop).order_by("pk")
    fragments = rows.values_list("pk", "text", "text_hash", "language", "source_id").iterator(chunk_size=5000)
    needs = Need.objects.open().of_parties().filter(workshop=workshop).values_list("pk", "text", "theme_id")
    return (
        *(
            Passage(text, text_hash, language, frozenset(drawers[source]), fragment_id=pk, source_id=source)
            for pk, text, text_hash, language, source in fragments
        ),
        *(
            Passage(text, hash_of(text), "", frozenset({theme} if theme else ()), need_id=pk)
            for pk, text, theme in needs
        ),
    )


def _lines(issues: QuerySet[Issue]) -> tuple[IssueLine, ...]:
    rows = list(issues.prefetch_related("themes"))
    spans = {
        pk: (passages, sources, first, last)
        for pk, passages, sources, first, last in IssueFragment.objects.filter(issue__in=issues)
        .values_list("issue_id")
        .annotate(
            Count("pk"),
            Count("fragment__source", distinct=True),
            Min("fragment__source__published_on"),
            Max("fragment__source__published_on"),
        )
        .order_by()
    }
    parties = IssueParty.objects.filter(issue__in=issues).annotate(who=Coalesce("party__canonical_id", "party_id"))
    working = dict(parties.values_list("issue_id").annotate(Count("who", distinct=True)).order_by())
    needs = dict(IssueNeed.objects.filter(issue__in=issues).values_list("issue_id").annotate(Count("pk")).order_by())
    near = SuggestedFragment.objects.filter(issue__in=issues)
    suggestions = dict(near.values_list("issue_id").annotate(Count("pk")).order_by())
    proof: dict[int, list[Quote]] = defaultdict(list)
    for one in IssueFragment.objects.filter(issue__in=issues, is_proof=True).select_related(*_PLACED):
        proof[one.issue_id].append(_quote(one))
    lines = []
    for row in rows:
        passages, sources, first, last = spans.get(row.pk, (0, 0, None, None))
        lines.append(
            IssueLine(
                issue_id=row.pk,
                key=row.key,
                name=row.name,
                summary=row.summary,
                state=row.state,
                words=tuple(row.words),
                themes=tuple((theme.key, theme.called) for theme in row.themes.all()),
                fragments=passages,
                sources=sources,
                parties=working.get(row.pk, 0),
                needs=needs.get(row.pk, 0),
                suggestions=suggestions.get(row.pk, 0),
                first_year=first.year if first else None,
                last_year=last.year if last else None,
                proposed_on=row.proposed_on,
                decided_on=row.decided_on,
                reason=row.reason,
                proof=tuple(proof[row.pk][:3]),
            )
        )
    return tuple(lines)


def _quote(row: IssueFragment | SuggestedFragment) -> Quote:
    fragment = row.fragment
    holder = fragment.source.holder
    stays = holder.stays if holder else None
    return Quote(
        fragment_id=fragment.pk,
        text=fragment.text,
        text_hash=fragment.text_hash,
        language=fragment.language,
        page=fragment.page.number,
        source_key=fragment.source.key,
        source_title=fragment.source.title,
        published_on=fragment.source.published_on,
        holder_id=stays.pk if stays else None,
        holder_key=stays.key if stays else "",
        holder_name=stays.name if stays else "",
        is_proof=isinstance(row, IssueFragment) and row.is_proof,
        url=fragment_url(
            fragment.source.workshop.key, fragment.source.key, page=fragment.page.number, fragment=fragment.pk
        ),
        closeness=row.centrality if isinstance(row, IssueFragment) else row.closeness,
    )


def _parties(row: Issue) -> tuple[PartyIn, ...]:
    found: dict[int, PartyIn] = {}
    for one in row.parties.select_related("party__canonical"):
        party = one.party.stays
        found.setdefault(party.pk, PartyIn(party.pk, party.key, party.name, party.kind, one.role))
    return tuple(found.values())


def _needs(row: Issue) -> tuple[NeedIn, ...]:
    rows = row.needs.select_related("need__party__canonical").order_by(F("need__kind"), F("need__key"))
    found = []
    for one in rows:
        need = one.need
        if need.party is None or need.hidden_at is not None:
            continue
        party = need.party.stays
        found.append(NeedIn(need.pk, need.key, need.kind, need.text, party.pk, party.key, party.name))
    return tuple(found)
