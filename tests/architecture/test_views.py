"""No address without a door, no door without a verb."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from werkplaats.accounts.rules import Verb

OF_OTHERS = ("allauth.account.", "django.views.i18n.", "django.views.generic.base.")
"""Views that are not ours: signing in by code, choosing a language, and addresses that lead on. All are for anyone."""


def every_view(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Each address with its view."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from every_view(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def without_verb(views: Iterator[tuple[str, Any]]) -> list[str]:
    """Addresses whose view is ours and carries no `Verb`, or is of somebody we did not name."""
    wrong = []
    for address, view in views:
        where = f"{view.__module__}."
        if where.startswith("werkplaats."):
            if not isinstance(getattr(view, "verb", None), Verb):
                wrong.append(address)
        elif not where.startswith(OF_OTHERS):
            wrong.append(address)
    return wrong


def test_every_address_leads_to_a_door_with_a_verb() -> None:
    assert without_verb(every_view(get_resolver().url_patterns)) == []


def test_a_view_without_a_verb_is_noticed() -> None:
    verb = Verb("issues.read", None)
    views = [
        ("/open/", SimpleNamespace(__module__="werkplaats.issues.views")),
        ("/door/", SimpleNamespace(__module__="werkplaats.issues.views", verb=verb)),
        ("/admin/", SimpleNamespace(__module__="django.contrib.admin.sites")),
        ("/account/", SimpleNamespace(__module__="allauth.account.views")),
    ]
    assert without_verb(iter(views)) == ["/open/", "/admin/"]
