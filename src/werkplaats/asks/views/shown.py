"""What the doors share: the ask in the address, who may do what with it, and a form that is shown or done."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import Verb, may
from werkplaats.asks import queries, rules
from werkplaats.asks.models import Ask
from werkplaats.asks.records import AskRecord
from werkplaats.kit.refusal import Refusal
from werkplaats.workshops.models import Workshop

Trail = list[tuple[str, str]]


def row_for(request: Request, workshop: Workshop, key: str, verb: Verb) -> Ask:
    """The ask, if whoever asks may do this with it. A draft is there for who may change it, for nobody else."""
    row = get_object_or_404(Ask.objects.select_related("asker__canonical"), workshop=workshop, key=key)
    if row.state == rules.AskState.DRAFT and not may(request.who, rules.CHANGE, row):
        raise Http404
    if not may(request.who, verb, row):
        raise PermissionDenied
    return row


def record_of(workshop: Workshop, key: str) -> AskRecord:
    """All that an ask tells."""
    record = queries.ask(workshop, key, today=timezone.localdate())
    if record is None:
        raise Http404
    return record


def page(workshop: Workshop, key: str) -> str:
    """Where an ask stands."""
    return reverse("asks:ask", args=[workshop.key, key])


def trail(workshop: Workshop, ask: Ask | None = None) -> Trail:
    """The way back."""
    way = [(reverse("asks:list", args=[workshop.key]), _("Meedoen"))]
    return way if ask is None else [*way, (page(workshop, ask.key), ask.title)]


def shown_or_done(
    request: Request,
    form: forms.Form,
    template: str,
    act: Callable[[dict[str, Any]], str],
    context: dict[str, Any],
    *,
    field: str | None = None,
) -> HttpResponse:
    """Shows a form, or does what it asks and goes to the next page. What was typed stays when it cannot be done.

    `field`: where a refusal is told.
    """
    if form.is_bound and form.is_valid():
        try:
            return redirect(act(form.cleaned_data))
        except Refusal as refusal:
            form.add_error(field, refusal.sentence)
    whole = {"place": "takepart", "form": form, **context}
    return render(request, template, whole, status=422 if form.errors else 200)


def do(request: Request, act: Callable[[], str], *, back: str) -> HttpResponse:
    """One act behind a button, told in a sentence; a refusal changes nothing."""
    try:
        messages.success(request, act())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect(back)


def data(request: Request) -> Any:
    """What was typed, if anything was."""
    return request.POST if request.method == "POST" else None
