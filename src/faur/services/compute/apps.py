from django.apps import AppConfig


class ComputeConfig(AppConfig):
    name = "faur.services.compute"
    label = "compute"
    default_auto_field = "django.db.models.BigAutoField"
