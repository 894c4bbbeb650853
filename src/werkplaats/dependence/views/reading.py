"""The doors of who depends on whom: the whole for coordinators, its own for a party."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.dependence import pictures, rules
from werkplaats.dependence.queries import people, waiting
from werkplaats.dependence.queries.situation import situation
from werkplaats.dependence.views import PLACE, trail
from werkplaats.kit.doors import door
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.queries.people import parties_of
from werkplaats.workshops.models import Workshop

PER_PAGE = 40


@door(rules.READ_ALL)
@require_safe
def overview(request: Request, workshop: Workshop) -> HttpResponse:
    """Who waits for whom in the whole neighbourhood."""
    shown = waiting.overview(situation(workshop, today=timezone.localdate()))
    page = Paginator(shown.lines, PER_PAGE).get_page(request.GET.get("bladzijde"))
    context = {"place": PLACE, "trail": trail(workshop), "shown": shown, "page": page}
    return render(request, "dependence/overview.html", context)


@door(rules.READ_MINE)
@require_safe
def mine(request: Request, workshop: Workshop) -> HttpResponse:
    """Leads to the page of the party that one speaks for; with several, one chooses."""
    parties = parties_of(request.who, workshop=workshop)
    if len(parties) == 1:
        return redirect("dependence:party", workshop.key, parties[0].key)
    return render(request, "dependence/mine.html", {"place": PLACE, "trail": trail(workshop), "parties": parties})


@door(rules.READ_OWN)
@require_safe
def party(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Who waits for one party, for whom it waits, and what falls if it stops: for its own eyes, and the coordinator's."""
    row = _party(request, workshop, key)
    if isinstance(row, HttpResponse):
        return row
    if row.key != key:
        return redirect("dependence:party", workshop.key, row.key)
    now = situation(workshop, today=timezone.localdate())
    page = waiting.party_page(now, row.pk)
    is_own = row.belongs_to(request.who)
    context = {
        "place": PLACE,
        "trail": [*trail(workshop), (reverse("pages:party", args=[workshop.key, row.key]), row.name)],
        "page": page,
        "rows": pictures.rows(page.between),
        "asked": people.asked_of(workshop, [row], today=timezone.localdate()) if is_own else (),
    }
    return render(request, "dependence/party.html", context)


@door(rules.READ_OWN)
@require_safe
def two(request: Request, workshop: Workshop, key: str, other: str) -> HttpResponse:
    """What two parties are for each other: for both of them, and the coordinator."""
    row = _party(request, workshop, key, other)
    if isinstance(row, HttpResponse):
        return row
    they = Party.objects.filter(workshop=workshop, key=other).select_related("canonical").first()
    if they is None or they.stays.pk == row.pk:
        raise Http404
    now = situation(workshop, today=timezone.localdate())
    context = {
        "place": PLACE,
        "trail": [*trail(workshop), (reverse("dependence:party", args=[workshop.key, row.key]), row.name)],
        "page": waiting.two(now, row.pk, they.stays.pk),
        "party": row,
        "other": they.stays,
    }
    return render(request, "dependence/two.html", context)


def _party(request: Request, workshop: Workshop, key: str, other: str = "") -> Party | HttpResponse:
    """The party, for who speaks for it or for the `other`; else the way to sign in, or a refusal."""
    if request.who.account_id is None:
        return redirect(f"{reverse('account_request_login_code')}?next={request.path}")
    found = Party.objects.filter(workshop=workshop, key=key).select_related("canonical").first()
    if found is None:
        raise Http404
    ends = Party.objects.filter(workshop=workshop, key__in=(key, other)).select_related("canonical")
    if not any(may(request.who, rules.READ_OWN, end.stays) for end in ends):
        raise PermissionDenied
    return found.stays
