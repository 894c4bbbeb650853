"""The receipt, opened with its code, and what its holder can do; and hand-overs."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.asks import actions as asks
from werkplaats.asks.models import Reply, Voice
from werkplaats.asks.rules import Fit
from werkplaats.kit.doors import door
from werkplaats.kit.once import once
from werkplaats.kit.refusal import Refusal
from werkplaats.promises import actions as promises
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import Giver, GiverKind, Word
from werkplaats.threads import actions, queries, rules
from werkplaats.threads.forms import (
    CodeForm,
    FitForm,
    HandOverForm,
    MailForm,
    RewardForm,
    VerdictForm,
    WordsForm,
)
from werkplaats.threads.views import receipts
from werkplaats.workshops.models import Workshop

Act = Callable[[Voice, dict[str, Any]], str]


@door(rules.OPEN_RECEIPT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: Request, workshop: Workshop) -> HttpResponse:
    """Asks for a code, and shows the receipt that it opens: how it stands with a voice, and never its words."""
    now = timezone.now()
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            receipts.open_with_code(request, workshop, digits=form.cleaned_data["code"], at=now)
        except Refusal as refusal:
            form.add_error("code", refusal.sentence)
        else:
            return redirect("threads:receipt", workshop.key)
    key = receipts.opened(request, workshop, at=now)
    if key is None or form.is_bound:
        return render(request, "threads/enter.html", {"place": "takepart", "form": form})
    record = queries.receipt(workshop, key, today=timezone.localdate(now))
    if record is None:
        return render(request, "threads/not_typed_in.html", {"place": "takepart"})
    context = {"place": "takepart", "receipt": record, "story": record.story, "verdict_form": VerdictForm()}
    return render(request, "threads/receipt.html", context)


@door(rules.OPEN_RECEIPT)
@require_POST
def close(request: Request, workshop: Workshop) -> HttpResponse:
    """Closes the receipt on this device."""
    receipts.close(request, workshop)
    messages.success(request, _("Je bonnetje is hier dicht. Met je code open je het weer."))
    return redirect("threads:receipt", workshop.key)


@door(rules.OPEN_RECEIPT)
@require_POST
def fit(request: Request, workshop: Workshop) -> HttpResponse:
    """The word of the giver on an answer."""

    def act(voice: Voice, said: dict[str, Any]) -> str:
        word = Fit(said["fit"])
        row = asks.fit(voice, reply=_reply(voice, said["reply"]), fit=word, at=timezone.now())
        if word is Fit.FITS:
            return _("Dank je wel. We weten nu dat dit antwoord past.")
        if row.reopened and row.state == "waiting":
            return _("Je vraag staat weer open. Iemand kijkt er opnieuw naar.")
        return _("We schreven het op: dit antwoord past niet. Dat blijft er zo staan.")

    return _do(request, workshop, FitForm(request.POST), act)


@door(rules.OPEN_RECEIPT)
@require_POST
def dispute(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The giver says that their voice does not belong to the others of one answer."""

    def act(voice: Voice, _said: dict[str, Any]) -> str:
        asks.dispute(voice, reply=_reply(voice, key), at=timezone.now())
        return _("Je vraag hoort niet bij de andere, zeg je. Ze wacht nu op een antwoord voor jou alleen.")

    return _do(request, workshop, forms.Form(request.POST), act)


