from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from werkplaats.accounts.rules import Who
from werkplaats.workshops.models import Workshop


class Request(HttpRequest):
    """A request that came through a door: `accounts.middleware` set who it is and in which workshop."""

    who: Who
    workshop: Workshop
    htmx: HtmxDetails
