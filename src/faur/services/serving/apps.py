from django.apps import AppConfig


class ServingConfig(AppConfig):
    name = "faur.services.serving"
    label = "serving"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Endpoints are shown where projects and versions are."""
        from faur.services.models.public import version_panels
        from faur.services.projects.public import home_panels, project_panels, trail
        from faur.services.serving.telling import endpoints_of_version, on_home, on_project, trail_steps

        trail.register(60, trail_steps)
        version_panels.register(60, endpoints_of_version)
        project_panels.register(60, on_project)
        home_panels.register(60, on_home)
