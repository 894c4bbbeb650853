"""What gunicorn does beside serving: it hands connections on, so that the web processes share the work."""

from typing import Any

REQUESTS_ON_A_CONNECTION = 16
"""About so many, before a connection is closed and comes back to the process that is free first. A proxy keeps connections open
and uses the same few again and again: where these lie with one process, it does all the work and the other nothing."""


def pre_request(worker: Any, request: Any) -> None:
    """Called by gunicorn before each request. `worker.nr`: how many requests this process answered."""
    if worker.nr % REQUESTS_ON_A_CONNECTION == 0:
        request.force_close()
