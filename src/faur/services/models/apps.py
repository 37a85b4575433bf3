from importlib import import_module

from django.apps import AppConfig


class ModelsConfig(AppConfig):
    name = "faur.services.models"
    label = "models"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Models are shown where projects are."""
        from faur.services.models.telling import project_models, trail_steps, waiting_versions
        from faur.services.projects.public import home_panels, project_panels, trail

        trail.register(50, trail_steps)
        project_panels.register(50, project_models)
        home_panels.register(50, waiting_versions)
        import_module("faur.services.models.screening")  # its tasks, for a worker that loads nothing else
