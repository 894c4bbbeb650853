"""Slow work: cutting documents into passages, and finding what was said before."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from werkplaats.kit.claims import Beat, Key, Sweep
from werkplaats.search import actions as search
from werkplaats.search.models import Entry
from werkplaats.search.queries import meanings
from werkplaats.search.records import EntryRow, Meanings
from werkplaats.search.rules import text_key
from werkplaats.sources import actions, analysis, queries
from werkplaats.sources.actions import comparing as keep
from werkplaats.sources.models import Fragment, Library, Page, Source
from werkplaats.sources.queries import comparing
from werkplaats.sources.records import NewSaying, Passage
from werkplaats.sources.rules import COMPARING, READING, is_statement
from werkplaats.workshops.models import Workshop

_PAGES_AT_ONCE = 20
_AT_ONCE, _IN_A_SLICE = 2_000, 200


def _stale(limit: int) -> Iterable[Key]:
    rows = Source.objects.filter(stale_since__isnull=False).order_by("stale_since", "pk")
    return rows.values_list("pk", flat=True)[:limit]


def _cut(key: Key, beat: Beat) -> None:
    source = Source.objects.select_related("workshop", "holder__canonical").get(pk=key)
    seen = source.stale_since
    if seen is None:
        return
    pages = list(Page.objects.filter(source=source).order_by("number"))
    passages = analysis.passages([page.text for page in pages], languages=source.workshop.languages)
    on_page: dict[int, list[Passage]] = {
        number: list(group) for number, group in groupby(passages, key=lambda passage: passage.page)
    }
    for first in range(0, len(pages), _PAGES_AT_ONCE):
        some = pages[first : first + _PAGES_AT_ONCE]
        with beat.slice(done=first, total=len(pages)):
            made, gone = actions.put_passages(some, [each for page in some for each in on_page.get(page.number, [])])
            search.withdraw(source.workshop, kind="fragment", keys=map(str, gone))
            found = (_passage_entry(source, fragment) for fragment in made)
            search.offer(source.workshop, found, at=timezone.now())
    with beat.ending():
        at = timezone.now()
        search.offer(source.workshop, [_source_entry(source)], at=at)
        actions.finish_reading(source, seen=seen, at=at)


def _passage_entry(source: Source, fragment: Fragment) -> EntryRow:
    return EntryRow(
        kind="fragment",
        key=str(fragment.pk),
        title=source.title,
        text=fragment.text,
        url=queries.fragment_url(source.workshop.key, source.key, page=fragment.page.number, fragment=fragment.pk),
        language=fragment.language,
        dated_on=source.published_on,
        place=str(fragment.page.number),
        title_counts=False,
    )


def _source_entry(source: Source) -> EntryRow:
    return EntryRow(
        kind="source",
        key=source.key,
        title=source.title,
        text=source.holder.stays.name if source.holder else "",
        url=reverse("sources:source", args=[source.workshop.key, source.key]),
        language=source.language or "nl",
        dated_on=source.published_on,
    )


def _not_compared(limit: int) -> Iterable[Key]:
    """Libraries that changed since they were compared, in which nothing is still coming in."""
    changed = Q(compared_up_to__isnull=True) | Q(compared_up_to__lt=F("changed_at"))
    rows = Library.objects.filter(~queries.is_coming_in(OuterRef("pk")), changed).order_by("changed_at", "pk")
    return rows.values_list("pk", flat=True)[:limit]


def _compare(key: Key, beat: Beat) -> None:
    """Compares the next passages with everything before them. A part at a time: other slow work takes turns with it."""
    library = Library.objects.get(workshop_id=key)
    workshop = Workshop.objects.get(pk=key)
    encoder = analysis.encoder_name()
    table = meanings(workshop.pk, encoder)
    _take_back(workshop, table, encoder, beat)
    some = comparing.to_compare(workshop, most=_AT_ONCE)
    new = {one.text_hash: one for one in _compared(workshop, some, table, beat)}
    for at in range(0, len(some), _IN_A_SLICE):
        part = some[at : at + _IN_A_SLICE]
        with beat.slice(done=at, total=len(some)):
            theirs = [new.pop(text_hash) for _, text_hash, _ in part if text_hash in new]
            keep.put_sayings(workshop, theirs, encoder=encoder)
            standing = keep.lock([pk for pk, _, _ in part])
            _note(workshop, standing, {text_hash for _, text_hash, text in part if is_statement(text)})
            keep.settle(standing)
    with beat.ending():
        if not comparing.still_to_compare(workshop):
            Library.objects.filter(pk=library.pk).update(compared_up_to=library.changed_at)


def _compared(
    workshop: Workshop, some: Sequence[tuple[int, str, str]], table: Meanings | None, beat: Beat
) -> tuple[NewSaying, ...]:
    """What is new among these passages, with the sayings before it that are alike."""
    if not some:
        return ()
    shelf = analysis.Shelf(comparing.passed(workshop), table)
    beat()
    texts = {text_hash: text for _, text_hash, text in some}
    return shelf.add(texts, earlier=lambda hashes: comparing.texts(workshop, hashes), beat=beat)


def _note(workshop: Workshop, standing: frozenset[int], hashes: set[str]) -> None:
    """Who said it before these passages, and before whom they said it."""
    kin = comparing.kin(workshop, hashes)
    places = comparing.told(workshop, hashes.union(*kin.values()))
    laters = analysis.touched([one for one in places if one.fragment in standing], places, kin)
    kin = comparing.kin(workshop, {one.text_hash for one in laters})
    first = analysis.first_told(comparing.told(workshop, {one.text_hash for one in laters}.union(*kin.values())))
    keep.put_repeats(analysis.repeats(laters, first, kin), among=[one.fragment for one in laters])


def _take_back(workshop: Workshop, table: Meanings | None, encoder: str, beat: Beat) -> None:
    """Sayings whose meaning could not be compared, or was by another encoder, are compared anew once it can be."""
    without = comparing.compared_without(workshop, encoder)
    if not without or table is None:
        return
    known = frozenset(table.text.tolist())
    again = [one for one in without if text_key(one) in known]
    for at in range(0, len(again), _IN_A_SLICE):
        with beat.slice(done=at, total=len(again)):
            keep.forget_sayings(workshop, again[at : at + _IN_A_SLICE])


def _renamed(limit: int) -> Iterable[Key]:
    """Sources that search shows under a name that their holder no longer has: renamed, or one party with another entry."""
    entry = Entry.objects.filter(workshop=OuterRef("workshop"), kind="source", key=OuterRef("key"))
    called = Coalesce("holder__canonical__name", "holder__name")
    rows = Source.objects.filter(holder__isnull=False).alias(told=Subquery(entry.values("text")[:1]), called=called)
    return rows.filter(told__isnull=False).exclude(told=F("called")).order_by("pk").values_list("pk", flat=True)[:limit]


def _rename(key: Key, beat: Beat) -> None:
    source = Source.objects.select_related("workshop", "holder__canonical").get(pk=key)
    with beat.ending():
        search.offer(source.workshop, [_source_entry(source)], at=timezone.now())


RENAMED = Sweep("sources.renamed", _renamed, _rename)
FRAGMENTS = Sweep(READING, _stale, _cut)
SAID_BEFORE = Sweep(COMPARING, _not_compared, _compare)
