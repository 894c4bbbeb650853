"""The doors of needs and offers: read by everybody, posted by whose they are or by who types in for them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkplaats.accounts.actions import put_person
from werkplaats.accounts.models import Account, Person
from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.consent.actions import put_consent
from werkplaats.consent.rules import Channel, Purpose
from werkplaats.kit.doors import door
from werkplaats.kit.downloads import Cell, csv_answer
from werkplaats.kit.once import once
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods.actions import needs as actions
from werkplaats.neighbourhoods.analysis import language_of
from werkplaats.neighbourhoods.forms import MYSELF, HideForm, NeedFilter, NeedForm
from werkplaats.neighbourhoods.models import Need, Party
from werkplaats.neighbourhoods.queries import posted as queries
from werkplaats.neighbourhoods.queries.people import parties_of
from werkplaats.neighbourhoods.records.needs import LANGUAGE_WORDS, OWN_WORDING, NeedRow
from werkplaats.neighbourhoods.rules import NeedKind
from werkplaats.neighbourhoods.rules.needs import (
    END_NEED,
    HIDE_NEED,
    OWN,
    POST_FOR_OTHERS,
    POST_NEED,
    READ_NEEDS,
    Ending,
)
from werkplaats.neighbourhoods.views import PLACE
from werkplaats.workshops.models import Area, Theme, Workshop

PER_PAGE = 40


def _trail(workshop: Workshop, *, deep: bool = False) -> list[tuple[str, str]]:
    way = [(reverse("pages:neighbourhood", args=[workshop.key]), _("De wijk"))]
    return [*way, (reverse("neighbourhoods:needs", args=[workshop.key]), _("Vraag en aanbod"))] if deep else way


@door(READ_NEEDS)
@require_safe
def needs(request: Request, workshop: Workshop) -> HttpResponse:
    """What is asked and offered in the neighbourhood; the filters stand in the address."""
    form = _filter(request, workshop)
    filters = form.chosen()
    found = queries.with_ends(queries.found(workshop, filters, who=request.who, today=timezone.localdate()))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("bladzijde"))
    context = {
        "place": PLACE,
        "trail": _trail(workshop),
        "form": form,
        "page": page,
        "rows": queries.rows_of(list(page), workshop=workshop, today=timezone.localdate()),
        "is_filtered": filters.any,
        "may_hide": may(request.who, HIDE_NEED, workshop),
    }
    return render(request, "neighbourhoods/needs.html", context)


@door(READ_NEEDS)
@require_safe
def needs_csv(request: Request, workshop: Workshop) -> HttpResponse:
    """What the list shows, with the same filters, as a file."""
    today = timezone.localdate()
    found = queries.found(workshop, _filter(request, workshop).chosen(), who=request.who, today=today)
    header = ("key", "kind", "text", "language", "party", "theme", "area", "since", "until", "state")
    rows = map(_cells, queries.rows_of(found, workshop=workshop, today=today))
    return csv_answer("vragen-en-aanbod.csv", header, rows)


@door(READ_NEEDS)
@require_safe
def need(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """One need or offer, with what its reader may do to it."""
    page = queries.need_page(workshop, key, who=request.who, today=timezone.localdate())
    if page is None:
        raise Http404
    context = {"place": PLACE, "trail": _trail(workshop, deep=True), "page": page, "form": HideForm()}
    return render(request, "neighbourhoods/need.html", context)


@door(POST_NEED)
@require_http_methods(["GET", "HEAD", "POST"])
def post_need(request: Request, workshop: Workshop) -> HttpResponse:
    """Asks or offers something: for one's own party, for oneself, or typed in for another party."""
    parties = _parties(request, workshop)
    person = queries.person_of(request.who, workshop=workshop)
    form = NeedForm(
        request.POST if request.method == "POST" else None,
        workshop=workshop,
        parties=parties,
        is_self=True,
        is_known=person is not None and actions.allows(person, workshop=workshop),
        kind=request.GET.get("soort", ""),
    )
    if form.is_bound and form.is_valid():
        try:
            made = _posted(request, workshop, form, parties, person)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Het staat erbij. We zoeken wie erbij past, ook in andere talen."))
            return redirect("neighbourhoods:need", workshop.key, made.key)
    context = {"place": PLACE, "trail": _trail(workshop, deep=True), "form": form}
    return render(request, "neighbourhoods/post_need.html", context, status=422 if form.errors else 200)


