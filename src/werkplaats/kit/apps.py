"""The app of technical helpers: claims for sweeps, and the pieces that screens are built from."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """The lowest room: it knows nothing of a neighbourhood."""

    name = "werkplaats.kit"
    label = "kit"
