from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "faur.services.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Calls and applications are shown where people begin; every trail begins with the award."""
        from faur.services.access import telling
        from faur.services.projects.public import home_panels, project_panels, trail

        home_panels.register(10, telling.to_assess)
        home_panels.register(11, telling.to_decide)
        home_panels.register(12, telling.open_calls)
        home_panels.register(13, telling.own_applications)
        project_panels.register(10, telling.award_of_project)
        trail.register(10, telling.trail_steps)
