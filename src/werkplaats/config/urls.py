"""Every door of the platform. What belongs to a workshop stands under its key."""

from django.urls import URLPattern, URLResolver, include, path

ROOMS = (
    "conversations",  # first, since a full hall votes at once
    "catches",
    "mail",
    "neighbourhoods",
    "sources",
    "issues",
    "asks",
    "promises",
    "chains",
    "tables",
    "threads",
    "mirror",
    "pauses",
    "dependence",
    "defrag",
    "exchange",
    "search",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("taal/", include("django.conf.urls.i18n")),
    path("", include("werkplaats.accounts.urls")),
    path("", include("werkplaats.pages.urls")),
    *(path("<slug:workshop>/", include(f"werkplaats.{room}.urls")) for room in ROOMS),
]
