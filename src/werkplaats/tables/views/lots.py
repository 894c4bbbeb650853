"""Lots: asking for them with quotas, taking or leaving what was drawn, and showing it afterwards."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.tables import rules
from werkplaats.tables.actions import drawing
from werkplaats.tables.forms.planning import LeaveForm, LotsForm
from werkplaats.tables.models import Table, TableDraw
from werkplaats.tables.queries import lots
from werkplaats.tables.views.shown import PLACE, table_at, trail
from werkplaats.workshops.models import Workshop


@door(rules.DRAW)
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """How many seats, within which quotas; and what was drawn."""
    row = table_at(workshop, key)
    pool = lots.pool(row)
    form = LotsForm(request.POST if request.method == "POST" else None, pool=pool, areas=lots.area_names(workshop))
    if form.is_bound and form.is_valid():
        try:
            drawing.ask_draw(
                row,
                seats=form.cleaned_data["seats"],
                quotas=form.quotas(),
                at=timezone.now(),
                by=request.who.account_id,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("We loten nu. Kijk zo nog eens."))
            return redirect("tables:draw", workshop.key, key)
    return _shown(request, row, form=form, pool=len(pool))


@door(rules.DRAW)
@require_POST
def decide(request: Request, workshop: Workshop, key: str, number: int) -> HttpResponse:
    """Takes what was drawn, or leaves it with a reason."""
    made = get_object_or_404(TableDraw, table__workshop=workshop, table__key=key, number=number)
    try:
        if "leave" in request.POST:
            drawing.drop_draw(made, reason=request.POST.get("reason", "")[:300], at=timezone.now())
            told = _("De loting is niet aangenomen. Zij blijft met je reden te zien.")
        else:
            count = drawing.accept_draw(made, at=timezone.now(), by=request.who.account_id)
            told = ngettext("%(n)d is uitgenodigd.", "%(n)d zijn uitgenodigd.", count) % {"n": count}
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("tables:draw", workshop.key, key)
    messages.success(request, told)
    return redirect("tables:plan" if "leave" not in request.POST else "tables:draw", workshop.key, key)


@door(rules.SEE_DRAWN)
@require_safe
def drawn(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The lotteries of a table as everybody may see them: quotas, chances, seed, and who came out."""
    row = table_at(workshop, key)
    context = {"place": PLACE, "trail": trail(workshop, row), "table": row, "draws": lots.draws(row, sees_all=False)}
    return render(request, "tables/drawn.html", context)


def _shown(request: Request, row: Table, *, form: forms.Form, pool: int) -> HttpResponse:
    found = lots.draws(row, sees_all=may(request.who, rules.DRAW, row.workshop))
    context = {
        "place": PLACE,
        "trail": trail(row.workshop, row),
        "table": row,
        "form": form,
        "pool": pool,
        "draws": found,
        "is_open": any(one.is_open for one in found),
        "leave": LeaveForm(None),
    }
    return render(request, "tables/draw.html", context, status=422 if form.errors else 200)
