"""The doors of who has people asked: coordinators, and nobody else."""

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
from django.views.decorators.http import require_http_methods, require_safe

from werkplaats.accounts.models import Account
from werkplaats.accounts.records import Request
from werkplaats.defrag import queries, rules
from werkplaats.defrag.actions.answering import met as note_met
from werkplaats.defrag.actions.asking import begin_asking, make_card
from werkplaats.defrag.forms import AskForm, MetForm
from werkplaats.defrag.models import Asking, Move
from werkplaats.defrag.queries import people
from werkplaats.defrag.queries.outcomes import Outcomes, tally
from werkplaats.defrag.views import PER_PAGE, PLACE, trail
from werkplaats.kit.doors import door
from werkplaats.kit.qr import qr
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods.queries.people import representatives, signs_as
from werkplaats.neighbourhoods.records.asking import Card
from werkplaats.neighbourhoods.rules.asking import ANSWER_DAYS, for_reader
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.queries import language_of

page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@door(rules.ASK)
@page_and_form
def ask(request: Request, workshop: Workshop, number: int) -> HttpResponse:
    """The words for each side, to change before they go out; then the first side is asked."""
    found = queries.move(workshop, number, today=timezone.localdate())
    row = get_object_or_404(Move.objects.select_related("workshop"), pk=number, workshop=workshop)
    if found is None or found.state == rules.MoveState.REFUSED:
        raise Http404
    by = request.user if isinstance(request.user, Account) else None
    with override(language_of(workshop)):
        signed = _("Groet, %(name)s") % {"name": signs_as(workshop, by)}
    sides = [
        (party.name, f"{words}\n\n{signed}", representatives(party, allowing=people.ALLOWING).count())
        for party, (_name, words) in zip(people.sides_of(row), found.letter_to, strict=True)
    ]
    form = AskForm(request.POST if request.method == "POST" else None, sides=sides)
    if form.is_bound and form.is_valid():
        now = timezone.now()
        try:
            begin_asking(row, wordings=form.wordings(), by=by, at=now, today=timezone.localdate(now))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            first = _("De eerste kant wordt nu gevraagd. De andere kant pas na een ja.")
            messages.success(request, _("De vraag gaat nu naar hen toe.") if found.is_joining else first)
            return redirect("defrag:asked", workshop.key)
    context = {"place": PLACE, "trail": trail(workshop), "move": found, "form": form}
    return render(request, "defrag/ask.html", context, status=422 if form.errors else 200)


@door(rules.ASK)
def asked(request: Request, workshop: Workshop) -> HttpResponse:
    """The moves that people were asked about: how far each is, and never who said what."""
    return _asked(request, workshop, MetForm(initial={"on": timezone.localdate()}))


@door(rules.ASK)
@require_safe
def outcomes(request: Request, workshop: Workshop) -> HttpResponse:
    """What was expected of every move, and what came, a page at a time."""
    page = Paginator(Outcomes(workshop), PER_PAGE).get_page(request.GET.get("bladzijde"))
    way = [*trail(workshop), (reverse("defrag:asked", args=[workshop.key]), _("Zetten met mensen"))]
    return render(
        request, "defrag/outcomes.html", {"place": PLACE, "trail": way, "page": page, "tally": tally(workshop)}
    )


@door(rules.ASK)
@require_http_methods(["POST"])
def met(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Two sides that said yes got to know each other, on a day."""
    row = get_object_or_404(Asking, key=key, move__workshop=workshop)
    form = MetForm(request.POST)
    if not form.is_valid():
        return _asked(request, workshop, form, status=422)
    try:
        note_met(row, on=form.cleaned_data["on"], today=timezone.localdate())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Mooi. Over vier weken vragen we elke kant één keer of het hielp."))
    return redirect("defrag:asked", workshop.key)


@door(rules.ASK)
@never_cache
@page_and_form
def cards(request: Request, workshop: Workshop) -> HttpResponse:
    """Cards for who has no mail, to print and to cut. Their codes are told this once."""
    chosen = people.cards(workshop)
    context = {"place": PLACE, "trail": trail(workshop), "lines": chosen}
    if request.method != "POST":
        return render(request, "neighbourhoods/cards.html", context)
    again = request.POST.get("side", "")
    keys = [again] if again else [line.key for line in chosen if not line.is_made]
    made = [card for key in keys if (card := _card(workshop, key)) is not None]
    if not made:
        messages.error(request, _("Er is nu geen kaart om te maken. Misschien deed een collega het net."))
        return redirect("defrag:cards", workshop.key)
    return render(request, "neighbourhoods/cards.html", {**context, "made": made})


def _card(workshop: Workshop, key: str) -> Card | None:
    side = people.side_by_key(workshop, key)
    try:
        digits = make_card(side, at=timezone.now()) if side else ""
    except Refusal:
        return None
    if side is None:
        return None
    address = settings.SITE + reverse("defrag:answer", args=[workshop.key, digits.replace(" ", "")])
    words = for_reader(side.words, side.party.stays.name)
    if side.asking.stage == rules.Stage.MET:
        with override(language_of(workshop)):
            words = _("Jullie maakten kennis. Hielp het? We vragen het één keer.")
            if issue := people.joined_issue(side.asking.move):
                words = _("Jullie praatten mee over “%(issue)s”. Hielp het? We vragen het één keer.") % {"issue": issue}
    square = qr(address, words=_("Vierkantje met dezelfde link, om met een telefoon te openen"))
    shown = (settings.SITE + reverse("defrag:enter", args=[workshop.key])).partition("//")[2]
    return Card(side.party.stays.name, words, digits, shown, square)


def _asked(request: Request, workshop: Workshop, form: MetForm, *, status: int = 200) -> HttpResponse:
    found = people.askings(workshop)
    by_stage = {stage.value: [line for line in found if line.stage == stage] for stage in rules.Stage}
    context = {
        "place": PLACE,
        "trail": trail(workshop),
        "found": found,
        "by_stage": by_stage,
        "form": form,
        "cards": sum(1 for line in people.cards(workshop) if not line.is_made),
        "answer_days": ANSWER_DAYS,
    }
    return render(request, "defrag/asked.html", context, status=status)
