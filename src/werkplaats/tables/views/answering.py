"""The doors of who is invited: by a code without account, or signed in for their own party."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from werkplaats.accounts.actions import open_code
from werkplaats.accounts.queries import address_of
from werkplaats.accounts.records import Request
from werkplaats.accounts.refusals import TooManyTries, WrongCode
from werkplaats.accounts.rules import only_digits
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.tables import rules
from werkplaats.tables.actions import inviting
from werkplaats.tables.forms.planning import CodeForm
from werkplaats.tables.models import Guest, Seat
from werkplaats.tables.queries import inviting as invited
from werkplaats.tables.queries import planning
from werkplaats.workshops.models import Workshop

page_and_form = require_http_methods(["GET", "HEAD", "POST"])
PLACE = "takepart"


@door(rules.ANSWER)
@never_cache
@page_and_form
def enter(request: Request, workshop: Workshop) -> HttpResponse:
    """Asks for the code on an invitation."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return redirect("tables:answer", workshop.key, only_digits(form.cleaned_data["code"]) or "0")
    return render(request, "tables/enter_seat.html", {"place": PLACE, "form": form}, status=422 if form.errors else 200)


@door(rules.ANSWER)
@never_cache
@page_and_form
def answer(request: Request, workshop: Workshop, digits: str) -> HttpResponse:
    """One invitation, opened with its code."""
    try:
        code = open_code(workshop, digits, purpose=rules.SEAT_PURPOSE, address=address_of(request), at=timezone.now())
    except Refusal as refusal:
        return _closed(request, refusal)
    seat = invited.seat_by_key(workshop, code.thing.removeprefix(rules.seat_thing("")))
    if seat is None:
        return _closed(request, WrongCode())
    return _page(request, seat, here=reverse("tables:answer", args=[workshop.key, digits]))


@door(rules.ANSWER)
@never_cache
@page_and_form
def answer_for(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The same for who is signed in and speaks for the party that is invited."""
    seat = invited.seat_by_key(workshop, key)
    if not isinstance(seat, Seat) or seat.invited_at is None:
        raise Http404
    if request.who.account_id is None:
        return redirect(f"{reverse('account_request_login_code')}?next={request.path}")
    if not seat.party.stays.belongs_to(request.who):
        raise PermissionDenied
    return _page(request, seat, here=reverse("tables:answer_for", args=[workshop.key, key]))


def _page(request: Request, seat: Seat | Guest, *, here: str) -> HttpResponse:
    now = timezone.now()
    said = request.POST.get("said", "")
    if request.method == "POST" and said in {one.value for one in rules.Answer}:
        try:
            inviting.answer(seat, said=rules.Answer(said), at=now)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            thanks = {
                rules.Answer.COMES: _("Fijn. We zetten een stoel klaar."),
                rules.Answer.DECLINES: _("Dank je wel voor je antwoord. Van gedachten veranderen kan tot het begint."),
            }
            messages.success(request, thanks[rules.Answer(said)])
        return redirect(here)
    shown = planning.invitation_of(seat, today=timezone.localdate(now), now=now)
    return render(request, "tables/answer.html", {"place": PLACE, "page": shown, "record": shown.record})


def _closed(request: Request, refusal: Refusal) -> HttpResponse:
    status = 429 if isinstance(refusal, TooManyTries) else 404
    return render(request, "tables/closed.html", {"place": PLACE, "why": refusal.sentence}, status=status)
