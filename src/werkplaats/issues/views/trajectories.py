"""The page of a trajectory, and a page for each thing that can happen to it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.issues import queries, rules
from werkplaats.issues.actions import trajectories as actions
from werkplaats.issues.forms import JoinInForm, MoveForm, PlanForm
from werkplaats.issues.models import Issue, Trajectory
from werkplaats.issues.queries import trajectories
from werkplaats.issues.records import TrajectoryRecord
from werkplaats.issues.rules.phases import Phase, can_start
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods.models import Group, Party
from werkplaats.workshops.models import Workshop

page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@door(rules.READ)
@require_safe
def trajectory(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Where the joint work stands, for whom it is, who works in it and what happened."""
    record = _record(workshop, key)
    context = {
        **_context(workshop, record),
        "record": record,
        "may_lead": may(request.who, rules.LEAD, workshop),
        "can_start": can_start(benefit_for=record.line.benefit_for, how_noticed=record.line.how_noticed),
    }
    return render(request, "issues/trajectory.html", context)


@door(rules.LEAD)
@page_and_form
def plan(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Begins by writing down for whom it is. `key`: of the issue."""
    record = queries.issue(workshop, key)
    if record is None or record.state != rules.State.ACCEPTED:
        raise Http404
    form = PlanForm(_data(request), workshop=workshop, initial={"parties": [one.key for one in record.parties]})
    trail = [
        (reverse("issues:list", args=[workshop.key]), _("Vraagstukken")),
        (reverse("pages:issue", args=[workshop.key, key]), record.name),
    ]
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        made = actions.plan(
            Issue(pk=record.issue_id),
            name=said["name"],
            benefit_for=said["benefit_for"],
            how_noticed=said["how_noticed"],
            groups=_groups(workshop, said["groups"]),
            parties=Party.objects.filter(workshop=workshop, key__in=said["parties"]),
            at=timezone.now(),
            by=request.who.account_id,
        )
        messages.success(request, _("Opgeschreven. Lees het nog eens na, en laat het dan beginnen."))
        return redirect("issues:trajectory", workshop.key, made.key)
    context = {"place": "issues", "trail": trail, "form": form, "back": trail[-1][0], "issue": record}
    return render(request, "issues/plan.html", context, status=422 if form.errors else 200)


@door(rules.LEAD)
@page_and_form
def reword(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Says in other words for whom it is."""
    record = _record(workshop, key)
    line = record.line
    initial = {
        "name": line.name,
        "benefit_for": line.benefit_for,
        "how_noticed": line.how_noticed,
        "groups": [group for group, _name in record.groups],
    }
    form = PlanForm(_data(request), workshop=workshop, initial=initial, with_parties=False)

    def act(said: dict[str, Any]) -> str:
        groups = _groups(workshop, said.pop("groups"))
        actions.reword(_row(record), **said, groups=groups, at=timezone.now(), by=request.who.account_id)
        return _("Het staat er anders. De oude woorden blijven te lezen.")

    return _decision(request, record, form, "issues/reword.html", act)


@door(rules.LEAD)
@require_POST
def start(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """It begins, when it says for whom it is."""
    record = _record(workshop, key)
    try:
        actions.start(_row(record), at=timezone.now(), by=request.who.account_id)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Begonnen. Over drie maanden staan we stil: hebben bewoners er iets aan?"))
    return redirect("issues:trajectory", workshop.key, key)


@door(rules.LEAD)
@page_and_form
def move(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """On to another phase. Standing still has a page of its own, with what there is to see."""
    record = _record(workshop, key)
    if record.line.phase == Phase.PAUSE:
        return redirect("pauses:of", workshop.key, key)
    form = MoveForm(_data(request), record=record)

    def act(said: dict[str, Any]) -> str:
        actions.move(
            _row(record),
            then=Phase(said["then"]),
            was=Phase(said["was"]),
            reason=said["reason"],
            at=timezone.now(),
            by=request.who.account_id,
        )
        return _("Jullie zijn een stap verder.")

    return _decision(request, record, form, "issues/move.html", act)


@door(rules.LEAD)
@page_and_form
def join_in(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """A party joins with a role, or leaves."""
    record = _record(workshop, key)
    if request.method == "POST" and "leaves" in request.POST:
        party = get_object_or_404(Party, workshop=workshop, key=request.POST["leaves"])
        actions.leave(_row(record), party=party, at=timezone.now(), by=request.who.account_id)
        messages.success(request, _("%(name)s staat er niet meer bij.") % {"name": party.name})
        return redirect("issues:trajectory_parties", workshop.key, key)
    form = JoinInForm(_data(request), workshop=workshop)

    def act(said: dict[str, Any]) -> str:
        party = Party.objects.select_related("canonical").get(workshop=workshop, key=said["party"])
        actions.join_in(_row(record), party=party, role=said["role"], at=timezone.now(), by=request.who.account_id)
        return _("%(name)s doet mee.") % {"name": party.name}

    return _decision(request, record, form, "issues/join_in.html", act)


def _decision(
    request: Request,
    record: TrajectoryRecord,
    form: forms.Form,
    template: str,
    act: Callable[[dict[str, Any]], str],
) -> HttpResponse:
    """Shows a form, or does what it asks and goes back to the trajectory. What was typed stays when it cannot be done."""
    if form.is_bound and form.is_valid():
        try:
            messages.success(request, act(dict(form.cleaned_data)))
            return redirect("issues:trajectory", request.workshop.key, record.line.key)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    trail = _context(request.workshop, record)["trail"]
    here = reverse("issues:trajectory", args=[request.workshop.key, record.line.key])
    context = {
        "place": "issues",
        "trail": [*trail, (here, record.line.name)],
        "record": record,
        "form": form,
        "back": here,
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _context(workshop: Workshop, record: TrajectoryRecord) -> dict[str, Any]:
    trail = [
        (reverse("issues:list", args=[workshop.key]), _("Vraagstukken")),
        (reverse("pages:issue", args=[workshop.key, record.line.issue_key]), record.line.issue_name),
    ]
    return {"place": "issues", "trail": trail}


def _record(workshop: Workshop, key: str) -> TrajectoryRecord:
    record = trajectories.trajectory(workshop, key)
    if record is None:
        raise Http404
    return record


def _row(record: TrajectoryRecord) -> Trajectory:
    return Trajectory(pk=record.line.trajectory_id, workshop_id=record.workshop_id)


def _groups(workshop: Workshop, keys: list[str]) -> list[Group]:
    return list(Group.objects.filter(workshop=workshop, key__in=keys))


def _data(request: Request) -> Any:
    return request.POST if request.method == "POST" else None
