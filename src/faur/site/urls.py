"""All addresses: pages of the portal and the services, and the API."""

from importlib import import_module

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from faur import __version__
from faur.kernel.api import make_api

api = make_api(title="Faur", version=__version__, urls_namespace="api", docs_url=None)

urlpatterns: list[URLPattern | URLResolver] = [path("", include("faur.portal.urls"))]

for service in settings.SERVICES:
    api.add_router("", import_module(f"faur.services.{service}.api").router)
    urlpatterns.append(path("", include(f"faur.services.{service}.urls")))

urlpatterns.append(path("api/v1/", api.urls))
