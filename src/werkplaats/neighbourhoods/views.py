from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.kit.doors import door
from werkplaats.kit.downloads import Cell, csv_answer
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods import actions, queries, rules
from werkplaats.neighbourhoods.forms import DoubleForm, PartyFilter
from werkplaats.neighbourhoods.models import Double, Party
from werkplaats.neighbourhoods.pictures.map import draw
from werkplaats.neighbourhoods.records import PartyLine
from werkplaats.workshops.models import Workshop

MOST_BESIDE = 40  # areas: a longer table does not fit beside its map
PLACE = "neighbourhood"


def _trail(workshop: Workshop) -> list[tuple[str, str]]:
    return [(reverse("pages:neighbourhood", args=[workshop.key]), _("De wijk"))]


@door(rules.READ)
def parties(request: Request, workshop: Workshop) -> HttpResponse:
    """The parties of the neighbourhood, by name; the filters stand in the address."""
    form = PartyFilter(request.GET, workshop=workshop)
    chosen = form.chosen()
    context = {
        "place": PLACE,
        "trail": _trail(workshop),
        "form": form,
        "parties": queries.parties(workshop=workshop, **chosen),
        "is_filtered": any(chosen.values()),
        "may_decide": may(request.who, rules.DECIDE_DOUBLES, workshop),
        "suspected": queries.suspected_doubles(workshop=workshop),
    }
    return render(request, "neighbourhoods/parties.html", context)


@door(rules.READ)
def parties_csv(request: Request, workshop: Workshop) -> HttpResponse:
    """What the list of parties shows, with the same filters, as a file."""
    lines = queries.parties(workshop=workshop, **PartyFilter(request.GET, workshop=workshop).chosen())
    header = ("key", "name", "kind", "area", "themes", "other_names", "needs", "offers")
    return csv_answer("partijen.csv", header, map(_row, lines))


@door(rules.READ)
def area_map(request: Request, workshop: Workshop) -> HttpResponse:
    """The places of the neighbourhood: a map where outlines are known, and always the same as a table."""
    areas = queries.areas(workshop=workshop)
    is_city = len(areas) > MOST_BESIDE
    context = {"place": PLACE, "trail": _trail(workshop), "areas": areas, "picture": draw(areas), "is_city": is_city}
    return render(request, "neighbourhoods/map.html", context)


@door(rules.DECIDE_DOUBLES)
def doubles(request: Request, workshop: Workshop) -> HttpResponse:
    """Entries that may be one party, side by side, for a human to decide."""
    lines = queries.doubles(workshop=workshop)
    context = {
        "place": PLACE,
        "trail": _trail(workshop),
        "open": [line for line in lines if line.verdict == rules.Verdict.SUSPECTED],
        "decided": [line for line in lines if line.verdict != rules.Verdict.SUSPECTED],
    }
    return render(request, "neighbourhoods/doubles.html", context)


@require_POST
@door(rules.DECIDE_DOUBLES)
def decide_double(request: Request, workshop: Workshop, double: int) -> HttpResponse:
    """One and the same, not the same, or taken back."""
    row = get_object_or_404(Double, pk=double, party_a__workshop=workshop)
    form = DoubleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Kies eerst of dit dezelfde partij is."))
        return redirect("neighbourhoods:doubles", workshop.key)
    verdict = rules.Verdict(form.cleaned_data["verdict"])
    stays = Party.objects.filter(workshop=workshop, pk=form.cleaned_data["stays"]).first()
    now = timezone.now()
    try:
        actions.decide_double(row, verdict=verdict, stays=stays, at=now, today=timezone.localdate(now))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, SAID[verdict]())
    return redirect("neighbourhoods:doubles", workshop.key)


SAID = {
    rules.Verdict.SAME: lambda: _(
        "Deze twee tellen nu als één partij. Beide namen en alles wat erbij hoort blijven bewaard."
    ),
    rules.Verdict.DIFFERENT: lambda: _("Dit zijn twee partijen. We stellen dit paar niet nog eens voor."),
    rules.Verdict.SUSPECTED: lambda: _("Het besluit is teruggenomen. Alles staat weer zoals het was."),
}


def _row(line: PartyLine) -> tuple[Cell, ...]:
    themes = "; ".join(theme.key for theme in line.themes)
    area = line.area.key if line.area else ""
    return line.key, line.name, line.kind, area, themes, "; ".join(line.other_names), line.needs, line.offers
