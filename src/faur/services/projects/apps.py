from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "faur.services.projects"
    label = "projects"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from faur.services.projects.panels import home_panels
        from faur.services.projects.telling import on_home, pools_on_home, what_runs_out

        home_panels.register(1, what_runs_out)
        home_panels.register(2, on_home)
        home_panels.register(3, pools_on_home)
