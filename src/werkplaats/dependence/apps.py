from django.apps import AppConfig


class DependenceConfig(AppConfig):
    name = "werkplaats.dependence"
    label = "dependence"
    default_auto_field = "django.db.models.BigAutoField"
