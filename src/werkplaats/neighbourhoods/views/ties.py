"""The doors of a party to its own ties."""

from collections.abc import Callable
from datetime import date, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods import queries, rules
from werkplaats.neighbourhoods.actions import ties as actions
from werkplaats.neighbourhoods.forms import TieForm
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.queries.between import own_ties as own
from werkplaats.neighbourhoods.queries.people import parties_of
from werkplaats.neighbourhoods.views import PLACE
from werkplaats.workshops.models import Workshop

Act = Callable[[Party, Party, rules.TieKind, datetime, date], str]


@door(rules.READ_NETWORK)
@require_safe
def mine(request: Request, workshop: Workshop) -> HttpResponse:
    """Leads to the ties of the party that one speaks for; with several, one chooses."""
    parties = parties_of(request.who, workshop=workshop)
    if len(parties) == 1:
        return redirect("neighbourhoods:own_ties", workshop.key, parties[0].key)
    return render(request, "neighbourhoods/my_ties.html", {"place": PLACE, "parties": parties})


@door(rules.KEEP_TIES)
@require_http_methods(["GET", "HEAD", "POST"])
def own_ties(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The ties of one party: what the other end says, what we say, and one more."""
    if request.who.account_id is None:
        return redirect(f"{reverse('account_request_login_code')}?next={request.path}")
    record = queries.party(workshop=workshop, key=key)
    if record is None:
        raise Http404
    party = Party.objects.select_related("workshop").get(pk=record.id)
    if not may(request.who, rules.KEEP_TIES, party):
        raise PermissionDenied
    if record.key != key:
        return redirect("neighbourhoods:own_ties", workshop.key, record.key)
    form = TieForm(request.POST if "other" in request.POST else None, party=party)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        return _done(request, party, form)
    lines = own(record, workshop=workshop, today=timezone.localdate())
    context = {
        "place": PLACE,
        "trail": [(reverse("pages:party", args=[workshop.key, record.key]), record.name)],
        "party": record,
        "asking": [line for line in lines if line.asks],
        "lines": [line for line in lines if not line.asks and not line.ended],
        "ended": [line for line in lines if line.ended],
        "form": form,
    }
    return render(request, "neighbourhoods/own_ties.html", context, status=422 if form.errors else 200)


def _done(request: Request, party: Party, form: TieForm) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    try:
        if form.is_bound:
            said = form.cleaned_data
            kind = rules.TieKind(said["kind"])
            actions.report(party, other=said["other"], kind=kind, since=said["since"], at=now, today=today)
            told = _("De band staat erbij. De ander kan hem bevestigen.")
        else:
            act, sort, other = (request.POST.get("act", "") + "::").split(":")[:3]
            if act not in ACTS or sort not in list(rules.TieKind):
                raise Http404
            end = get_object_or_404(Party, workshop=party.workshop_id, key=other)
            told = ACTS[act](party, end, rules.TieKind(sort), now, today)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, told)
    return redirect("neighbourhoods:own_ties", party.workshop.key, party.key)


def _so(party: Party, other: Party, kind: rules.TieKind, at: datetime, today: date) -> str:
    actions.report(party, other=other, kind=kind, at=at, today=today)
    return _("Opgeschreven: vandaag is dit zo.")


def _over(party: Party, other: Party, kind: rules.TieKind, at: datetime, today: date) -> str:
    actions.no_longer(party, other=other, kind=kind, at=at, today=today)
    return _("Voor jullie is deze band vervaagd. Wat de ander erover zegt, blijft van de ander.")


ACTS: dict[str, Act] = {"so": _so, "over": _over}
