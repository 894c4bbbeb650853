import hashlib
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import TEAM
from werkplaats.asks import actions, queries, rules
from werkplaats.asks.forms import CardForm, ImportForm, SlipsForm
from werkplaats.asks.forms.spreadsheet import Known, rows_of, table_of
from werkplaats.asks.models import Ask, Voice
from werkplaats.asks.records import Fault, Row
from werkplaats.asks.views.shown import data, page, row_for, shown_or_done, trail
from werkplaats.kit.doors import door
from werkplaats.kit.qr import qr
from werkplaats.kit.refusal import Refusal
from werkplaats.workshops.models import Area, Workshop

page_and_form = require_http_methods(["GET", "HEAD", "POST"])
_FAULTS_SHOWN = 100
_LARGEST = 10 * 2**20


@door(rules.TYPE_IN)
@never_cache
@page_and_form
def stack(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Types in a stack of cards, one after the other; what stays the same is filled in already."""
    row = row_for(request, workshop, key, rules.TYPE_IN)
    batch = request.GET.get("stapel", "")[:80]
    last = (
        Voice.objects.filter(ask=row, batch=batch, number__isnull=False).order_by("-number").first() if batch else None
    )
    begin = {
        "batch": batch,
        "number": (last.number or 0) + 1 if last else 1,
        "privacy": request.GET.get("wie", rules.Privacy.WORKSHOP.value),
        "area": request.GET.get("buurt", ""),
        "through": request.GET.get("door") or _own(request, workshop),
    }

    def act(said: dict[str, Any]) -> str:
        grown_up = rules.GrownUp(said.pop("grown_up", "") or "")
        privacy = rules.Privacy(said.pop("privacy"))
        voice, digits = actions.type_in(
            row, **said, privacy=privacy, grown_up=grown_up, at=timezone.now(), by=request.who.account_id
        )
        messages.success(request, _typed(voice, digits))
        through = voice.through.key if voice.through else ""
        on = {"stapel": voice.batch, "wie": voice.privacy, "buurt": voice.area_id or "", "door": through}
        return f"{reverse('asks:stack', args=[workshop.key, key])}?{urlencode(on)}"

    context = {
        "trail": trail(workshop, row),
        "ask": row,
        "typed": Voice.objects.filter(ask=row, batch=batch).count() if batch else 0,
    }
    return shown_or_done(request, CardForm(data(request), ask=row, initial=begin), "asks/stack.html", act, context)


def _own(request: Request, workshop: Workshop) -> str:
    """The initiative that a helper belongs to, where there is one and no more."""
    if request.who.roles & TEAM:
        return ""  # the team types in for everybody
    own = list(queries.askers(workshop, request.who).filter(pk__in=queries.initiatives(workshop))[:2])
    return own[0].key if len(own) == 1 else ""


def _typed(voice: Voice, digits: str) -> str:
    told = {"number": voice.number, "digits": digits}
    if digits:
        return _("Kaart %(number)s staat erin. Schrijf deze code op het bonnetje: %(digits)s") % told
    return _("Kaart %(number)s staat erin. Het bonnetje was al meegegeven.") % told


@door(rules.TYPE_IN)
@never_cache
@page_and_form
def slips(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Cards to print, eight to a sheet, each with its receipt to tear off. The codes are told this once."""
    row = row_for(request, workshop, key, rules.TYPE_IN)
    form = SlipsForm(data(request), workshop=workshop, initial={"through": request.GET.get("door", "")})
    context: dict[str, Any] = {"place": "takepart", "trail": trail(workshop, row), "ask": row, "form": form}
    if form.is_bound and form.is_valid():
        try:
            made = actions.make_slips(row, **form.cleaned_data, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            address = settings.SITE + reverse("threads:receipt", args=[workshop.key])
            square = qr(address, words=_("Adres van de bonnetjes"))
            context |= {
                "slips": made,
                "batch": form.cleaned_data["batch"],
                "through": form.cleaned_data["through"],
                "square": square,
                "address": address.partition("//")[2],
            }
            return render(request, "asks/slips.html", context)
    return render(request, "asks/slips.html", context, status=422 if form.errors else 200)


@door(rules.LOOK)
@page_and_form
def read_in(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """A file of voices: everything in it comes in, or nothing, with every fault by row and column."""
    row = row_for(request, workshop, key, rules.LOOK)
    form = ImportForm(data(request), request.FILES or None)
    faults: tuple[Fault, ...] = ()
    if form.is_bound and form.is_valid():
        content = form.cleaned_data["file"].read(_LARGEST + 1)
        try:
            rows, faults = _read(workshop, form.cleaned_data["file"].name, content)
            if not faults:
                messages.success(request, _brought_in(request, row, rows))
                return redirect(page(workshop, key))
        except Refusal as refusal:
            form.add_error("file", refusal.sentence)
    context = {
        "place": "takepart",
        "trail": trail(workshop, row),
        "ask": row,
        "form": form,
        "faults": faults[:_FAULTS_SHOWN],
        "more": len(faults) - _FAULTS_SHOWN,
        "count": len(faults),
    }
    return render(request, "asks/import.html", context, status=422 if form.errors or faults else 200)


def _read(workshop: Workshop, name: str, content: bytes) -> tuple[tuple[Row, ...], tuple[Fault, ...]]:
    if len(content) > _LARGEST:
        raise Refusal(_("Dit bestand is groter dan 10 MB. Knip het in stukken."))
    table, merged = table_of(name, content)
    if merged:
        return (), merged
    areas = Area.objects.filter(workshop=workshop).values_list("code", "name")
    initiatives = queries.initiatives(workshop).values_list("key", "name")
    known = Known(areas=_by_word(areas), initiatives=_by_word(initiatives))
    rows, faults = rows_of(table, known=known, today=timezone.localdate())
    if not rows and not faults:
        raise Refusal(_("In dit bestand staat geen enkele stem."))
    return rows, faults


def _by_word(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {word.lower(): key for key, name in rows for word in (key, name)}


def _brought_in(request: Request, row: Ask, rows: tuple[Row, ...]) -> str:
    # By what the rows say, not by the bytes: a spreadsheet that was only opened and kept again is the same file.
    batch = f"sha256:{hashlib.sha256(repr(rows).encode()).hexdigest()}"
    done = actions.import_voices(row, rows=rows, batch=batch, at=timezone.now(), by=request.who.account_id)
    if not done.added:
        return _("Dit bestand was al ingelezen. Er is niets veranderd.")
    return ngettext("Er kwam %(count)d stem bij.", "Er kwamen %(count)d stemmen bij.", done.added) % {
        "count": done.added
    }
