from importlib import import_module

from django.apps import AppConfig


class ModelsConfig(AppConfig):
    name = "faur.services.models"
    label = "models"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("faur.services.models.screening")  # its tasks, for a worker that loads nothing else
