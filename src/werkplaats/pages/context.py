"""What every page has around it: the workshop, the places of the menu, whose this is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from werkplaats.accounts.rules import DEMO_GUESTS, RoleName, Who, may
from werkplaats.defrag import rules as defrag_rules
from werkplaats.neighbourhoods.queries import stewards
from werkplaats.workshops.models import Workshop

PLACES = (
    ("start", "pages:start", _("Start")),
    ("issues", "issues:list", _("Vraagstukken")),
    ("neighbourhood", "pages:neighbourhood", _("De wijk")),
    ("search", "search:search", _("Zoeken")),
)
"""The places in the menu that exist so far, of the seven of the design: (name, url name, words)."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Read by `ui/page.html`. Without a workshop in the address (signing in), the only one there is serves."""
    workshop: Workshop | None = getattr(request, "workshop", None)
    who: Who = getattr(request, "who", Who())
    if workshop is None and Workshop.objects.count() == 1:
        workshop = Workshop.objects.get()
    return {
        "workshop": workshop,
        "who": who,
        "places": PLACES if workshop else (),
        "stewards": stewards(workshop=workshop) if workshop else (),
        "may_see_connections": may(who, defrag_rules.READ, workshop) if workshop else False,
        "theme_css": settings.THEME_CSS,
        "is_demo": settings.DEMO,
        "demo_address": DEMO_GUESTS[RoleName.COORDINATOR] if settings.DEMO else "",
        "today": timezone.localdate(),
    }
