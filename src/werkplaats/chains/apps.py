from django.apps import AppConfig


class ChainsConfig(AppConfig):
    name = "werkplaats.chains"
    label = "chains"
    default_auto_field = "django.db.models.BigAutoField"
