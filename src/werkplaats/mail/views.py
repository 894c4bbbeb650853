"""Choices of a reader, behind the token of their mails; asking to be told; letters for people without mail."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkplaats.accounts.models import Account
from werkplaats.accounts.queries import address_of
from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.kit.tries import Limit
from werkplaats.mail import actions, queries, rules
from werkplaats.mail.forms import ChoicesForm, FollowForm, HandOverForm, PaperForm
from werkplaats.mail.models import Follow, Reader
from werkplaats.mail.records import KIND_WORDS, ReaderRecord
from werkplaats.mail.refusals import TooManyWishes
from werkplaats.mail.rules import Kind
from werkplaats.workshops.models import Workshop

WISHES = Limit("mail.follow", most=20, seconds=60 * 60)
EVERYTHING = "alles"
STILL_SENDING = timedelta(minutes=10)
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@door(rules.CHOOSE)
@page_and_form
def choices(request: Request, workshop: Workshop, token: str) -> HttpResponse:
    """How often somebody hears from us, per kind, and what they follow."""
    reader = _reader(workshop, token)
    form = ChoicesForm(request.POST if request.method == "POST" else None, reader=reader)
    if form.is_valid():
        row = Reader.objects.select_related("workshop").get(pk=reader.pk)
        for kind, pace in form.chosen().items():
            actions.choose(row, kind=kind, pace=pace, at=timezone.now())
        messages.success(request, _("Zo doen we het voortaan. Niemand anders verandert dit."))
        return redirect("mail:choices", workshop.key, token)
    return _private(render(request, "mail/choices.html", {"reader": reader, "form": form}))


# A mail program that stops a list for its reader has no cookie of ours; the token in the address is the proof.
@csrf_exempt
@door(rules.CHOOSE)
@page_and_form
def unsubscribe(request: Request, workshop: Workshop, token: str, kind: str) -> HttpResponse:
    """Stops one kind, or everything, with one press. Opening the page alone stops nothing: mail scanners open every link."""
    reader = _reader(workshop, token)
    if kind != EVERYTHING and kind not in set(Kind):
        raise Http404
    words = _("alle mails van ons") if kind == EVERYTHING else KIND_WORDS[Kind(kind)]
    is_done = request.method == "POST"
    if is_done:
        actions.unsubscribe(reader.token, "" if kind == EVERYTHING else kind, at=timezone.now())
    return _private(render(request, "mail/unsubscribe.html", {"reader": reader, "words": words, "is_done": is_done}))


@door(rules.CHOOSE)
@page_and_form
def confirm(request: Request, workshop: Workshop, token: str, follow: int) -> HttpResponse:
    """Yes, this address is mine and I want to hear of this."""
    reader = _reader(workshop, token)
    row = get_object_or_404(Follow, pk=follow, reader_id=reader.pk)
    if request.method == "POST":
        actions.confirm_follow(row, at=timezone.now())
        messages.success(request, _("Je hoort het zodra er iets gebeurt."))
        return redirect("mail:choices", workshop.key, token)
    return _private(render(request, "mail/confirm.html", {"reader": reader, "follow": row}))


@door(rules.CHOOSE)
@require_POST
def unfollow(request: Request, workshop: Workshop, token: str, follow: int) -> HttpResponse:
    """No more of this one thing; pressing twice changes nothing."""
    row = Follow.objects.filter(pk=follow, reader_id=_reader(workshop, token).pk).first()
    if row:
        actions.unfollow(row)
        messages.success(request, _("Hierover hoor je niets meer: %(title)s.") % {"title": row.title})
    return redirect("mail:choices", workshop.key, token)


@door(rules.FOLLOW)
@page_and_form
def follow(request: Request, workshop: Workshop) -> HttpResponse:
    """Asks to be told about a thing. The answer is the same whether or not we know the address."""
    signed = request.POST.get("wat") or request.GET.get("wat", "")
    thing, title, url = _wanted(workshop, signed)
    own = _own_address(request)
    form = FollowForm(request.POST if request.method == "POST" else None, initial={"address": own})
    if form.is_valid():
        given = form.cleaned_data["address"].lower()
        try:
            _count_wish(request)
            actions.follow(
                workshop,
                thing=thing,
                title=title,
                url=url,
                to=given,
                at=timezone.now(),
                is_confirmed=given == own,
                language=get_language() or "nl",
            )
        except Refusal as refusal:
            form.add_error("address", refusal.sentence)
        else:
            return render(request, "mail/followed.html", {"title": title, "url": url, "is_own": given == own})
    context = {"title": title, "url": url, "wat": signed, "form": form}
    context["may_hand_out"] = may(request.who, rules.HAND_OUT, workshop)
    return render(request, "mail/follow.html", context)


@door(rules.HAND_OUT)
@page_and_form
def follow_on_paper(request: Request, workshop: Workshop) -> HttpResponse:
    """Notes, with somebody without mail beside you, that they want letters about a thing."""
    signed = request.POST.get("wat") or request.GET.get("wat", "")
    thing, title, url = _wanted(workshop, signed)
    form = PaperForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reader = actions.reader_on_paper(workshop, form.cleaned_data["name"])
        actions.follow(workshop, thing=thing, title=title, url=url, to=reader, at=timezone.now(), is_confirmed=True)
        messages.success(
            request, _("Als er iets gebeurt, ligt er een brief klaar voor %(name)s.") % {"name": reader.paper_name}
        )
        return redirect("mail:on_paper", workshop.key)
    return render(request, "mail/follow_on_paper.html", {"title": title, "url": url, "wat": signed, "form": form})


@door(rules.MINE)
@require_safe
def mine(request: Request, workshop: Workshop) -> HttpResponse:
    """The choices of who is signed in."""
    reader = actions.reader_at(workshop, _own_address(request), language=get_language() or "nl")
    return redirect("mail:choices", workshop.key, reader.token)


@door(rules.HAND_OUT)
@page_and_form
def on_paper(request: Request, workshop: Workshop) -> HttpResponse:
    """What waits for people without mail, to print and hand over."""
    form = HandOverForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reader = get_object_or_404(Reader, pk=form.cleaned_data["reader"], workshop=workshop)
        actions.hand_over(reader, up_to=form.cleaned_data["up_to"], at=timezone.now())
        messages.success(request, _("Afgegeven aan %(name)s.") % {"name": reader.paper_name})
        return redirect("mail:on_paper", workshop.key)
    context = {
        "place": "today",
        "letters": queries.on_paper(workshop),
        "unsure": queries.unsure(workshop, before=timezone.now() - STILL_SENDING),
    }
    return render(request, "mail/on_paper.html", context)


def _wanted(workshop: Workshop, signed: str) -> tuple[str, str, str]:
    wanted = queries.what_to_follow(workshop, signed)
    if wanted is None:
        raise Http404
    return wanted


def _reader(workshop: Workshop, token: str) -> ReaderRecord:
    reader = queries.reader_record(workshop, token=token)
    if reader is None:
        raise Http404
    return reader


def _own_address(request: Request) -> str:
    """The proven mail address of who is signed in; empty for who is not."""
    mine = request.who.account_id
    return Account.objects.values_list("email", flat=True).get(pk=mine) if mine else ""


def _count_wish(request: Request) -> None:
    where, now = address_of(request), timezone.now()
    if WISHES.is_reached(where, at=now):
        raise TooManyWishes
    WISHES.count(where, at=now)


def _private(answer: HttpResponse) -> HttpResponse:
    """A page behind a token is not kept by a shared computer, nor listed by a search engine."""
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
