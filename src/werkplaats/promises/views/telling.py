"""The doors of makers and receivers: by a link, by a code, or by account."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from werkplaats.accounts.actions import open_code
from werkplaats.accounts.queries import address_of
from werkplaats.accounts.records import Request
from werkplaats.accounts.refusals import TooManyTries, WrongCode
from werkplaats.accounts.rules import may
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises import actions, queries, rules
from werkplaats.promises.forms import CodeVerdictForm, VerdictForm
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import Channel, Giver, GiverKind, Word
from werkplaats.promises.views.acts import BY_NAME, panels
from werkplaats.workshops.models import Workshop

page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@door(rules.BY_LINK)
@never_cache
@page_and_form
def answer(request: Request, workshop: Workshop, digits: str) -> HttpResponse:
    """The page that a maker's link opens, without account: yes or no first, afterwards how it goes."""
    try:
        code = open_code(workshop, digits, purpose=rules.CONFIRM, address=address_of(request), at=timezone.now())
    except Refusal as refusal:
        return _closed(request, refusal)
    row = Promise.objects.filter(workshop=workshop, key=code.thing.removeprefix("promise:")).first()
    if row is None:
        return _closed(request, WrongCode())
    return _tell(request, row, Channel.LINK, here=reverse("promises:answer", args=[workshop.key, digits]))


@door(rules.ANSWER)
@page_and_form
def tell(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The same for who is signed in: somebody of the maker's party, or the team that writes it down for them."""
    row = get_object_or_404(Promise.objects.select_related("maker__canonical"), workshop=workshop, key=key)
    if (sign_in := _must_sign_in(request)) is not None:
        return sign_in
    if not may(request.who, rules.ANSWER, row):
        raise PermissionDenied
    channel = Channel.ACCOUNT if row.belongs_to(request.who) else Channel.TEAM
    return _tell(request, row, channel, here=reverse("promises:tell", args=[workshop.key, key]))


@door(rules.BY_LINK)
@never_cache
@page_and_form
def judge(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Whether who it is for notices it: with a receipt or table code, or by the account of a receiving party."""
    record = queries.promise(workshop, key, today=timezone.localdate())
    if record is None or not record.line.is_promise:
        raise Http404
    mine = _receiving_party(request, record.id)
    form = VerdictForm(_data(request)) if mine else CodeVerdictForm(_data(request))
    status = 200
    if form.is_bound and form.is_valid():
        try:
            giver = Giver(GiverKind.PARTY, mine.key) if mine else _by_code(request, workshop, form.cleaned_data)
            actions.receiver_verdict(
                Promise(pk=record.id, workshop_id=record.workshop_id),
                by=giver,
                word=Word(form.cleaned_data["oordeel"]),
                words=form.cleaned_data.get("woorden", ""),
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            status = 429 if isinstance(refusal, TooManyTries) else 422
        else:
            messages.success(request, _("Dank je wel. Je oordeel telt mee. Je kunt het later nog veranderen."))
            return redirect("promises:promise", workshop.key, key)
    context = {"place": "promises", "trail": trail(workshop), "record": record, "form": form, "party": mine}
    return render(request, "promises/judge.html", context, status=status if not form.errors or status != 200 else 422)


def trail(workshop: Workshop, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back."""
    return [(reverse("promises:list", args=[workshop.key]), _("Beloften")), *more]


def _tell(request: Request, row: Promise, channel: Channel, *, here: str) -> HttpResponse:
    bound = None
    act = BY_NAME.get(request.POST.get("act", "")) if request.method == "POST" else None
    if act is not None:
        form = act.form(request.POST)
        bound = act.name, form
        if form.is_valid():
            try:
                act.do(row, form.cleaned_data, timezone.now(), channel)
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
            else:
                messages.success(request, str(act.told))
                return redirect(here)
        row.refresh_from_db()
    today = timezone.localdate()
    shown = panels(row, today=today, bound=bound)
    lost = bound[1].non_field_errors() if bound and not any(panel.is_open for panel in shown) else []
    context = {
        "place": "promises",
        "record": queries.promise(request.workshop, row.key, today=today),
        "panels": shown,
        "lost": lost,
        "by_link": channel is Channel.LINK,
    }
    return render(request, "promises/answer.html", context, status=422 if bound else 200)


def _closed(request: Request, refusal: Refusal) -> HttpResponse:
    status = 429 if isinstance(refusal, TooManyTries) else 404
    return render(request, "promises/closed.html", {"place": "promises", "why": refusal.sentence}, status=status)


def _by_code(request: Request, workshop: Workshop, typed: dict[str, Any]) -> Giver:
    code = open_code(workshop, typed["code"], purpose=typed["met"], address=address_of(request), at=timezone.now())
    kind = GiverKind.RECEIPT if typed["met"] == rules.RECEIPT else GiverKind.TABLE
    return Giver(kind, code.thing.rpartition(":")[2])


def _receiving_party(request: Request, promise_id: int) -> Party | None:
    """The receiving party that somebody who is signed in speaks for."""
    if request.who.account_id is None:
        return None
    parties = Party.objects.filter(pk__in=Promise.objects.filter(pk=promise_id).values("receivers__party"))
    return next((party for party in parties.select_related("canonical") if speaks_for(party, request)), None)


def speaks_for(party: Party, request: Request) -> bool:
    """Whether who asks speaks for a party, under any of its names."""
    return may(request.who, rules.JUDGE, party) or bool(
        party.canonical and may(request.who, rules.JUDGE, party.canonical)
    )


def _must_sign_in(request: Request) -> HttpResponse | None:
    if request.who.account_id is not None:
        return None
    return redirect(f"{reverse('account_request_login_code')}?next={request.path}")


def _data(request: Request) -> Any:
    return request.POST if request.method == "POST" else None
