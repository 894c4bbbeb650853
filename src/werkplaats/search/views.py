from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from werkplaats.accounts.records import Request
from werkplaats.kit.doors import door
from werkplaats.search import analysis, rules
from werkplaats.search.forms import KINDS, Question
from werkplaats.workshops.models import Workshop

PER_PAGE = 20
EXAMPLES = (_("Waar kunnen we samenkomen?"), _("vocht en schimmel"), _("Wie helpt bij moeilijke brieven?"))


@door(rules.READ)
@require_safe
def search(request: Request, workshop: Workshop) -> HttpResponse:
    """One box over everything; the answer says why each thing was found."""
    form = Question(request.GET)
    asked = form.is_valid() and form.cleaned_data["q"].strip()
    context = {"place": "search", "form": form, "asked": asked, "most": PER_PAGE, "examples": EXAMPLES}
    if asked:
        kinds = [form.cleaned_data["soort"]] if form.cleaned_data["soort"] else []
        found = analysis.find(workshop, asked, who=request.who, kinds=kinds, limit=PER_PAGE)
        words = dict(KINDS)
        context |= {"found": found, "hits": [(hit, words.get(hit.kind, hit.kind)) for hit in found.hits]}
    return render(request, "search/search.html", context)
