"""What the doors share: the conversation in the address, whose votes are open on this device, a form that is shown or done."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import Verb, may
from werkplaats.asks.rules import AskState
from werkplaats.conversations import rules
from werkplaats.conversations.models import Conversation, Participant
from werkplaats.kit.refusal import Refusal
from werkplaats.workshops.models import Workshop

Trail = list[tuple[str, str]]
PLACE = "takepart"
_OPENED = "conversations"


def row_for(request: Request, workshop: Workshop, key: str, verb: Verb) -> Conversation:
    """The conversation, if whoever asks may do this with it. Of a draft of an ask it is there for who may change it."""
    rows = Conversation.objects.select_related("workshop", "ask__asker__canonical", "ask__issue", "issue")
    row = get_object_or_404(rows, workshop=workshop, key=key)
    if row.ask.state == AskState.DRAFT and not may(request.who, rules.MAKE, row):
        raise Http404
    if not may(request.who, verb, row):
        raise PermissionDenied
    return row


def page(row: Conversation, name: str = "conversation") -> str:
    """Where something of a conversation stands."""
    return reverse(f"conversations:{name}", args=[row.workshop.key, row.key])


def trail(workshop: Workshop, row: Conversation | None = None) -> Trail:
    """The way back."""
    way = [(reverse("conversations:list", args=[workshop.key]), _("Gesprekken met stellingen"))]
    return way if row is None else [*way, (page(row), row.ask.title)]


def open_here(request: HttpRequest, participant: Participant, *, at: datetime) -> None:
    """From now on this device votes as this participant, for half an hour after the last look."""
    kept = dict(request.session.get(_OPENED, {}))
    kept[str(participant.conversation_id)] = [participant.key, at.timestamp()]
    request.session[_OPENED] = kept


def opened(request: HttpRequest, row: Conversation, *, at: datetime) -> Participant | None:
    """Whose votes are open on this device, if anybody's. Every look keeps them open a little longer."""
    kept = request.session.get(_OPENED, {}).get(str(row.pk))
    if not kept or at - datetime.fromtimestamp(kept[1], tz=at.tzinfo) > timedelta(minutes=rules.OPEN_MINUTES):
        return None
    found = Participant.objects.filter(conversation=row, key=str(kept[0]), withdrawn_at__isnull=True).first()
    if found is not None:
        open_here(request, found, at=at)
    return found


def close_here(request: HttpRequest, row: Conversation) -> None:
    """From now on this device votes as nobody."""
    kept = dict(request.session.get(_OPENED, {}))
    kept.pop(str(row.pk), None)
    request.session[_OPENED] = kept


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
