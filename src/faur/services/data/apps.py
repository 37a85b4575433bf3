from django.apps import AppConfig


class DataConfig(AppConfig):
    name = "faur.services.data"
    label = "data"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Data sets and contracts are shown where people begin; the trail goes through a contract."""
        from faur.services.data import telling
        from faur.services.projects.public import home_panels, project_panels, trail

        home_panels.register(20, telling.contracts_to_decide)
        home_panels.register(21, telling.own_datasets)
        project_panels.register(20, telling.project_datasets)
        project_panels.register(21, telling.project_contracts)
        trail.register(20, telling.trail_steps)
