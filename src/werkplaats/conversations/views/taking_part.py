from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkplaats.accounts.actions import open_code
from werkplaats.accounts.queries import address_of
from werkplaats.accounts.records import Request
from werkplaats.accounts.refusals import WrongCode
from werkplaats.asks import queries as asks
from werkplaats.conversations import actions, analysis, queries, rules
from werkplaats.conversations.forms import VALUES, CodeForm, KindForm, StatementForm, VoteForm
from werkplaats.conversations.models import Conversation, Participant
from werkplaats.conversations.records import Seat, Shown
from werkplaats.conversations.refusals import NoSuchAnswer
from werkplaats.conversations.views.buttons import press, word_for
from werkplaats.conversations.views.seats import close_here, open_here, opened, seat, stays_open
from werkplaats.conversations.views.shown import (
    PLACE,
    address,
    data,
    do,
    page,
    row_for,
    shown_or_done,
    trail,
)
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.kit.tries import Limit
from werkplaats.workshops.models import Workshop

page_and_form = require_http_methods(["GET", "HEAD", "POST"])
BEGINNERS = Limit("conversations", most=120, seconds=900)
"""From one address: a full hall on one wifi begins less often in a quarter of an hour, a program more."""

_SLIP = "stemcode"
_SLIP_SECONDS = 1800


