"""Mirrors as pages: the list, one mirror, on paper too, and what is for the eyes of the party alone."""

from contextlib import suppress
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import Verb, may
from werkplaats.kit.doors import door
from werkplaats.kit.paper import pdf
from werkplaats.kit.refusal import Refusal
from werkplaats.mirror import pictures, queries, rules
from werkplaats.mirror.forms import PartyForm
from werkplaats.mirror.models import Mirror
from werkplaats.mirror.records.words import WORDING
from werkplaats.neighbourhoods.queries.people import parties_of
from werkplaats.workshops.models import Workshop

PLACE = "mirrors"


@door(rules.READ)
@require_safe
def mirrors(request: Request, workshop: Workshop) -> HttpResponse:
    """The workshop's own mirror first, then what is public, and for who may see them the others."""
    lines = queries.mirrors(workshop, request.who, today=timezone.localdate())
    own = parties_of(request.who, workshop=workshop)
    held = {line.key for line in lines}
    may_ask = may(request.who, rules.ASK, workshop)
    context = {
        "place": PLACE,
        "trail": [],
        "own": [line for line in lines if line.is_workshop],
        "public": [line for line in lines if line.public_on and not line.is_workshop],
        "closed": [line for line in lines if not line.public_on and not line.is_workshop],
        "form": PartyForm(workshop=workshop) if may_ask else None,
        "asked": [(party, asked) for party in own if (asked := len(queries.attempts_to_confirm(party)))],
        "without": [party for party in own if party.key not in held],
    }
    return render(request, "mirror/mirrors.html", context)


@door(rules.READ)
@require_safe
def mirror(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """One mirror: the newest state that this reader may open, or that of a day."""
    row, today = mirror_for(request, key, rules.READ), timezone.localdate()
    sees = may(request.who, rules.SEE, row)
    context = _page(request, row, most=None if request.GET.get("deel") else queries.MOST)
    if context is None:
        if sees and not row.snapshots.exists():
            return render(
                request, "mirror/coming.html", {"place": PLACE, "trail": trail(workshop), "name": row.party.stays}
            )
        raise Http404
    context |= {
        "sees": sees,
        "may_note": may(request.who, rules.NOTE_TALK, workshop),
        "may_answer": may(request.who, rules.ANSWER, row),
        "may_consent": may(request.who, rules.CONSENT, row),
        "sees_own": may(request.who, rules.SEE_OWN, row),
        "may_tell": may(request.who, rules.TELL, row),
        "sheets": queries.sheets_of(row, today=today) if sees else (),
        "wording": WORDING,
    }
    return render(request, "mirror/mirror.html", context)


@door(rules.READ)
@never_cache
@require_safe
def mirror_pdf(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """What this reader may open of a mirror, and nothing else of the page, as a tagged PDF: also what the page shows by part."""
    row = mirror_for(request, key, rules.READ)
    most = queries.MOST_OF_ONE_ON_PAPER if request.GET.get("deel") else queries.MOST_ON_PAPER
    context = _page(request, row, most=most)
    if context is None:
        raise Http404
    try:
        made = pdf(render_to_string("mirror/mirror.html", context | {"on_paper": True}, request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("mirror:mirror", workshop.key, row.party.stays.key)
    answer = HttpResponse(made, content_type="application/pdf")
    name = f"spiegel-{row.party.stays.key}-{context['record'].state.on.isoformat()}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _page(request: Request, row: Mirror, *, most: int | None) -> dict[str, Any] | None:
    """What is on the page of a mirror for every reader of it: the state that the address asks for; None: none for this one.

    `most`: items of each part.
    """
    today, section = timezone.localdate(), request.GET.get("deel", "")
    on = _day(request.GET.get("stand", ""))
    record = queries.record(row, request.who, today=today, on=on, section=section, most=most)
    if record is None:
        return None
    attempts = [item for part in record.own if part.name == rules.Section.YEARS for item in part.items]
    years = pictures.years(attempts, today=record.state.on)
    around = context_of(request.workshop, row)
    return {**around, "trail": trail(request.workshop), "record": record, "years": years, "section": section}


@door(rules.SEE_OWN)
@require_safe
def own_eyes(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """What only the party sees: its seats, what falls if it stops, what it takes and gives."""
    row = mirror_for(request, key, rules.SEE_OWN)
    seen = queries.own_eyes(row.party.stays, today=timezone.localdate())
    return render(request, "mirror/own_eyes.html", {**context_of(workshop, row), "seen": seen})


def mirror_for(request: Request, key: str, verb: Verb) -> Mirror:
    """The mirror of a party, for who may do this with it. For everybody else it is not there."""
    row = queries.mirror_of(request.workshop, key)
    if row is None or not may(request.who, verb, row):
        raise Http404
    return row


def trail(workshop: Workshop) -> list[tuple[str, str]]:
    """The way back to the list."""
    return [(reverse("mirror:mirrors", args=[workshop.key]), _("Spiegels"))]


def context_of(workshop: Workshop, row: Mirror) -> dict[str, Any]:
    """What every page about one mirror has around it."""
    party = row.party.stays
    here = reverse("mirror:mirror", args=[workshop.key, party.key])
    return {"place": PLACE, "trail": [*trail(workshop), (here, party.name)], "party": party}


def _day(typed: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(typed)
    return None
