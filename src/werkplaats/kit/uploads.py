"""How much somebody may send at once."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

ROOM = 1_000_000
"""Bytes for the other fields of a form."""

Answer = Callable[[HttpRequest], HttpResponseBase]


def not_too_much(get_response: Answer) -> Answer:
    """Middleware: refuses what is far over the limit of a document before a byte of it is written to disk.

    Django reads a form to find its token before it asks who is there, so that anybody could fill the disk. What is a
    little over the limit goes on: the form says in its own words which document is too large.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > 2 * settings.MAX_DOCUMENT_BYTES + ROOM:
            return render(request, "413.html", {"most": settings.MAX_DOCUMENT_BYTES // 1_000_000}, status=413)
        return get_response(request)

    return answer
