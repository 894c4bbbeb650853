"""The door of the demo. Signing in itself is allauth's, with the pages in ``templates/account/``."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from werkplaats.accounts.actions import invite_demo_guests
from werkplaats.accounts.forms import GuestForm
from werkplaats.accounts.models import Account
from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import ASK_CODE, DEMO_GUESTS, DEMO_SIGN_IN, RoleName
from werkplaats.kit.doors import door
from werkplaats.workshops.models import Workshop


@door(ASK_CODE)
def to_sign_in(request: Request) -> HttpResponse:
    """The one way in is a code by mail: there are no passwords, and nobody opens an account by themselves."""
    asked = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("account_request_login_code") + asked)


@door(DEMO_SIGN_IN)
@require_POST
def demo_sign_in(request: Request, workshop: Workshop) -> HttpResponse:
    """Lets a visitor of the demo look around as somebody. Outside the demo this door is not there."""
    form = GuestForm(request.POST)
    if not settings.DEMO or not form.is_valid():
        raise Http404
    name = RoleName(form.cleaned_data["guest"])
    invite_demo_guests(workshop, since=timezone.localdate())
    guest = Account.objects.get(email=DEMO_GUESTS[name])
    login(request, guest, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("pages:start", workshop.key)
