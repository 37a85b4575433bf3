from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "faur.portal"
    label = "portal"
