"""What every page has around it: the workshop, the places of the menu, whose this is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from werkplaats.accounts.rules import DEMO_GUESTS, RoleName, Who, may
from werkplaats.conversations.queries import OF_ASK_TEMPLATE, has_conversation
from werkplaats.defrag import rules as defrag_rules
from werkplaats.dependence.rules import MATCH
from werkplaats.exchange.rules import BRING_IN
from werkplaats.neighbourhoods.queries import stewards
from werkplaats.pages import rules
from werkplaats.threads.queries import handed_over, stations_of_ask, stations_of_promise
from werkplaats.threads.records import LINE_TEMPLATE, WENT_OVER_TEMPLATE
from werkplaats.threads.rules import ItemKind
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.rules import Capability

TODAY = ("today", "pages:today", _("Vandaag"))
"""The place that only who works in the workshop sees."""
PLACES = (
    ("start", "pages:start", _("Start")),
    ("issues", "issues:list", _("Vraagstukken")),
    ("takepart", "asks:list", _("Meedoen")),
    ("promises", "promises:list", _("Beloften")),
    ("neighbourhood", "pages:neighbourhood", _("De wijk")),
    ("mirrors", "mirror:mirrors", _("Spiegels")),
    ("search", "search:search", _("Zoeken")),
)
"""The seven places in the menu: (name, url name, words)."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Read by `ui/page.html`. Without a workshop in the address (signing in), the only one there is serves."""
    workshop: Workshop | None = getattr(request, "workshop", None)
    who: Who = getattr(request, "who", Who())
    if workshop is None and Workshop.objects.count() == 1:
        workshop = Workshop.objects.get()
    return {
        "workshop": workshop,
        "who": who,
        "places": _places(who, workshop),
        "stewards": stewards(workshop=workshop) if workshop else (),
        "may_bring_in": may(who, BRING_IN, workshop) if workshop else False,
        "may_see_connections": may(who, defrag_rules.READ, workshop) if workshop else False,
        "may_match": may(who, MATCH, workshop) if workshop else False,
        "theme_css": settings.THEME_CSS,
        "is_demo": settings.DEMO,
        "demo_address": DEMO_GUESTS[RoleName.COORDINATOR] if settings.DEMO else "",
        "today": timezone.localdate(),
        "thread": SimpleLazyObject(lambda: _thread(request, workshop)),
    }


def _thread(request: HttpRequest, workshop: Workshop | None) -> SafeString:
    """The line of what the address names, and who took it over, for pages of rooms below threads; read where it is shown."""
    match = request.resolver_match
    lines = {
        "asks:ask": (stations_of_ask, ItemKind.ASK),
        "promises:promise": (stations_of_promise, ItemKind.PROMISE),
    }
    if workshop is None or match is None or match.view_name not in lines:
        return SafeString("")
    stations, kind = lines[match.view_name]
    line = stations(workshop, match.kwargs["key"], today=timezone.localdate())
    if line is None:
        return SafeString("")
    record = handed_over(workshop, kind=kind, key=match.kwargs["key"])
    drawn = render_to_string(LINE_TEMPLATE, {"line": line})
    if kind is ItemKind.ASK and has_conversation(workshop, match.kwargs["key"]):
        drawn += render_to_string(OF_ASK_TEMPLATE, {"key": match.kwargs["key"], "workshop": workshop})
    return drawn + render_to_string(WENT_OVER_TEMPLATE, {"record": record, "workshop": workshop}) if record else drawn


def _places(who: Who, workshop: Workshop | None) -> tuple[tuple[str, str, Any], ...]:
    """The places of the menu for this reader."""
    if workshop is None:
        return ()
    places = tuple(place for place in PLACES if place[0] != "mirrors" or workshop.has(Capability.MIRRORS))
    return (TODAY, *places) if may(who, rules.TODAY, workshop) else places
