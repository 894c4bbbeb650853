from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.conversations import pictures, queries, rules
from werkplaats.conversations.models import Conversation
from werkplaats.conversations.records import Figure, GroupResult, Results, StatementResult
from werkplaats.conversations.views.shown import PLACE, page, row_for, trail
from werkplaats.kit.doors import door
from werkplaats.kit.downloads import Cell, csv_answer
from werkplaats.kit.qr import qr
from werkplaats.workshops.models import Workshop

_Told = tuple[StatementResult, Figure | None]
_Drawn = tuple[StatementResult, SafeString, list[tuple[str, Figure | None, SafeString]]]
MOST_BOXES = 12
"""So many areas are boxes to tick on a sheet of paper; more of them are a line to write on."""
_RANKED = ("common_ground", "bridges", "divides", "short_list")


@door(rules.READ)
@require_safe
def conversations(request: Request, workshop: Workshop) -> HttpResponse:
    """All conversations, open ones first."""
    context = {
        "place": PLACE,
        "trail": [],
        "lines": queries.conversation_lines(workshop, request.who),
        "may_make": bool(request.who.account_id and queries.asks_without(workshop, request.who)),
    }
    return render(request, "conversations/list.html", context)


@door(rules.READ)
@require_safe
def conversation(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """One conversation: the way in, and what came out so far."""
    row = row_for(request, workshop, key, rules.READ)
    lines = queries.statements(row) if may(request.who, rules.MODERATE, row) else ()
    context = {
        **_results(row, trail(workshop)),
        "may_moderate": may(request.who, rules.MODERATE, row),
        "waiting": sum(line.state is rules.State.WAITING for line in lines),
        "may_type_in": may(request.who, rules.TYPE_IN, row),
        "may_give_back": may(request.who, rules.GIVE_BACK, row),
    }
    return render(request, "conversations/conversation.html", context)


@door(rules.READ)
@require_safe
def screen(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """For the wall of a meeting: the way in, large, and what is shared so far."""
    row = row_for(request, workshop, key, rules.READ)
    address = settings.SITE + page(row)
    square = qr(address, words=_("Vierkantje met het adres van dit gesprek"))
    context = {**_results(row, trail(workshop, row)), "address": _parts(address), "square": square}
    return render(request, "conversations/screen.html", context)


@door(rules.READ)
@require_safe
def sheet(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """A voting sheet of paper, for who has no phone."""
    row = row_for(request, workshop, key, rules.READ)
    lines = [line for line in queries.statements(row) if line.state is rules.State.ACCEPTED]
    areas = list(queries.areas_asked(workshop).values_list("name", flat=True))
    context = {"place": PLACE, "trail": trail(workshop, row), "conversation": row, "lines": lines}
    told = {"asks_area": bool(areas), "areas": areas if len(areas) <= MOST_BOXES else []}
    return render(request, "conversations/sheet.html", context | told)


@door(rules.READ)
@require_safe
def figures_csv(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The figures that the page shows, and no others, as a table."""
    row = row_for(request, workshop, key, rules.READ)
    found = queries.results(row, small=workshop.small_number)
    groups = [f"group {one.letter}" for one in found.groups] if found else []
    kinds = [one.kind.value or "unsaid" for one in found.kinds] if found else []
    parts = [f"{part} {said}" for part in ("all", *groups, *kinds) for said in ("agree", "disagree", "pass")]
    rows = (_row(one) for one in (found.statements if found else ()))
    return csv_answer(f"gesprek-{row.key}.csv", ("statement", "text", *parts), rows)


def _row(one: StatementResult) -> tuple[Cell, ...]:
    figures = (one.all, *one.groups, *one.kinds)
    return (one.number, one.text, *(cell for figure in figures for cell in _cells(figure)))


def _cells(figure: Figure | None) -> tuple[Cell, ...]:
    return ("", "", "") if figure is None else (figure.agree, figure.disagree, figure.passed)


def _results(row: Conversation, way: list[tuple[str, str]]) -> dict[str, object]:
    small = row.workshop.small_number
    found = queries.results(row, small=small)
    people = queries.people_in(row)
    return {
        "place": PLACE,
        "trail": way,
        "conversation": row,
        "ask": row.ask,
        "results": found,
        "ranked": {name: _drawn(found, getattr(found, name)) for name in _RANKED} if found else {},
        "groups": [_with_figures(found, place) for place in range(len(found.groups))] if found else [],
        "beside": [(one, pictures.cells((one.all, *one.kinds))) for one in _beside(found)] if found else [],
        "whole": [(one, pictures.cells((one.all, *one.groups, *one.kinds))) for one in found.statements]
        if found
        else [],
        "small": small,
        "people": people if people >= small else None,
        "is_stale": row.stale_since is not None and people >= small,
        "picture": pictures.opinion_map(found) if found else "",
    }


def _drawn(found: Results, rows: tuple[StatementResult, ...]) -> list[_Drawn]:
    """Each statement with the bar of everybody, and with the letter, figure and scale of each group."""
    letters = [group.letter for group in found.groups]
    return [(one, _or_nothing(pictures.bar, one.all), _scales(letters, one)) for one in rows]


def _scales(letters: list[str], one: StatementResult) -> list[tuple[str, Figure | None, SafeString]]:
    return [
        (letter, figure, _or_nothing(pictures.scale, figure))
        for letter, figure in zip(letters, one.groups, strict=True)
    ]


def _or_nothing(draw: Callable[[Figure], SafeString], figure: Figure | None) -> SafeString:
    return draw(figure) if figure else SafeString("")


def _with_figures(found: Results, place: int) -> tuple[GroupResult, list[_Told], list[_Told]]:
    """A group with what it agrees with more often than others, and what it opposes more often."""
    group = found.groups[place]
    more = [(one, one.groups[place]) for one, is_more in group.apart if is_more]
    return group, more, [(one, one.groups[place]) for one, is_more in group.apart if not is_more]


def _beside(found: Results) -> tuple[StatementResult, ...]:
    """What is shared and what divides, once each, where at least two kinds of party can be told apart."""
    told = [column for column in found.kinds if column.people and column.kind is not rules.Kind.UNSAID]
    rows = {one.number: one for one in (*found.common_ground, *found.divides)}
    return tuple(rows.values()) if len(told) > 1 else ()


def _parts(address: str) -> list[str]:
    """An address to read from a wall, in parts between which a line may end."""
    host, *names = address.partition("//")[2].strip("/").split("/")
    return [host, *(f"/{name}" for name in names)]
