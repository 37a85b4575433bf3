from importlib import import_module

from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "faur.services.trust"
    label = "trust"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Evaluations follow their jobs; evidence is shown where models and projects are."""
        from faur.services.compute.public import job_ended
        from faur.services.models.public import model_panels, version_panels
        from faur.services.projects.public import home_panels, project_panels, trail
        from faur.services.trust import telling
        from faur.services.trust.listening import on_job_ended

        job_ended.subscribe(on_job_ended)
        import_module("faur.services.trust.bundling")  # its tasks, for a worker that loads nothing else
        import_module("faur.services.trust.writing")  # its tasks, for a worker that loads nothing else

        trail.register(40, telling.evaluation_steps)
        trail.register(70, telling.file_steps)
        version_panels.register(10, telling.evaluations_of_version)
        version_panels.register(20, telling.classification_of_version)
        version_panels.register(30, telling.files_of_version)
        model_panels.register(20, telling.classification_of_model)
        project_panels.register(25, telling.thresholds_of_project)
        project_panels.register(70, telling.bundles_of_project)
        home_panels.register(45, telling.running_evaluations)
