"""The last round: people say how it was, on a phone or on paper; the host opens and ends it; what it says together over time."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from werkplaats.accounts.queries import address_of
from werkplaats.accounts.records import Request
from werkplaats.issues.models import Issue
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.kit.tries import Limit
from werkplaats.tables import actions, analysis, pictures, queries, rules
from werkplaats.tables.forms.day import CheckOutForm, PaperForm
from werkplaats.tables.models import CheckOut, Round
from werkplaats.tables.records.day import COMPONENT_WORDS, EIGHT
from werkplaats.tables.views.devices import seat_here
from werkplaats.tables.views.shown import PLACE, about, record_for, row_of, trail
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.rules import Capability

ANSWERS = Limit("check-outs", most=120, seconds=900)
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@door(rules.CHECK_OUT)
@never_cache
@page_and_form
def check_out(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """How it was, in one minute: once per device that is in at the table, and once more while nothing was told yet."""
    record, seat, now = record_for(request, key), seat_here(request, workshop, key), timezone.now()
    row = Round.objects.filter(table_id=record.line.table_id).first()
    if not seat:
        return redirect("tables:enter", workshop.key)
    said = CheckOut.objects.filter(round=row, key=seat).first() if row else None
    is_open = row is not None and rules.is_open(row.opened_at, row.closed_at, at=now)
    form = CheckOutForm(request.POST if request.method == "POST" else None, eight=bool(row and row.asks_eight))
    if row is not None and form.is_bound and form.is_valid():
        try:
            _count(request, at=now)
            actions.check_out(row, key=seat, at=now, **form.told())
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            if said is not None:
                messages.success(request, _("Je nieuwe antwoord komt in de plaats van het eerste."))
            return redirect("tables:check_out", workshop.key, key)
    context = {
        **about(workshop, record),
        "form": form,
        "is_done": said is not None,
        "may_say": is_open and (said is None or not said.is_told),
        "small": workshop.small_number,
    }
    return render(request, "tables/check_out.html", context, status=422 if form.errors else 200)


def _count(request: Request, *, at: datetime) -> None:
    """Somebody with the code could come in as many. From one address: a full hall on one wifi less often than a program."""
    where = f"{request.workshop.key} {address_of(request)}"
    if ANSWERS.is_reached(where, at=at):
        raise Refusal(
            _("Er antwoorden nu heel veel mensen op deze plek. Wacht een kwartier, of vraag om een blad papier.")
        )
    ANSWERS.count(where, at=at)


@door(rules.HOLD)
@never_cache
@page_and_form
def last_round(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The host opens the round and ends it, and reads what people wrote for the workshop."""
    record, now = record_for(request, key), timezone.now()
    row = Round.objects.filter(table_id=record.line.table_id).first()
    if request.method == "POST":
        if request.POST.get("act") == "close" and row is not None:
            actions.close_round(row, at=now)
            messages.success(request, _("Het rondje is dicht. Wat eruit komt, staat bij de tafel."))
        elif request.POST.get("act") == "open":
            try:
                actions.open_round(row_of(record), at=now)
            except Refusal as refusal:
                messages.error(request, refusal.sentence)
            else:
                messages.success(
                    request, _("Het rondje is open. Wie met de code van de tafel binnen is, kan antwoorden.")
                )
        return redirect("tables:round", workshop.key, key)
    context = {
        **about(workshop, record),
        "trail": trail(workshop, record.line),
        "row": row,
        "is_open": row is not None and rules.is_open(row.opened_at, row.closed_at, at=now),
        "may_open": not record.line.is_cancelled
        and rules.day_came(record.line.held_at, now=now, zone=timezone.get_current_timezone()),
        "people": CheckOut.objects.filter(round=row).count() if row else 0,
        "words": queries.words_of(record.line.table_id),
        "small": workshop.small_number,
    }
    return render(request, "tables/round.html", context)


@door(rules.TYPE_IN)
@never_cache
@page_and_form
def paper(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Types in sheets of paper, one after the other."""
    record = record_for(request, key)
    row = get_object_or_404(Round, table_id=record.line.table_id)
    numbers = [
        int(name[1:]) for name in row.check_outs.filter(channel=rules.Channel.PAPER).values_list("key", flat=True)
    ]
    form = PaperForm(
        request.POST if request.method == "POST" else None,
        eight=row.asks_eight,
        initial={"number": max(numbers, default=0) + 1},
    )
    if form.is_bound and form.is_valid():
        number = form.cleaned_data["number"]
        try:
            actions.type_in(row, number=number, at=timezone.now(), **form.told())
        except Refusal as refusal:
            form.add_error("number", refusal.sentence)
        else:
            messages.success(request, _("Blad %(number)d staat erin.") % {"number": number})
            return redirect("tables:paper", workshop.key, key)
    context = {**about(workshop, record), "trail": trail(workshop, record.line), "form": form}
    return render(request, "tables/paper.html", context, status=422 if form.errors else 200)


@door(rules.TYPE_IN)
@require_safe
def check_out_sheet(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The same questions to print."""
    record = record_for(request, key)
    row = Round.objects.filter(table_id=record.line.table_id).first()
    eight = row.asks_eight if row else workshop.has(Capability.HEARD_SCALE)
    questions = [*EIGHT, _("Het deed ertoe dat ik er was.")] if eight else [COMPONENT_WORDS[name] for name in _TWO]
    context = {**about(workshop, record), "trail": trail(workshop, record.line), "questions": questions}
    return render(request, "tables/check_out_sheet.html", context | {"steps": range(rules.LOWEST, rules.HIGHEST + 1)})


_TWO = (rules.HEARD, rules.MATTERED)


@door(rules.READ)
@require_safe
def heard(request: Request, workshop: Workshop) -> HttpResponse:
    """How heard people felt, table after table; `?vraagstuk=`: at those about one issue."""
    asked = request.GET.get("vraagstuk", "")
    issue = get_object_or_404(Issue, workshop=workshop, key=asked) if asked else None
    lines = queries.heard_over(queries.of_issue(issue.pk) if issue else queries.tables(workshop))
    rows = [(line, pictures.on_scale(line.heard), step) for line, step in analysis.steps(lines)]
    context = {"place": PLACE, "trail": trail(workshop), "issue": issue, "rows": rows, "small": workshop.small_number}
    return render(request, "tables/heard.html", context)
