"""After a table: who was there, the minutes, the yes of who promised, and what comes back."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.tables import analysis, pictures, rules
from werkplaats.tables.actions import closing
from werkplaats.tables.forms.planning import GiveBackForm, ReportForm
from werkplaats.tables.queries.afterwards import after as after_table
from werkplaats.tables.views.shown import PLACE, table_at, trail
from werkplaats.workshops.models import Workshop


@door(rules.READ)
@require_safe
def attended(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Whom it concerned, who was invited, who was there, who spoke and who decided: five counts per kind of party."""
    row = table_at(workshop, key)
    if not rules.is_over(row.held_at, now=timezone.now()) or row.cancelled_at is not None:
        raise Http404
    found = analysis.attended(row)
    context = {
        "place": PLACE,
        "trail": trail(workshop, row),
        "table": row,
        "found": found,
        "drawn": pictures.presence(found.rows),
        "may_hold": may(request.who, rules.HOLD, workshop),
    }
    return render(request, "tables/attended.html", context)


@door(rules.HOLD)
@require_safe
def after(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """What there is to do after a table."""
    return _shown(request, key)


@door(rules.HOLD)
@require_POST
def note(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Who was there."""
    said = request.POST
    try:
        closing.note_who_was_there(
            table_at(workshop, key), parties=said.getlist("parties"), guests=said.getlist("guests"), at=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Het staat er. Wie samen aan tafel zat, heeft nu een band die telt."))
    return redirect("tables:after", workshop.key, key)


@door(rules.HOLD)
@require_POST
def report(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The minutes go into the library."""
    form = ReportForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            source = closing.keep_report(
                table_at(workshop, key),
                title=given["title"],
                file=given["file"],
                file_name=given["file"].name,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("file", refusal.sentence)
        else:
            told = _("“%(title)s” staat in de bibliotheek. We lezen het nu.") % {"title": source.title}
            messages.success(request, told)
            return redirect("tables:after", workshop.key, key)
    return _shown(request, key, report=form)


@door(rules.HOLD)
@require_POST
def ask_for_yes(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Links go out to who can say yes to what was said."""
    sent, without = closing.ask_for_yes(table_at(workshop, key), at=timezone.now())
    told = ngettext("%(n)d link is onderweg.", "%(n)d links zijn onderweg.", sent) % {"n": sent}
    messages.success(request, told)
    if without:
        messages.warning(request, _("Wie geen mail krijgt, geef je de link zelf: op de bladzijde van de belofte."))
    return redirect("tables:after", workshop.key, key)


@door(rules.HOLD)
@require_POST
def give_back(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """What came of it goes back to everybody who was there."""
    form = GiveBackForm(request.POST)
    if form.is_valid():
        try:
            closing.give_back(
                table_at(workshop, key), text=form.cleaned_data["text"], at=timezone.now(), by=request.who.account_id
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Het is terugverteld. Wie geen mail krijgt, krijgt een brief van je."))
            return redirect("tables:after", workshop.key, key)
    return _shown(request, key, back=form)


def _shown(
    request: Request, key: str, *, report: forms.Form | None = None, back: forms.Form | None = None
) -> HttpResponse:
    workshop, now = request.workshop, timezone.now()
    found = after_table(workshop, key, today=timezone.localdate(now), now=now)
    if found is None:
        raise Http404
    row = table_at(workshop, key)
    line = found.record.line
    context = {
        "place": PLACE,
        "trail": trail(workshop, row),
        "after": found,
        "record": found.record,
        "line": line,
        "report": report or ReportForm(initial={"title": _("Verslag: %(about)s") % {"about": line.about}}),
        "back": back or GiveBackForm(None),
    }
    return render(request, "tables/after.html", context, status=422 if report or back else 200)
