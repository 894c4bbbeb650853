"""What the doors share: the conversation in the address, a form that is shown or done."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import Verb, may
from werkplaats.asks.rules import AskState
from werkplaats.conversations import rules
from werkplaats.conversations.models import Conversation
from werkplaats.kit.refusal import Refusal
from werkplaats.workshops.models import Workshop

Trail = list[tuple[str, str]]
PLACE = "takepart"


def row_for(request: Request, workshop: Workshop, key: str, verb: Verb) -> Conversation:
    """The conversation, if whoever asks may do this with it. Of a draft of an ask it is there for who may change it."""
    row = get_object_or_404(Conversation.objects.select_related("ask"), workshop=workshop, key=key)
    row.workshop = workshop
    if row.ask.state == AskState.DRAFT and not may(request.who, rules.MAKE, row):
        raise Http404
    if not may(request.who, verb, row):
        raise PermissionDenied
    return row


def page(row: Conversation, name: str = "conversation") -> str:
    """Where something of a conversation stands."""
    return address(row.workshop, row.key, name)


def address(workshop: Workshop, key: str, name: str) -> str:
    """The same, of the conversation with this key."""
    return reverse(f"conversations:{name}", args=[workshop.key, key])


def trail(workshop: Workshop, row: Conversation | None = None) -> Trail:
    """The way back."""
    way = [(reverse("conversations:list", args=[workshop.key]), _("Gesprekken met stellingen"))]
    return way if row is None else [*way, (page(row), row.ask.title)]


def shown_or_done(
    request: Request, form: forms.Form, template: str, act: Callable[[dict[str, Any]], str], context: dict[str, Any]
) -> HttpResponse:
    """Shows a form, or does what it asks and goes to the next page. What was typed stays when it cannot be done."""
    if form.is_bound and form.is_valid():
        try:
            return redirect(act(form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    whole = {"place": PLACE, "form": form, **context}
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
