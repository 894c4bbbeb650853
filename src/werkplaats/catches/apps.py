from django.apps import AppConfig


class CatchesConfig(AppConfig):
    name = "werkplaats.catches"
    label = "catches"
    default_auto_field = "django.db.models.BigAutoField"
