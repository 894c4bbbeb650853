"""How the log is written: what the machine did and where it went wrong, never who did it or what they wrote."""

import logging
import traceback
from types import TracebackType

from django.http import HttpRequest


class Discreet(logging.Formatter):
    """Leaves out what could tell who somebody is, or open a door: the text of a failure, and what stands in an address.

    A database quotes the row that it refuses; the address of a link or of somebody's mail choices is the key to it.

    >>> try:
    ...     raise ValueError("anna@example.org is already known")
    ... except ValueError as failure:
    ...     text = Discreet().formatException((type(failure), failure, failure.__traceback__))
    >>> text.endswith("ValueError"), "anna" in text.splitlines()[-1]
    (True, False)
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line. Of a request that went wrong it tells how and at which pattern of an address, never the address itself."""
        request = getattr(record, "request", None)
        if not isinstance(request, HttpRequest):
            return super().format(record)
        shown = logging.makeLogRecord(record.__dict__)
        known = request.resolver_match
        shown.msg, shown.args = (
            "%s %s %s",
            (getattr(record, "status_code", ""), request.method, known.route if known else "?"),
        )
        return super().format(shown)

    def formatException(  # noqa: N802  # the name is logging's
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """The frames, and the name of the exception."""
        kind, _, frames = ei
        places = "".join(traceback.format_tb(frames)) if frames else ""
        return f"{places}{kind.__name__ if kind else ''}"
