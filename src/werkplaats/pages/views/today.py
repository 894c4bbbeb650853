"""Today: the page a coordinator works from, and what becomes of a line that was caught there."""

from secrets import token_hex

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.catches.models import Catch
from werkplaats.catches.queries import one_catch
from werkplaats.catches.rules import State
from werkplaats.exchange.queries.steps import just_began, way
from werkplaats.exchange.rules import BRING_IN
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.pages import actions, queries, rules
from werkplaats.pages.forms import CatchForm
from werkplaats.workshops.models import Workshop

AS_VOICE, AS_ASK, AS_TIE = "stem", "uitvraag", "band"


@door(rules.TODAY)
@require_safe
def today(request: Request, workshop: Workshop) -> HttpResponse:
    """The catch line, what cannot wait, this week, and who waits. ``?alles=1`` shows every task."""
    now = timezone.localtime()
    page = queries.today_page(workshop, who=request.who, now=now, everything="alles" in request.GET)
    names = queries.names_of_parties(workshop)
    form = CatchForm(today=now.date(), names=names, initial={"key": token_hex(8)})
    steps = way(workshop) if may(request.who, BRING_IN, workshop) and just_began(workshop, at=now) else None
    context = {"place": "today", "page": page, "form": form, "back": request.path, "now": now, "way": steps}
    return render(request, "pages/today.html", context)


@door(rules.TODAY)
@require_safe
def sheet(request: Request, workshop: Workshop) -> HttpResponse:
    """All of it on paper: what waits for a yes, what is due, who waits, with room to write."""
    now = timezone.localtime()
    page = queries.today_page(workshop, who=request.who, now=now, everything=True)
    return render(request, "pages/sheet.html", {"place": "today", "page": page, "now": now})


@door(rules.TODAY)
@require_http_methods(["GET", "HEAD", "POST"])
def catch(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """One line, and with one tap what it is: a voice, a promise, an ask, a tie."""
    line = one_catch(workshop, key=key, today=timezone.localdate())
    if line is None:
        raise Http404
    if request.method == "POST":
        return _becomes(request, workshop, key)
    trail = [(reverse("pages:today", args=[workshop.key]), _("Vandaag"))]
    context = {"place": "today", "line": line, "is_open": line.state == State.OPEN, "trail": trail}
    return render(request, "pages/catch.html", context)


def _becomes(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Makes of the line what was tapped. A promise has a form of its own, at the desk of promises."""
    row = Catch.objects.select_related("workshop").get(workshop=workshop, key=key)
    at, wanted = timezone.now(), request.POST.get("wordt", "")
    try:
        if wanted == AS_VOICE:
            _voice, digits = actions.into_voice(row, at=at, by=request.who.account_id)
            return render(request, "pages/caught_voice.html", {"place": "today", "digits": digits})
        if wanted == AS_ASK:
            ask = actions.into_ask(row, at=at)
            messages.success(request, _("De uitvraag staat klaar als concept. Vul aan wat er nog ontbreekt."))
            return redirect("asks:change", workshop.key, ask.key)
        if wanted == AS_TIE:
            actions.into_tie(row, at=at)
            messages.success(request, _("De band tussen de twee partijen staat erbij."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("pages:catch", workshop.key, key)
    return redirect("pages:today", workshop.key)
