from importlib import import_module

from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "faur.services.trust"
    label = "trust"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from faur.services.compute.public import job_ended
        from faur.services.trust.listening import on_job_ended

        job_ended.subscribe(on_job_ended)
        import_module("faur.services.trust.bundling")  # its tasks, for a worker that loads nothing else
        import_module("faur.services.trust.writing")  # its tasks, for a worker that loads nothing else
