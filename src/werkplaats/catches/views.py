from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from werkplaats.accounts.records import Request
from werkplaats.catches import actions, queries, rules
from werkplaats.catches.forms import CatchForm
from werkplaats.catches.models import Catch
from werkplaats.kit.doors import door
from werkplaats.kit.once import once
from werkplaats.kit.refusal import Refusal
from werkplaats.workshops.models import Workshop


@door(rules.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def catches(request: Request, workshop: Workshop) -> HttpResponse:
    """Catches what just happened, and shows what was caught and is not yet anything else."""
    today = timezone.localdate()
    form = CatchForm(request.POST if request.method == "POST" else None, today=today)
    if form.is_valid():
        try:
            said = form.cleaned_data | {"key": once(form.cleaned_data["key"], form.cleaned_data)}
            actions.catch(workshop, **said, at=timezone.now(), by=request.who.account_id)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Opgevangen. Wat het wordt, kies je later."))
            return redirect(_back(request, workshop))
    context = {
        "place": "today",
        "form": form,
        "back": request.POST.get("terug", ""),
        "open": queries.open_catches(workshop, today=today),
        "settled": queries.settled_catches(workshop, today=today),
    }
    return render(request, "catches/list.html", context)


@door(rules.CATCH)
@require_POST
def drop(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Nothing needs to be made of this."""
    row = get_object_or_404(Catch, workshop=workshop, key=key)
    try:
        actions.drop(row, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Losgelaten: %(what)s. Onderaan haal je het terug.") % {"what": row.what})
    return redirect("catches:list", workshop.key)


@door(rules.CATCH)
@require_POST
def take_up(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """It matters after all."""
    row = get_object_or_404(Catch, workshop=workshop, key=key)
    try:
        actions.take_up(row, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("catches:list", workshop.key)


def _back(request: Request, workshop: Workshop) -> str:
    """To the page on which the line was caught, of this site only."""
    to = request.POST.get("terug", "")
    if to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None):
        return to
    return redirect("catches:list", workshop.key).url
