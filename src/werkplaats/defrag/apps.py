from django.apps import AppConfig


class DefragConfig(AppConfig):
    name = "werkplaats.defrag"
    label = "defrag"
    default_auto_field = "django.db.models.BigAutoField"