@door(rules.OPEN_RECEIPT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_words(request: Request, workshop: Workshop) -> HttpResponse:
    """Something beside what was told earlier."""

    def act(voice: Voice, said: dict[str, Any]) -> str:
        asks.add_words(voice, text=said["text"])
        return _("Het staat erbij. Wat je eerder vertelde, is niet veranderd.")

    return _page(request, workshop, WordsForm(request.POST or None), act, "threads/add_words.html")


@door(rules.OPEN_RECEIPT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_me(request: Request, workshop: Workshop) -> HttpResponse:
    """Where the giver wants to hear of news."""

    def act(voice: Voice, said: dict[str, Any]) -> str:
        asks.tell_me(voice, contact=said["address"], at=timezone.now())
        return _("Kijk in je mail en zeg daar ja. Dan hoor je het als er iets gebeurt.")

    return _page(request, workshop, MailForm(request.POST or None), act, "threads/mail_me.html")


@door(rules.OPEN_RECEIPT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, workshop: Workshop) -> HttpResponse:
    """Asks once more, and takes a voice away: its words are gone, its code opens nothing."""

    def act(voice: Voice, _said: dict[str, Any]) -> str:
        asks.withdraw(voice, at=timezone.now())
        receipts.close(request, workshop)
        return _("Je verhaal is weggehaald. Alleen het aantal blijft staan. Je code werkt niet meer.")

    form = forms.Form(request.POST if request.method == "POST" else None)
    return _page(request, workshop, form, act, "threads/withdraw.html")


@door(rules.OPEN_RECEIPT)
@require_POST
def reward(request: Request, workshop: Workshop) -> HttpResponse:
    """Whether what was promised for giving came."""

    def act(voice: Voice, said: dict[str, Any]) -> str:
        asks.note_reward(voice, came=said["came"] == "ja")
        return _("Opgeschreven. De werkplaats kan dit zien.")

    return _do(request, workshop, RewardForm(request.POST), act)


@door(rules.OPEN_RECEIPT)
@require_POST
def verdict(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The word of the giver on a promise that came from their voice."""

    def act(voice: Voice, said: dict[str, Any]) -> str:
        promise = Promise.objects.filter(workshop=workshop, key=key).first()
        if promise is None:
            raise Http404
        by = Giver(GiverKind.RECEIPT, voice.key)
        promises.receiver_verdict(promise, by=by, word=Word(said["word"]), at=timezone.now())
        return _("Je oordeel staat erbij, zonder je naam en zonder je code.")

    return _do(request, workshop, VerdictForm(request.POST), act)


@door(rules.READ)
@require_safe
def hand_overs(request: Request, workshop: Workshop) -> HttpResponse:
    """What people who left handed over, and what was left open, for everybody to see."""
    context = {
        "place": "promises",
        "records": queries.hand_overs(workshop),
        "may_hand_over": may(request.who, rules.HAND_OVER, workshop),
    }
    return render(request, "threads/hand_overs.html", context)


@door(rules.READ)
@require_safe
def hand_over(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """One hand-over: what went where, and what was left open."""
    record = next(iter(queries.hand_overs(workshop, key=key)), None)
    if record is None:
        raise Http404
    trail = [(reverse("threads:hand_overs", args=[workshop.key]), _("Overdrachten"))]
    return render(request, "threads/hand_over.html", {"place": "promises", "record": record, "trail": trail})


@door(rules.HAND_OVER)
@require_http_methods(["GET", "HEAD", "POST"])
def make_hand_over(request: Request, workshop: Workshop) -> HttpResponse:
    """First looks what is open of who leaves, then says where it goes."""
    form = HandOverForm(request.POST or None, workshop=workshop)
    items = None
    if form.is_valid():
        said = form.cleaned_data
        word = said.pop("once")
        items = queries.left_behind(
            workshop, leaver=said["leaver"], function=said["function"], today=timezone.localdate()
        )
        if "look" not in request.POST:
            try:
                made = actions.hand_over(workshop, **said, at=timezone.now(), key=once(word, said))
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
            else:
                return redirect("threads:hand_over", workshop.key, made.key)
    trail = [(reverse("threads:hand_overs", args=[workshop.key]), _("Overdrachten"))]
    context = {"place": "promises", "form": form, "items": items, "trail": trail}
    return render(request, "threads/make_hand_over.html", context)


def _page(request: Request, workshop: Workshop, form: forms.Form, act: Act, template: str) -> HttpResponse:
    """A page of its own for one act with the open receipt; without an open one, the code is asked first."""
    if receipts.opened(request, workshop, at=timezone.now()) is None:
        return redirect("threads:receipt", workshop.key)
    if request.method == "POST" and form.is_valid():
        return _do(request, workshop, form, act)
    trail = [(reverse("threads:receipt", args=[workshop.key]), _("Je bonnetje"))]
    return render(request, template, {"place": "takepart", "form": form, "trail": trail})


def _do(request: Request, workshop: Workshop, form: forms.Form, act: Act) -> HttpResponse:
    """Does one thing with the voice whose receipt is open here, and goes back to the receipt."""
    key = receipts.opened(request, workshop, at=timezone.now())
    voice = Voice.objects.filter(workshop=workshop, key=key).first() if key else None
    if voice is not None and form.is_valid():
        try:
            messages.success(request, act(voice, form.cleaned_data))
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
    elif voice is not None:
        messages.error(request, _("Dat kwam niet goed over. Er is niets veranderd. Probeer het nog eens."))
    return redirect("threads:receipt", workshop.key)


def _reply(voice: Voice, key: str) -> Reply:
    reply = Reply.objects.filter(workshop=voice.workshop_id, key=key, voices__voice=voice).first()
    if reply is None:
        raise Http404
    return reply
