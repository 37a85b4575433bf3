"""The whole site as one ASGI application: the gateway's hot paths in front, Django behind them."""

import os
from typing import cast

from starlette.types import ASGIApp

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faur.site.settings")

from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from faur.gateway.app import make_application  # noqa: E402 - needs Django set up

application = make_application(behind=cast(ASGIApp, django_application))  # the same protocol under another name
