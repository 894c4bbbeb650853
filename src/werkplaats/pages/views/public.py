"""The composed pages that everybody may read: front page, neighbourhood, party, issue."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from werkplaats.accounts.queries import who_is
from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.issues.records import IssueRecord
from werkplaats.issues.rules import DECIDE
from werkplaats.kit.doors import door
from werkplaats.mail.queries import follow_url
from werkplaats.neighbourhoods.pictures import circle
from werkplaats.neighbourhoods.pictures.marks import SYMBOLS, party_pages
from werkplaats.pages import pictures, queries, rules
from werkplaats.tables.rules import HOLD
from werkplaats.workshops.models import Workshop


@door(rules.READ)
def home(request: Request) -> HttpResponse:
    """The only workshop of this site, or the choice between several."""
    workshops = list(Workshop.objects.all())
    if len(workshops) == 1:
        return redirect(_first_page(request, workshops[0]), workshops[0].key)
    return render(request, "pages/home.html", {"workshops": workshops})


def _first_page(request: Request, workshop: Workshop) -> str:
    """A coordinator starts at Today, and in a workshop where nothing is on record yet at the five questions."""
    if request.who.account_id is None:
        return "pages:start"
    who = who_is(request.who.account_id, workshop=workshop, language=request.who.language)
    if may(who, rules.BEGIN, workshop) and queries.is_new(workshop):
        return "pages:begin"
    return "pages:today" if may(who, rules.TODAY, workshop) else "pages:start"


@door(rules.READ)
def start(request: Request, workshop: Workshop) -> HttpResponse:
    """Who waits, one story from voice to difference, what is due, what changed, and what can be done now."""
    page = queries.start_page(workshop, today=timezone.localdate(), zone=timezone.get_current_timezone())
    picture = pictures.waiting(page.waiting.days) if 0 < page.waiting.count <= rules.SHOWN_DOTS else ""
    return render(request, "pages/start.html", {"place": "start", "page": page, "picture": picture})


@door(rules.READ)
def neighbourhood(request: Request, workshop: Workshop) -> HttpResponse:
    """The entrance to parties, connections, map and library, with what is needed and offered."""
    page = queries.neighbourhood_page(workshop)
    return render(request, "pages/neighbourhood.html", {"place": "neighbourhood", "page": page})


@door(rules.READ)
def party(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """One party. The address of a double leads to the entry that stays."""
    page = queries.party_page(workshop, key, who=request.who, today=timezone.localdate())
    if page is None:
        raise Http404
    if page.party.key != key:
        return redirect("pages:party", workshop.key, page.party.key)
    trail = [
        (reverse("pages:neighbourhood", args=[workshop.key]), _("De wijk")),
        (reverse("neighbourhoods:parties", args=[workshop.key]), _("Partijen")),
    ]
    shown = {
        "place": "neighbourhood",
        "page": page,
        "trail": trail,
        "symbols": SYMBOLS,
        "circle": circle.draw(page.circle, party_pages(workshop.key)) if page.circle else "",
    }
    return render(request, "pages/party.html", shown)


@door(rules.READ)
def issue(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """One issue. A joined one leads on; what is proposed or refused is for who decides about it."""
    page = queries.issue_page(workshop, key, who=request.who, today=timezone.localdate())
    may_decide = may(request.who, DECIDE, workshop)
    if page is not None and page.issue.joined_into:
        return redirect("pages:issue", workshop.key, page.issue.joined_into[0])
    if page is None or not (page.is_accepted or may_decide):
        raise Http404
    trail = [(reverse("issues:list", args=[workshop.key]), _("Vraagstukken"))]
    shown = {
        "place": "issues",
        "page": page,
        "may_decide": may_decide,
        "may_lead": may_decide,
        "may_hold": may(request.who, HOLD, workshop),
        "trail": trail,
        "follow": _follow(workshop, page.issue) if page.is_accepted else "",
        "symbols": SYMBOLS,
        "circle": circle.draw(page.drawing, party_pages(workshop.key)) if page.drawing else "",
    }
    return render(request, "pages/issue.html", shown)


def _follow(workshop: Workshop, issue: IssueRecord) -> str:
    url = reverse("pages:issue", args=[workshop.key, issue.key])
    return follow_url(workshop, thing=f"issue:{issue.key}", title=issue.name, url=url)
