"""The doors of who has people asked about a match: coordinators, and nobody else."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkplaats.accounts.models import Account
from werkplaats.accounts.records import Request
from werkplaats.dependence import actions, rules
from werkplaats.dependence.actions import asking
from werkplaats.dependence.forms import AskForm, OutcomeForm, RefusalForm
from werkplaats.dependence.models import Match, MatchSide
from werkplaats.dependence.queries import people
from werkplaats.dependence.records import MatchLine
from werkplaats.dependence.rules import MatchState
from werkplaats.dependence.views import PLACE, trail
from werkplaats.kit.doors import door
from werkplaats.kit.qr import qr
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods.queries.people import signs_as
from werkplaats.neighbourhoods.records.asking import Card
from werkplaats.neighbourhoods.rules.asking import for_reader
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.queries import language_of

PER_PAGE = 20
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@door(rules.MATCH)
@require_safe
def matches(request: Request, workshop: Workshop) -> HttpResponse:
    """What may fit, and how far each asking is; never who said what."""
    today = timezone.localdate()
    asked = people.lines(workshop, MatchState.ASKING, MatchState.INTRODUCED, MatchState.NOT_NOW, today=today)
    proposed = people.lines(workshop, MatchState.PROPOSED, today=today)
    context = {
        "place": PLACE,
        "trail": trail(workshop),
        "page": Paginator(proposed, PER_PAGE).get_page(request.GET.get("bladzijde")),
        "asking": [line for line in asked if line.state == MatchState.ASKING],
        "introduced": [line for line in asked if line.state == MatchState.INTRODUCED],
        "not_now": [line for line in asked if line.state == MatchState.NOT_NOW],
        "cards": sum(1 for line in people.cards(workshop) if not line.is_made),
        "form": OutcomeForm(auto_id=False),
    }
    return render(request, "dependence/matches.html", context)


@door(rules.MATCH)
@page_and_form
def ask(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """A coordinator looks at one match; then the words for each side, to change before they go out."""
    row, found = people.match_by_key(workshop, key), people.line(workshop, key, today=timezone.localdate())
    if row is None or found is None or found.state == MatchState.REFUSED:
        raise Http404
    by = request.user if isinstance(request.user, Account) else None
    ends = people.ends_of(row)
    sides = [
        (end.name, words, len(people.to_mail(end)))
        for end, words in zip(ends, _letters(workshop, found, signs_as(workshop, by)), strict=True)
    ]
    form = AskForm(request.POST if request.method == "POST" else None, sides=sides)
    if form.is_bound and form.is_valid():
        now = timezone.now()
        try:
            asking.begin(row, wordings=form.wordings(), by=by, at=now, today=timezone.localdate(now))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("De eerste kant wordt nu gevraagd. De andere kant pas na een ja."))
            return redirect("dependence:matches", workshop.key)
    context = {
        "place": PLACE,
        "trail": trail(workshop, matches=True),
        "match": found,
        "form": form,
        "refusal": RefusalForm(auto_id="niet-%s"),
        "is_open": found.state == MatchState.PROPOSED,
    }
    return render(request, "dependence/ask.html", context, status=422 if form.errors else 200)


@door(rules.MATCH)
@require_POST
def refuse(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """It does not fit, and is never proposed again."""
    row = get_object_or_404(Match, workshop=workshop, key=key)
    by = request.user if isinstance(request.user, Account) else None
    try:
        actions.refuse(row, reason=request.POST.get("reason", "")[:1000], by=by, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("dependence:ask", workshop.key, key)
    messages.success(request, _("Dat is weg. We stellen dit niet nog eens voor."))
    return redirect("dependence:matches", workshop.key)


@door(rules.MATCH)
@require_POST
def outcome(request: Request, workshop: Workshop, key: str, number: int) -> HttpResponse:
    """A side told the coordinator what came of it."""
    side = get_object_or_404(MatchSide, match__workshop=workshop, match__key=key, number=number)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Kies eerst wat ervan kwam."))
        return redirect("dependence:matches", workshop.key)
    said = form.cleaned_data
    try:
        asking.tell_outcome(side, outcome=rules.Outcome(said["outcome"]), words=said["words"], at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Opgeschreven."))
    return redirect("dependence:matches", workshop.key)


@door(rules.MATCH)
@never_cache
@page_and_form
def cards(request: Request, workshop: Workshop) -> HttpResponse:
    """Cards for who has no mail, to print and to cut. Their codes are told this once."""
    chosen = people.cards(workshop)
    context = {"place": PLACE, "trail": trail(workshop, matches=True), "lines": chosen}
    if request.method != "POST":
        return render(request, "neighbourhoods/cards.html", context)
    again = request.POST.get("side", "")
    keys = [again] if again else [line.key for line in chosen if not line.is_made]
    made = [card for key in keys if (card := _card(workshop, key)) is not None]
    if not made:
        messages.error(request, _("Er is nu geen kaart om te maken. Misschien deed een collega het net."))
        return redirect("dependence:cards", workshop.key)
    return render(request, "neighbourhoods/cards.html", {**context, "made": made})


def _card(workshop: Workshop, key: str) -> Card | None:
    side = people.side_by_key(workshop, key)
    if side is None:
        return None
    try:
        digits = asking.make_card(side, at=timezone.now())
    except Refusal:
        return None
    address = settings.SITE + reverse("dependence:answer", args=[workshop.key, digits.replace(" ", "")])
    name = people.side_end(side).name
    words = for_reader(side.words, name)
    if side.match.state == MatchState.INTRODUCED:
        with override(language_of(workshop)):
            words = people.outcome_words(side, today=timezone.localdate())
    square = qr(address, words=_("Vierkantje met dezelfde link, om met een telefoon te openen"))
    shown = (settings.SITE + reverse("dependence:enter", args=[workshop.key])).partition("//")[2]
    return Card(name, words, digits, shown, square)


def _letters(workshop: Workshop, match: MatchLine, signed: str) -> tuple[str, str]:
    """What each side is asked, in the language of the neighbourhood: who offers, then who needs."""
    with override(language_of(workshop)):
        told = {
            "need": match.need.text,
            "offer": match.offer.text,
            "asker": match.need.who,
            "giver": match.offer.who,
            "name": signed,
        }
        first = _(
            "Hoi [naam],\n\njullie bieden dit aan: “%(offer)s”\n\n%(asker)s zoekt dit: “%(need)s”\n\nZal ik vragen of zij"
            " kennis willen maken? Eén kop koffie, meer hoeft niet. Nee is ook goed: dat blijft tussen ons en ik vraag het niet"
            " nog eens.\n\nGroet, %(name)s"
        )
        second = _(
            "Hoi [naam],\n\njullie zoeken dit: “%(need)s”\n\n%(giver)s biedt dit aan: “%(offer)s”\n\nWillen jullie kennismaken?"
            " Eén kop koffie, meer hoeft niet. Nee is ook goed: dat blijft tussen ons en ik vraag het niet nog eens.\n\nGroet,"
            " %(name)s"
        )
        return first % told, second % told
