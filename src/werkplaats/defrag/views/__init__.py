from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from werkplaats.accounts.models import Account
from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.defrag import actions, queries, rules
from werkplaats.defrag.forms import ConnectionFilter, RefusalForm
from werkplaats.defrag.models import Move
from werkplaats.defrag.pictures import block_map, pair, scale
from werkplaats.defrag.pictures.blocks import SYMBOLS
from werkplaats.defrag.queries.people import askings
from werkplaats.defrag.records import SHADE_WORDS, Connection, MoveLine
from werkplaats.kit.doors import door
from werkplaats.kit.downloads import Cell, csv_answer
from werkplaats.kit.refusal import Refusal
from werkplaats.workshops.models import Workshop

PLACE = "neighbourhood"
PER_PAGE = 50  # rows of the list of connections; its file holds all
SHOWN = 3
"""So many moves stand with their picture; more would be a list that nobody acts on."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A move with its pictures: the connections that it shortens, now and then."""

    move: MoveLine
    now: SafeString
    then: SafeString


@door(rules.READ)
def connections(request: Request, workshop: Workshop) -> HttpResponse:
    """Who reaches whom: the block map, the figure with its parts, the moves, and the same as a table."""
    found = queries.connections(workshop, today=timezone.localdate())
    may_decide = may(request.who, rules.DECIDE, workshop)
    context = {
        "place": PLACE,
        "trail": trail(workshop)[:1],
        "found": found,
        "asked": askings(workshop) if may_decide else (),
        "few": rules.ENOUGH_DEMANDS,
        "symbols": SYMBOLS,
        "legend": list(zip(range(5), found.counts, SHADE_WORDS, strict=True)),
        "groups": [(group, block_map.draw(group)) for group in found.groups],
        "scale": scale.draw(found.value) if found.value is not None else "",
        "parts": [(part, scale.draw(part.value, height=18) if part.value is not None else "") for part in found.parts],
        "moves": [_drawn(move) for move in found.moves[:SHOWN]],
        "more_moves": found.moves[SHOWN:],
        "may_decide": may_decide,
    }
    return render(request, "defrag/connections.html", context)


@door(rules.READ)
def demands(request: Request, workshop: Workshop) -> HttpResponse:
    """Every connection as a row, a page at a time, with the filters and the page in the address."""
    form = ConnectionFilter(request.GET)
    chosen = form.chosen()
    rows, groups = queries.chosen(workshop, **chosen)
    form.offer_groups(groups)
    context = {
        "place": PLACE,
        "trail": trail(workshop),
        "form": form,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("bladzijde")),
        "is_filtered": any(chosen.values()),
    }
    return render(request, "defrag/demands.html", context)


@door(rules.READ)
def demands_csv(request: Request, workshop: Workshop) -> HttpResponse:
    """What the list of connections shows, with the same filters, as a file."""
    rows, _groups = queries.chosen(workshop, **ConnectionFilter(request.GET).chosen())
    header = ("key", "part", "issue", "source", "targets", "why", "phi", "weight")
    return csv_answer("verbindingen.csv", header, map(_row, rows))


@door(rules.READ)
def move(request: Request, workshop: Workshop, number: int) -> HttpResponse:
    """One move: why, what it shortens, what it asks of whom, and the words to ask with."""
    found = _found(request, workshop, number)
    return render(request, "defrag/move.html", _page_of(request, workshop, found, RefusalForm(prefix="weiger")))


@require_POST
@door(rules.DECIDE)
def refuse_move(request: Request, workshop: Workshop, number: int) -> HttpResponse:
    """A coordinator says that this introduction is not proposed, and why."""
    row = get_object_or_404(Move, pk=number, workshop=workshop)
    form = RefusalForm(request.POST, prefix="weiger")
    if not form.is_valid():
        page = _page_of(request, workshop, _found(request, workshop, number), form)
        return render(request, "defrag/move.html", page, status=400)
    by = request.user if isinstance(request.user, Account) else None
    try:
        actions.refuse_move(row, by=by, at=timezone.now(), reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("We stellen deze zet niet meer voor. Straks staan er andere zetten."))
    return redirect("defrag:connections", workshop.key)


@require_POST
@door(rules.DECIDE)
def take_back(request: Request, workshop: Workshop, number: int) -> HttpResponse:
    """A refusal is taken back: the move may be proposed again."""
    actions.take_back_refusal(get_object_or_404(Move, pk=number, workshop=workshop), at=timezone.now())
    messages.success(request, _("Deze zet mag weer worden voorgesteld. Dat gebeurt als ze nog bij de beste hoort."))
    return redirect("defrag:connections", workshop.key)


def _found(request: Request, workshop: Workshop, number: int) -> MoveLine:
    """A move that may be seen: what was refused or asked is for who works on it."""
    found = queries.move(workshop, number, today=timezone.localdate())
    if found is None or (found.state != rules.MoveState.PROPOSED and not may(request.who, rules.DECIDE, workshop)):
        raise Http404
    return found


def _page_of(request: Request, workshop: Workshop, found: MoveLine, form: RefusalForm) -> dict[str, object]:
    return {
        "place": PLACE,
        "trail": trail(workshop),
        "drawn": _drawn(found),
        "symbols": SYMBOLS,
        "is_refused": found.state == rules.MoveState.REFUSED,
        "is_asked": found.state == rules.MoveState.ASKED,
        "may_decide": may(request.who, rules.DECIDE, workshop),
        "form": form,
    }


def _drawn(found: MoveLine) -> Drawn:
    return Drawn(found, pair.draw(found.before, _("Nu")), pair.draw(found.after, _("Straks")))


def trail(workshop: Workshop) -> list[tuple[str, str]]:
    """The way back."""
    return [
        (reverse("pages:neighbourhood", args=[workshop.key]), _("De wijk")),
        (reverse("defrag:connections", args=[workshop.key]), _("Verbindingen")),
    ]


def _row(one: Connection) -> tuple[Cell, ...]:
    targets = "; ".join(one.target_keys)
    return (one.key, one.part, one.issue, one.source_key, targets, one.why, round(one.phi, 4), round(one.weight, 6))
