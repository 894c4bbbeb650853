"""Reads of the library that cross tables."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, ExtractYear, Length, RowNumber, Substr
from django.urls import reverse

from werkplaats.kit.claims import given_up_keys
from werkplaats.kit.names import plain
from werkplaats.search.models import Index
from werkplaats.search.queries import waiting
from werkplaats.search.rules import INDEXING
from werkplaats.sources.models import Fragment, Library, Page, SaidBefore, Source
from werkplaats.sources.queries.comparing import still_to_compare
from werkplaats.sources.records import (
    Choices,
    ComingIn,
    Filters,
    Outline,
    PageText,
    Paragraph,
    Place,
    Run,
    Said,
    SourceLine,
    SourceRecord,
    Stretch,
)
from werkplaats.sources.rules import (
    MOST_BESIDE,
    MOST_LISTED,
    PAGES_PER_VIEW,
    READING,
    Likeness,
    SourceKind,
    view_of,
    when,
)
from werkplaats.workshops.models import Theme, Workshop


def fragment_url(workshop: str, source: str, *, page: int, fragment: int) -> str:
    """The address of a passage: the view of its document that has its page, at its mark."""
    address = reverse("sources:source", args=[workshop, source])
    view = view_of(page)
    return f"{address}?bladzijde={view}#f-{fragment}" if view > 1 else f"{address}#f-{fragment}"


EVERYTHING = Filters()


def sources(workshop: Workshop, filters: Filters = EVERYTHING) -> tuple[SourceLine, ...]:
    """The documents of a workshop that fit the filters, the newest first."""
    return lines(found(workshop, filters))


def found(workshop: Workshop, filters: Filters = EVERYTHING) -> list[int]:
    """The documents (primary keys) of a workshop that fit the filters, the newest first. One query."""
    rows = _filtered(Source.objects.filter(workshop=workshop), filters).order_by("key")
    asked = plain(filters.text).split()
    holder = Coalesce("holder__canonical__name", "holder__name")
    told = rows.values_list("pk", "published_on", "title", holder)
    fit = [(day, pk) for pk, day, title, name in told if all(word in plain(f"{title} {name or ''}") for word in asked)]
    return [pk for _, pk in sorted(fit, key=lambda one: one[0] or date.min, reverse=True)]


def lines(pks: Sequence[int]) -> tuple[SourceLine, ...]:
    """These documents, in this order. Two queries, however many there are."""
    before = SaidBefore.objects.filter(later__source=OuterRef("pk"))
    rows = (
        Source.objects.filter(pk__in=pks)
        .annotate(n_fragments=_count(Fragment.objects.filter(source=OuterRef("pk")), "source", "pk"))
        .annotate(n_said=_count(before, "later__source", "later"))
        .select_related("holder__canonical")
        .prefetch_related("themes")
        .in_bulk()
    )
    return tuple(_line(rows[pk]) for pk in pks if pk in rows)


def _filtered(rows: QuerySet[Source], filters: Filters) -> QuerySet[Source]:
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.theme:
        rows = rows.filter(themes__key=filters.theme)
    if filters.holder:
        rows = rows.filter(Q(holder__key=filters.holder) | Q(holder__canonical__key=filters.holder))
    if filters.year:
        rows = rows.filter(published_on__year=filters.year)
    return rows


def _count(rows: QuerySet[Any], per: str, what: str) -> Coalesce:
    """How many different `what` there are in the rows of one `per`, as a column."""
    counted = rows.order_by().values(per).annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _line(row: Source) -> SourceLine:
    return SourceLine(
        key=row.key,
        title=row.title,
        kind=SourceKind(row.kind),
        holder=row.holder.stays.name if row.holder else "",
        published_on=row.published_on,
        themes=tuple((theme.key, theme.called) for theme in row.themes.all()),
        fragments=getattr(row, "n_fragments", 0),
        said_before=getattr(row, "n_said", 0),
        is_waiting=row.stale_since is not None,
    )


def choices(workshop: Workshop) -> Choices:
    """What the list can be narrowed down to, as far as there are documents for it. Four queries."""
    rows = Source.objects.filter(workshop=workshop).order_by()
    themes = Theme.objects.filter(pk__in=rows.values("themes"))
    holders = (
        rows.filter(holder__isnull=False)
        .values_list(
            *(Coalesce(f"holder__canonical__{name}", f"holder__{name}") for name in ("sort_name", "key", "name"))
        )
        .distinct()
    )
    years = (
        rows.filter(published_on__isnull=False)
        .annotate(year=ExtractYear("published_on"))
        .values_list("year", flat=True)
    )
    return Choices(
        kinds=tuple(SourceKind(kind) for kind in sorted(rows.values_list("kind", flat=True).distinct())),
        themes=tuple((theme.key, theme.called) for theme in themes),
        holders=tuple((key, name) for _, key, name in sorted(holders)),
        years=tuple(sorted(years.distinct(), reverse=True)),
    )


def keys(workshop: Workshop) -> frozenset[str]:
    """The keys that are taken."""
    return frozenset(Source.objects.filter(workshop=workshop).values_list("key", flat=True))


def is_compared(workshop: Workshop) -> bool:
    """Whether what was said before is known for the library as it is now."""
    library = Library.objects.filter(workshop=workshop).first()
    return library is None or library.compared_up_to == library.changed_at


def coming_in(workshop: Workshop) -> ComingIn:
    """How far the slow work on the library is. Five queries."""
    documents = Source.objects.filter(workshop=workshop)
    reading = documents.filter(stale_since__isnull=False).exclude(pk__in=given_up_keys(READING))
    return ComingIn(
        reading=reading.count(),
        documents=documents.count(),
        indexing=waiting(workshop),
        comparing=still_to_compare(workshop),
        passages=Fragment.objects.filter(source__workshop=workshop).count(),
    )


def is_coming_in(workshop: OuterRef) -> Q:
    """Whether a workshop, as a column, has documents that are still being read or brought into the index.

    What was given up is not waited for: one document that nobody can read must not hold up all others.
    """
    reading = Source.objects.filter(workshop=workshop, stale_since__isnull=False)
    given_up_indexes = [int(key) for key in given_up_keys(INDEXING)]
    indexing = Index.objects.filter(workshop=workshop, stale_since__isnull=False)
    return Q(Exists(reading.exclude(pk__in=given_up_keys(READING)))) | Q(
        Exists(indexing.exclude(pk__in=given_up_indexes))
    )


def given_up(workshop: Workshop) -> frozenset[str]:
    """The keys of the documents that could not be read, for the team."""
    rows = Source.objects.filter(workshop=workshop, pk__in=given_up_keys(READING), stale_since__isnull=False)
    return frozenset(rows.values_list("key", flat=True))


def source(workshop: Workshop, key: str) -> SourceRecord | None:
    """A document with everything that was said before it. None: there is none under this key. At most eight queries."""
    rows = Source.objects.select_related("holder__canonical", "area").prefetch_related("themes")
    row = rows.filter(workshop=workshop, key=key).first()
    if row is None:
        return None
    return SourceRecord(
        pk=row.pk,
        key=row.key,
        title=row.title,
        kind=SourceKind(row.kind),
        holder_key=row.holder.stays.key if row.holder else "",
        holder=row.holder.stays.name if row.holder else "",
        published_on=row.published_on,
        themes=tuple(theme.called for theme in row.themes.all()),
        area=row.area.name if row.area else "",
        language=row.language,
        rights=row.rights,
        file_name=row.file_name,
        media_type=row.media_type,
        added_at=row.added_at,
        is_waiting=row.stale_since is not None,
        pages=Page.objects.filter(source=row).count(),
        fragments=Fragment.objects.filter(source=row).count(),
        comes_back=SaidBefore.objects.filter(earlier__source=row).order_by().values("earlier").distinct().count(),
        said_before=SaidBefore.objects.filter(later__source=row).order_by().values("later").distinct().count(),
        said=_said(workshop, row),
    )


def _said(workshop: Workshop, row: Source) -> tuple[Said, ...]:
    repeated = Fragment.objects.filter(source=row, pk__in=SaidBefore.objects.filter(later__source=row).values("later"))
    first = list(repeated.select_related("page").order_by("page__number", "start")[:MOST_LISTED])
    places = _places(workshop, first, at="later", there="earlier")
    return tuple(
        Said(each.pk, each.page.number, _url(workshop, row.key, each), each.text, *places[each.pk]) for each in first
    )


def _url(workshop: Workshop, source: str, fragment: Fragment) -> str:
    return fragment_url(workshop.key, source, page=fragment.page.number, fragment=fragment.pk)


def _place(workshop: Workshop, fragment: Fragment, likeness: Likeness) -> Place:
    source = fragment.source
    return Place(
        source_key=source.key,
        title=source.title,
        holder=source.holder.stays.name if source.holder else "",
        published_on=source.published_on,
        page=fragment.page.number,
        fragment=fragment.pk,
        url=_url(workshop, source.key, fragment),
        text=fragment.text,
        likeness=likeness,
    )


def _in_time(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda place: when(place.published_on, place.fragment)))


def pages(workshop: Workshop, source_id: int, *, first: int) -> tuple[PageText, ...]:
    """The text of some pages of a document, from page `first`, with its passages marked. Four queries."""
    wanted = (first, first + PAGES_PER_VIEW - 1)
    rows = list(Page.objects.filter(source_id=source_id, number__range=wanted).order_by("number"))
    fragments = list(Fragment.objects.filter(page__in=rows).order_by("page__number", "start"))
    earlier = _places(workshop, fragments, at="later", there="earlier")
    later = _places(workshop, fragments, at="earlier", there="later")
    on_page: dict[int, list[Run]] = defaultdict(list)
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for each in fragments:
        run = Run(each.text, each.pk, each.language, *earlier[each.pk], *later[each.pk])
        on_page[each.page_id].append(run)
        spans[each.page_id].append((each.start, each.end))
    return tuple(PageText(row.number, _paragraphs(row.text, on_page[row.pk], spans[row.pk])) for row in rows)


def outline(workshop: Workshop, source: SourceRecord) -> tuple[Outline, ...]:
    """Where the passages of a document stand, page by page, and which were said before or kept for an issue. Three queries."""
    lengths = Page.objects.filter(source_id=source.pk).annotate(length=Length("text")).order_by("number")
    rows = Fragment.objects.filter(source_id=source.pk).order_by("page__number", "start")
    told = rows.annotate(words=Substr("text", 1, 80)).values_list(
        "page__number", "pk", "start", "end", "words", "is_cited"
    )
    said = set(SaidBefore.objects.filter(later__source_id=source.pk).order_by().values_list("later_id", flat=True))
    on_page: dict[int, list[Stretch]] = defaultdict(list)
    for page, pk, start, end, words, is_kept in told:
        url = fragment_url(workshop.key, source.key, page=page, fragment=pk)
        on_page[page].append(Stretch(pk, start, end, words, url, pk in said, is_kept))
    return tuple(
        Outline(number, length, tuple(on_page[number])) for number, length in lengths.values_list("number", "length")
    )


def _places(
    workshop: Workshop, fragments: Sequence[Fragment], *, at: str, there: str
) -> dict[int, tuple[tuple[Place, ...], int]]:
    """Where each passage was said before or comes back: the first places in time, and how many more there are. One query."""
    rank = Window(
        RowNumber(), partition_by=at, order_by=[F(f"{there}__source__published_on").asc(nulls_last=True), there]
    )
    links = SaidBefore.objects.filter(**{f"{at}__in": fragments}).order_by().alias(rank=rank)
    links = links.annotate(number=Window(Count("pk"), partition_by=at)).filter(rank__lte=MOST_BESIDE)
    places: dict[int, list[Place]] = defaultdict(list)
    number: dict[int, int] = {}
    for link in links.select_related(f"{there}__page", f"{there}__source__holder__canonical"):
        here = getattr(link, f"{at}_id")
        places[here].append(_place(workshop, getattr(link, there), Likeness(link.likeness)))
        number[here] = link.number
    found = {each.pk: _in_time(places[each.pk]) for each in fragments}
    return {pk: (told, number.get(pk, 0) - len(told)) for pk, told in found.items()}


def _paragraphs(text: str, marked: Sequence[Run], spans: Sequence[tuple[int, int]]) -> tuple[Paragraph, ...]:
    """A page cut at its line ends, so that what is noted stands beside its own lines; quiet lines stay together."""
    made: list[list[Run]] = [[]]
    at = 0
    for run, (start, end) in zip(marked, spans, strict=True):
        if end > at:  # a passage that is cited may overlap the next: no sign is shown twice
            made = _with_plain(made, text[at:start])
            made[-1].append(replace(run, text=text[max(start, at) : end]))
            at = end
    made = _with_plain(made, text[at:])
    paragraphs: list[Paragraph] = []
    for runs in made:
        paragraph = Paragraph(tuple(runs))
        if paragraphs and not paragraph.noted and not paragraphs[-1].noted:
            paragraphs[-1] = Paragraph((*paragraphs[-1].runs, Run("\n"), *runs))
        elif any(run.text.strip() for run in runs):
            paragraphs.append(paragraph)
    return tuple(paragraphs)


def _with_plain(made: list[list[Run]], text: str) -> list[list[Run]]:
    first, *lines = text.split("\n")
    return [*made[:-1], [*made[-1], *_plain(first)], *(_plain(line) for line in lines)]


def _plain(text: str) -> list[Run]:
    return [Run(text)] if text else []
