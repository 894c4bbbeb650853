"""The page that says whose this is."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.kit.doors import door
from werkplaats.neighbourhoods.rules import SAY_WHOSE
from werkplaats.pages import rules
from werkplaats.pages.queries.whose import whose as whose_page
from werkplaats.workshops.models import Workshop


@door(rules.READ)
@require_safe
def whose(request: Request, workshop: Workshop) -> HttpResponse:
    """Who pays, hosts, decides and sees what."""
    context = {"trail": [], "page": whose_page(workshop), "may_say": may(request.who, SAY_WHOSE, workshop)}
    return render(request, "pages/whose.html", context)
