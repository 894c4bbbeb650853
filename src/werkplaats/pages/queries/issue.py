"""The page of an issue. A bounded number of queries."""

from collections.abc import Iterable
from datetime import date

from werkplaats.accounts.rules import Who, may
from werkplaats.asks import queries as asks
from werkplaats.chains.queries import of_issue as chains_of_issue
from werkplaats.conversations.queries import conversations_of_issue
from werkplaats.issues import queries as issues
from werkplaats.issues.models import Issue
from werkplaats.issues.queries import trajectories
from werkplaats.issues.records import IssueRecord, PartyIn, Quote
from werkplaats.neighbourhoods.queries import drawing
from werkplaats.neighbourhoods.records import KIND_WORDS
from werkplaats.neighbourhoods.records.drawing import Drawing
from werkplaats.neighbourhoods.rules import READ_NETWORK
from werkplaats.pages.records.issue import EVENT_WORDS, MISSING_WORDS, Happening, IssuePage, KindGroup, SourceQuotes
from werkplaats.pages.rules import SHOWN_PROMISES, SHOWN_QUOTES
from werkplaats.promises import queries as promises
from werkplaats.promises.records import Filters
from werkplaats.tables import queries as tables
from werkplaats.threads.queries import facts_of_issue
from werkplaats.threads.queries.telling import line
from werkplaats.workshops.models import Workshop


def issue_page(workshop: Workshop, key: str, *, who: Who, today: date) -> IssuePage | None:
    """One issue: its way from voice to difference, what people told, what is promised, what was known, who is missing."""
    issue = issues.issue(workshop, key)
    if issue is None:
        return None
    years = sorted({quote.published_on.year for quote in issue.quotes if quote.published_on})
    kinds = {party.kind for party in issue.parties}
    row = Issue.objects.select_related("workshop").get(pk=issue.issue_id)
    facts = facts_of_issue(row, today=today)
    shown = asks.public_page(row, limit=SHOWN_QUOTES)
    return IssuePage(
        issue=issue,
        sources=by_source(issue.quotes),
        first_year=years[0] if years else None,
        last_year=years[-1] if years else None,
        groups=by_kind(issue.parties),
        missing=tuple(words for kind, words in MISSING_WORDS.items() if kinds and kind not in kinds),
        history=_history(issue),
        line=line(facts, today=today),
        told=facts.told.voices,
        shown=shown.count,
        voices=shown.voices,
        asks=asks.ask_of(workshop, row, today=today),
        promises=promises.some(workshop, Filters(issue=row.key), today=today, most=SHOWN_PROMISES),
        trajectories=trajectories.of_issue(row.pk),
        tables=tables.of_issue(row.pk),
        conversations=conversations_of_issue(row),
        chains=chains_of_issue(row, today=today),
        drawing=_drawing(workshop, issue, who=who, today=today),
    )


def _drawing(workshop: Workshop, issue: IssueRecord, *, who: Who, today: date) -> Drawing | None:
    """Who of the parties works with whom. None: one party alone is no picture, or it is not for this reader."""
    if len(issue.parties) < 2 or not may(who, READ_NETWORK, workshop):
        return None
    own = drawing.own_parties(workshop, who)
    return drawing.among(workshop, (party.party_id for party in issue.parties), today=today, own=own)


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
    """Newest first. What a folder told about has the day of its decision, not the day on which it was loaded."""
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
