from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.asks import actions, analysis, queries, rules
from werkplaats.asks.forms import AskForm, FirstForm, LateForm
from werkplaats.asks.models import Ask, Reported
from werkplaats.asks.records import AskLine
from werkplaats.asks.views.shown import data, do, page, record_of, row_for, shown_or_done, trail
from werkplaats.kit.doors import door
from werkplaats.kit.downloads import csv_answer
from werkplaats.kit.refusal import Refusal
from werkplaats.mail.queries import follow_url
from werkplaats.workshops.models import Workshop

page_and_form = require_http_methods(["GET", "HEAD", "POST"])
_TAKEN = frozenset({"nieuw"})  # addresses of our own
_VOICES_ON_A_PAGE = 20
_FIELDS = tuple(name for name in AskForm.base_fields if name != "report")


@door(rules.READ)
@require_safe
def asks(request: Request, workshop: Workshop) -> HttpResponse:
    """What is asked of whom, what came back, and the ask that is always open."""
    today = timezone.localdate()
    lines = queries.ask_lines(workshop, today=today, drafts_for=request.who)
    if not any(line.is_standing for line in lines):
        actions.standing_ask(workshop, on=today)
        lines = queries.ask_lines(workshop, today=today, drafts_for=request.who)
    context = {
        "place": "takepart",
        "standing": next(line for line in lines if line.is_standing),
        "open": [line for line in lines if line.state == rules.AskState.OPEN and not line.is_standing],
        "closed": [line for line in lines if line.state == rules.AskState.CLOSED],
        "drafts": [line for line in lines if line.state == rules.AskState.DRAFT],
        "load": queries.load(workshop, today=today),
        "may_write": may(request.who, rules.WRITE, workshop),
        "may_look": may(request.who, rules.LOOK, workshop),
        "desk": queries.standing_of_desk(workshop) if may(request.who, rules.LOOK, workshop) else None,
    }
    return render(request, "asks/list.html", context)


@door(rules.READ)
@require_safe
def asks_csv(request: Request, workshop: Workshop) -> HttpResponse:
    """The list as a table."""
    header = (
        "key",
        "title",
        "asker",
        "asked",
        "state",
        "minutes",
        "opened_on",
        "answer_by",
        "came_back_on",
        "voices",
        "waiting",
    )
    lines = queries.ask_lines(workshop, today=timezone.localdate(), drafts_for=request.who)
    return csv_answer(f"uitvragen-{workshop.key}.csv", header, map(_row, lines))


def _row(line: AskLine) -> tuple[str | int | None, ...]:
    days = (day.isoformat() if day else "" for day in (line.opened_on, line.answer_by, line.came_back_on))
    told = (line.key, line.title, line.asker_name, line.asked, line.state, line.minutes)
    return (*told, *days, line.counts.all, line.counts.waiting)


