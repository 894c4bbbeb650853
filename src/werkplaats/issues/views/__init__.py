"""The list of issues, and a page for each decision on one."""

from collections.abc import Callable, Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.issues import actions, pictures, queries, rules
from werkplaats.issues.forms import AcceptForm, JoinForm, NameForm, PartiesForm, RefuseForm, SplitForm, ThemeFilter
from werkplaats.issues.models import Issue
from werkplaats.issues.queries.drawers import drawers
from werkplaats.issues.records import IssueLine, IssueRecord
from werkplaats.issues.refusals import AlreadyDecided
from werkplaats.kit.doors import door
from werkplaats.kit.downloads import Cell, csv_answer
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Workshop

ACCEPTABLE = (rules.State.PROPOSED, rules.State.REFUSED)
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@door(rules.READ)
@require_safe
def issues(request: Request, workshop: Workshop) -> HttpResponse:
    """What is at stake: accepted issues for everybody; for the team also what was proposed and what was refused."""
    form = ThemeFilter(request.GET, workshop=workshop)
    lines = queries.issue_lines(workshop, request.who, theme=form.chosen())
    context = {
        "place": "issues",
        "form": form,
        "is_filtered": bool(form.chosen()),
        "standing": queries.standing(workshop),
        "may_decide": may(request.who, rules.DECIDE, workshop),
        "accepted": [line for line in lines if line.state == rules.State.ACCEPTED],
        "proposed": [line for line in lines if line.state == rules.State.PROPOSED],
        "refused": [line for line in lines if line.state == rules.State.REFUSED],
    }
    if not form.chosen():  # one drawer alone shows nothing scattered
        context |= _scattered(workshop)
    return render(request, "issues/list.html", context)


def _scattered(workshop: Workshop) -> dict[str, object]:
    """In which drawers each issue lies."""
    found = drawers(workshop)
    return {"drawers": found, "drawers_rows": list(pictures.rows(found)), "each": pictures.unit(found)}


@door(rules.READ)
@require_safe
def issues_csv(request: Request, workshop: Workshop) -> HttpResponse:
    """What the list shows to whoever asks, with the same filter, as a file."""
    lines = queries.issue_lines(workshop, request.who, theme=ThemeFilter(request.GET, workshop=workshop).chosen())
    header = ("key", "name", "state", "summary", "themes", "passages", "documents", "parties", "needs", "from", "until")
    return csv_answer("vraagstukken.csv", header, map(_row, lines))


def _row(line: IssueLine) -> tuple[Cell, ...]:
    counts = (line.fragments, line.sources, line.parties, line.needs, line.first_year, line.last_year)
    return (line.key, line.name, line.state, line.summary, "; ".join(key for key, _name in line.themes), *counts)


