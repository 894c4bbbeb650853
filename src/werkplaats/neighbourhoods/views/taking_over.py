"""The doors through which a party takes over its own entry."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkplaats.accounts.queries import address_of
from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.kit.tries import Limit
from werkplaats.neighbourhoods import rules
from werkplaats.neighbourhoods.actions import taking_over
from werkplaats.neighbourhoods.forms import OwnForm, TakeOverForm
from werkplaats.neighbourhoods.models import Party, TakeOver
from werkplaats.neighbourhoods.queries.taking_over import take_overs as take_over_lines
from werkplaats.neighbourhoods.records import WORDING
from werkplaats.workshops.models import Workshop

page_and_form = require_http_methods(["GET", "HEAD", "POST"])
PLACE = "neighbourhood"
ASKED_FROM_ONE_PLACE = Limit("take_over", most=10, seconds=60 * 60)


@door(rules.TAKE_OVER)
@page_and_form
def take_over(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Somebody says of a party: this is us."""
    party = _party(workshop, key)
    form = TakeOverForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said, now, where = form.cleaned_data, timezone.now(), f"{workshop.key} {address_of(request)}"
        said.pop("agrees")
        try:
            if ASKED_FROM_ONE_PLACE.is_reached(where, at=now):
                raise Refusal(_("Er is hier vandaan net vaak gevraagd. Probeer het over een uur nog eens."))
            ASKED_FROM_ONE_PLACE.count(where, at=now)
            taking_over.take_over(party, **said, wording=str(WORDING), language=get_language() or "nl", at=now)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("We vragen het na. Je krijgt een mail als de werkplaats ja zegt."))
            return redirect("pages:party", workshop.key, party.key)
    context = {"place": PLACE, "trail": _trail(workshop, party), "party": party, "form": form}
    return render(request, "neighbourhoods/take_over.html", context, status=422 if form.errors else 200)


@door(rules.DECIDE_TAKE_OVERS)
@require_safe
def take_overs(request: Request, workshop: Workshop) -> HttpResponse:
    """Who asks to speak for a party, for the coordinator to say yes or no."""
    context = {"place": PLACE, "trail": _trail(workshop), "lines": take_over_lines(workshop)}
    return render(request, "neighbourhoods/take_overs.html", context)


@door(rules.DECIDE_TAKE_OVERS)
@require_POST
def decide(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Yes or no."""
    row = get_object_or_404(TakeOver, workshop=workshop, key=key)
    now, by = timezone.now(), request.who.account_id
    try:
        if request.POST.get("woord") == "ja":
            taking_over.confirm(row, at=now, today=timezone.localdate(now), by=by)
            messages.success(request, _("Zij spreken nu voor deze partij, en kunnen inloggen."))
        else:
            taking_over.refuse(row, reason=request.POST.get("reden", "")[:1000], at=now, by=by)
            messages.success(request, _("We onthouden het nee. Naam en mailadres zijn weg."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("neighbourhoods:take_overs", workshop.key)


@door(rules.TELL_OWN)
@page_and_form
def tell_own(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """A party tells who it is and what it can carry."""
    party = _party(workshop, key)
    if not may(request.who, rules.TELL_OWN, party):
        raise Http404
    initial = {name: getattr(party, name) for name in rules.OWN_FACTS}
    form = OwnForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        now = timezone.now()
        taking_over.tell_own(party, facts=form.cleaned_data, at=now, today=timezone.localdate(now))
        messages.success(request, _("Zo staat het nu op jullie bladzijde."))
        return redirect("pages:party", workshop.key, party.key)
    context = {"place": PLACE, "trail": _trail(workshop, party), "party": party, "form": form}
    return render(request, "neighbourhoods/tell_own.html", context, status=422 if form.errors else 200)


def _party(workshop: Workshop, key: str) -> Party:
    row = get_object_or_404(Party.objects.select_related("canonical__workshop", "workshop"), workshop=workshop, key=key)
    return row.stays


def _trail(workshop: Workshop, party: Party | None = None) -> list[tuple[str, str]]:
    trail = [
        (reverse("pages:neighbourhood", args=[workshop.key]), _("De wijk")),
        (reverse("neighbourhoods:parties", args=[workshop.key]), _("Partijen")),
    ]
    if party is not None:
        trail.append((reverse("pages:party", args=[workshop.key, party.key]), party.name))
    return trail
