"""The doors of who is asked about a match: by a code without account, or signed in for their own party or themselves."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from werkplaats.accounts.actions import open_code
from werkplaats.accounts.queries import address_of
from werkplaats.accounts.records import Request
from werkplaats.accounts.refusals import TooManyTries, WrongCode
from werkplaats.accounts.rules import only_digits
from werkplaats.dependence import rules
from werkplaats.dependence.actions import asking
from werkplaats.dependence.forms import CodeForm, OutcomeForm
from werkplaats.dependence.models import MatchSide
from werkplaats.dependence.queries import people
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods.rules.asking import Answer
from werkplaats.workshops.models import Workshop

page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@door(rules.ANSWER)
@never_cache
@page_and_form
def enter(request: Request, workshop: Workshop) -> HttpResponse:
    """Asks for the code on a card."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return redirect("dependence:answer", workshop.key, only_digits(form.cleaned_data["code"]) or "0")
    context = {"place": "takepart", "form": form}
    return render(request, "neighbourhoods/enter_card.html", context, status=422 if form.errors else 200)


@door(rules.ANSWER)
@never_cache
@page_and_form
def answer(request: Request, workshop: Workshop, digits: str) -> HttpResponse:
    """What one side is asked, and what it said; opened with its code."""
    try:
        code = open_code(workshop, digits, purpose=rules.SIDE, address=address_of(request), at=timezone.now())
    except Refusal as refusal:
        return _closed(request, workshop, refusal)
    side = people.side_by_key(workshop, code.thing.removeprefix("match:"))
    if side is None:
        return _closed(request, workshop, WrongCode())
    return _page(request, side, here=reverse("dependence:answer", args=[workshop.key, digits]))


@door(rules.ANSWER)
@never_cache
@page_and_form
def answer_for(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The same for who is signed in and is, or speaks for, who is asked."""
    side = people.side_by_key(workshop, key)
    if side is None or side.turn_at is None:
        raise Http404
    if request.who.account_id is None:
        return redirect(f"{reverse('account_request_login_code')}?next={request.path}")
    if not side.belongs_to(request.who):
        raise PermissionDenied
    return _page(request, side, here=reverse("dependence:answer_for", args=[workshop.key, key]))


def _page(request: Request, side: MatchSide, *, here: str) -> HttpResponse:
    form, status = OutcomeForm(None), 200
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act == "outcome":
            form = OutcomeForm(request.POST)
        if act in ACTS and (not form.is_bound or form.is_valid()):
            try:
                messages.success(request, ACTS[act](side, getattr(form, "cleaned_data", {}), timezone.now()))
            except Refusal as refusal:
                messages.error(request, refusal.sentence)
            return redirect(here)
        status = 422
    context = {"place": "takepart", "page": people.page_of(side, today=timezone.localdate()), "form": form}
    return render(request, "dependence/answer.html", context, status=status)


def _yes(side: MatchSide, said: dict[str, str], at: datetime) -> str:
    asking.answer(side, said=Answer.YES, at=at)
    return _("Dank je wel voor je ja.")


def _no(side: MatchSide, said: dict[str, str], at: datetime) -> str:
    asking.answer(side, said=Answer.NO, at=at)
    return _("Dank je wel. Dit blijft tussen ons, en we vragen het niet nog eens.")


def _take_back(side: MatchSide, said: dict[str, str], at: datetime) -> str:
    asking.take_back_no(side, at=at)
    return _("We onthouden je nee niet meer. Misschien vragen we het later nog eens.")


def _outcome(side: MatchSide, said: dict[str, str], at: datetime) -> str:
    asking.tell_outcome(side, outcome=rules.Outcome(said["outcome"]), words=said["words"], at=at)
    return _("Dank je wel. Zo weten we wat helpt.")


ACTS: dict[str, Callable[[MatchSide, dict[str, str], datetime], str]] = {
    "yes": _yes,
    "no": _no,
    "take_back": _take_back,
    "outcome": _outcome,
}


def _closed(request: Request, workshop: Workshop, refusal: Refusal) -> HttpResponse:
    status = 429 if isinstance(refusal, TooManyTries) else 404
    context = {"place": "takepart", "why": refusal.sentence, "again": reverse("dependence:enter", args=[workshop.key])}
    return render(request, "neighbourhoods/closed_card.html", context, status=status)
