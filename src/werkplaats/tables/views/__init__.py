"""Tables: which there were and will be, who sits there, and what came of it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.issues.models import Issue
from werkplaats.kit.doors import door
from werkplaats.kit.qr import qr
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods.models import Party
from werkplaats.tables import actions, queries, rules
from werkplaats.tables.forms import NoteForm, SeatForm, TableForm
from werkplaats.tables.models import Table
from werkplaats.tables.queries.agenda import agenda
from werkplaats.tables.rules import is_over
from werkplaats.tables.views.counting import turn_shares
from werkplaats.tables.views.shown import PLACE, about, drawn, record_for, row_of, trail, write_down
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.rules import Capability


@door(rules.READ)
@require_safe
def tables(request: Request, workshop: Workshop) -> HttpResponse:
    """All tables, those to come first."""
    now = timezone.now()
    lines = queries.tables(workshop)
    context = {
        "place": PLACE,
        "trail": [],
        "coming": [line for line in reversed(lines) if line.held_at >= now],
        "past": [line for line in lines if line.held_at < now],
        "may_hold": may(request.who, rules.HOLD, workshop),
    }
    return render(request, "tables/tables.html", context)


@door(rules.READ)
@require_safe
def table(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """One table: who sits there and what came of it."""
    record = record_for(request, key)
    context = {
        **about(workshop, record),
        "may_hold": may(request.who, rules.HOLD, workshop),
        "round": queries.round_of(record.line.table_id),
        "heard": drawn(queries.round_of(record.line.table_id)),
        "shares": turn_shares(record) if workshop.has(Capability.TURNS) else (),
        "note": NoteForm(None, record=record),
        "add": SeatForm(None, workshop=workshop, record=record),
    }
    return render(request, "tables/table.html", context)


@door(rules.HOLD)
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: Request, workshop: Workshop) -> HttpResponse:
    """Writes down a table. `?vraagstuk=` fills in what it is about."""
    initial = {"issue": request.GET.get("vraagstuk", ""), "day": timezone.localdate()}
    form = TableForm(request.POST if request.method == "POST" else None, workshop=workshop, initial=initial)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        made = actions.hold(
            workshop,
            about=said["about"],
            held_at=form.held_at(),
            place=said["place"],
            parties=Party.objects.filter(workshop=workshop, key__in=said["parties"]),
            issue=Issue.objects.filter(workshop=workshop, key=said["issue"]).first(),
        )
        if not is_over(made.held_at, now=timezone.now()):
            messages.success(request, _("De tafel staat er. Wie nodig je uit?"))
            return redirect("tables:plan", workshop.key, made.key)
        messages.success(request, _("De tafel staat er. Wat is er gezegd?"))
        return redirect("tables:table", workshop.key, made.key)
    context = {"place": PLACE, "trail": trail(workshop), "form": form}
    return render(request, "tables/hold.html", context, status=422 if form.errors else 200)


@door(rules.HOLD)
@require_POST
def note(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """One line of what came of it. What was typed stays when it cannot be done."""
    record = record_for(request, key)
    form = NoteForm(request.POST, record=record)
    if form.is_valid():
        try:
            write_down(request, row_of(record), form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Het staat er. Het is een belofte na een ja van wie het zei."))
            return redirect("tables:table", workshop.key, key)
    add = SeatForm(None, workshop=workshop, record=record)
    context = {**about(workshop, record), "may_hold": True, "note": form, "add": add}
    return render(request, "tables/table.html", context, status=422)


@door(rules.HOLD)
@require_POST
def seats(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """A party sits down, or was not there after all."""
    row = get_object_or_404(Table, workshop=workshop, key=key)
    chosen = request.POST.get("leaves") or request.POST.get("party", "")
    party = Party.objects.select_related("canonical").filter(workshop=workshop, key=chosen).first()
    if party is None:
        messages.error(request, _("Kies eerst een partij."))
    elif "leaves" in request.POST:
        actions.unseat(row, party=party)
        messages.success(request, _("%(name)s staat er niet meer bij.") % {"name": party.name})
    else:
        actions.seat(row, parties=[party])
        messages.success(request, _("%(name)s zit aan tafel.") % {"name": party.name})
    return redirect("tables:table", workshop.key, key)


@door(rules.HOLD)
@require_POST
def code(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """New digits for the sheet. They are kept nowhere but in this visit of who made them."""
    row = get_object_or_404(Table, workshop=workshop, key=key)
    request.session[f"code of table {row.pk}"] = actions.make_code(row, at=timezone.now())
    return redirect("tables:sheet", workshop.key, key)


@door(rules.HOLD)
@require_safe
def sheet(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """A sheet to print and lay on the table."""
    record = record_for(request, key)
    digits = request.session.get(f"code of table {record.line.table_id}", "")
    enter = settings.SITE + reverse("tables:enter", args=[workshop.key])
    come = settings.SITE + reverse("tables:come", args=[workshop.key, digits.replace(" ", "-") or "-"])
    context = {**about(workshop, record), "digits": digits, "lines": range(8), "address": enter.partition("//")[2]}
    context["agenda"] = agenda(row_of(record), today=timezone.localdate())
    context["square"] = qr(come, words=_("Vierkantje met de link naar deze tafel")) if digits else ""
    return render(request, "tables/sheet.html", context)
