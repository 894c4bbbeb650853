from django.apps import AppConfig


class AsksConfig(AppConfig):
    name = "werkplaats.asks"
    label = "asks"
    default_auto_field = "django.db.models.BigAutoField"
