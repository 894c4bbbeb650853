"""The page that says whose this is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.kit.doors import door
from werkplaats.neighbourhoods.rules import SAY_WHOSE
from werkplaats.pages import actions, rules
from werkplaats.pages.forms import TermsForm
from werkplaats.pages.queries.whose import whose as whose_page
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.rules import TERMS


@door(rules.READ)
@require_safe
def whose(request: Request, workshop: Workshop) -> HttpResponse:
    """Who pays, hosts, decides and sees what."""
    context = {"trail": [], "page": whose_page(workshop), "may_say": may(request.who, SAY_WHOSE, workshop)}
    context["may_set_terms"] = may(request.who, rules.SET_TERMS, workshop)
    return render(request, "pages/whose.html", context)


@door(rules.SET_TERMS)
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: Request, workshop: Workshop) -> HttpResponse:
    """By which terms this workshop works."""
    form = TermsForm(request.POST if request.method == "POST" else None, workshop=workshop)
    if form.is_bound and form.is_valid():
        terms = {name: form.cleaned_data[name] for name in TERMS}
        actions.set_terms(workshop, terms, at=timezone.now(), capabilities=form.cleaned_data["capabilities"])
        messages.success(request, _("Met deze afspraken werken we vanaf nu."))
        return redirect("pages:whose", workshop.key)
    trail = [(reverse("pages:whose", args=[workshop.key]), _("Van wie is dit?"))]
    return render(request, "pages/terms.html", {"trail": trail, "form": form}, status=422 if form.errors else 200)
