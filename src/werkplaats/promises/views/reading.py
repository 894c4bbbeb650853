"""The list of promises, and the page of one."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.kit.doors import door
from werkplaats.kit.downloads import Cell, csv_answer
from werkplaats.mail.queries import follow_url
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises import queries, rules
from werkplaats.promises.forms import Narrow
from werkplaats.promises.models import Promise
from werkplaats.promises.pictures import timeline
from werkplaats.promises.records import Filters, PromiseLine, PromiseRecord
from werkplaats.promises.views.telling import trail
from werkplaats.workshops.models import Workshop

ON_A_PAGE = 50


@door(rules.READ)
@require_safe
def promises(request: Request, workshop: Workshop) -> HttpResponse:
    """Who promised what to whom, with both verdicts. Only what has a yes."""
    today = timezone.localdate()
    form = Narrow(request.GET, workshop=workshop)
    filters = form.filters()
    found = queries.found(workshop, filters, today=today)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("blad"))
    first = (page.number - 1) * ON_A_PAGE
    asked = request.GET.copy()
    asked.pop("blad", None)
    context = {
        "place": "promises",
        "form": form,
        "is_filtered": filters != Filters(),
        "receiver": Party.objects.filter(workshop=workshop, key=filters.receiver).first() if filters.receiver else None,
        "page": page,
        "lines": queries.lines_of(found[first : first + ON_A_PAGE], today=today),
        "asked": asked.urlencode(),
        "may_draft": may(request.who, rules.DRAFT, workshop),
        "counts": queries.counts(workshop, today=today),
    }
    return render(request, "promises/list.html", context)


@door(rules.READ)
@require_safe
def promises_csv(request: Request, workshop: Workshop) -> HttpResponse:
    """What the list shows, with the same filter, as a file."""
    today = timezone.localdate()
    found = queries.found(workshop, Narrow(request.GET, workshop=workshop).filters(), today=today)
    header = (
        "key", "kind", "state", "wording", "maker", "function", "for_whom", "due_on", "confirmed_on", "done_on", "ended_on",
        "reason", "maker_says", "asked", "answered", "silent",
    )  # fmt: skip
    return csv_answer("beloften.csv", header, map(_cells, queries.lines_of(found, today=today)))


@door(rules.READ)
@require_safe
def promise(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """One promise: its words, both verdicts side by side, and everything that happened."""
    today = timezone.localdate()
    record = queries.promise(workshop, key, today=today)
    if record is None:
        raise Http404
    may_tell = may(request.who, rules.ANSWER, Promise.objects.select_related("maker__canonical").get(pk=record.id))
    if not record.line.is_promise and not may_tell:
        raise Http404  # said, not confirmed: that shows where it was said, nowhere else
    context = {
        "place": "promises",
        "trail": trail(workshop),
        "record": record,
        "picture": timeline.draw(record, today=today),
        "may_tell": may_tell,
        "may_draft": may(request.who, rules.DRAFT, workshop),
        "follow": _follow(workshop, record) if record.line.is_promise else "",
        "may_judge": record.may_be_judged and _may_judge(record),
    }
    return render(request, "promises/promise.html", context)


def _follow(workshop: Workshop, record: PromiseRecord) -> str:
    """Where one starts to follow it. Without its words: those may have to go one day."""
    line = record.line
    title = _("Een belofte van %(maker)s") % {"maker": line.maker.name}
    url = reverse("promises:promise", args=[workshop.key, line.key])
    return follow_url(workshop, thing=f"promise:{line.key}", title=title, url=url)


def _may_judge(record: PromiseRecord) -> bool:
    return bool(record.parties or record.voices or record.tables)


def _cells(line: PromiseLine) -> tuple[Cell, ...]:
    days = (line.due_on, line.confirmed_on, line.done_on, line.ended_on)
    says = line.maker_says.word if line.maker_says else ""
    return (
        *(line.key, line.kind, line.state, line.wording, line.maker.name, line.maker_function, line.for_whom),
        *(day.isoformat() if day else "" for day in days),
        *(line.reason, says, line.answers.asked, line.answers.answered, line.answers.silent),
    )
