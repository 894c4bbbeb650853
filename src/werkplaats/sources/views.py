from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.kit import claims
from werkplaats.kit.doors import door
from werkplaats.kit.downloads import Cell, csv_answer
from werkplaats.kit.names import key_from
from werkplaats.kit.refusal import Refusal
from werkplaats.sources import actions, queries, rules
from werkplaats.sources.forms import AddDocument, Narrow
from werkplaats.sources.models import Source
from werkplaats.sources.pictures import bar
from werkplaats.sources.records import SourceLine
from werkplaats.workshops.models import Workshop

_COLUMNS = ("key", "title", "kind", "holder", "published_on", "themes", "fragments", "said_before")
ON_A_PAGE = 50
_SHOWN_AT_ONCE = 5  # in the list above the text; the template folds the rest


@door(rules.READ)
@require_safe
def library(request: Request, workshop: Workshop) -> HttpResponse:
    """The documents of the workshop, narrowed down by what stands in the address."""
    narrow = Narrow(request.GET, choices=queries.choices(workshop))
    page = Paginator(queries.found(workshop, narrow.filters()), ON_A_PAGE).get_page(request.GET.get("bladzijde"))
    asked = request.GET.copy()
    asked.pop("bladzijde", None)
    context = {
        "place": "neighbourhood",
        "trail": [(reverse("pages:neighbourhood", args=[workshop.key]), _("De wijk"))],
        "narrow": narrow,
        "page": page,
        "lines": queries.lines(list(page.object_list)),
        "given_up": queries.given_up(workshop),
        "is_narrowed": any(request.GET.get(name) for name in narrow.fields),
        "coming_in": None if queries.is_compared(workshop) else queries.coming_in(workshop),
        "may_add": may(request.who, rules.ADD, workshop),
        "query": asked.urlencode(),
    }
    return render(request, "sources/library.html", context)


@door(rules.READ)
@require_safe
def library_csv(request: Request, workshop: Workshop) -> HttpResponse:
    """What is seen in the list, as a table."""
    narrow = Narrow(request.GET, choices=queries.choices(workshop))
    return csv_answer("bibliotheek.csv", _COLUMNS, map(_row, queries.sources(workshop, narrow.filters())))


def _row(line: SourceLine) -> tuple[Cell, ...]:
    day = line.published_on.isoformat() if line.published_on else ""
    counts = (line.fragments, line.said_before)
    return (line.key, line.title, line.kind, line.holder, day, "; ".join(key for key, _name in line.themes), *counts)


@door(rules.ADD)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, workshop: Workshop) -> HttpResponse:
    """Adds one document; what cannot be read is refused in the form, with what to do."""
    now = timezone.now()
    today = timezone.localdate(now)
    form = AddDocument(request.POST or None, request.FILES or None, workshop=workshop, today=today)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            source = actions.add_document(
                workshop,
                key=key_from(given["titel"], queries.keys(workshop)),
                title=given["titel"],
                kind=given["soort"],
                file=given["bestand"],
                file_name=given["bestand"].name,
                at=now,
                holder=given["houder"],
                published_on=given["datum"],
                themes=given["themas"],
                rights=given["rechten"],
            )
        except Refusal as refusal:
            form.add_error("bestand", refusal.sentence)
        else:
            messages.success(
                request, _("“%(title)s” staat in de bibliotheek. We lezen het nu.") % {"title": source.title}
            )
            return redirect("sources:source", workshop.key, source.key)
    context = {"place": "neighbourhood", "trail": _trail(workshop), "form": form}
    return render(request, "sources/add.html", context, status=422 if form.is_bound and form.errors else 200)


@door(rules.READ)
@require_safe
def source(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """A document: what to know about it, what in it was said before, and its text, ten pages at a time."""
    record = queries.source(workshop, key)
    if record is None:
        raise Http404
    asked = request.GET.get("bladzijde", "")
    first = min(rules.view_of(int(asked[:6]) if asked.isdecimal() else 1), rules.view_of(record.pages))
    outline = queries.outline(workshop, record)
    context = {
        "place": "neighbourhood",
        "trail": _trail(workshop),
        "source": record,
        "symbols": bar.SYMBOLS,
        "outline": outline,
        "bar": bar.draw(outline),
        "legend": bar.legend(outline),
        "pages": queries.pages(workshop, record.pk, first=first),
        "views": rules.views_of(record.pages),
        "first": first,
        "more": len(record.said) - _SHOWN_AT_ONCE,
        "progress": claims.progress(rules.READING, record.pk) if record.is_waiting else None,
        "coming_in": None if queries.is_compared(workshop) else queries.coming_in(workshop),
        "may_add": may(request.who, rules.ADD, workshop),
    }
    return render(request, "sources/source.html", context)


@door(rules.ADD)
@require_POST
def again(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Reads a document once more that could not be read before."""
    actions.read_again(get_object_or_404(Source, workshop=workshop, key=key))
    messages.success(request, _("We proberen het opnieuw. Kijk zo nog eens."))
    return redirect("sources:source", workshop.key, key)


@door(rules.READ)
@require_safe
def file(request: Request, workshop: Workshop, key: str) -> FileResponse:
    """The file as it came. Always as a download: what somebody else made must not run in our pages."""
    row = get_object_or_404(Source, workshop=workshop, key=key)
    try:
        content = row.file.open("rb")
    except FileNotFoundError as gone:  # a database that was put back without its files
        raise Http404 from gone
    response = FileResponse(content, as_attachment=True, filename=row.file_name, content_type=row.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _trail(workshop: Workshop) -> list[tuple[str, str]]:
    return [
        (reverse("pages:neighbourhood", args=[workshop.key]), _("De wijk")),
        (reverse("sources:list", args=[workshop.key]), _("Bibliotheek")),
    ]
