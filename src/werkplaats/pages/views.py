from django.http import HttpResponse
from django.shortcuts import redirect, render

from werkplaats.accounts.records import Request
from werkplaats.kit.doors import door
from werkplaats.pages import rules
from werkplaats.workshops.models import Workshop


@door(rules.READ)
def home(request: Request) -> HttpResponse:
    """The only workshop of this site, or the choice between several."""
    workshops = list(Workshop.objects.all())
    if len(workshops) == 1:
        return redirect("pages:start", workshops[0].key)
    return render(request, "pages/home.html", {"workshops": workshops})


@door(rules.READ)
def start(request: Request, workshop: Workshop) -> HttpResponse:
    return render(request, "pages/start.html", {"place": "start"})


@door(rules.READ)
def neighbourhood(request: Request, workshop: Workshop) -> HttpResponse:
    return render(request, "pages/neighbourhood.html", {"place": "neighbourhood"})


@door(rules.READ)
def party(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    return render(request, "pages/party.html", {"place": "neighbourhood"})


@door(rules.READ)
def issue(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    return render(request, "pages/issue.html", {"place": "issues"})
