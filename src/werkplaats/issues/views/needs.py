"""To which issue a need or offer belongs: said by whose it is, or by who types in for them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import may
from werkplaats.issues import actions, rules
from werkplaats.issues.forms import NeedIssueForm
from werkplaats.issues.models import Issue, IssueNeed
from werkplaats.issues.rules import State
from werkplaats.kit.doors import door
from werkplaats.neighbourhoods.models import Need
from werkplaats.workshops.models import Workshop


@door(rules.PUT_NEED)
@require_http_methods(["GET", "HEAD", "POST"])
def need_issue(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Puts a need or offer of a party with an issue, or with none."""
    if request.who.account_id is None:
        return redirect(f"{reverse('account_request_login_code')}?next={request.path}")
    rows = Need.objects.of_parties().select_related("party__canonical")
    need = get_object_or_404(rows, workshop=workshop, key=key)
    if not may(request.who, rules.PUT_NEED, need):
        raise PermissionDenied
    accepted = Issue.objects.filter(workshop=workshop, state=State.ACCEPTED.value)
    now = IssueNeed.objects.filter(need=need, issue__in=accepted).values_list("issue__key", flat=True).first()
    form = NeedIssueForm(request.POST if request.method == "POST" else None, issues=accepted, now=now or "")
    if form.is_bound and form.is_valid():
        issue = accepted.filter(key=form.cleaned_data["issue"]).first()
        actions.need_belongs_to(need, issue=issue, at=timezone.now())
        messages.success(request, _("Opgeschreven."))
        return redirect("neighbourhoods:need", workshop.key, need.key)
    trail = [(reverse("neighbourhoods:need", args=[workshop.key, need.key]), _("Vraag en aanbod"))]
    context = {"place": "neighbourhood", "trail": trail, "form": form, "need": need}
    return render(request, "issues/need_issue.html", context, status=422 if form.errors else 200)
