from django.apps import AppConfig


class ServingConfig(AppConfig):
    name = "faur.services.serving"
    label = "serving"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from faur.services.projects.public import home_panels, project_panels, trail
        from faur.services.serving.steps import on_home, on_project, trail_steps

        trail.register(60, trail_steps)
        project_panels.register(60, on_project)
        home_panels.register(60, on_home)
