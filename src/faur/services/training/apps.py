from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "faur.services.training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Runs follow their jobs, and are told of where projects are shown."""
        from faur.services.compute.public import job_ended, job_observed
        from faur.services.projects.public import project_panels, trail
        from faur.services.training.following import conclude, follow
        from faur.services.training.telling import project_runs, trail_steps

        job_observed.subscribe(follow)
        job_ended.subscribe(conclude)
        trail.register(30, trail_steps)
        project_panels.register(30, project_runs)
