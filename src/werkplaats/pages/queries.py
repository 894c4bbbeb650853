"""Reads for the composed pages: what the rooms below know, put together. Each a bounded number of queries."""

from collections.abc import Iterable
from datetime import date, tzinfo
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from werkplaats.accounts.rules import Who, may
from werkplaats.consent.queries import people_who_allow
from werkplaats.consent.rules import Purpose
from werkplaats.defrag.queries import concerning
from werkplaats.defrag.rules import READ as READ_CONNECTIONS
from werkplaats.issues import queries as issues
from werkplaats.issues.models import Issue, IssueParty
from werkplaats.issues.records import IssueRecord, PartyIn, Quote
from werkplaats.issues.rules import DECIDE as DECIDE_ISSUES
from werkplaats.issues.rules import State
from werkplaats.neighbourhoods import queries as neighbourhood
from werkplaats.neighbourhoods.models import Able, Membership, Need, Party
from werkplaats.neighbourhoods.records import KIND_WORDS, PartyRecord
from werkplaats.neighbourhoods.rules import DECIDE_DOUBLES, READ_NETWORK, NeedKind, PartyKind
from werkplaats.pages.records import (
    EVENT_WORDS,
    MISSING_WORDS,
    Attention,
    Change,
    Document,
    Happening,
    IssuePage,
    KindGroup,
    Member,
    NeighbourhoodPage,
    PartyPage,
    SourceQuotes,
    StartPage,
)
from werkplaats.pages.rules import SHOWN_CHANGES, SHOWN_NEEDS
from werkplaats.sources.models import Fragment, SaidBefore, Source
from werkplaats.sources.queries import given_up
from werkplaats.sources.rules import ADD
from werkplaats.workshops.models import Area, Workshop


def start_page(workshop: Workshop, *, who: Who, zone: tzinfo) -> StartPage:
    """The front page as `who` may see it. Days are those of `zone`. At most 13 queries."""
    needs = Need.objects.filter(workshop=workshop, kind=NeedKind.NEED, until__isnull=True).aggregate(
        all=Count("pk"), unmet=Count("pk", filter=~Exists(Able.objects.filter(need=OuterRef("pk"))))
    )
    library = Source.objects.filter(workshop=workshop).aggregate(
        all=Count("pk"), first=Min("published_on"), last=Max("published_on")
    )
    parties = Party.objects.filter(workshop=workshop, canonical__isnull=True).aggregate(
        all=Count("pk"), initiatives=Count("pk", filter=Q(kind=PartyKind.INITIATIVE))
    )
    accepted = Issue.objects.filter(workshop=workshop, state=State.ACCEPTED).aggregate(
        all=Count("pk", distinct=True), themes=Count("themes", distinct=True)
    )
    return StartPage(
        needs=needs["all"],
        unmet=needs["unmet"],
        documents=library["all"],
        passages=Fragment.objects.filter(source__workshop=workshop).count(),
        first_year=library["first"].year if library["first"] else None,
        last_year=library["last"].year if library["last"] else None,
        parties=parties["all"],
        initiatives=parties["initiatives"],
        issues=accepted["all"],
        themes=accepted["themes"],
        changes=_changes(workshop, zone=zone),
        attention=_attention(workshop, who=who),
    )


def neighbourhood_page(workshop: Workshop) -> NeighbourhoodPage:
    """The entrance to the neighbourhood. 6 queries."""
    lines = neighbourhood.needs(workshop=workshop)
    unmet = [line for line in lines if line.kind == NeedKind.NEED and not line.able]
    met = [line for line in lines if line.kind == NeedKind.NEED and line.able]
    offers = [line for line in lines if line.kind == NeedKind.OFFER]
    areas = Area.objects.filter(workshop=workshop)
    return NeighbourhoodPage(
        parties=Party.objects.filter(workshop=workshop, canonical__isnull=True).count(),
        documents=Source.objects.filter(workshop=workshop).count(),
        areas=areas.count(),
        drawn=areas.exclude(polygons=[]).count(),
        unmet=tuple(unmet[:SHOWN_NEEDS]),
        met=tuple(met[:SHOWN_NEEDS]),
        offers=tuple(offers[:SHOWN_NEEDS]),
        unmet_in_all=len(unmet),
        met_in_all=len(met),
        offers_in_all=len(offers),
    )


def party_page(workshop: Workshop, key: str, *, who: Who, today: date) -> PartyPage | None:
    """One party as `who` may see it, by the key of any of its entries. None: no such party. At most 15 queries."""
    party = neighbourhood.party(workshop=workshop, key=key)
    if party is None:
        return None
    sees_network = may(who, READ_NETWORK, workshop)
    held = Source.objects.filter(workshop=workshop, holder__in=party.entries)
    return PartyPage(
        party=party,
        needs=neighbourhood.needs(workshop=workshop, of=party),
        issues=issues.issues_of_party(Party(pk=party.id)),
        documents=tuple(Document(*row) for row in held.values_list("key", "title", "published_on")),
        members=_members(workshop, party, today=today),
        ties=neighbourhood.ties_of(party, workshop=workshop, today=today) if sees_network else None,
        connections=concerning(workshop, party.key) if may(who, READ_CONNECTIONS, workshop) else None,
    )


