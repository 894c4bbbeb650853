"""The doors of the team: writing down what was said, sending links, taking words out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkplaats.accounts.records import Request
from werkplaats.catches.models import Catch
from werkplaats.kit.doors import door
from werkplaats.kit.qr import qr
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises import actions, queries, rules
from werkplaats.promises.forms import EraseForm, SaidForm
from werkplaats.promises.models import Promise
from werkplaats.promises.views.telling import trail
from werkplaats.workshops.models import Workshop

_SHOWN = 50
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@door(rules.DRAFT)
@require_safe
def desk(request: Request, workshop: Workshop) -> HttpResponse:
    """What waits for a yes, what is due, and who is to be asked whether they notice it."""
    today = timezone.localdate()
    said = queries.waiting_for_a_yes(workshop, today=today)
    context = {
        "place": "promises",
        "trail": trail(workshop),
        "waiting": [line for line in said if not line.is_unanswered and line.state == rules.State.DRAFT],
        "unanswered": [line for line in said if line.is_unanswered],
        "denied": [line for line in said if line.state == rules.State.DENIED],
        "due": queries.due(workshop, today=today, days=14, most=_SHOWN),
        "asked": queries.asked_and_silent(workshop, today=today),
    }
    return render(request, "promises/desk.html", context)


@door(rules.DRAFT)
@page_and_form
def draft(request: Request, workshop: Workshop) -> HttpResponse:
    """Writing down what was said; from a caught line, a table or a voice when the address says so."""
    caught = Catch.objects.filter(
        workshop=workshop, key=request.POST.get("vangst", "") or request.GET.get("vangst", "")
    ).first()
    form = SaidForm(_data(request), workshop=workshop, initial=_started(workshop, request.GET, caught))
    if form.is_bound and form.is_valid():
        try:
            said, by = form.said(), request.who.account_id
            row = actions.draft(workshop, said, at=timezone.now(), by=by, key=form.key(), caught=caught)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Opgeschreven. Het wordt een belofte als de ander ja zegt: stuur de link."))
            return redirect("promises:promise", workshop.key, row.key)
    context = {"place": "promises", "trail": trail(workshop), "form": form}
    return render(request, "promises/draft.html", context, status=422 if form.errors else 200)


@door(rules.DRAFT)
@page_and_form
def redraft(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Writing a draft down differently."""
    row = _draft_row(workshop, key)
    form = SaidForm(_data(request), workshop=workshop, initial=_written(row))
    if form.is_bound and form.is_valid():
        try:
            actions.redraft(row, _with_the_others(row, form.said()), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Opnieuw opgeschreven. Een oude link werkt niet meer: stuur een nieuwe."))
            return redirect("promises:promise", workshop.key, key)
    context = {"place": "promises", "trail": trail(workshop), "form": form, "promise": row}
    return render(request, "promises/draft.html", context, status=422 if form.errors else 200)


@door(rules.DRAFT)
@require_POST
def drop(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Takes away a draft that was nothing after all."""
    try:
        actions.drop(_row(workshop, key), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("promises:promise", workshop.key, key)
    messages.success(request, _("Weg. Het was geen belofte en is er ook geen geworden."))
    return redirect("promises:desk", workshop.key)


@door(rules.DRAFT)
@never_cache
@require_POST
def link(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Makes the link for the maker and shows it this once: the digits are kept nowhere."""
    row = _row(workshop, key)
    if row.state == rules.State.DENIED:
        messages.error(request, _("Schrijf het eerst opnieuw op: wie het zei, zegt dat het zo niet klopt."))
        return redirect("promises:promise", workshop.key, key)
    digits = actions.ask_to_confirm(row, at=timezone.now())
    address = f"{settings.SITE}{actions.link_path(workshop, digits)}"
    context = {
        "place": "promises",
        "trail": trail(workshop, (reverse("promises:promise", args=[workshop.key, key]), _("Deze belofte"))),
        "promise": row,
        "digits": digits,
        "address": address,
        "square": qr(address, words=_("Vierkantje met dezelfde link, om met een telefoon te openen")),
    }
    return render(request, "promises/link.html", context)


@door(rules.DRAFT)
@page_and_form
def erase(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Takes words out of a promise, for ever."""
    record = queries.promise(workshop, key, today=timezone.localdate())
    if record is None or not record.line.is_promise:
        raise Http404
    form = EraseForm(_data(request), record=record)
    if form.is_bound and form.is_valid():
        number, name = form.chosen()
        try:
            actions.erase_text(
                _row(workshop, key), number=number, name=name, reason=form.cleaned_data["reden"], at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("De woorden zijn gewist. Dat ze er stonden, blijft te zien."))
            return redirect("promises:promise", workshop.key, key)
    context = {"place": "promises", "trail": trail(workshop), "record": record, "form": form}
    return render(request, "promises/erase.html", context, status=422 if form.errors else 200)


def _started(workshop: Workshop, asked: Mapping[str, str], caught: Catch | None) -> dict[str, Any]:
    """What is known already: of a caught line, or as the address says."""
    known: dict[str, Any] = {"tafel": asked.get("tafel", ""), "stemmen": asked.get("stem", "")}
    known |= {"vraagstuk": asked.get("vraagstuk", ""), "maker": asked.get("van", "")}
    if caught is not None:
        maker = Party.objects.filter(workshop=workshop, canonical=None, name__iexact=caught.who.strip()).first()
        known |= {"woorden": caught.what, "voor_wie": caught.for_whom, "klaar": caught.due_on, "vangst": caught.key}
        known["maker"] = maker.key if maker else known["maker"]
    return known


def _with_the_others(row: Promise, said: actions.Said) -> actions.Said:
    """The form has room for two parties; the others that it is for stay."""
    others = [one.party for one in row.receivers.exclude(party=None).select_related("party").order_by("pk")[2:]]
    return replace(said, parties=(*said.parties, *(party for party in others if party)))


def _written(row: Promise) -> dict[str, Any]:
    receivers = list(row.receivers.select_related("party", "voice"))
    parties = [one.party.key for one in receivers if one.party]
    return {
        "soort": row.kind,
        "maker": row.maker.key,
        "functie": row.maker_function,
        "woorden": row.wording,
        "voor_wie": row.for_whom,
        "voor": parties[0] if parties else "",
        "voor_ook": parties[1] if len(parties) > 1 else "",
        "klaar": row.due_on,
        "hangt_af": row.depends_on,
        "vraagstuk": row.issue.key if row.issue else "",
        "bron": row.source,
        "tafel": row.table_key,
        "stemmen": " ".join(one.voice.key for one in receivers if one.voice),
    }


def _row(workshop: Workshop, key: str) -> Promise:
    return get_object_or_404(Promise.objects.select_related("maker", "issue"), workshop=workshop, key=key)


def _draft_row(workshop: Workshop, key: str) -> Promise:
    row = _row(workshop, key)
    if row.confirmed_at is not None:
        raise Http404
    return row


def _data(request: Request) -> Any:
    return request.POST if request.method == "POST" else None
