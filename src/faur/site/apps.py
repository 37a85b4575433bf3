from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Loaded last: joins the adapters to the ports of all services."""

    name = "faur.site"
    label = "site"

    def ready(self) -> None:
        from faur.site.wiring import wire_everything

        wire_everything()