@door(END_NEED)
@require_POST
def end_need(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """It is met, taken back, or asked again."""
    row = _need(workshop, key)
    if not may(request.who, END_NEED, row):
        raise PermissionDenied
    act, now = request.POST.get("act", ""), timezone.now()
    if act not in SAID:
        raise BadRequest
    try:
        _ended(row, act, now, timezone.localdate(now))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, SAID[act]())
    return redirect("neighbourhoods:need", workshop.key, key)


@door(HIDE_NEED)
@require_POST
def hide_need(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """A moderator hides it, with a reason, or shows it again."""
    row, now = _need(workshop, key), timezone.now()
    try:
        if request.POST.get("act") == "show":
            actions.show_again(row, at=now)
        else:
            actions.hide_need(row, reason=request.POST.get("reason", "")[:1000], at=now)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Opgeschreven."))
    return redirect("neighbourhoods:need", workshop.key, key)


SAID = {
    "met": lambda: _("Mooi. Het staat niet meer open."),
    "withdrawn": lambda: _("Het is teruggenomen."),
    "again": lambda: _("Het staat weer open."),
}


def _ended(row: Need, act: str, at: datetime, today: date) -> None:
    if act == "again":
        actions.open_again(row, at=at, today=today)
    else:
        actions.end_need(row, ending=Ending(act), at=at, today=today)


def _posted(
    request: Request, workshop: Workshop, form: NeedForm, parties: Sequence[Party], person: Person | None
) -> Need:
    said, now = form.cleaned_data, timezone.now()
    today = timezone.localdate(now)
    account = request.user if isinstance(request.user, Account) else None
    with transaction.atomic():
        of: Party | Person
        if said["party"] == MYSELF:
            of = _myself(request, workshop, said, person, today)
        else:
            of = next(party for party in parties if party.key == said["party"])
        return actions.post_need(
            workshop,
            of=of,
            kind=NeedKind(said["kind"]),
            text=said["text"],
            language=said["language"] or language_of(said["text"], among=_among(workshop)),
            theme=Theme.objects.filter(workshop=workshop, key=said["theme"]).first() if said["theme"] else None,
            area=Area.objects.filter(workshop=workshop, code=said["area"]).first() if said["area"] else None,
            until=said["until"],
            by=account,
            key=once(said["once"], said),
            at=now,
            today=today,
        )


def _myself(request: Request, workshop: Workshop, said: dict[str, object], person: Person | None, on: date) -> Person:
    """The person who asks, kept by their own yes, with the words that were shown."""
    if person is None:
        assert isinstance(request.user, Account)
        key = f"p{request.user.pk}"
        person = put_person(workshop, key=key, name=str(said["name"]).strip(), email=request.user.email)
    wanted = list(OWN) if said.get("agrees") else []
    if said.get("shows_name"):
        wanted.append(Purpose.SHOW_NAME)
    for purpose in wanted:
        put_consent(person, purpose=purpose, wording=str(OWN_WORDING), channel=Channel.WEB, given_on=on)
    return person


def _parties(request: Request, workshop: Workshop) -> Sequence[Party]:
    if may(request.who, POST_FOR_OTHERS, workshop):
        return list(Party.objects.filter(workshop=workshop, canonical=None))
    return parties_of(request.who, workshop=workshop)


def _among(workshop: Workshop) -> list[str]:
    return list(dict.fromkeys([*workshop.languages, *LANGUAGE_WORDS]))


def _filter(request: Request, workshop: Workshop) -> NeedFilter:
    return NeedFilter(
        request.GET,
        workshop=workshop,
        languages=queries.languages_used(workshop),
        may_hide=may(request.who, HIDE_NEED, workshop),
    )


def _need(workshop: Workshop, key: str) -> Need:
    rows = Need.objects.select_related("workshop", "party__canonical", "person", "area")
    return get_object_or_404(rows, workshop=workshop, key=key)


def _cells(row: NeedRow) -> tuple[Cell, ...]:
    day = [one.isoformat() if one else "" for one in (row.since, row.until)]
    party, theme, area = (one.key if one else "" for one in (row.party, row.theme, row.area))
    return row.key, row.kind, row.text, row.language, party, theme, area, *day, row.state
