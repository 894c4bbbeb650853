from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.kit.doors import door
from werkplaats.kit.downloads import Cell, csv_answer
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods import actions, queries, rules
from werkplaats.neighbourhoods.forms import DoubleForm, GroupForm, PartyFilter, SeenDoubleForm, WhoseForm
from werkplaats.neighbourhoods.models import Double, Party
from werkplaats.neighbourhoods.pictures import circle, network
from werkplaats.neighbourhoods.pictures.map import draw
from werkplaats.neighbourhoods.pictures.marks import SYMBOLS, party_pages
from werkplaats.neighbourhoods.queries import drawing
from werkplaats.neighbourhoods.queries.groups import groups as group_lines
from werkplaats.neighbourhoods.records import WHOSE_QUESTIONS, PartyLine
from werkplaats.neighbourhoods.records.drawing import Drawn, Link
from werkplaats.workshops.models import Area, Workshop

MOST_BESIDE = 40  # areas: a longer table does not fit beside its map
PER_PAGE = 100  # rows of the table of ties; its file holds all
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


@door(rules.READ_NETWORK)
def whole_network(request: Request, workshop: Workshop) -> HttpResponse:
    """Who works with whom: the reader's own circle first, then the whole, and the same as a table."""
    shown = drawing.network_page(workshop, request.who, today=timezone.localdate())
    address, whole = party_pages(workshop.key), shown.whole
    context = {
        "place": PLACE,
        "trail": _trail(workshop),
        "symbols": SYMBOLS,
        "whole": whole,
        "is_city": whole.count > network.MOST,
        "own": shown.own,
        "is_stale": shown.is_stale,
        "own_picture": circle.draw(shown.own, address) if shown.own else "",
        "picture": network.of_reader(whole, get_language() or "nl", address)
        if isinstance(whole, Drawn)
        else network.draw(whole, address),
        "page": Paginator(whole.links, PER_PAGE).get_page(request.GET.get("bladzijde")),
    }
    return render(request, "neighbourhoods/network.html", context)


@door(rules.READ_NETWORK)
def network_csv(request: Request, workshop: Workshop) -> HttpResponse:
    """The ties that are drawn, as a file."""
    links = drawing.whole(workshop, today=timezone.localdate()).links
    return csv_answer("netwerk.csv", ("party_a", "party_b", "kinds", "is_full", "last_seen"), map(_link_row, links))


@require_http_methods(["GET", "HEAD", "POST"])
@door(rules.NAME_GROUPS)
def groups(request: Request, workshop: Workshop) -> HttpResponse:
    """The groups of residents that were named, and one more."""
    form = GroupForm(request.POST if request.method == "POST" else None, workshop=workshop)
    if form.is_bound and form.is_valid():
        area = Area.objects.filter(workshop=workshop, code=form.cleaned_data["area"]).first()
        made = actions.name_group(workshop, name=form.cleaned_data["name"], area=area)
        messages.success(request, _("%(name)s staat erbij.") % {"name": made.name})
        return redirect("neighbourhoods:groups", workshop.key)
    context = {"place": PLACE, "trail": _trail(workshop), "form": form, "groups": group_lines(workshop)}
    return render(request, "neighbourhoods/groups.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(rules.SAY_WHOSE)
def say_whose(request: Request, workshop: Workshop) -> HttpResponse:
    """Who pays, hosts and decides, as everybody reads it."""
    now = {line.role: (line.party_key, line.words) for line in queries.stewards(workshop=workshop)}
    form = WhoseForm(request.POST if request.method == "POST" else None, workshop=workshop, now=now)
    if form.is_bound and form.is_valid():
        for role in rules.StewardRole:
            party = Party.objects.filter(workshop=workshop, key=form.cleaned_data[role.value]).first()
            words = form.cleaned_data[f"{role.value}_words"]
            actions.say_whose(workshop, role=role, party=party, words=words)
        messages.success(request, _("Zo staat het nu onder elke bladzijde."))
        return redirect("pages:whose", workshop.key)
    trail = [(reverse("pages:whose", args=[workshop.key]), _("Van wie is dit?"))]
    pairs = [(form[role], form[f"{role}_words"]) for role in WHOSE_QUESTIONS]
    context = {"trail": trail, "form": form, "pairs": pairs}
    return render(request, "neighbourhoods/say_whose.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(rules.DECIDE_DOUBLES)
def doubles(request: Request, workshop: Workshop) -> HttpResponse:
    """Entries that may be one party, side by side, for a human to decide; and one more that a human saw."""
    form = SeenDoubleForm(request.POST if request.method == "POST" else None, workshop=workshop)
    if form.is_bound and form.is_valid():
        try:
            seen = actions.see_double(form.cleaned_data["one"], party_b=form.cleaned_data["other"])
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect(f"{reverse('neighbourhoods:doubles', args=[workshop.key])}#dubbel-{seen.pk}")
    lines = queries.doubles(workshop=workshop)
    context = {
        "place": PLACE,
        "trail": _trail(workshop),
        "open": [line for line in lines if line.verdict == rules.Verdict.SUSPECTED],
        "decided": [line for line in lines if line.verdict != rules.Verdict.SUSPECTED],
        "form": form,
    }
    return render(request, "neighbourhoods/doubles.html", context, status=422 if form.errors else 200)


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


def _link_row(link: Link) -> tuple[Cell, ...]:
    seen = link.last_seen.isoformat() if link.last_seen else ""
    return link.a.key, link.b.key, "; ".join(link.kinds), int(link.is_full), seen
