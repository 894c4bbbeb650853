"""The ledger itself: its end on paper, as a file, and whether it holds."""

from pathlib import Path

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from werkplaats.accounts.records import Request
from werkplaats.kit.doors import door
from werkplaats.mail.queries import follow_url
from werkplaats.promises import queries, rules, verify
from werkplaats.promises.forms import KeptForm
from werkplaats.promises.records import FAULT_WORDS
from werkplaats.promises.views.telling import trail
from werkplaats.workshops.models import Workshop


@door(rules.READ)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ledger(request: Request, workshop: Workshop) -> HttpResponse:
    """The end of the ledger, to print and keep; when asked, the whole of it is checked."""
    form = KeptForm(request.POST if request.method == "POST" else None)
    checked = form.is_bound and form.is_valid()
    fault = queries.verify(workshop, kept=form.cleaned_data["bewaard"]) if checked else None
    page = reverse("promises:ledger", args=[workshop.key])
    title = _("Het grootboek van beloften")
    context = {
        "place": "promises",
        "trail": trail(workshop),
        "form": form,
        "head": queries.head(workshop),
        "is_checked": checked,
        "fault": fault,
        "fault_words": FAULT_WORDS[fault.what] % {"number": fault.number} if fault else "",
        "follow": follow_url(workshop, thing=queries.ledger_thing(workshop), title=title, url=page),
    }
    return render(request, "promises/ledger.html", context)


@door(rules.READ)
@require_safe
def export(request: Request, workshop: Workshop) -> HttpResponseBase:
    """The ledger as a file, without what is private."""
    answer = StreamingHttpResponse(queries.export_lines(workshop), content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="grootboek-{workshop.key}-{timezone.localdate()}.jsonl"'
    return answer


@door(rules.READ)
@require_safe
def verify_py(request: Request, workshop: Workshop) -> HttpResponse:
    """The program that checks the file at home, with Python alone."""
    answer = HttpResponse(Path(verify.__file__).read_bytes(), content_type="text/x-python; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="verify.py"'
    return answer
