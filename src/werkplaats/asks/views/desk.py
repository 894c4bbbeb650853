from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.asks import actions, queries, rules
from werkplaats.asks.forms import GiveBackForm, LookForm, ReplyForm
from werkplaats.asks.models import GiveBack, Voice
from werkplaats.asks.views.shown import data, do, page, record_of, row_for, shown_or_done, trail
from werkplaats.issues.models import Issue
from werkplaats.issues.rules import State as IssueState
from werkplaats.kit.doors import door
from werkplaats.workshops.models import Workshop

page_and_form = require_http_methods(["GET", "HEAD", "POST"])
_LOOKED_AT_ONCE = 10


@door(rules.LOOK)
@never_cache
@require_safe
def desk(request: Request, workshop: Workshop) -> HttpResponse:
    """The voices that may go out once a human looked, with the words marked that could tell who somebody is."""
    lines = queries.to_look_at(workshop, today=timezone.localdate(), limit=_LOOKED_AT_ONCE)
    context = {
        "place": "takepart",
        "trail": trail(workshop),
        "lines": [(line, LookForm(initial={"shared_text": line.covered}, auto_id=f"{line.key}-%s")) for line in lines],
        "standing": queries.standing_of_desk(workshop),
        "issues": list(Issue.objects.filter(workshop=workshop, state=IssueState.ACCEPTED).values_list("key", "name")),
    }
    return render(request, "asks/desk.html", context)


@door(rules.LOOK)
@require_POST
def look(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Lets words go out, keeps them in, or hides a voice with a reason; and says to which issue it belongs."""
    row = get_object_or_404(Voice, workshop=workshop, key=key)
    form = LookForm(request.POST)
    issue = Issue.objects.filter(
        workshop=workshop, state=IssueState.ACCEPTED, key=request.POST.get("issue", "")
    ).first()

    def act() -> str:
        said = form.cleaned_data if form.is_valid() else {}
        if issue:
            actions.belongs_to_issues(row, issues=[issue])
        if request.POST.get("then") == "hide":
            actions.hide(row, reason=said.get("reason", ""), at=timezone.now(), by=request.who.account_id)
            return _("Verborgen. Wie het vertelde, leest de reden op het bonnetje.")
        shared = said.get("shared_text", "") if request.POST.get("then") == "share" else ""
        actions.look(row, shared_text=shared, at=timezone.now(), by=request.who.account_id)
        return _("Deze woorden mogen naar buiten.") if shared else _("Gezien. Er gaat niets van naar buiten.")

    return do(request, act, back=reverse("asks:desk", args=[workshop.key]))


@door(rules.REPLY)
@never_cache
@page_and_form
def reply(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Answers those who wait: one, or several that a human puts together; or names the day to come back to them."""
    row = row_for(request, workshop, key, rules.REPLY)
    today = timezone.localdate()
    lines = queries.to_reply(row, today=today, within=may(request.who, rules.LOOK, row))
    parties = queries.askers(workshop, request.who)
    form = ReplyForm(
        data(request),
        choices=[(line.key, line.text) for line in lines],
        parties=parties,
        today=today,
        initial={"party": row.asker_id},
    )

    def act(said: dict[str, Any]) -> str:
        chosen = Voice.objects.filter(ask=row, key__in=said["voices"])
        if said["come_back_on"]:
            told = [actions.come_back(one, on=said["come_back_on"], today=today, by=said["party"]) for one in chosen]
            sentence = ngettext(
                "%(count)d mens ziet nu wanneer je terugkomt.",
                "%(count)d mensen zien nu wanneer je terugkomt.",
                len(told),
            )
            messages.success(request, sentence % {"count": len(told)})
        else:
            made = actions.reply(row, voices=chosen, party=said["party"], text=said["text"], at=timezone.now())
            count = made.voices.count()
            sentence = ngettext(
                "Je antwoord ligt klaar voor %(count)d mens.", "Je antwoord ligt klaar voor %(count)d mensen.", count
            )
            messages.success(request, sentence % {"count": count})
        return reverse("asks:reply", args=[workshop.key, key])

    context = {
        "trail": trail(workshop, row),
        "ask": record_of(workshop, key),
        "boxes": list(zip(form["voices"], lines, strict=True)),
        "within": may(request.who, rules.LOOK, row),
    }
    return shown_or_done(request, form, "asks/reply.html", act, context)


@door(rules.REPLY)
@page_and_form
def give_back(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """What came of it, for everybody who gave."""
    row = row_for(request, workshop, key, rules.REPLY)
    form = GiveBackForm(data(request), parties=queries.askers(workshop, request.who), initial={"party": row.asker_id})

    def act(said: dict[str, Any]) -> str:
        made = actions.give_back(row, text=said["text"], party=said["party"], at=timezone.now())
        messages.success(request, _("Het staat bij de vraag. Hang het ook op: dit blad kun je afdrukken."))
        return reverse("asks:notice", args=[workshop.key, key, made.key])

    return shown_or_done(
        request, form, "asks/give_back.html", act, {"trail": trail(workshop, row), "ask": record_of(workshop, key)}
    )


@door(rules.READ)
@require_safe
def notice(request: Request, workshop: Workshop, key: str, number: str) -> HttpResponse:
    """A give-back as a sheet for a notice board."""
    row = row_for(request, workshop, key, rules.READ)
    made = get_object_or_404(GiveBack.objects.select_related("party__canonical"), ask=row, key=number)
    context = {
        "place": "takepart",
        "trail": trail(workshop, row),
        "ask": record_of(workshop, key),
        "given": made,
        "party": made.party.canonical or made.party,
        "back": page(workshop, key),
    }
    return render(request, "asks/notice.html", context)
