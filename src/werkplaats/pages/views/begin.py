"""The first ten minutes of a coordinator: five questions, one a screen, nothing else asked."""

from collections.abc import Callable
from dataclasses import replace
from secrets import token_hex
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from werkplaats.accounts.records import Request
from werkplaats.catches.actions import catch
from werkplaats.kit.doors import door
from werkplaats.kit.once import once
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods.models import Party
from werkplaats.pages import actions, queries, rules
from werkplaats.pages.forms import MeetingForm, PlaceForm, SaidForm, WaiterForm, lines
from werkplaats.promises.rules import Kind
from werkplaats.tables.actions import hold, note_date, note_promise
from werkplaats.tables.models import Table
from werkplaats.workshops.models import Workshop

page_and_form = require_http_methods(["GET", "HEAD", "POST"])
LAST = 5


@door(rules.BEGIN)
@page_and_form
def place(request: Request, workshop: Workshop) -> HttpResponse:
    """1. What is it called, and where."""
    form = PlaceForm(request.POST or None, initial={"name": workshop.name, "city": workshop.city})
    if form.is_valid():
        actions.name_workshop(workshop, **form.cleaned_data)
        return redirect("pages:begin_meeting", workshop.key)
    return _screen(request, workshop, 1, form=form)


@door(rules.BEGIN)
@page_and_form
def meeting(request: Request, workshop: Workshop) -> HttpResponse:
    """2. The last meeting: when, about what, which parties."""
    form = MeetingForm(request.POST or None, workshop=workshop, today=timezone.localdate())
    if form.is_valid():
        said = form.cleaned_data
        parties = actions.name_parties(workshop, names=said["parties"], at=timezone.now())
        table = hold(workshop, about=said["about"], held_at=said["held_on"], parties=parties)
        return redirect(_next("pages:begin_said", workshop, table))
    return _screen(request, workshop, 2, form=form)


@door(rules.BEGIN)
@page_and_form
def said(request: Request, workshop: Workshop) -> HttpResponse:
    """3. What was promised there, a line each: who, what, for whom, when."""
    table, parties = _meeting(request, workshop)
    if table is None:
        return redirect("pages:begin_meeting", workshop.key)

    def keep(line: dict[str, Any], key: str) -> None:
        maker = next((party for party in parties if party.key == line["who"]), None)
        note_promise(
            table,
            kind=Kind(line["kind"]),
            maker=maker,
            wording=line["what"],
            for_whom=line["for_whom"],
            due_on=line["due_on"],
            at=timezone.now(),
            by=request.who.account_id,
            key=key,
        )

    rows = lines(SaidForm)(request.POST or None, form_kwargs={"parties": parties, "today": timezone.localdate()})
    if _keep_all(request, rows, keep):
        return redirect(_next("pages:begin_links", workshop, table))
    return _screen(request, workshop, 3, rows=rows, table=table)


@door(rules.BEGIN)
@page_and_form
def links(request: Request, workshop: Workshop) -> HttpResponse:
    """4. Whether that is right according to who promised it: a link for each, shown this once."""
    table, _parties = _meeting(request, workshop)
    if table is None:
        return redirect("pages:begin_meeting", workshop.key)
    waiting = queries.said_at(table)
    if request.method == "POST":
        waiting = tuple(
            replace(each, link=settings.SITE + actions.new_link(workshop, key=each.key, at=timezone.now()))
            for each in waiting
        )
    return _screen(request, workshop, 4, waiting=waiting, table=table, has_links=request.method == "POST")


@door(rules.BEGIN)
@page_and_form
def waiters(request: Request, workshop: Workshop) -> HttpResponse:
    """5. Who waits for an answer from you, and when you come back to it."""
    table, _parties = _meeting(request, workshop)

    def keep(line: dict[str, Any], key: str) -> None:
        told = {"who": line["who"], "at": timezone.now(), "by": request.who.account_id, "key": key}
        if table is not None and line["due_on"]:
            note_date(table, text=line["what"], on=line["due_on"], **told)
        else:
            catch(workshop, what=line["what"], due_on=line["due_on"], waits=True, **told)

    rows = lines(WaiterForm, rules.MOST_WAITERS)(request.POST or None, form_kwargs={"today": timezone.localdate()})
    if _keep_all(request, rows, keep):
        return redirect("pages:today", workshop.key)
    return _screen(request, workshop, 5, rows=rows, table=table)


def _keep_all(request: Request, rows: "forms.BaseFormSet[Any]", keep: Callable[[dict[str, Any], str], None]) -> bool:
    """Keeps every line that says something; a refused line stays on the screen with its reason. True: all are kept.

    The hidden word of the form gives each line its key, so that a line sent twice is one.
    """
    if request.method != "POST" or not rows.is_valid():
        return False
    word = request.POST.get("once") or token_hex(8)
    kept = True
    for number, form in enumerate(rows.forms):
        if not form.has_changed():
            continue
        try:
            keep(form.cleaned_data, once(f"{word}-{number}", form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            kept = False
    return kept


def _meeting(request: Request, workshop: Workshop) -> tuple[Table | None, list[Party]]:
    """The table that these questions are about, as the address says it. A table of another workshop is not there."""
    key = request.GET.get("tafel", "")
    if not key:
        return None, []
    found = queries.meeting(workshop, key)
    if found is None:
        raise Http404
    return found


def _next(name: str, workshop: Workshop, table: Table) -> str:
    return f"{reverse(name, args=[workshop.key])}?tafel={table.key}"


def _screen(request: Request, workshop: Workshop, number: int, **more: Any) -> HttpResponse:
    names = queries.names_of_parties(workshop) if "rows" in more else ()
    word = request.POST.get("once") or token_hex(8)
    context = {"place": "today", "number": number, "last": LAST, "names": names, "once": word, **more}
    return render(request, f"pages/begin_{number}.html", context)
