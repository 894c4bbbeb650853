"""Standing still: what there is to see, who is asked, and how it goes on."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkplaats.accounts.actions import open_code
from werkplaats.accounts.queries import address_of
from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import TEAM, may
from werkplaats.asks.models import Voice
from werkplaats.asks.rules import voice_key_in
from werkplaats.issues.models import Trajectory
from werkplaats.issues.queries import trajectories
from werkplaats.issues.records import TrajectoryRecord
from werkplaats.issues.rules.phases import Phase
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods.models import Party
from werkplaats.pauses import actions, queries, rules
from werkplaats.pauses.forms import CloseForm, OwnAnswerForm, PartyAnswerForm
from werkplaats.pauses.models import Pause
from werkplaats.pauses.records import PauseRecord
from werkplaats.workshops.models import Workshop

PLACE = "issues"
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@door(rules.READ)
@require_safe
def pauses(request: Request, workshop: Workshop) -> HttpResponse:
    """All pauses: those due, those now, and what came of the earlier ones."""
    lines = queries.pauses(workshop)
    context = {
        "place": PLACE,
        "trail": [],
        "due": trajectories.pauses_due(workshop, today=timezone.localdate()),
        "now": [line for line in lines if line.closed_at is None],
        "past": [line for line in lines if line.closed_at],
    }
    return render(request, "pauses/pauses.html", context)


@door(rules.READ)
@require_safe
def of(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The pauses of one trajectory. `key`: of the trajectory."""
    record = _trajectory(workshop, key)
    lines = queries.of_trajectory(record.line.trajectory_id)
    context = {
        **_context(workshop, record.line.key, record.line.name),
        "trajectory": record.line,
        "now": [line for line in lines if line.closed_at is None],
        "past": [line for line in lines if line.closed_at],
        "may_hold": may(request.who, rules.HOLD, workshop),
    }
    return render(request, "pauses/of.html", context)


@door(rules.HOLD)
@require_POST
def open_pause(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    record = _trajectory(workshop, key)
    row = Trajectory(pk=record.line.trajectory_id)
    try:
        made = actions.open_pause(row, at=timezone.now(), by=request.who.account_id)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("pauses:of", workshop.key, key)
    messages.success(request, _("We staan stil. Wie een adres achterliet, krijgt één keer de vraag of het helpt."))
    return redirect("pauses:pause", workshop.key, made.key)


@door(rules.READ)
@require_safe
def pause(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    record = _record(request, key)
    context = {
        **_pause_context(workshop, record),
        "may_hold": may(request.who, rules.HOLD, workshop),
        "may_answer": bool(_askable(request, record)),
    }
    return render(request, "pauses/pause.html", context)


@door(rules.ANSWER_BY_CODE)
@page_and_form
def answer(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Somebody with a receipt says whether they notice it. Without account, and without saying who they are."""
    record = _record(request, key)
    form = OwnAnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        try:
            opened = open_code(workshop, said["code"], purpose=rules.RECEIPT, address=address_of(request), at=now)
            voice = Voice.objects.filter(workshop=workshop, key=voice_key_in(opened.thing)).first() or Voice()
            actions.answer_with(
                _row(record), voice=voice, noticed=rules.Noticed(said["noticed"]), text=said["text"], at=now
            )
        except Refusal as refusal:
            form.add_error("code", refusal.sentence)
        else:
            messages.success(request, _("Dank je wel. Je antwoord telt mee als we kijken hoe het verdergaat."))
            return redirect("pauses:pause", workshop.key, key)
    context = {**_pause_context(workshop, record), "form": form}
    return render(request, "pauses/answer.html", context, status=422 if form.errors else 200)


@door(rules.ANSWER)
@page_and_form
def answer_for(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """A party in the trajectory says what it sees: whoever speaks for it, or the team for somebody who said it elsewhere."""
    record = _record(request, key)
    parties = _askable(request, record)
    if not parties and not request.who.roles & TEAM:
        raise PermissionDenied
    form = PartyAnswerForm(request.POST if request.method == "POST" else None, parties=parties)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        party = Party.objects.select_related("canonical").get(workshop=workshop, key=said["party"])
        try:
            actions.answer_for(
                _row(record),
                party=party,
                noticed=rules.Noticed(said["noticed"]),
                text=said["text"],
                at=timezone.now(),
                by=request.who.account_id,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Het antwoord van %(name)s staat erbij.") % {"name": party.name})
            return redirect("pauses:pause", workshop.key, key)
    context = {**_pause_context(workshop, record), "form": form}
    return render(request, "pauses/answer_for.html", context, status=422 if form.errors else 200)


@door(rules.HOLD)
@page_and_form
def close(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Ends in going on, changing or stopping, with the reason."""
    record = _record(request, key)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            actions.close(
                _row(record),
                outcome=rules.Outcome(said["outcome"]),
                reason=said["reason"],
                then=Phase(said["then"]) if said["then"] else None,
                next_pause_on=said["next_pause_on"],
                at=timezone.now(),
                by=request.who.account_id,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Afgerond. Wat er te zien was, blijft zo bewaard."))
            return redirect("pauses:pause", workshop.key, key)
    context = {**_pause_context(workshop, record), "form": form}
    return render(request, "pauses/close.html", context, status=422 if form.errors else 200)


def _askable(request: Request, record: PauseRecord) -> list[tuple[str, str]]:
    """The parties for which this visitor may answer: (key, name). Nobody answers in a pause that is over."""
    if record.line.closed_at or request.who.account_id is None:
        return []
    names = {*record.silent, *((answer.key, answer.name) for answer in record.parties)}
    rows = Party.objects.filter(workshop=request.workshop, key__in=[key for key, _name in names])
    return [(row.key, row.name) for row in rows if may(request.who, rules.ANSWER, row)]


def _trajectory(workshop: Workshop, key: str) -> TrajectoryRecord:
    record = trajectories.trajectory(workshop, key)
    if record is None:
        raise Http404
    return record


def _record(request: Request, key: str) -> PauseRecord:
    sees_words = may(request.who, rules.HOLD, request.workshop)
    record = queries.pause(request.workshop, key, sees_words=sees_words, today=timezone.localdate())
    if record is None:
        raise Http404
    return record


def _row(record: PauseRecord) -> Pause:
    return Pause(pk=record.line.pause_id)


def _context(workshop: Workshop, key: str, name: str) -> dict[str, Any]:
    trail = [
        (reverse("issues:list", args=[workshop.key]), _("Vraagstukken")),
        (reverse("issues:trajectory", args=[workshop.key, key]), name),
    ]
    return {"place": PLACE, "trail": trail}


def _pause_context(workshop: Workshop, record: PauseRecord) -> dict[str, Any]:
    line = record.line
    return {**_context(workshop, line.trajectory_key, line.trajectory_name), "record": record}
