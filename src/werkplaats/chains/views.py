"""Chains: what there is to see for everybody, and what a coordinator draws."""

from collections.abc import Callable
from typing import Any, TypeVar

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
from werkplaats.chains import actions, pictures, queries, rules
from werkplaats.chains.forms import ChainForm, EndForm, NewChainForm, StepForm, VersionForm
from werkplaats.chains.models import Chain, ChainVersion, Step
from werkplaats.chains.records import ChainRecord
from werkplaats.kit.doors import door
from werkplaats.kit.once import once
from werkplaats.kit.refusal import Refusal
from werkplaats.workshops.models import Workshop

Made = TypeVar("Made", Chain, ChainVersion, Step)

PLACE = "issues"
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@door(rules.READ)
@require_safe
def chains(request: Request, workshop: Workshop) -> HttpResponse:
    """Every chain, with what a resident wants from it."""
    lines = queries.chains(workshop, today=timezone.localdate())
    may_write = may(request.who, rules.WRITE, workshop)
    context = {"place": PLACE, "trail": _trail(workshop)[:1], "lines": lines, "may_write": may_write}
    return render(request, "chains/chains.html", context)


@door(rules.READ)
@require_safe
def chain(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """One chain as it goes today."""
    return _page(request, _record(workshop, key))


@door(rules.READ)
@require_safe
def version(request: Request, workshop: Workshop, key: str, version: int) -> HttpResponse:
    """One chain as it went before, or will go."""
    return _page(request, _record(workshop, key, version))


@door(rules.WRITE)
@page_and_form
def begin(request: Request, workshop: Workshop) -> HttpResponse:
    """A chain, of which the steps come next."""
    initial = {"issues": request.GET.getlist("vraagstuk")}
    posted = request.POST if request.method == "POST" else None
    form = NewChainForm(posted, issues=queries.accepted_issues(workshop), initial=initial)
    row = _done(form, lambda said: actions.begin_chain(workshop, **said), at="name")
    if row:
        messages.success(request, _("De keten staat erbij. Zet nu de eerste stap erin."))
        return redirect("chains:add_step", workshop.key, row.key, 1)
    shown = {"form": form, "question": _("Welke keten teken je?"), "button": _("Verder"), "back": _list(workshop)}
    return _form_page(request, shown, _trail(workshop))


@door(rules.WRITE)
@page_and_form
def tell(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Another name, wish, or other issues."""
    record = _record(workshop, key)
    initial = {"name": record.name, "wish": record.wish, "issues": [issue for issue, _name in record.issues]}
    posted = request.POST if request.method == "POST" else None
    form = ChainForm(posted, issues=queries.accepted_issues(workshop), initial=initial)
    if _done(form, lambda said: actions.tell_of(_row(workshop, key), **said), at="name"):
        messages.success(request, _("Opgeschreven."))
        return redirect("chains:chain", workshop.key, key)
    shown = {"form": form, "question": _("Wat is dit voor keten?"), "button": _("Bewaar")}
    return _form_page(request, shown, _trail(workshop, record))


@door(rules.WRITE)
@page_and_form
def renew(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """A new version with the same steps, to change from here on."""
    record = _record(workshop, key)
    form = VersionForm(request.POST if request.method == "POST" else None)
    made = _done(form, lambda said: actions.renew(_row(workshop, key), **said), at="since")
    if made:
        messages.success(request, _("Dit is de nieuwe versie. De oude blijft zoals zij was."))
        return redirect("chains:version", workshop.key, key, made.number)
    shown = {"form": form, "question": _("Gaat de keten anders?"), "button": _("Maak een nieuwe versie")}
    return _form_page(request, shown, _trail(workshop, record))


@door(rules.WRITE)
@page_and_form
def end(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The chain goes this way no longer."""
    record = _record(workshop, key)
    form = EndForm(request.POST if request.method == "POST" else None)
    if _done(form, lambda said: actions.end(_row(workshop, key), **said), at="until"):
        messages.success(request, _("De keten is afgesloten. Wie haar zoekt, vindt haar nog terug."))
        return redirect("chains:chain", workshop.key, key)
    shown = {"form": form, "question": _("Bestaat deze keten niet meer?"), "button": _("Sluit af")}
    return _form_page(request, shown, _trail(workshop, record))


@door(rules.WRITE)
@page_and_form
def add_step(request: Request, workshop: Workshop, key: str, version: int) -> HttpResponse:
    """One more step."""
    record = _record(workshop, key, version)
    last = [one.key for one in record.steps[-1:]]
    form = _step_form(request, workshop, record.steps, {"after": last})

    def add(said: dict[str, Any]) -> Step:
        return actions.add_step(_version(record), _told(said), after=said["after"], key=once(said["once"], said))

    made = _done(form, add)
    if made:
        messages.success(request, _("Stap %(n)d staat erin.") % {"n": made.number})
        return redirect("chains:version", workshop.key, key, version)
    shown = {"form": form, "question": _("Welke stap komt erbij?"), "button": _("Zet erbij")}
    return _form_page(request, shown, _trail(workshop, record), back=_address(record, workshop))


@door(rules.WRITE)
@page_and_form
def step(request: Request, workshop: Workshop, key: str, version: int, step: str) -> HttpResponse:
    """What a step is, who does it, what comes before it."""
    record = _record(workshop, key, version)
    held = record.step(step)
    if held is None:
        raise Http404
    initial = {
        "name": held.name,
        "party": held.who.key,
        "words": "" if held.who.key else held.who.name,
        "desk": held.desk,
        "documents": "\n".join(held.documents),
        "term_days": held.term_days,
        "after": list(held.after),
    }
    form = _step_form(request, workshop, [one for one in record.steps if one != held], initial)
    if _done(form, lambda said: actions.change_step(_version(record), step, _told(said), after=said["after"])):
        messages.success(request, _("Opgeschreven."))
        return redirect("chains:version", workshop.key, key, version)
    shown = {"form": form, "question": _("Stap %(n)d") % {"n": held.number}, "button": _("Bewaar")}
    return _form_page(request, shown, _trail(workshop, record), back=_address(record, workshop))


@door(rules.WRITE)
@require_POST
def move(request: Request, workshop: Workshop, key: str, version: int, step: str) -> HttpResponse:
    """A step changes places with the one above or below it."""
    record = _record(workshop, key, version)
    try:
        actions.move_step(_version(record), step, up=request.POST.get("way") == "up")
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect(f"{_address(record, workshop)}#stappen")


@door(rules.WRITE)
@require_POST
def take_out(request: Request, workshop: Workshop, key: str, version: int, step: str) -> HttpResponse:
    """A step goes out; what came before it hands over to what came after it."""
    record = _record(workshop, key, version)
    try:
        actions.take_out(_version(record), step)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("De stap is eruit."))
    return redirect(f"{_address(record, workshop)}#stappen")


def _page(request: Request, record: ChainRecord) -> HttpResponse:
    context = {
        "place": PLACE,
        "trail": _trail(request.workshop),
        "record": record,
        "picture": pictures.draw(record),
        "may_write": may(request.who, rules.WRITE, request.workshop),
    }
    return render(request, "chains/chain.html", context)


def _form_page(
    request: Request, shown: dict[str, Any], trail: list[tuple[str, str]], *, back: str = ""
) -> HttpResponse:
    context = {"place": PLACE, "trail": trail, "back": back or trail[-1][0]} | shown
    return render(request, "chains/form_page.html", context, status=422 if shown["form"].errors else 200)


def _step_form(request: Request, workshop: Workshop, others: Any, initial: dict[str, Any]) -> StepForm:
    posted = request.POST if request.method == "POST" else None
    return StepForm(posted, parties=queries.parties_to_choose(workshop), others=others, initial=initial)


def _done(form: forms.Form, act: Callable[[dict[str, Any]], Made], *, at: str | None = None) -> Made | None:
    """What was made of what was typed. None: nothing was typed, or it is refused, and the form says why (`at`: which field)."""
    if not (form.is_bound and form.is_valid()):
        return None
    try:
        return act(form.cleaned_data)
    except Refusal as refusal:
        form.add_error(at, refusal.sentence)
        return None


def _told(said: dict[str, Any]) -> actions.Told:
    return actions.Told(**{name: value for name, value in said.items() if name not in {"after", "once"}})


def _record(workshop: Workshop, key: str, number: int | None = None) -> ChainRecord:
    found = queries.chain(workshop, key, number=number, today=timezone.localdate())
    if found is None:
        raise Http404
    return found


def _row(workshop: Workshop, key: str) -> Chain:
    return get_object_or_404(Chain.objects.select_related("workshop"), workshop=workshop, key=key)


def _version(record: ChainRecord) -> ChainVersion:
    return ChainVersion(pk=record.version_id)


def _address(record: ChainRecord, workshop: Workshop) -> str:
    return reverse("chains:version", args=[workshop.key, record.key, record.version.number])


def _list(workshop: Workshop) -> str:
    return reverse("chains:chains", args=[workshop.key])


def _trail(workshop: Workshop, record: ChainRecord | None = None) -> list[tuple[str, str]]:
    """The way back to the issues, the chains, or one of them."""
    way = [(reverse("issues:list", args=[workshop.key]), _("Vraagstukken")), (_list(workshop), _("Ketens"))]
    if record is None:
        return way
    return [*way, (reverse("chains:chain", args=[workshop.key, record.key]), record.name)]
