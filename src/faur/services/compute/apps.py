from django.apps import AppConfig


class ComputeConfig(AppConfig):
    name = "faur.services.compute"
    label = "compute"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Jobs are shown where people begin."""
        from faur.services.compute.telling import project_jobs, running_jobs
        from faur.services.projects.public import home_panels, project_panels

        home_panels.register(40, running_jobs)
        project_panels.register(40, project_jobs)