@door(rules.READ)
@require_safe
def ask(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """One ask: who asks whom and why, what the giver gets, what came back, and what people said."""
    row = row_for(request, workshop, key, rules.READ)
    asked = request.GET.get("vanaf", "")
    first = int(asked) if asked.isdecimal() and len(asked) < 7 else 0
    shown = queries.public_page(row, limit=_VOICES_ON_A_PAGE, offset=first)
    context = {
        "place": "takepart",
        "trail": trail(workshop),
        "ask": record_of(workshop, key),
        "voices": shown.voices,
        "shown": shown.count,
        "next": first + _VOICES_ON_A_PAGE if first + _VOICES_ON_A_PAGE < shown.count else None,
        "load": queries.load(workshop, today=timezone.localdate(), area=row.area, group=row.asked_group)
        if row.area or row.asked_group
        else None,
        "may_change": may(request.who, rules.CHANGE, row),
        "may_type_in": may(request.who, rules.TYPE_IN, row),
        "may_look": may(request.who, rules.LOOK, row),
        "late": LateForm(initial={"reason": row.late_reason}),
        "follow": follow_url(workshop, thing=f"ask:{key}", title=row.title, url=page(workshop, key)),
    }
    return render(request, "asks/ask.html", context)


@door(rules.WRITE)
@page_and_form
def new(request: Request, workshop: Workshop) -> HttpResponse:
    """First what it is about; then, beside what is known already, the whole ask."""
    asked = data(request) or (request.GET if "question" in request.GET else None)
    first = FirstForm(asked, initial={"report": request.GET.get("report", "")})
    if not first.is_bound or not first.is_valid():
        context = {"place": "takepart", "trail": trail(workshop), "form": first}
        return render(request, "asks/first.html", context, status=422 if first.errors else 200)
    form = _form(request, workshop, initial=first.cleaned_data)

    def act(said: dict[str, Any]) -> str:
        report = Reported.objects.filter(workshop=workshop, key=said.pop("report")).first()
        made = actions.new_ask(workshop, taken=_TAKEN, **said)
        if report is not None and report.state in (rules.Report.REPORTED, rules.Report.CHECKED):
            actions.complete_report(report, ask=made)
        return _kept(request, workshop, made)

    return _write(
        request, workshop, form, act, question=f"{first.cleaned_data['title']}. {first.cleaned_data['question']}"
    )


@door(rules.CHANGE)
@page_and_form
def change(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """A draft can be changed; what was promised to people who gave stays as it was."""
    row = row_for(request, workshop, key, rules.CHANGE)
    if row.state != rules.AskState.DRAFT and not row.is_standing:
        messages.error(request, _("Deze vraag is al gesteld. Wat je beloofde aan wie antwoord gaf, blijft staan."))
        return redirect(page(workshop, key))
    form = _form(request, workshop, initial=_written(row))

    def act(said: dict[str, Any]) -> str:
        said.pop("report")
        return _kept(request, workshop, actions.put_ask(workshop, key=row.key, **said))

    return _write(request, workshop, form, act, question=f"{row.title}. {row.question}")


@door(rules.CHANGE)
@require_POST
def open_it(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """From now on people can answer."""
    row = row_for(request, workshop, key, rules.CHANGE)

    def act() -> str:
        actions.open_ask(row, on=timezone.localdate())
        return _("De vraag is open. Vanaf nu kunnen mensen antwoord geven.")

    return do(request, act, back=page(workshop, key))


@door(rules.CHANGE)
@require_POST
def close(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """No more answers; what was promised stays promised."""
    row = row_for(request, workshop, key, rules.CHANGE)

    def act() -> str:
        actions.close_ask(row, on=timezone.localdate())
        return _("De vraag is dicht. Wat je beloofde terug te geven, blijft beloofd.")

    return do(request, act, back=page(workshop, key))


@door(rules.CHANGE)
@require_POST
def late(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Why it comes later than promised, for everybody to read."""
    row = row_for(request, workshop, key, rules.CHANGE)
    form = LateForm(request.POST)

    def act() -> str:
        if not form.is_valid():
            raise Refusal(_("Schrijf in één zin waarom het later is."))
        actions.explain_lateness(row, reason=form.cleaned_data["reason"])
        return _("De reden staat bij de vraag.")

    return do(request, act, back=page(workshop, key))


def _form(request: Request, workshop: Workshop, *, initial: dict[str, Any]) -> AskForm:
    askers = queries.askers(workshop, request.who)
    told = data(request)
    return AskForm(told, workshop=workshop, askers=askers, today=timezone.localdate(), initial=initial)


def _write(request: Request, workshop: Workshop, form: AskForm, act: Any, *, question: str) -> HttpResponse:
    context = {"trail": trail(workshop), "known": analysis.known_already(workshop, question)}
    return shown_or_done(request, form, "asks/write.html", act, context)


def _kept(request: Request, workshop: Workshop, made: Ask) -> str:
    """Keeps it as a draft, or opens it at once if that was asked and it tells everything."""
    if request.POST.get("then") != "open":
        messages.success(request, _("Je vraag is bewaard. Alleen jij en de werkplaats zien haar nog."))
        return page(workshop, made.key)
    try:
        if made.state == rules.AskState.DRAFT:  # else the button was pressed twice
            actions.open_ask(made, on=timezone.localdate())
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return reverse("asks:change", args=[workshop.key, made.key])
    messages.success(request, _("De vraag is open. Vanaf nu kunnen mensen antwoord geven."))
    return page(workshop, made.key)


def _written(row: Ask) -> dict[str, object]:
    """An ask as its form shows it; minutes that nobody filled in yet stay empty."""
    told = {name: getattr(row, name) for name in _FIELDS}
    plain = {name: value.pk if isinstance(value, Model) else value for name, value in told.items()}
    return plain | {"minutes": row.minutes or None}
