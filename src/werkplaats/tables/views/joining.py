"""People who sit at a table come in with its code, on their own phone and without account."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from werkplaats.accounts.actions import open_code
from werkplaats.accounts.queries import address_of
from werkplaats.accounts.records import Request
from werkplaats.accounts.refusals import TooManyTries, WrongCode
from werkplaats.accounts.rules import may
from werkplaats.conversations.queries import conversations_of_issue
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.tables import actions, queries, rules
from werkplaats.tables.forms.day import TableCodeForm
from werkplaats.tables.models import Round, Table
from werkplaats.tables.views.counting import turn_shares
from werkplaats.tables.views.devices import seat_here, sit_down
from werkplaats.tables.views.shown import PLACE, about, drawn, record_for, trail
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.rules import Capability


@door(rules.JOIN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Request, workshop: Workshop) -> HttpResponse:
    """The code of a table, typed over."""
    form = TableCodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            return _in(request, workshop, form.cleaned_data["code"])
        except Refusal as refusal:
            form.add_error("code", refusal.sentence)
    if form.errors:
        status = 422
    return render(request, "tables/enter.html", {"place": PLACE, "trail": trail(workshop), "form": form}, status=status)


@door(rules.JOIN)
@never_cache
@require_safe
def come(request: Request, workshop: Workshop, digits: str) -> HttpResponse:
    """The square on the sheet, read by a phone."""
    try:
        return _in(request, workshop, digits)
    except Refusal as refusal:
        form = TableCodeForm({"code": ""})
        form.errors.clear()
        form.add_error("code", refusal.sentence)
        context: dict[str, Any] = {"place": PLACE, "trail": trail(workshop), "form": form}
        status = 429 if isinstance(refusal, TooManyTries) else 404
        return render(request, "tables/enter.html", context, status=status)


def _in(request: Request, workshop: Workshop, digits: str) -> HttpResponse:
    code = open_code(workshop, digits, purpose=rules.CODE_PURPOSE, address=address_of(request), at=timezone.now())
    key = code.thing.removeprefix(rules.thing(""))
    if not Table.objects.filter(workshop=workshop, key=key).exists():
        raise WrongCode
    answer = redirect(reverse("tables:at_table", args=[workshop.key, key]))
    # Who was in already stays the same seat: a device says once how it was.
    sit_down(answer, workshop, key, seat=seat_here(request, workshop, key) or actions.device_key())
    return answer


@door(rules.JOIN)
@never_cache
@require_safe
def at_table(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """What the table is about, what there is to vote on, and how it was. For who is in; the team may look too."""
    record = record_for(request, key)
    is_host = may(request.who, rules.HOLD, workshop)
    if not is_host and not seat_here(request, workshop, key):
        return redirect("tables:enter", workshop.key)
    row = Table.objects.select_related("issue__workshop").get(pk=record.line.table_id)
    held = Round.objects.filter(table=row).first()
    context = {
        **about(workshop, record),
        "talks": [line for line in conversations_of_issue(row.issue) if line.is_open] if row.issue else [],
        "is_open": held is not None and rules.is_open(held.opened_at, held.closed_at, at=timezone.now()),
        "is_host": is_host,
        "shares": turn_shares(record) if workshop.has(Capability.TURNS) else (),
        "heard": drawn(queries.round_of(row.pk)),
    }
    return render(request, "tables/at_table.html", context)
