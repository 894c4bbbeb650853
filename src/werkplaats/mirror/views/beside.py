"""Two mirrors beside each other: a sheet for a conversation between the two, made with the yes of both."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import Verb, may
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.mirror import actions, queries, rules
from werkplaats.mirror.forms import PartyForm
from werkplaats.mirror.models import SideBySide
from werkplaats.mirror.views.acts import page_and_form
from werkplaats.mirror.views.reading import PLACE, context_of, mirror_for, trail
from werkplaats.workshops.models import Workshop


@door(rules.LAY)
@page_and_form
def lay(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Asks two parties whether their mirrors may lie beside each other."""
    row = mirror_for(request, key, rules.LAY)
    sent = request.POST if request.method == "POST" else None
    form = PartyForm(sent, workshop=workshop, without=[row.party.stays.pk])
    if form.is_bound and form.is_valid():
        other = queries.mirror_of(workshop, form.cleaned_data["party"].key)
        if other is None:
            form.add_error("party", _("Deze partij heeft nog geen spiegel. Vraag die eerst."))
        else:
            made = actions.lay_beside(row, other=other, at=timezone.now())
            messages.success(request, _("Het is gevraagd. Het blad gaat open als beide partijen ja zeggen."))
            return redirect("mirror:sheet", workshop.key, made.key)
    context = {**context_of(workshop, row), "form": form}
    return render(request, "mirror/lay.html", context, status=422 if form.errors else 200)


@door(rules.SEE)
@require_safe
def sheet(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The sheet, for the two parties and the coordinator. Before both said yes it holds nothing of either."""
    row = _sheet(request, key, rules.SEE)
    line = queries.sheet_line(row, today=timezone.localdate())
    sides = [
        (line.one, line.one_says_yes, may(request.who, rules.BESIDE, row.one), queries.newest(row.one)),
        (line.other, line.other_says_yes, may(request.who, rules.BESIDE, row.other), queries.newest(row.other)),
    ]
    context = {
        "place": PLACE,
        "trail": trail(workshop),
        "line": line,
        "sides": [(mirror, yes, mine, parts if line.is_open else ()) for mirror, yes, mine, parts in sides],
    }
    return render(request, "mirror/sheet.html", context)


@door(rules.BESIDE)
@require_POST
def say(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """One of the two says yes, or takes it back."""
    row = _sheet(request, key, rules.BESIDE)
    mine = [end for end in (row.one, row.other) if may(request.who, rules.BESIDE, end)]
    asked = request.POST.get("party", "")
    mirror = next((end for end in mine if not asked or end.party.stays.key == asked), None)
    if mirror is None:
        raise Http404
    try:
        actions.say_of_sheet(row, mirror=mirror, yes=request.POST.get("yes") == "ja", at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Het staat erbij."))
    return redirect("mirror:sheet", workshop.key, key)


def _sheet(request: Request, key: str, verb: Verb) -> SideBySide:
    row = queries.sheet(request.workshop, key)
    if row is None or not may(request.who, verb, row):
        raise Http404
    return row