@door(rules.TAKE_PART)
@require_POST
def begin(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Somebody takes part, without account. Who began here already goes on."""
    row, now = row_for(request, workshop, key, rules.TAKE_PART), timezone.now()
    if opened(seat(request, workshop.key, key), row) is not None:
        return redirect(page(row, "vote"))
    try:
        participant, digits = _begin(request, row, at=now)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(page(row))
    answer = redirect(page(row, "vote"))
    open_here(answer, workshop, key, participant.key)
    # The digits are told this once, and stand nowhere but with who began: in a sealed cookie for half an hour.
    answer.set_signed_cookie(
        _SLIP,
        digits,
        salt=_salt(row),
        max_age=_SLIP_SECONDS,
        path=page(row, "mine"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _begin(request: Request, row: Conversation, *, at: datetime) -> tuple[Participant, str]:
    where = f"{row.workshop.key} {address_of(request)}"
    if BEGINNERS.is_reached(where, at=at):
        raise Refusal(
            _("Er beginnen nu heel veel mensen op deze plek. Wacht een kwartier, of vraag om een blad papier.")
        )
    began = actions.take_part(row, at=at)
    BEGINNERS.count(where, at=at)
    return began


@door(rules.TAKE_PART)
@never_cache
@page_and_form
def enter(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Somebody comes back with a code, or begins with one that was handed out."""
    row = row_for(request, workshop, key, rules.TAKE_PART)
    came: list[str] = []

    def act(said: dict[str, Any]) -> str:
        code = open_code(workshop, said["code"], purpose=rules.CODE, address=address_of(request), at=timezone.now())
        participant = queries.participant_of(row, code.thing)
        if participant is None:
            raise WrongCode
        came.append(participant.key)
        return page(row, "vote")

    context = {"trail": trail(workshop, row), "conversation": row}
    answer = shown_or_done(request, CodeForm(data(request)), "conversations/enter.html", act, context)
    for participant_key in came:
        open_here(answer, workshop, key, participant_key)
    return answer


@door(rules.TAKE_PART)
@never_cache
@page_and_form
@stays_open
def vote(request: Request, workshop: Workshop, key: str, own: Seat | None) -> HttpResponse:
    """One statement at a time. What is told to be kept, is kept."""
    if request.method == "POST" and own is not None:
        return _voted(request, own)
    row = row_for(request, workshop, key, rules.TAKE_PART)
    participant = opened(own, row)
    if participant is None:
        return redirect(page(row, "enter" if row.needs_code else "conversation"))
    shown = queries.to_show(row, participant)
    context = {
        "place": PLACE,
        "trail": trail(workshop, row),
        "conversation": row,
        "shown": shown,
        "form": _buttons(shown, participant) if shown else None,
        "has_said": participant.voted_at is not None,
    }
    return render(request, "conversations/vote.html", context)


def _buttons(shown: Shown, participant: Participant) -> VoteForm:
    return VoteForm(initial={"number": shown.number, "once": word_for(shown, participant.key)})


def _voted(request: Request, own: Seat) -> HttpResponse:
    """Keeps a vote, and leads to the next statement. That page says how many are kept: a full hall needs no message for it."""
    is_changed = request.GET.get("naar") == "mijn"
    try:
        actions.vote(own, **press(request, own.participant_key), at=timezone.now())
        if is_changed:
            messages.success(request, _("Je antwoord is bewaard."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return HttpResponseRedirect(address(request.workshop, own.conversation_key, "mine") if is_changed else request.path)


@door(rules.TAKE_PART)
@never_cache
@page_and_form
@stays_open
def write(request: Request, workshop: Workshop, key: str, own: Seat | None) -> HttpResponse:
    """A statement of somebody's own; first is shown what was said already that looks like it, also while they type."""
    row, now = row_for(request, workshop, key, rules.TAKE_PART), timezone.now()
    participant = opened(own, row)
    if participant is None:
        return redirect(page(row, "enter" if row.needs_code else "conversation"))
    form = StatementForm(data(request))
    context: dict[str, Any] = {"trail": trail(workshop, row), "conversation": row, "alike": ()}
    if request.htmx:
        context["alike"] = analysis.similar(row, form.cleaned_data["text"]) if form.is_valid() else ()
        return render(request, "conversations/alike.html", context)
    if form.is_bound and form.is_valid() and form.cleaned_data["seen"] != form.cleaned_data["text"]:
        context["alike"] = analysis.similar(row, form.cleaned_data["text"])
        if context["alike"]:
            shown = StatementForm(request.POST | {"seen": form.cleaned_data["text"]})
            return render(request, "conversations/write.html", {"place": PLACE, "form": shown, **context})

    def act(said: dict[str, Any]) -> str:
        actions.give_statement(participant, text=said["text"], at=now)
        messages.success(request, _("Bewaard. Iemand van de werkplaats kijkt ernaar voor anderen het zien."))
        return page(row, "mine")

    return shown_or_done(request, form, "conversations/write.html", act, context)


@door(rules.TAKE_PART)
@never_cache
@require_safe
@stays_open
def mine(request: Request, workshop: Workshop, key: str, own: Seat | None) -> HttpResponse:
    """What somebody said, for them alone; to change it, to take it back, and to come back later."""
    row = row_for(request, workshop, key, rules.TAKE_PART)
    participant = opened(own, row)
    if participant is None:
        return redirect(page(row, "enter"))
    told = asks.ask(workshop, row.ask.key, today=timezone.localdate())
    said = queries.own_votes(row, participant)
    context = {
        "place": PLACE,
        "trail": trail(workshop, row),
        "conversation": row,
        "digits": request.get_signed_cookie(_SLIP, default="", salt=_salt(row), max_age=_SLIP_SECONDS),
        "votes": [(one, VoteForm(initial={"number": one.number})["once"]) for one in said],
        "values": VALUES,
        "statements": queries.own_statements(participant),
        "form": _kind_form(None, participant),
        "give_backs": told.give_backs if told else (),
    }
    return render(request, "conversations/mine.html", context)


@door(rules.TAKE_PART)
@require_POST
@stays_open
def kind(request: Request, workshop: Workshop, key: str, own: Seat | None) -> HttpResponse:
    """As what somebody takes part, and where they live."""
    row, now = row_for(request, workshop, key, rules.TAKE_PART), timezone.now()
    participant = opened(own, row)
    if participant is None:
        return redirect(page(row, "enter"))
    form = _kind_form(request.POST, participant)

    def act() -> str:
        if not form.is_valid():
            raise NoSuchAnswer
        said = form.cleaned_data
        actions.say_kind(participant, kind=rules.Kind(said["kind"]), area=said.get("area"), at=now)
        return _("Bewaard.")

    return do(request, act, back=page(row, "mine"))


def _kind_form(said: Any, participant: Participant) -> KindForm:
    area = participant.area.code if participant.area else ""
    told = {"kind": participant.kind, "area": area}
    return KindForm(said, workshop=participant.conversation.workshop, initial=told)


@door(rules.TAKE_PART)
@require_POST
def withdraw(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Somebody takes everything back."""
    row, now = row_for(request, workshop, key, rules.TAKE_PART), timezone.now()
    participant = opened(seat(request, workshop.key, key), row)
    if participant is not None:
        actions.withdraw(participant, at=now)
        messages.success(request, _("Je antwoorden zijn weg, en je code opent niets meer."))
    return _with_nothing_open(row)


@door(rules.TAKE_PART)
@require_POST
def leave(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Somebody else uses this screen next."""
    row = row_for(request, workshop, key, rules.TAKE_PART)
    messages.success(request, _("Je antwoorden en je code staan niet meer op dit scherm."))
    return _with_nothing_open(row)


def _with_nothing_open(row: Conversation) -> HttpResponse:
    answer = redirect(page(row))
    close_here(answer, row)
    answer.delete_cookie(_SLIP, path=page(row, "mine"), samesite="Lax")
    return answer


def _salt(row: Conversation) -> str:
    return f"conversations.slip.{row.workshop.key}.{row.key}"
