from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "faur.services.training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Runs follow their jobs."""
        from faur.services.compute.public import job_ended, job_observed
        from faur.services.training.following import conclude, follow

        job_observed.subscribe(follow)
        job_ended.subscribe(conclude)
