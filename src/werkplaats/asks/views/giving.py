from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkplaats.accounts.queries import address_of
from werkplaats.accounts.records import Request
from werkplaats.asks import actions, queries, rules
from werkplaats.asks.forms import GiveForm
from werkplaats.asks.views.shown import data, page, record_of, row_for, shown_or_done, trail
from werkplaats.kit.doors import door
from werkplaats.kit.once import once
from werkplaats.kit.qr import qr
from werkplaats.kit.refusal import Refusal
from werkplaats.kit.tries import Limit
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Workshop

VOICES = Limit("voices", most=60, seconds=900)
"""From one address: a full library types less in a quarter of an hour, a program more."""

_SLIP = "bonnetje"
_SLIP_SECONDS = 1800


@door(rules.GIVE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """A voice, without account: the words, who may read them, and the rest may stay empty."""
    row = row_for(request, workshop, key, rules.GIVE)
    if row.state != rules.AskState.OPEN:
        messages.error(request, _("Deze vraag is niet meer open. Bij “Wat wil je kwijt?” kun je altijd terecht."))
        return redirect(page(workshop, key))
    through = _gatherer(workshop, request.GET.get("door", ""))
    form = GiveForm(data(request), ask=row, initial={"via": request.GET.get("via", "")})
    now, digits = timezone.now(), ""

    def act(said: dict[str, Any]) -> str:
        nonlocal digits
        address = f"{workshop.key} {address_of(request)}"
        if VOICES.is_reached(address, at=now):
            raise Refusal(
                _("Er komen nu heel veel stemmen van deze plek. Wacht een kwartier, of gebruik een kaart op papier.")
            )
        VOICES.count(address, at=now)
        _voice, digits = actions.give_voice(
            row,
            text=said["text"],
            at=now,
            privacy=rules.Privacy(said["privacy"]),
            channel=rules.Channel(said["via"] or rules.Channel.WEB),
            area=said["area"],
            through=through,
            contact=said["contact"],
            grown_up=rules.GrownUp(said.get("grown_up") or ""),
            once=once(said["once"], said),
        )
        return reverse("asks:thanks", args=[workshop.key, key])

    context = {"trail": trail(workshop, row), "ask": row, "through": through}
    answer = shown_or_done(request, form, "asks/give.html", act, context)
    if digits:
        # The digits are told this once, and stand nowhere but with the giver: in a sealed cookie for half an hour.
        answer.set_signed_cookie(
            _SLIP,
            digits,
            salt=_salt(workshop, key),
            max_age=_SLIP_SECONDS,
            path=reverse("asks:thanks", args=[workshop.key, key]),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer


@door(rules.GIVE)
@never_cache
@require_safe
def thanks(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The receipt: its code, and a slip to print. The square holds the address only, never the code."""
    row = row_for(request, workshop, key, rules.GIVE)
    digits = request.get_signed_cookie(_SLIP, default="", salt=_salt(workshop, key), max_age=_SLIP_SECONDS)
    address = settings.SITE + reverse("threads:receipt", args=[workshop.key])
    context = {
        "place": "takepart",
        "ask": record_of(workshop, key),
        "digits": digits,
        "address": address.partition("//")[2],
        "square": qr(address, words=_("Vierkantje met het adres van de bonnetjes, zonder je code")),
        "given_on": timezone.localdate(),
        "due_on": rules.due_on(given_on=timezone.localdate(), answer_by=row.answer_by, come_back_on=None),
    }
    return render(request, "asks/thanks.html", context)


@door(rules.GIVE)
@require_POST
def wipe(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Somebody else uses this screen next: the code goes off it."""
    row = row_for(request, workshop, key, rules.GIVE)
    answer = redirect(page(workshop, row.key))
    answer.delete_cookie(_SLIP, path=reverse("asks:thanks", args=[workshop.key, key]), samesite="Lax")
    messages.success(request, _("Je code staat niet meer op dit scherm."))
    return answer


@door(rules.READ)
@require_safe
def poster(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """A sheet for on the wall or the table: what is asked, what you get, and the way there.

    `?door=` makes it the sheet of one initiative: who comes by it, comes through them.
    """
    row = row_for(request, workshop, key, rules.READ)
    through = _gatherer(workshop, request.GET.get("door", ""))
    address = settings.SITE + reverse("asks:give", args=[workshop.key, key])
    way = {"via": rules.Channel.CODE.value} | ({"door": through.key} if through else {})
    context = {
        "place": "takepart",
        "trail": trail(workshop, row),
        "ask": record_of(workshop, key),
        "through": through,
        "gatherers": queries.gatherers(workshop, request.who),
        "address": address.partition("//")[2] + (f"?door={through.key}" if through else ""),
        "square": qr(f"{address}?{urlencode(way)}", words=_("Vierkantje met het adres van deze vraag")),
    }
    return render(request, "asks/poster.html", context)


def _gatherer(workshop: Workshop, key: str) -> Party | None:
    """The initiative that an address names. An old link that names nobody keeps no voice out."""
    named = Party.objects.filter(workshop=workshop, key=key).select_related("canonical").first() if key else None
    return named and queries.initiatives(workshop).filter(pk=named.stays.pk).first()


def _salt(workshop: Workshop, key: str) -> str:
    return f"asks.slip.{workshop.key}.{key}"