@door(rules.DECIDE)
@page_and_form
def accept(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """People stand behind it, under a name of their own."""
    record = _record(workshop, key)
    choices = queries.party_choices(record)
    others = queries.other_parties(record, but=choices)
    form = AcceptForm(_data(request), issue=record, choices=choices, others=others)

    def act(said: dict[str, Any]) -> str:
        chosen = Party.objects.filter(workshop=workshop, key__in=[*said["parties"], *said["others"]])
        row = actions.accept(
            _row_of(record),
            name=said["name"],
            summary=said["summary"],
            parties=chosen,
            at=timezone.now(),
            by=_by(request),
        )
        messages.success(request, _("“%(name)s” is nu een vraagstuk van de wijk.") % {"name": row.name})
        return _page(workshop, row.key)

    return _decision(request, record, form, "issues/accept.html", act, states=ACCEPTABLE, choices=choices)


@door(rules.DECIDE)
@page_and_form
def refuse(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """These passages are no issue together."""
    record = _record(workshop, key)

    def act(said: dict[str, Any]) -> str:
        actions.refuse(_row_of(record), reason=said["reason"], at=timezone.now(), by=_by(request))
        messages.success(request, _("We onthouden dat dit niet samen hoort. Je kunt het onderaan terughalen."))
        return reverse("issues:list", args=[workshop.key])

    return _decision(request, record, RefuseForm(_data(request)), "issues/refuse.html", act)


@door(rules.DECIDE)
@page_and_form
def rename(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Another name or summary."""
    record = _record(workshop, key)

    def act(said: dict[str, Any]) -> str:
        actions.rename(_row_of(record), **said, at=timezone.now(), by=_by(request))
        messages.success(request, _("De nieuwe naam en samenvatting staan er."))
        return _page(workshop, record.key)

    return _decision(request, record, NameForm(_data(request), issue=record), "issues/rename.html", act)


@door(rules.DECIDE)
@page_and_form
def split(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Some passages get an issue of their own."""
    record = _record(workshop, key)

    def act(said: dict[str, Any]) -> str:
        fragments = [int(pk) for pk in said["passages"]]
        made = actions.split(
            _row_of(record), fragments=fragments, name=said["name"], at=timezone.now(), by=_by(request)
        )
        messages.success(request, _("Er zijn nu twee vraagstukken. Dit is het nieuwe."))
        return _page(workshop, made.key)

    form = SplitForm(_data(request), issue=record)
    boxes = list(zip(form["passages"], record.quotes, strict=True))
    return _decision(request, record, form, "issues/split.html", act, boxes=boxes)


@door(rules.DECIDE)
@page_and_form
def join(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """It goes up in another issue."""
    record = _record(workshop, key)
    others = queries.others_to_join(workshop, key)

    def act(said: dict[str, Any]) -> str:
        into = next(other for other in others if other.key == said["into"])
        actions.join(_row_of(record), into=into, at=timezone.now(), by=_by(request))
        messages.success(request, _("Samengevoegd. Alles staat nu hier bij elkaar."))
        return _page(workshop, into.key)

    return _decision(request, record, JoinForm(_data(request), others=others), "issues/join.html", act, others=others)


@door(rules.DECIDE)
@page_and_form
def parties(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Who works on it."""
    record = _record(workshop, key)
    choices = queries.party_choices(record)
    form = PartiesForm(_data(request), issue=record, choices=choices)

    def act(_said: dict[str, Any]) -> str:
        chosen = Party.objects.filter(workshop=workshop, key__in=form.chosen())
        actions.choose_parties(_row_of(record), parties=chosen, at=timezone.now(), by=_by(request))
        messages.success(request, _("Dit zijn nu de partijen die eraan werken."))
        return _page(workshop, record.key)

    return _decision(request, record, form, "issues/parties.html", act, choices=choices)


@door(rules.DECIDE)
@page_and_form
def passages(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """All passages of an issue, each of which can be taken out."""
    record = _record(workshop, key)
    if request.method != "POST":
        return render(request, "issues/passages.html", _context(workshop, record))
    try:
        actions.remove_fragment(_row_of(record), fragment=_fragment(request), at=timezone.now(), by=_by(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Die passage staat er niet meer bij. We stellen haar hier niet meer voor."))
    return redirect("issues:passages", workshop.key, record.key)


@door(rules.DECIDE)
@require_POST
def suggested(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Yes or no to a passage that seems to belong to an issue."""
    record = _record(workshop, key)
    answer = actions.add_suggested if request.POST.get("answer") == "yes" else actions.refuse_suggested
    try:
        answer(_row_of(record), fragment=_fragment(request), at=timezone.now(), by=_by(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        added = answer is actions.add_suggested
        messages.success(
            request, _("De passage staat er nu bij.") if added else _("We stellen die passage hier niet meer voor.")
        )
    return redirect(f"{_page(workshop, record.key)}#erbij")


def _decision(
    request: Request,
    record: IssueRecord,
    form: forms.Form,
    template: str,
    act: Callable[[dict[str, Any]], str],
    *,
    states: Collection[str] = rules.OPEN,
    **more: Any,
) -> HttpResponse:
    """Shows a form, or does what it asks and goes on to the next page. What was typed stays when it cannot be done."""
    if record.state not in states:
        messages.error(request, AlreadyDecided.sentence_for(record.state, record.decided_on))
        return redirect(_page(request.workshop, record.key))
    if form.is_bound and form.is_valid():
        try:
            return redirect(act(form.cleaned_data))
        except AlreadyDecided as refusal:
            messages.error(request, refusal.sentence)
            return redirect(_page(request.workshop, record.key))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    context = {**_context(request.workshop, record), "form": form, **more}
    return render(request, template, context, status=422 if form.errors else 200)


def _context(workshop: Workshop, record: IssueRecord) -> dict[str, Any]:
    trail = [
        (reverse("issues:list", args=[workshop.key]), _("Vraagstukken")),
        (_page(workshop, record.key), record.name),
    ]
    return {"place": "issues", "trail": trail, "issue": record}


def _record(workshop: Workshop, key: str) -> IssueRecord:
    record = queries.issue(workshop, key)
    if record is None:
        raise Http404
    return record


def _row_of(record: IssueRecord) -> Issue:
    return Issue(pk=record.issue_id, workshop_id=record.workshop_id, key=record.key)


def _data(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _by(request: Request) -> int | None:
    return request.who.account_id


def _fragment(request: Request) -> int:
    told = request.POST.get("fragment", "")
    return int(told) if told.isdecimal() and len(told) < 18 else 0


def _page(workshop: Workshop, key: str) -> str:
    return reverse("pages:issue", args=[workshop.key, key])
