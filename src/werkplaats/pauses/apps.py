from django.apps import AppConfig


class PausesConfig(AppConfig):
    name = "werkplaats.pauses"
    label = "pauses"
    default_auto_field = "django.db.models.BigAutoField"
