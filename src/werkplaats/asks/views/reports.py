from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from werkplaats.accounts.queries import address_of
from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.asks import actions, queries, rules
from werkplaats.asks.forms import CheckForm, ReportForm
from werkplaats.asks.models import Reported
from werkplaats.asks.views.shown import data, do, shown_or_done, trail
from werkplaats.kit.doors import door
from werkplaats.kit.once import once
from werkplaats.kit.refusal import Refusal
from werkplaats.kit.tries import Limit
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Workshop

REPORTS = Limit("reports", most=10, seconds=900)


@door(rules.REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: Request, workshop: Workshop) -> HttpResponse:
    """Something was asked here: anybody may tell, so that not registering shows too."""
    now = timezone.now()

    def act(said: dict[str, Any]) -> str:
        address = f"{workshop.key} {address_of(request)}"
        if REPORTS.is_reached(address, at=now):
            raise Refusal(_("Er komen nu veel meldingen van deze plek. Wacht een kwartier."))
        REPORTS.count(address, at=now)
        key = once(said["once"], said)
        actions.report_asked(workshop, at=now, key=key, **{name: told for name, told in said.items() if name != "once"})
        messages.success(
            request, _("Dank je wel. De werkplaats gaat het na, en vraagt wie het was om het op te schrijven.")
        )
        return reverse("asks:reports", args=[workshop.key])

    may_check = may(request.who, rules.LOOK, workshop)
    lines = queries.reports(workshop)
    context = {
        "trail": trail(workshop),
        # What nobody checked may name or accuse somebody: the public reads it when the host knows that it is so.
        "lines": lines
        if may_check
        else [line for line in lines if line.state in (rules.Report.CHECKED, rules.Report.COMPLETED)],
        "may_check": may_check,
        "parties": Party.objects.filter(workshop=workshop, canonical__isnull=True) if may_check else (),
    }
    form = ReportForm(data(request), workshop=workshop, today=timezone.localdate(now))
    return shown_or_done(request, form, "asks/reports.html", act, context)


@door(rules.LOOK)
@require_POST
def check(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The host found out whether it is so."""
    row = get_object_or_404(Reported, workshop=workshop, key=key)
    form = CheckForm(request.POST, workshop=workshop)

    def act() -> str:
        if form.is_valid() and form.cleaned_data["happened"] == "yes":
            actions.check_report(row, at=timezone.now(), party=form.cleaned_data["party"])
            return _("Het staat erbij, voor iedereen te lezen.")
        actions.drop_report(row, at=timezone.now())
        return _("Het telt niet mee.")

    return do(request, act, back=reverse("asks:reports", args=[workshop.key]))
