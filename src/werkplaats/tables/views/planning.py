"""Planning a table: who is affected, who is invited, what it is about, and when."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkplaats.accounts.records import Request
from werkplaats.kit.calendar import MEDIA_TYPE, calendar_file
from werkplaats.kit.doors import door
from werkplaats.kit.qr import qr
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods.models import Group, Party
from werkplaats.tables import rules
from werkplaats.tables.actions import agenda, inviting, moving
from werkplaats.tables.forms.planning import CancelForm, InviteForm, LineForm, MoveForm, SpeakForm
from werkplaats.tables.models import Table
from werkplaats.tables.queries import inviting as invited
from werkplaats.tables.queries import planning
from werkplaats.tables.records.planning import Letter, PlanRecord
from werkplaats.tables.views.shown import PLACE, table_at, trail
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.rules import Capability


@door(rules.HOLD)
@require_safe
def plan(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Whom the issue concerns, who is invited, who is missing, and the agenda."""
    return _shown(request, _plan(workshop, key))


@door(rules.HOLD)
@require_POST
def invite(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Invites parties. Those that were asked under two names are told of."""
    shown = _plan(workshop, key)
    form = InviteForm(request.POST, plan=shown)
    if not form.is_valid():
        return _shown(request, shown, form)
    chosen = Party.objects.select_related("canonical", "workshop").filter(
        workshop=workshop, key__in=form.cleaned_data["parties"]
    )
    try:
        parties = [*chosen, *inviting.named(workshop, form.names())]
        done = inviting.invite(table_at(workshop, key), parties=parties, at=timezone.now())
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _shown(request, shown, form)
    for name, seat in done.same:
        told = _("“%(name)s” en “%(seat)s” zijn één partij. Zij heeft één stoel en krijgt één uitnodiging.")
        messages.warning(request, told % {"name": name, "seat": seat})
    count = len(done.new)
    messages.success(
        request, ngettext("%(n)d partij uitgenodigd.", "%(n)d partijen uitgenodigd.", count) % {"n": count}
    )
    return redirect("tables:plan", workshop.key, key)


@door(rules.HOLD)
@require_POST
def speak_for(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """For whom a party speaks at the table."""
    shown = _plan(workshop, key)
    form = SpeakForm(request.POST, plan=shown)
    if form.is_valid():
        party = get_object_or_404(Party, workshop=workshop, key=form.cleaned_data["seat"])
        group = Group.objects.filter(workshop=workshop, key=form.cleaned_data["group"]).first()
        inviting.speak_for(table_at(workshop, key), party=party, group=group)
        messages.success(request, _("Het staat erbij."))
    else:
        messages.error(request, _("Kies eerst een partij."))
    return redirect("tables:plan", workshop.key, key)


@door(rules.HOLD)
@require_POST
def on_agenda(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """A line is written on the agenda, taken off, or put back."""
    row, said = table_at(workshop, key), request.POST
    number = said.get("line", "")
    if "off" in said:
        agenda.take_off(row, ref=said["off"])
    elif "back" in said:
        agenda.put_back(row, ref=said["back"])
    elif number.isdecimal():
        agenda.take_off(row, number=int(number[:6]))
    else:
        form = LineForm(said)
        if not form.is_valid():
            messages.error(request, _("Schrijf eerst waar jullie over praten."))
            return redirect("tables:plan", workshop.key, key)
        agenda.write_line(row, text=form.cleaned_data["text"])
    messages.success(request, _("De agenda is veranderd."))
    return redirect("tables:plan", workshop.key, key)


@door(rules.HOLD)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Another day or place: everybody who was invited is told."""
    row = table_at(workshop, key)
    at = row.held_at.astimezone(timezone.get_current_timezone())
    initial = {"day": at.date(), "hour": at.time(), "place": row.place}
    form = MoveForm(request.POST or None, workshop=workshop, initial=initial)

    def act() -> str:
        moving.move(
            row,
            held_at=form.held_at(),
            place=form.cleaned_data["place"],
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
            by=request.who.account_id,
        )
        return _("De tafel is verzet. Wie mail heeft, krijgt bericht. Druk de brieven af voor de anderen.")

    return _acted(request, row, form, act, template="tables/move.html")


@door(rules.HOLD)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The table is off: everybody who was invited is told. What was said stays."""
    row = table_at(workshop, key)
    form = CancelForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        moving.cancel(row, reason=form.cleaned_data["reason"], at=timezone.now(), by=request.who.account_id)
        return _("De tafel gaat niet door. Wie mail heeft, krijgt bericht. Druk de brieven af voor de anderen.")

    return _acted(request, row, form, act, template="tables/cancel.html")


@door(rules.HOLD)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Letters for who has no mail, to print. Their codes are told this once."""
    row = table_at(workshop, key)
    lines = invited.letters(row)
    context = {"place": PLACE, "trail": trail(workshop, row), "table": row, "lines": lines}
    if request.method != "POST":
        return render(request, "tables/letters.html", context)
    again = request.POST.get("seat", "")
    keys = [line.key for line in lines if line.key == again or (not again and not line.is_made)]
    made = [letter for one in keys if (letter := _letter(workshop, one)) is not None]
    if not made:
        messages.error(request, _("Er is nu geen brief om te maken. Misschien deed een collega het net."))
        return redirect("tables:letters", workshop.key, key)
    return render(request, "tables/letters.html", {**context, "made": made})


@door(rules.HOLD)
@require_safe
def cards(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Name cards to print and fold: kind and party, no names of people unless they allow it."""
    row = table_at(workshop, key)
    found = planning.cards(workshop, key, today=timezone.localdate())
    return render(
        request, "tables/cards.html", {"place": PLACE, "trail": trail(workshop, row), "table": row, "cards": found}
    )


@door(rules.READ)
@require_safe
def calendar(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The table for a calendar. The same number for ever; a newer file has a higher sequence."""
    row = table_at(workshop, key)
    answer = HttpResponse(calendar_file(planning.meeting(row)), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{row.key}.ics"'
    return answer


def _acted(request: Request, row: Table, form: forms.Form, act: Callable[[], str], *, template: str) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            said = act()
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, said)
            if moving.is_soon(row, at=timezone.now()):
                messages.warning(request, _("De tafel is al gauw. Mail komt soms pas morgen: bel ook even."))
            return redirect("tables:plan", row.workshop.key, row.key)
    context = {"place": PLACE, "trail": trail(row.workshop, row), "table": row, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)


def _letter(workshop: Workshop, key: str) -> Letter | None:
    seat = invited.seat_by_key(workshop, key)
    if seat is None:
        return None
    digits = inviting.letter(seat, at=timezone.now())
    address = settings.SITE + reverse("tables:answer", args=[workshop.key, digits.replace(" ", "")])
    square = qr(address, words=_("Vierkantje met dezelfde link, om met een telefoon te openen"))
    typed_at = (settings.SITE + reverse("tables:enter_seat", args=[workshop.key])).partition("//")[2]
    return Letter(invited.name_of(seat), inviting.letter_words(seat), digits, typed_at, square)


def _plan(workshop: Workshop, key: str) -> PlanRecord:
    found = planning.plan(workshop, key, today=timezone.localdate(), now=timezone.now())
    if found is None:
        raise Http404
    return found


def _shown(request: Request, plan: PlanRecord, invite_form: InviteForm | None = None) -> HttpResponse:
    workshop = request.workshop
    chosen = set(request.POST.getlist("parties")) if invite_form else set()
    context: dict[str, Any] = {
        "place": PLACE,
        "trail": [
            (reverse("tables:tables", args=[workshop.key]), _("Tafels")),
            (reverse("tables:table", args=[workshop.key, plan.record.line.key]), plan.record.line.about),
        ],
        "plan": plan,
        "record": plan.record,
        "line": plan.record.line,
        "invite": invite_form or InviteForm(None, plan=plan),
        "chosen": chosen,
        "speak": SpeakForm(None, plan=plan),
        "write": LineForm(None),
        "may_draw": workshop.has(Capability.LOTS),
    }
    return render(request, "tables/plan.html", context, status=422 if invite_form else 200)
