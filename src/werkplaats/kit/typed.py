"""What comes in from a form or an address, before anybody reads it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict

NUL = "\x00"


class WithoutNul:
    """Middleware: takes the sign NUL out of what was typed. Nobody can type it, and PostgreSQL keeps no text that holds it.

    Forms refuse it by themselves; this is for what is looked up before there is a form. In an address it leads nowhere.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        if NUL in request.path:
            raise Http404
        request.GET = _without(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = _without(request.POST)  # type: ignore[assignment]


def _without(typed: QueryDict) -> QueryDict:
    if not any(NUL in value for _name, values in typed.lists() for value in values):
        return typed
    clean = typed.copy()
    for name, values in typed.lists():
        clean.setlist(name, [value.replace(NUL, "") for value in values])
    return clean
