"""The one place where every door is guarded."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language

from werkplaats.accounts.queries import who_is
from werkplaats.accounts.records import Request
from werkplaats.accounts.rules import Verb, Who, may
from werkplaats.workshops.queries import workshop_of


class DoorMiddleware:
    """Sets `request.who` and `request.workshop`, and opens a door only to who may.

    A view of ours carries its verb (`kit.doors.door`). The word `workshop` in an address becomes the workshop itself,
    and moments are shown in its zone.
    Who may not, and is not signed in, is asked to; who is signed in gets a clear no.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with timezone.override(None):  # what a workshop sets, ends with its request
            response = self.get_response(request)
        if isinstance(response, HttpResponse) and request.user.is_authenticated:
            # What is shown to one person is kept by no cache on the way, nor by the browser for who comes after.
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(
        self, request: Request, view: Callable[..., HttpResponseBase], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not view.__module__.startswith("werkplaats."):
            return None
        verb: Verb | None = getattr(view, "verb", None)
        if verb is None:
            raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} has no verb: it does not open")
        request.who = Who(account_id=request.user.pk, language=get_language() or "nl")
        if "workshop" in kwargs:
            workshop = workshop_of(kwargs["workshop"])
            if workshop is None or (verb.of is not None and not workshop.has(verb.of)):
                raise Http404
            kwargs["workshop"] = request.workshop = workshop
            timezone.activate(workshop.timezone)
            request.who = who_is(request.user.pk, workshop=workshop, language=request.who.language)
        if verb.own or may(request.who, verb, getattr(request, "workshop", None)):
            return None  # with `own`, the view asks again with the thing in hand
        if request.who.account_id is None:
            return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")
        raise PermissionDenied
