"""The doors of who is asked: by a code without account, or signed in for their own party."""

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
from werkplaats.defrag import rules
from werkplaats.defrag.actions import answering
from werkplaats.defrag.forms import CodeForm, HelpedForm, MetForm
from werkplaats.defrag.models import Side
from werkplaats.defrag.queries import people
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
        return redirect("defrag:answer", workshop.key, only_digits(form.cleaned_data["code"]) or "0")
    return render(
        request,
        "neighbourhoods/enter_card.html",
        {"place": "takepart", "form": form},
        status=422 if form.errors else 200,
    )


@door(rules.ANSWER)
@never_cache
@page_and_form
def answer(request: Request, workshop: Workshop, digits: str) -> HttpResponse:
    """What one side is asked, and what it said; opened with its code."""
    try:
        code = open_code(workshop, digits, purpose=rules.SIDE, address=address_of(request), at=timezone.now())
    except Refusal as refusal:
        return _closed(request, workshop, refusal)
    side = people.side_by_key(workshop, code.thing.removeprefix("side:"))
    if side is None:
        return _closed(request, workshop, WrongCode())
    return _page(request, side, here=reverse("defrag:answer", args=[workshop.key, digits]))


@door(rules.ANSWER)
@never_cache
@page_and_form
def answer_for(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The same for who is signed in and speaks for the party that is asked."""
    side = people.side_by_key(workshop, key)
    if side is None or side.turn_at is None:
        raise Http404
    if request.who.account_id is None:
        return redirect(f"{reverse('account_request_login_code')}?next={request.path}")
    if not side.party.belongs_to(request.who):
        raise PermissionDenied
    return _page(request, side, here=reverse("defrag:answer_for", args=[workshop.key, key]))


def _page(request: Request, side: Side, *, here: str) -> HttpResponse:
    helped, day = HelpedForm(None), MetForm(None)
    status = 200
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act == "helped":
            helped = HelpedForm(request.POST)
        if act == "met":
            day = MetForm(request.POST)
        if act in ACTS and all(form.is_valid() for form in (helped, day) if form.is_bound):
            said = {**getattr(helped, "cleaned_data", {}), **getattr(day, "cleaned_data", {})}
            try:
                messages.success(request, ACTS[act](side, said, timezone.now()))
            except Refusal as refusal:
                messages.error(request, refusal.sentence)
            return redirect(here)
        status = 422
    shown = people.page_of(side)
    context = {"place": "takepart", "page": shown, "helped": helped, "day": day}
    return render(request, "defrag/answer.html", context, status=status)


def _yes(side: Side, said: dict[str, object], at: datetime) -> str:
    answering.answer(side, said=Answer.YES, at=at)
    return _("Dank je wel voor je ja.")


def _no(side: Side, said: dict[str, object], at: datetime) -> str:
    answering.answer(side, said=Answer.NO, at=at)
    return _("Dank je wel. Dit blijft tussen ons, en we vragen het niet nog eens.")


def _take_back(side: Side, said: dict[str, object], at: datetime) -> str:
    answering.take_back_no(side, at=at)
    return _("We onthouden je nee niet meer. Misschien vragen we het later nog eens.")


def _met(side: Side, said: dict[str, object], at: datetime) -> str:
    answering.met(side.asking, on=said["on"], today=timezone.localdate(at))  # type: ignore[arg-type]
    return _("Mooi. Over vier weken vragen we één keer of het hielp.")


def _helped(side: Side, said: dict[str, object], at: datetime) -> str:
    answering.tell_whether_it_helped(
        side,
        helped=rules.Helped(str(said["helped"])),
        words=str(said["words"]),
        knows=bool(said["knows"]),
        at=at,
        today=timezone.localdate(at),
    )
    return _("Dank je wel. We vragen het niet nog eens.")


ACTS: dict[str, Callable[[Side, dict[str, object], datetime], str]] = {
    "yes": _yes,
    "no": _no,
    "take_back": _take_back,
    "met": _met,
    "helped": _helped,
}


def _closed(request: Request, workshop: Workshop, refusal: Refusal) -> HttpResponse:
    status = 429 if isinstance(refusal, TooManyTries) else 404
    context = {"place": "takepart", "why": refusal.sentence, "again": reverse("defrag:enter", args=[workshop.key])}
    return render(request, "neighbourhoods/closed_card.html", context, status=status)
