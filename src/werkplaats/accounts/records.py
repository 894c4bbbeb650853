from django.http import HttpRequest

from werkplaats.accounts.rules import Who
from werkplaats.workshops.models import Workshop


class Request(HttpRequest):
    """A request that came through a door: `accounts.middleware` set who it is and in which workshop."""

    who: Who
    workshop: Workshop
