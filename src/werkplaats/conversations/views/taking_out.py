"""What one may take along of a conversation: figures and picture for everybody, votes under random ids for who holds it."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.conversations import actions, pictures, queries, rules
from werkplaats.conversations.models import Conversation
from werkplaats.conversations.records import Place
from werkplaats.conversations.refusals import NothingComputed
from werkplaats.conversations.views.shown import PLACE, page, row_for, trail
from werkplaats.kit.doors import door
from werkplaats.kit.downloads import Cell, csv_answer
from werkplaats.kit.drawings import svg_alone
from werkplaats.kit.paper import png
from werkplaats.kit.refusal import Refusal
from werkplaats.workshops.models import Workshop


@door(rules.READ)
@require_safe
def take_along(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Which files there are, and what stands in them."""
    row = row_for(request, workshop, key, rules.READ)
    context = {
        "place": PLACE,
        "trail": trail(workshop, row),
        "conversation": row,
        "has_picture": bool(_picture(row)),
        "has_result": queries.results(row, small=workshop.small_number) is not None,
        "may_take_out": may(request.who, rules.TAKE_OUT, row),
        "may_study": may(request.who, rules.STUDY, row),
        "small": workshop.small_number,
    }
    return render(request, "conversations/take_along.html", context)


@door(rules.READ)
@require_safe
def picture_svg(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The map of opinions as a picture that stays sharp."""
    row = row_for(request, workshop, key, rules.READ)
    return _file(svg_alone(_drawn(row)), f"kaart-{row.key}.svg", "image/svg+xml")


@door(rules.READ)
@require_safe
def picture_png(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The map of opinions as a picture for a document."""
    row = row_for(request, workshop, key, rules.READ)
    try:
        made = png(_drawn(row))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(page(row, "take_along"))
    return _file(made, f"kaart-{row.key}.png", "image/png")


@door(rules.TAKE_OUT)
@never_cache
@require_safe
def polis_zip(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Everything as the files of Polis, with other random ids each time."""
    row = row_for(request, workshop, key, rules.TAKE_OUT)
    try:
        packed = actions.take_out(row, url=settings.SITE + page(row))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(page(row, "take_along"))
    return _file(packed, f"polis-{row.key}.zip", "application/zip")


@door(rules.STUDY)
@never_cache
@require_safe
def places_csv(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Where each participant stands, with other random ids each time."""
    row = row_for(request, workshop, key, rules.STUDY)
    found = queries.places(row, small=workshop.small_number)
    if found is None:
        messages.error(request, NothingComputed().sentence)
        return redirect(page(row, "take_along"))
    return csv_answer(f"deelnemers-{row.key}.csv", ("participant", "group", "x", "y"), map(_cells, found))


def _cells(one: Place) -> tuple[Cell, ...]:
    return (one.number, one.group, *(one.at or ("", "")))


def _picture(row: Conversation) -> str:
    found = queries.results(row, small=row.workshop.small_number)
    return pictures.opinion_map(found) if found else ""


def _drawn(row: Conversation) -> str:
    drawn = _picture(row)
    if not drawn:
        raise Http404
    return drawn


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
