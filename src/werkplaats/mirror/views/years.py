"""The years of a party as it tells them, and what others ask it to confirm."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.mirror import actions, queries, rules
from werkplaats.mirror.forms import AttemptForm
from werkplaats.mirror.models import Attempt
from werkplaats.mirror.views.acts import page_and_form
from werkplaats.mirror.views.reading import PLACE, trail
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Workshop


@door(rules.TELL)
@page_and_form
def years(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """What a party tried, by whom it is confirmed, and what others ask it."""
    party = _party(request, key)
    form = AttemptForm(request.POST if request.method == "POST" else None, of=party)
    if form.is_bound and form.is_valid() and _told(party, form):
        messages.success(request, _("Het staat erbij. In de spiegel komt het zodra er een tweede bron is."))
        return redirect("mirror:years", workshop.key, key)
    context = {
        "place": PLACE,
        "trail": trail(workshop),
        "party": party,
        "form": form,
        "attempts": queries.attempts(workshop, party),
        "asked": queries.attempts_to_confirm(party),
        "may_confirm": may(request.who, rules.CONFIRM, party),
    }
    return render(request, "mirror/years.html", context, status=422 if form.errors else 200)


@door(rules.CONFIRM)
@require_POST
def confirm(request: Request, workshop: Workshop, key: str, attempt: str) -> HttpResponse:
    """The party (`key`) says that what another tells was so."""
    party = queries.named(key, workshop)
    row = Attempt.objects.filter(workshop=workshop, key=attempt).first()
    if party is None or row is None or not may(request.who, rules.CONFIRM, party):
        raise Http404
    try:
        actions.confirm_attempt(row, party=party, at=timezone.now())
    except Refusal as refusal:
        raise Http404 from refusal
    messages.success(request, _("Dank jullie wel. Het staat in de spiegel van wie het vertelde."))
    return redirect("mirror:years", workshop.key, party.key)


def _told(party: Party, form: AttemptForm) -> bool:
    said, now = form.cleaned_data, timezone.now()
    try:
        row = actions.tell_attempt(
            party,
            what=said["what"],
            since=said["since"],
            until=said["until"],
            ending=rules.Ending(said["ending"]),
            why=said["why"],
            at=now,
        )
    except Refusal as refusal:
        form.add_error("until", refusal.sentence)
        return False
    if said["party"]:
        actions.ask_of(row, party=said["party"], at=now)
    if said["source"]:
        actions.show_attempt(row, source=said["source"], at=now)
    return True


def _party(request: Request, key: str) -> Party:
    party = queries.named(key, request.workshop)
    if party is None or not may(request.who, rules.TELL, party):
        raise Http404
    return party
