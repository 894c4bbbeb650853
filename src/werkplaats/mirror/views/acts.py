"""What is done with a mirror: asking for it, the talk, the party's words, its yes and taking that back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.mirror import actions, queries, rules
from werkplaats.mirror.forms import AnswerForm, TalkForm
from werkplaats.mirror.models import Mirror, Snapshot
from werkplaats.mirror.views.reading import context_of, mirror_for
from werkplaats.workshops.models import Workshop

page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@door(rules.ASK)
@require_POST
def ask(request: Request, workshop: Workshop) -> HttpResponse:
    """A party, or the coordinator for it, asks to be held a mirror, or to have it as it is now."""
    party = queries.named(request.POST.get("party", ""), workshop)
    if party is None or not may(request.who, rules.ASK, party):
        if may(request.who, rules.ASK, workshop):
            messages.error(request, _("Kies een partij."))
            return redirect("mirror:mirrors", workshop.key)
        raise PermissionDenied
    try:
        mirror = actions.hold_mirror(party, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("mirror:mirrors", workshop.key)
    actions.want_new(mirror, at=timezone.now())
    messages.success(request, _("De spiegel wordt gemaakt. Meer dan één stand op een dag maken we niet."))
    return redirect("mirror:mirror", workshop.key, party.key)


@door(rules.NOTE_TALK)
@page_and_form
def talk(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The coordinator notes that a state was talked about together, or that the party declined to."""
    row = mirror_for(request, key, rules.NOTE_TALK)
    state = _newest(row)
    form = TalkForm(request.POST if request.method == "POST" else None, initial={"on": timezone.localdate()})
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            actions.note_talk(
                state,
                on=said["on"],
                at=timezone.now(),
                declined=said["what"] == TalkForm.DECLINED,
                words=said["words"],
                by=request.who.account_id,
            )
        except Refusal as refusal:
            form.add_error("on", refusal.sentence)
        else:
            messages.success(request, _("Het staat erbij."))
            return redirect("mirror:mirror", workshop.key, key)
    context = {**context_of(workshop, row), "form": form, "on": state.on}
    return render(request, "mirror/talk.html", context, status=422 if form.errors else 200)


@door(rules.CONSENT)
@require_POST
def consent(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Who speaks for the party says yes to publishing the newest state."""
    row = mirror_for(request, key, rules.CONSENT)
    try:
        actions.consent(_newest(row), at=timezone.now(), by=request.who.account_id)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(
            request,
            _("Dank jullie wel. Deze stand van de spiegel is nu openbaar. Jullie kunnen dit altijd terugnemen."),
        )
    return redirect("mirror:mirror", workshop.key, key)


@door(rules.CONSENT)
@require_POST
def take_back(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Who speaks for the party takes back its yes; at once nobody else reads the mirror."""
    row = mirror_for(request, key, rules.CONSENT)
    try:
        actions.take_back(row, at=timezone.now(), by=request.who.account_id)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("De spiegel is niet meer openbaar. Alleen jullie en de coördinator zien hem nog."))
    return redirect("mirror:mirror", workshop.key, key)


@door(rules.ANSWER)
@page_and_form
def answer(request: Request, workshop: Workshop, key: str, item: int) -> HttpResponse:
    """The party puts its own words beside an item."""
    row = mirror_for(request, key, rules.ANSWER)
    line = queries.item(row, item)
    if line is None:
        raise Http404
    first = {"words": line.own.words if line.own else ""}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        words = form.cleaned_data["words"]
        actions.answer(row, item=line.key, words=words, at=timezone.now(), by=request.who.account_id)
        messages.success(request, _("Jullie woorden staan erbij.") if words else _("Jullie woorden zijn weg."))
        return redirect("mirror:mirror", workshop.key, key)
    context = {**context_of(workshop, row), "form": form, "item": line}
    return render(request, "mirror/answer.html", context, status=422 if form.errors else 200)


def _newest(row: Mirror) -> Snapshot:
    """The newest state of a mirror; the talk and the yes are about that."""
    found = row.snapshots.order_by("-on").first()
    if found is None:
        raise Http404
    return found