def issue_page(workshop: Workshop, key: str) -> IssuePage | None:
    """One issue with its passages by document, its parties by kind, and of whom nobody is there.

    While no party is there at all, nobody in particular is missing.
    """
    issue = issues.issue(workshop, key)
    if issue is None:
        return None
    years = sorted({quote.published_on.year for quote in issue.quotes if quote.published_on})
    kinds = {party.kind for party in issue.parties}
    return IssuePage(
        issue=issue,
        sources=by_source(issue.quotes),
        first_year=years[0] if years else None,
        last_year=years[-1] if years else None,
        groups=by_kind(issue.parties),
        missing=tuple(words for kind, words in MISSING_WORDS.items() if kinds and kind not in kinds),
        history=_history(issue),
    )


def by_source(quotes: Iterable[Quote]) -> tuple[SourceQuotes, ...]:
    """Passages per document. Documents that prove the issue come first, then the newest; within one by place."""
    found: dict[str, list[Quote]] = {}
    for quote in quotes:
        found.setdefault(quote.source_key, []).append(quote)
    sources = [_one_source(each) for each in found.values()]
    newest = sorted(sources, key=lambda one: (one.published_on or date.min, one.key), reverse=True)
    return tuple(sorted(newest, key=lambda one: not one.proof))


def by_kind(parties: Iterable[PartyIn]) -> tuple[KindGroup, ...]:
    """Parties per kind, residents first."""
    all_of_them = tuple(parties)
    groups = ((words, tuple(one for one in all_of_them if one.kind == kind)) for kind, words in KIND_WORDS.items())
    return tuple(KindGroup(words, found) for words, found in groups if found)


def _one_source(quotes: list[Quote]) -> SourceQuotes:
    in_place = sorted(quotes, key=lambda quote: (quote.page, quote.fragment_id))
    first = in_place[0]
    return SourceQuotes(
        key=first.source_key,
        title=first.source_title,
        holder_key=first.holder_key,
        holder_name=first.holder_name,
        published_on=first.published_on,
        proof=tuple(quote for quote in in_place if quote.is_proof),
        others=tuple(quote for quote in in_place if not quote.is_proof),
    )


def _history(issue: IssueRecord) -> tuple[Happening, ...]:
    """Newest first."""
    return tuple(
        Happening(
            EVENT_WORDS[event.kind],
            on=event.at,
            reason=event.reason,
            before=event.before,
            by_people=event.by_people,
        )
        for event in reversed(issue.events)
    )


def _members(workshop: Workshop, party: PartyRecord, *, today: date) -> tuple[Member, ...]:
    """Only who allows their name to be shown."""
    now = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=today), party__in=party.entries)
    named = now.filter(person__in=people_who_allow(Purpose.SHOW_NAME, workshop=workshop))
    rows = named.order_by("person__sort_name", "role").values_list("person__name", "role")
    return tuple(Member(*row) for row in rows)


def _changes(workshop: Workshop, *, zone: tzinfo) -> tuple[Change, ...]:
    """The latest documents and accepted issues; what came on one day is one line. 4 queries."""
    added = Source.objects.filter(workshop=workshop).annotate(on=TruncDate("added_at", tzinfo=zone))
    accepted = Issue.objects.filter(workshop=workshop, state=State.ACCEPTED, decided_on__isnull=False)
    days = [("source", *day) for day in _latest_days(added)]
    days += [("issue", *day) for day in _latest_days(accepted.annotate(on=F("decided_on")))]
    days.sort(key=lambda each: (each[1], each[0]), reverse=True)
    shown = days[:SHOWN_CHANGES]
    documents = Source.objects.in_bulk([pk for kind, _, _, pk in shown if kind == "source"])
    decided = Issue.objects.in_bulk([pk for kind, _, _, pk in shown if kind == "issue"])
    return tuple(
        Change(kind, on, count, documents[pk].key, documents[pk].title)
        if kind == "source"
        else Change(kind, on, count, decided[pk].key, decided[pk].name)
        for kind, on, count, pk in shown
    )


def _latest_days(rows: QuerySet[Any]) -> list[tuple[date, int, int]]:
    """The latest days in column `on`, each with how many rows it has and the newest of them."""
    counted = rows.order_by().values("on").annotate(n=Count("pk"), newest=Max("pk"))
    return list(counted.order_by("-on").values_list("on", "n", "newest")[:SHOWN_CHANGES])


def _attention(workshop: Workshop, *, who: Who) -> Attention:
    told = IssueParty.objects.filter(issue=OuterRef("pk"))
    with_residents = told.alias(kind=Coalesce("party__canonical__kind", F("party__kind"))).filter(
        kind=PartyKind.INITIATIVE
    )
    accepted = Issue.objects.filter(workshop=workshop, state=State.ACCEPTED)
    proposed = Issue.objects.filter(workshop=workshop, state=State.PROPOSED)
    again = SaidBefore.objects.filter(later__source__workshop=workshop)
    return Attention(
        proposed=proposed.count() if may(who, DECIDE_ISSUES, workshop) else 0,
        doubles=neighbourhood.suspected_doubles(workshop=workshop) if may(who, DECIDE_DOUBLES, workshop) else 0,
        unread=len(given_up(workshop)) if may(who, ADD, workshop) else 0,
        said_before=again.aggregate(all=Count("later", distinct=True))["all"],
        without_residents=accepted.exclude(Exists(with_residents)).count(),
    )
