from importlib import import_module

from django.apps import AppConfig


class DataConfig(AppConfig):
    name = "faur.services.data"
    label = "data"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("faur.services.data.checking")  # its tasks, for a worker that loads nothing else
