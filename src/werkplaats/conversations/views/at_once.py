"""A full hall votes at once: a vote that is like nearly all others is answered before anything else is looked at."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseForbidden, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone

from werkplaats.conversations import actions
from werkplaats.conversations.views.buttons import press
from werkplaats.conversations.views.seats import seat
from werkplaats.kit.refusal import Refusal

PAGE = re.compile(r"/([-\w]+)/gesprekken/([-\w]+)/stem/", re.ASCII)
_LONGEST_FORM = 2_000  # bytes


class _Token(CsrfViewMiddleware):
    """Only asks whether the token is right: the answer to a wrong one is given where every wrong one is answered."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponseForbidden:
        return HttpResponseForbidden()


class VotesAtOnce:
    """Middleware: keeps a plain vote and leads to the next statement, without session, account, language or workshop.

    It opens what `taking_part.vote` opens, to whom that does: whose seat is sealed, while the ask is open. What is not plain goes
    on to that view, which says what is wrong: another answer, a seat that is no longer open, a form or token that is not right.
    The seat is sealed anew by the look at the next statement.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.token = _Token(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        place = PAGE.fullmatch(request.path_info) if request.method == "POST" else None
        if place and self._is_plain(request) and _is_kept(request, *place.groups()):
            return HttpResponseRedirect(request.path, headers={"Content-Length": "0"})
        return self.get_response(request)

    def _is_plain(self, request: HttpRequest) -> bool:
        """Whether it is a short form without anything behind the address, and with the right token."""
        length = request.META.get("CONTENT_LENGTH") or ""
        is_short = length.isdecimal() and 0 < int(length) <= _LONGEST_FORM
        if not is_short or request.META["QUERY_STRING"] or request.content_type != "application/x-www-form-urlencoded":
            return False
        self.token.process_request(request)
        return self.token.process_view(request, self.get_response, (), {}) is None


def _is_kept(request: HttpRequest, workshop_key: str, key: str) -> bool:
    own = seat(request, workshop_key, key)
    if own is None:
        return False
    try:
        return actions.keep_first(own, **press(request, own.participant_key), at=timezone.now())
    except Refusal:
        return False
