from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from werkplaats.accounts.records import Request
from werkplaats.asks.models import Ask
from werkplaats.asks.queries import askers
from werkplaats.conversations import actions, queries, rules
from werkplaats.conversations.forms import GiveBackForm, LinesForm, LookForm, MakeForm
from werkplaats.conversations.models import Conversation, Statement
from werkplaats.conversations.refusals import NoSuchStatement
from werkplaats.conversations.views.shown import PLACE, data, do, page, row_for, shown_or_done, trail
from werkplaats.kit.doors import door
from werkplaats.workshops.models import Workshop

page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@door(rules.START)
@page_and_form
def new(request: Request, workshop: Workshop) -> HttpResponse:
    """A conversation at an ask: first which, then its statements, from what was said already or from nothing."""
    mine = queries.asks_without(workshop, request.who)
    asked = request.GET.get("uitvraag", "")
    ask = next((one for one in mine if one.key == asked), None)
    if ask is None:
        context = {"place": PLACE, "trail": trail(workshop), "asks": mine}
        return render(request, "conversations/choose.html", context)
    form = MakeForm(data(request), material=queries.material(ask.issue))
    return shown_or_done(
        request, form, "conversations/new.html", _maker(request, ask), {"trail": trail(workshop), "ask": ask}
    )


def _maker(request: Request, ask: Ask) -> Any:
    def act(said: dict[str, Any]) -> str:
        made = actions.begin_conversation(ask, at=timezone.now(), issue=ask.issue, **said)
        messages.success(request, _("Het gesprek staat er. Het gaat open als de uitvraag open is."))
        return page(made)

    return act


@door(rules.MODERATE)
@never_cache
@page_and_form
def statements(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """The desk: what participants gave and waits for a look, and what the host adds."""
    row = row_for(request, workshop, key, rules.MODERATE)

    def act(said: dict[str, Any]) -> str:
        made = actions.add_statements(row, text=said["text"], at=timezone.now())
        told = ngettext("%(count)d stelling erbij.", "%(count)d stellingen erbij.", len(made))
        messages.success(request, told % {"count": len(made)})
        return page(row, "statements")

    lines = queries.statements(row)
    context = {
        "trail": trail(workshop, row),
        "conversation": row,
        "waiting": [line for line in lines if line.state is rules.State.WAITING],
        "accepted": [line for line in lines if line.state is rules.State.ACCEPTED],
        "refused": [line for line in lines if line.state is rules.State.REFUSED],
    }
    return shown_or_done(request, LinesForm(data(request)), "conversations/statements.html", act, context)


@door(rules.MODERATE)
@require_POST
def look(request: Request, workshop: Workshop, key: str, number: int) -> HttpResponse:
    """A human looked at one statement: it takes part, or it does not and why."""
    row = row_for(request, workshop, key, rules.MODERATE)
    one = get_object_or_404(Statement, conversation=row, number=number)
    form = LookForm(request.POST)

    def act() -> str:
        if not form.is_valid():
            raise NoSuchStatement
        told, now = form.cleaned_data, timezone.now()
        if told["then"] == "accept":
            actions.accept(one, at=now, by=request.who.account_id)
            return _("De stelling doet mee.")
        actions.refuse(one, reason=told["reason"], at=now, by=request.who.account_id)
        return _("De stelling doet niet mee. Wie haar gaf, leest waarom.")

    return do(request, act, back=page(row, "statements"))


@door(rules.GIVE_BACK)
@page_and_form
def give_back(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """What came out, for everybody who took part: it stands at the ask, and with who follows it."""
    row = row_for(request, workshop, key, rules.GIVE_BACK)
    initial = {"text": _draft(row), "party": row.ask.asker.stays.key if row.ask.asker else ""}
    form = GiveBackForm(data(request), parties=askers(workshop, request.who), initial=initial)

    def act(said: dict[str, Any]) -> str:
        actions.give_results_back(row, text=said["text"], party=said["party"], at=timezone.now())
        messages.success(request, _("Het staat bij de uitvraag. Wie meedeed, leest het bij “Mijn antwoorden”."))
        return page(row)

    context = {"trail": trail(workshop, row), "conversation": row}
    return shown_or_done(request, form, "conversations/give_back.html", act, context)


def _draft(row: Conversation) -> str:
    """A beginning in words, from what is shown: what is shared first."""
    found = queries.results(row, small=row.workshop.small_number)
    if found is None:
        return ""
    told = ngettext("%(count)d mens deed mee.", "%(count)d mensen deden mee.", found.people) % {"count": found.people}
    shared = [f"- {one.text}" for one in found.common_ground]
    divided = [f"- {one.text}" for one in found.divides]
    blocks = [told]
    blocks += ["\n".join([_("Hier zijn alle groepen het over eens:"), *shared])] if shared else []
    blocks += ["\n".join([_("Hierover verschillen mensen:"), *divided])] if divided else []
    return "\n\n".join(blocks)
