"""How the log is written: what the machine did and where it went wrong, never who did it or what they wrote."""

import logging
import traceback
from types import TracebackType


class Discreet(logging.Formatter):
    """Shows the kind and the places of a failure and leaves out its text: a database quotes the row it refuses.

    >>> try:
    ...     raise ValueError("anna@example.org is already known")
    ... except ValueError as failure:
    ...     text = Discreet().formatException((type(failure), failure, failure.__traceback__))
    >>> text.endswith("ValueError"), "anna" in text.splitlines()[-1]
    (True, False)
    """

    def formatException(  # noqa: N802  # the name is logging's
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """The frames, and the name of the exception."""
        kind, _, frames = ei
        places = "".join(traceback.format_tb(frames)) if frames else ""
        return f"{places}{kind.__name__ if kind else ''}"
