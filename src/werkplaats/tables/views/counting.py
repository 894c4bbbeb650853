"""On the day: turns and lines of what is said, kept by the host on a phone that may be cut off."""

import json
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from werkplaats.accounts.records import Request
from werkplaats.kit.doors import door
from werkplaats.kit.once import once
from werkplaats.kit.refusal import Refusal
from werkplaats.tables import actions, analysis, pictures, queries, rules
from werkplaats.tables.forms import NoteForm
from werkplaats.tables.forms.day import TurnForm, read_note, read_tap
from werkplaats.tables.models import Table
from werkplaats.tables.records import TableRecord
from werkplaats.tables.records.day import TurnShare
from werkplaats.tables.refusals import NotUnderstood, TurnsAreOff
from werkplaats.tables.rules import Tap
from werkplaats.tables.views.shown import about, record_for, row_of, trail, write_down
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.rules import Capability


@door(rules.HOLD)
@never_cache
@require_safe
def day(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The host's page on the day: who speaks, and what is said. The phone may keep it, so nothing private stands on it."""
    record = record_for(request, key)
    context = {
        **about(workshop, record),
        "trail": trail(workshop, record.line),
        "note": NoteForm(None, record=record),
        "counts": _counts(record) if workshop.has(Capability.TURNS) else None,
        "turn": TurnForm(),
    }
    return render(request, "tables/day.html", context)


@door(rules.COUNT)
@require_POST
def turn(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """One tap, or the last one taken back, without script."""
    row = get_object_or_404(Table, workshop=workshop, key=key)
    form = TurnForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        tap = form.taken_back() or Tap(once(said["once"], said) or token_hex(16), 1, said["kind"])
        actions.count_turns(row, taps=[tap], at=timezone.now())
        messages.success(request, _("De beurt is teruggenomen.") if tap.is_back else _("De beurt is geteld."))
    else:
        messages.error(request, _("Kies wie er sprak."))
    return redirect("tables:day", workshop.key, key)


@door(rules.HOLD)
@require_POST
def send(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """What a phone kept while it was cut off: taps and lines together, each once however often it is sent.

    Answers which of them are kept, and which cannot be, with the reason; what it does not name, the phone sends again.
    """
    record = record_for(request, key)
    row, now = row_of(record), timezone.now()
    try:
        items = json.loads(request.body)["items"]
        if not isinstance(items, list) or len(items) > rules.MOST_AT_ONCE:
            raise NotUnderstood
    except (ValueError, KeyError, TypeError, RecursionError, RawPostDataException, Refusal):
        return JsonResponse({"why": NotUnderstood().sentence}, status=422)
    taps, answers = [], []
    for item in items:
        tap = read_tap(item, at=now)
        if tap is None or not workshop.has(Capability.TURNS):
            answers.append(_noted(request, record, row, item, is_tap=tap is not None))
        else:
            taps.append(tap)
            answers.append({"device": tap.device, "number": tap.number, "back": tap.is_back})
    actions.count_turns(row, taps=taps, at=now)
    told = queries.turns_of(row.pk)
    return JsonResponse({"answers": answers, "counts": told.counts, "heard_of": told.heard_of})


def _noted(request: Request, record: TableRecord, row: Table, item: Any, *, is_tap: bool) -> dict[str, Any]:
    """What became of one line of what was said."""
    name = {part: item.get(part) for part in ("device", "number")} if isinstance(item, dict) else {}
    try:
        if is_tap:
            raise TurnsAreOff
        form = NoteForm(read_note(item), record=record)
        if not form.is_valid():
            return name | {"why": " ".join(str(error) for errors in form.errors.values() for error in errors)}
        write_down(request, row, form.cleaned_data)
    except Refusal as refusal:
        return name | {"why": refusal.sentence}
    return name


@door(rules.READ)
@require_safe
def worker(request: Request, workshop: Workshop) -> HttpResponse:
    """The script with which a browser shows the page of the day without connection: for the tables of this workshop alone."""
    script = Path(str(finders.find("tables/worker.js"))).read_text(encoding="utf-8")
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = reverse("tables:tables", args=[workshop.key])
    answer["Cache-Control"] = "no-cache"
    return answer


def turn_shares(record: TableRecord) -> list[tuple[TurnShare, Any]]:
    """Turns against seats, each with its picture. Nothing before the first turn."""
    told = queries.turns_of(record.line.table_id)
    if not told.taps:
        return []
    return [
        (one, pictures.against(one)) for one in analysis.shares(told.counts, (seat.kind for seat in record.sitting))
    ]


def _counts(record: TableRecord) -> dict[str, Any]:
    """A button for each kind of party that sits there or spoke."""
    told = queries.turns_of(record.line.table_id)
    return {
        "kinds": told.buttons(seat.kind for seat in record.sitting),
        "last": told.last,
        "whole": len(told.taps),
        "heard_of": told.heard_of,
    }
