from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "faur.services.library"
    label = "library"
    default_auto_field = "django.db.models.BigAutoField"
