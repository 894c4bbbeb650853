"""Marks a view as a door: what somebody must be allowed to do to come in.

The mark is read in one place, `accounts.middleware.DoorMiddleware`, before the view runs. A view without it does not open.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase

View = Callable[..., HttpResponseBase]


def door(verb: Any) -> Callable[[View], View]:
    """``@door(rules.READ)`` above a view; `verb` is an `accounts.rules.Verb`."""

    def mark(view: View) -> View:
        view.verb = verb  # type: ignore[attr-defined]  # a mark on a function, read by the middleware
        return view

    return mark
