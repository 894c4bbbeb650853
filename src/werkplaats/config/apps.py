"""The app that holds the commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Composition: it has no tables."""

    name = "werkplaats.config"
    label = "config"
