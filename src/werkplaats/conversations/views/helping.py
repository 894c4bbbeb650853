from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from werkplaats.accounts.records import Request
from werkplaats.conversations import actions, queries, rules
from werkplaats.conversations.forms import CodesForm, SheetForm
from werkplaats.conversations.models import Participant
from werkplaats.conversations.views.shown import PLACE, data, page, row_for, shown_or_done, trail
from werkplaats.kit.doors import door
from werkplaats.kit.qr import qr
from werkplaats.workshops.models import Workshop

page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@door(rules.TYPE_IN)
@never_cache
@page_and_form
def paper(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Types in voting sheets, one after the other."""
    row = row_for(request, workshop, key, rules.TYPE_IN)
    batch = request.GET.get("stapel", "")[:80]
    held = Participant.objects.filter(conversation=row, batch=batch, sheet__isnull=False).order_by("-sheet")
    last = held.first() if batch else None
    begin = {"batch": batch, "sheet": (last.sheet or 0) + 1 if last else 1, "kind": request.GET.get("wie", "")}
    lines = [line for line in queries.statements(row) if line.state is rules.State.ACCEPTED]
    form = SheetForm(data(request), workshop=workshop, lines=lines, initial=begin)

    def act(said: dict[str, Any]) -> str:
        told = {"batch": said["batch"], "sheet": said["sheet"], "kind": rules.Kind(said["kind"])}
        actions.type_in(row, **told, area=said.get("area"), answers=form.answers(), at=timezone.now())
        messages.success(request, _("Blad %(number)d staat erin.") % {"number": said["sheet"]})
        return f"{page(row, 'paper')}?{urlencode({'stapel': said['batch'], 'wie': said['kind']})}"

    context = {"trail": trail(workshop, row), "conversation": row}
    return shown_or_done(request, form, "conversations/paper.html", act, context)


@door(rules.TYPE_IN)
@never_cache
@page_and_form
def codes(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Cards to hand out, each with a code for one participant. The codes are told this once."""
    row = row_for(request, workshop, key, rules.TYPE_IN)
    form = CodesForm(data(request))
    context: dict[str, Any] = {"place": PLACE, "trail": trail(workshop, row), "conversation": row, "form": form}
    if form.is_bound and form.is_valid():
        address = settings.SITE + page(row, "enter")
        context |= {
            "cards": actions.make_codes(row, count=form.cleaned_data["count"], at=timezone.now()),
            "square": qr(address, words=_("Adres van dit gesprek")),
            "address": address.partition("//")[2],
        }
    return render(request, "conversations/codes.html", context, status=422 if form.errors else 200)
